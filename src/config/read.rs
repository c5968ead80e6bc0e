//! Typed reading of a TOML tree. A getter gives the value or notes a fault; none stops at one.

use crate::config::page::Page;
use crate::config::suggest::{nearest, shown};
use chrono::NaiveDate;
use std::fmt::Display;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a table may hold.
pub(super) struct Form {
    /// The table as faults call it.
    pub(super) title: &'static str,
    /// Every key it may have.
    pub(super) keys: &'static [&'static str],
}

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
            if form.keys.contains(&name) {
                continue;
            }
            let guess = nearest(name, form.keys.iter().copied());
            meant.extend(guess);
            page.fault(
                key.span().start,
                format!("unknown key `{}` in {}", shown(name), form.title),
                guess.map_or_else(
                    || format!("known keys are {}", form.keys.join(", ")),
                    |guess| format!("did you mean `{guess}`?"),
                ),
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
    pub(super) fn fault(&self, wrong: impl Display, right: impl Display) {
        self.page.fault(self.start, wrong, right);
    }

    /// Says whether nothing can be called missing, because part of the file could not be read.
    pub(super) fn is_broken(&self) -> bool {
        self.page.broken
    }

    /// The value of a key that may be left out.
    pub(super) fn get(&self, key: &'static str) -> Option<Value<'a>> {
        debug_assert!(self.form.keys.contains(&key), "{key} is not in the form");
        let at = self.entries.get(key)?;
        Some(Value {
            page: self.page,
            key,
            at,
        })
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &'static str) -> Option<Value<'a>> {
        let value = self.get(key);
        // A misspelt key has its own fault, which names this one.
        if value.is_none() && !self.page.broken && !self.meant.contains(&key) {
            self.fault(
                format!("{} has no `{key}`", self.form.title),
                format!("add `{key} = ...` to it"),
            );
        }
        value
    }

    /// The table of a key that may be left out.
    pub(super) fn table(&self, key: &'static str, form: &'static Form) -> Option<Self> {
        self.get(key)?.table(form)
    }

    /// The tables of a repeated key such as `[[item]]`, in the order of the file.
    pub(super) fn tables(&self, key: &'static str, form: &'static Form) -> Vec<Self> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value.at.get_ref() else {
            value.wrong(format_args!("write each as {}", form.title));
            return Vec::new();
        };
        list.iter()
            .filter_map(|at| Value { at, ..value }.table(form))
            .collect()
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

    /// The line, from 1.
    pub(super) fn line(self) -> usize {
        self.page.line(self.at.span().start)
    }

    /// Notes a fault at the value.
    pub(super) fn fault(self, wrong: impl Display, right: impl Display) {
        // The parser puts an empty value at the top of the file where it could not read one.
        if !(self.page.broken && self.at.span().is_empty()) {
            self.page.fault(self.at.span().start, wrong, right);
        }
    }

    /// Notes that the value is not what the key takes.
    pub(super) fn wrong(self, right: impl Display) {
        let value = match self.at.get_ref() {
            DeValue::String(text) => format!("\"{}\"", shown(text)),
            DeValue::Integer(number) => shown(&number.to_string()),
            DeValue::Float(number) => shown(number.as_str()),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Array(list) if list.is_empty() => "an empty list".to_owned(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        self.fault(format_args!("`{}` is {value}", self.key), right);
    }

    /// A text.
    pub(super) fn text(self) -> Option<&'a str> {
        let text = self.at.get_ref().as_str();
        if text.is_none() {
            self.wrong("write a text between two \"");
        }
        text
    }

    /// A text that `parse` takes and that no fault may quote.
    pub(super) fn secret<T>(
        self,
        parse: impl FnOnce(&str) -> Option<T>,
        wrong: impl Display,
        right: impl Display,
    ) -> Option<T> {
        let parsed = self.at.get_ref().as_str().and_then(parse);
        if parsed.is_none() {
            self.fault(wrong, right);
        }
        parsed
    }

    /// A text that `parse` takes; `right` says what that is.
    pub(super) fn parsed<T>(
        self,
        parse: impl FnOnce(&str) -> Option<T>,
        right: impl Display,
    ) -> Option<T> {
        let parsed = parse(self.text()?);
        if parsed.is_none() {
            self.wrong(right);
        }
        parsed
    }

    /// One of the words that stand for the values of an enum.
    pub(super) fn choice<T: Copy>(self, all: &[(T, &'static str)]) -> Option<T> {
        let names = || all.iter().map(|(_, name)| *name);
        let text = self.text()?;
        let found = all.iter().find(|(_, name)| *name == text);
        if found.is_none() {
            match nearest(text, names()) {
                Some(guess) => self.wrong(format_args!("did you mean \"{guess}\"?")),
                None => self.wrong(format_args!(
                    "write one of {}",
                    names().collect::<Vec<_>>().join(", ")
                )),
            }
        }
        found.map(|(value, _)| *value)
    }

    /// A whole number within `range`.
    pub(super) fn whole(self, range: RangeInclusive<i64>) -> Option<i64> {
        let number = self
            .at
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            self.wrong(format_args!("write a whole number from {least} to {most}"));
        }
        number
    }

    /// `true` or `false`.
    pub(super) fn flag(self) -> Option<bool> {
        let flag = self.at.get_ref().as_bool();
        if flag.is_none() {
            self.wrong("write true or false");
        }
        flag
    }

    /// A calendar day.
    pub(super) fn date(self) -> Option<NaiveDate> {
        let date = self.at.get_ref().as_datetime().and_then(|moment| {
            let date = moment.date.filter(|_| moment.time.is_none())?;
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        });
        if date.is_none() {
            self.wrong("write a day such as 2026-01-31, without \"");
        }
        date
    }

    /// Says whether the value is a list.
    pub(super) fn is_list(self) -> bool {
        self.at.get_ref().as_array().is_some()
    }

    /// The values of a list, which must not be empty.
    pub(super) fn list(self, right: impl Display) -> Vec<Self> {
        let list = self.at.get_ref().as_array();
        if list.is_none_or(|list| list.is_empty()) {
            self.wrong(right);
        }
        list.into_iter()
            .flat_map(|list| list.iter())
            .map(|at| Self { at, ..self })
            .collect()
    }

    /// A table.
    pub(super) fn table(self, form: &'static Form) -> Option<Table<'a>> {
        let table = self.at.get_ref().as_table();
        if table.is_none() {
            let keys = form.keys.join(", ");
            self.wrong(format_args!("write a table with {keys}"));
        }
        table.map(|entries| Table::open(self.page, entries, self.at.span().start, form))
    }
}
