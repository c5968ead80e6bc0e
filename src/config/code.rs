//! Codes: which a file declares, each once, and who refers to them.

use crate::config::read::{Table, Value};
use crate::config::suggest::nearest;
use std::collections::BTreeMap;

/// What a code looks like. Source: `domain::ids`.
pub(super) const CODE: &str = "write 1 to 12 of A-Z 0-9 -, not beginning with -";

/// Things that must be different from each other, with the lines of their first use.
#[derive(Default)]
pub(super) struct Unique {
    first: BTreeMap<String, usize>,
}

impl Unique {
    /// Notes a use of `name`, and a fault if it is not the first; `thing` is what has the name.
    pub(super) fn claim(&mut self, value: Value<'_>, thing: &str, name: &str) {
        if let Some(line) = self.first.get(name) {
            value.fault(
                format_args!("{thing} is already used on line {line}"),
                "give each its own",
            );
        } else {
            self.first.insert(name.to_owned(), value.line());
        }
    }

    /// The code in `key` of a table, declared once.
    pub(super) fn declare<T>(
        &mut self,
        table: &Table<'_>,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = table.need(key)?;
        let code = value.parsed(parse, CODE)?;
        let text = value.text()?;
        self.claim(value, &format!("{key} \"{text}\""), text);
        Some(code)
    }

    /// The code in `key` of a table, which must have been declared.
    pub(super) fn refer<T>(
        &self,
        table: &Table<'_>,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = table.need(key)?;
        let code = value.parsed(parse, CODE)?;
        let text = value.text()?;
        // In a half-read file the declaration may be in the other half.
        if self.first.contains_key(text) || table.is_broken() {
            return Some(code);
        }
        let names = || self.first.keys().map(String::as_str);
        match nearest(text, names()) {
            Some(guess) => value.wrong(format_args!("did you mean \"{guess}\"?")),
            None if self.first.is_empty() => value.wrong(format_args!("add a [[{key}]] with it")),
            None => value.wrong(format_args!(
                "this file has {}",
                names().collect::<Vec<_>>().join(", ")
            )),
        }
        None
    }
}
