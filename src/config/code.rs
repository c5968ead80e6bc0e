//! Codes: which a file declares, each once, and who refers to them.

use crate::config::kind::Text;
use crate::config::suggest::nearest;
use crate::config::table::Value;
use std::collections::BTreeMap;
use std::fmt::Display;

/// A code that `parse` takes. Source: `domain::ids`.
pub(super) const fn coded<T>(parse: fn(&str) -> Option<T>) -> Text<T> {
    Text {
        pattern: "^[A-Z0-9][A-Z0-9-]{0,11}$",
        right: "write 1 to 12 of A-Z 0-9 -, not beginning with -",
        parse,
    }
}

/// Things that must be different from each other, with the lines of their first use.
#[derive(Default)]
pub(super) struct Unique {
    first: BTreeMap<String, usize>,
}

impl Unique {
    /// Notes a use of `name`, and a fault if it is not the first; `thing` is what has the name.
    pub(super) fn claim(&mut self, value: Value<'_>, thing: impl Display, name: &str) {
        if let Some(line) = self.first.get(name) {
            value.fault(
                format_args!("{thing} is already used on line {line}"),
                "give each its own",
            );
        } else {
            self.first.insert(name.to_owned(), value.line());
        }
    }

    /// Notes a use of a code or a name, and a fault if it is not the first; gives it back.
    pub(super) fn first<T: Display>(&mut self, value: Value<'_>, thing: &str, name: T) -> T {
        let text = name.to_string();
        self.claim(value, format_args!("{thing} \"{text}\""), &text);
        name
    }

    /// Gives a code back that has been declared as a `[[thing]]`.
    pub(super) fn known<T: Display>(&self, value: Value<'_>, thing: &str, code: T) -> Option<T> {
        let text = code.to_string();
        // In a half-read file the declaration may be in the other half.
        if self.first.contains_key(&text) || value.is_broken() {
            return Some(code);
        }
        let names = || self.first.keys().map(String::as_str);
        match nearest(&text, names()) {
            Some(guess) => value.wrong(format_args!("did you mean \"{guess}\"?")),
            None if self.first.is_empty() => value.wrong(format_args!("add a [[{thing}]] with it")),
            None => value.wrong(format_args!(
                "this file has {}",
                names().collect::<Vec<_>>().join(", ")
            )),
        }
        None
    }
}
