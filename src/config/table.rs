//! A TOML tree with the places of its values. A wrong key or value becomes a fault, and reading goes on.

use crate::config::fault::Page;
use crate::config::form::Form;
use crate::config::never::refused;
use crate::config::suggest::{nearest, shown};
use crate::domain::{OddSign, Text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table whose keys have been checked.
pub(super) struct Table<'a> {
    page: &'a Page<'a>,
    entries: &'a DeTable<'a>,
    start: usize,
    form: &'static Form,
    meant: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// The whole file.
    pub(super) fn root(page: &'a Page<'a>, entries: &'a DeTable<'a>, form: &'static Form) -> Self {
        Self::open(page, entries, 0, form)
    }

    fn open(
        page: &'a Page<'a>,
        entries: &'a DeTable<'a>,
        start: usize,
        form: &'static Form,
    ) -> Self {
        let mut meant = Vec::new();
        for key in entries.keys() {
            let name: &str = key.get_ref();
            if form.keys().any(|known| known == name) {
                continue;
            }
            if let Some((rule, right)) = refused(name) {
                let wrong = Text::of("fault-never").word("rule", rule);
                let wrong = wrong.word("key", name).word("table", form.title);
                page.fault(key.span().start, wrong, right);
                continue;
            }
            let guess = nearest(name, form.keys());
            meant.extend(guess);
            let wrong = Text::of("fault-unknown").word("key", shown(name));
            let right = guess.map_or_else(
                || Text::of("right-known").word("keys", form.known()),
                |guess| Text::of("right-meant-key").word("guess", guess),
            );
            page.fault(
                key.span().start,
                wrong.word("table", form.title),
                with_sign(name, right),
            );
        }
        Self {
            page,
            entries,
            start,
            form,
            meant,
        }
    }

    /// Notes a fault about the table as a whole.
    pub(super) fn fault(&self, wrong: Text, right: Text) {
        self.page.fault(self.start, wrong, right);
    }

    /// Notes a doubt about the table as a whole.
    pub(super) fn doubt(&self, wrong: Text, right: Text) {
        self.page.doubt(self.start, wrong, right);
    }

    /// Says whether nothing can be called missing, because part of the file could not be read.
    pub(super) fn is_broken(&self) -> bool {
        self.page.broken
    }

    /// Says whether a key is there and is no empty list.
    pub(super) fn holds(&self, key: &'static str) -> bool {
        let list = |value: Value<'a>| value.at.get_ref().as_array();
        self.get(key)
            .is_some_and(|value| list(value).is_none_or(|list| !list.is_empty()))
    }

    /// The value of a key, whether it may be there or not.
    pub(super) fn get(&self, key: &'static str) -> Option<Value<'a>> {
        let at = self.entries.get(key)?;
        Some(Value {
            page: self.page,
            key,
            at,
        })
    }

    /// The value of a key where its declaration has it; a fault where it is missing or out of place.
    pub(super) fn value(&self, key: &'static str) -> Option<Value<'a>> {
        let field = self.form.fields.iter().find(|field| field.key == key);
        debug_assert!(field.is_some(), "{key} is not in {}", self.form.title);
        let value = self.get(key);
        let mut needed = field?.need;
        if let Some(only) = &field?.only {
            let tag = self.get(only.tag);
            let word = tag.map_or(only.usual, |tag| tag.at.get_ref().as_str());
            let word = word.filter(|word| self.form.knows(only.tag, word));
            if word.is_some_and(|word| !only.words.contains(&word)) {
                if let Some(value) = value {
                    let wrong = Text::of("fault-only").word("key", key);
                    value.fault(
                        wrong.fact("words", all_of(only.words).into()),
                        Text::of("right-only").word("key", only.tag),
                    );
                }
                return None;
            }
            needed &= word.is_some();
        }
        if needed && value.is_none() {
            self.missing(key);
        }
        value
    }

    /// Notes that a key is missing.
    pub(super) fn missing(&self, key: &'static str) {
        // A misspelt key has its own fault, which names this one.
        if !self.page.broken && !self.meant.contains(&key) {
            let wrong = Text::of("fault-missing").word("table", self.form.title);
            let right = Text::of("right-add-key").word("key", key);
            self.fault(wrong.word("key", key), right);
        }
    }

    /// Notes that a key says nothing because another one is missing.
    pub(super) fn lone(&self, key: &'static str, other: &'static str, right: Text) {
        if let (Some(value), None) = (self.get(key), self.get(other)) {
            let wrong = Text::of("fault-lone").word("key", key);
            value.fault(wrong.word("other", other), right);
        }
    }
}

/// A value with its key and its place.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    page: &'a Page<'a>,
    key: &'a str,
    at: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// The key.
    pub(super) fn key(self) -> &'a str {
        self.key
    }

    /// The value itself.
    pub(super) fn raw(self) -> &'a DeValue<'a> {
        self.at.get_ref()
    }

    /// Says whether part of the file could not be read.
    pub(super) fn is_broken(self) -> bool {
        self.page.broken
    }

    /// The line, from 1.
    pub(super) fn line(self) -> usize {
        self.page.line(self.at.span().start)
    }

    /// Notes a fault at the value, and the sign in it that only looks like the right one.
    pub(super) fn fault(self, wrong: Text, right: Text) {
        match self.raw().as_str() {
            Some(text) => self.fault_bare(wrong, with_sign(text, right)),
            None => self.fault_bare(wrong, right),
        }
    }

    /// Notes a fault at the value and tells nothing of what it holds.
    pub(super) fn fault_bare(self, wrong: Text, right: Text) {
        // The parser puts an empty value at the top of the file where it could not read one.
        if !(self.page.broken && self.at.span().is_empty()) {
            self.page.fault(self.at.span().start, wrong, right);
        }
    }

    /// Notes a doubt at the value.
    pub(super) fn doubt(self, wrong: Text, right: Text) {
        self.page.doubt(self.at.span().start, wrong, right);
    }

    /// Notes that the value is not what the key takes.
    pub(super) fn wrong(self, right: Text) {
        let value = match self.raw() {
            DeValue::String(text) => Text::verbatim(format!("\"{}\"", shown(text))),
            DeValue::Integer(number) => Text::verbatim(shown(&number.to_string())),
            DeValue::Float(number) => Text::verbatim(shown(number.as_str())),
            DeValue::Boolean(flag) => Text::verbatim(flag.to_string()),
            DeValue::Datetime(date) => Text::verbatim(date.to_string()),
            DeValue::Array(list) if list.is_empty() => Text::of("value-empty-list"),
            DeValue::Array(_) => Text::of("value-list"),
            DeValue::Table(_) => Text::of("value-table"),
        };
        let wrong = Text::of("fault-is").word("key", self.key);
        self.fault(wrong.fact("value", value.into()), right);
    }

    /// Notes that the value is none of some words: the one that was meant, or all of them.
    pub(super) fn none_of<'k>(self, text: &str, words: impl Iterator<Item = &'k str> + Clone) {
        self.wrong(nearest(text, words.clone()).map_or_else(
            || Text::of("right-one-of").word("words", words.collect::<Vec<_>>().join(", ")),
            |guess| Text::of("right-meant").word("guess", guess),
        ));
    }

    /// A text.
    pub(super) fn text(self) -> Option<&'a str> {
        let text = self.raw().as_str();
        if text.is_none() {
            self.wrong(Text::of("right-text"));
        }
        text
    }

    /// The values of a list, which must not be empty.
    pub(super) fn list(self, right: Text) -> Vec<Self> {
        let list = self.raw().as_array();
        if list.is_none_or(|list| list.is_empty()) {
            self.wrong(right);
        }
        self.entries()
    }

    /// The values of a list, or none.
    pub(super) fn entries(self) -> Vec<Self> {
        let list = self.raw().as_array();
        list.into_iter()
            .flat_map(|list| list.iter())
            .map(|at| Self { at, ..self })
            .collect()
    }

    /// A table.
    pub(super) fn table(self, form: &'static Form) -> Option<Table<'a>> {
        let table = self.raw().as_table();
        if table.is_none() {
            self.wrong(Text::of("right-table").word("keys", form.known()));
        }
        table.map(|entries| Table::open(self.page, entries, self.at.span().start, form))
    }
}

/// What would be right, and the sign of a word that only looks like the right one.
fn with_sign(word: &str, right: Text) -> Text {
    match OddSign::in_word(word) {
        Some(sign) => Text::of("right-and-sign")
            .fact("right", right.into())
            .fact("sign", sign.told().into()),
        None => right,
    }
}

/// Words of a file with "and" between them.
fn all_of(words: &[&'static str]) -> Text {
    let words = words.iter().map(|word| Text::verbatim(*word));
    let joined = words.reduce(|first, second| {
        Text::of("and")
            .fact("first", first.into())
            .fact("second", second.into())
    });
    joined.unwrap_or_else(|| Text::row([]))
}
