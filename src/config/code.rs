//! Codes: which a file declares, each once, and who refers to them.

use crate::config::kind::{Kind, Parsed};
use crate::config::suggest::nearest;
use crate::config::table::Value;
use crate::domain::{Fact, ItemCode, Text};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Display;

/// The longest code, in characters.
const LONGEST: usize = ItemCode::MAX;
/// What a spreadsheet takes for a month.
const MONTHS: [&str; 24] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
    "SEPT",
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "JUN",
    "JUL",
    "AUG",
    "SEP",
    "OCT",
    "NOV",
    "DEC",
];

/// A code. None that a spreadsheet would turn into something else when it opens a table.
pub(super) struct Coded<T>(Parsed<T>);

/// A code that `parse` takes.
pub(super) const fn coded<T>(parse: fn(&str) -> Option<T>) -> Coded<T> {
    Coded(Parsed {
        pattern: "^[A-Z0-9][A-Z0-9-]{0,11}$",
        right: Text::of("right-code"),
        parse,
    })
}

impl<T> Kind for Coded<T> {
    type Read<'a> = T;

    fn read(&self, value: Value<'_>) -> Option<T> {
        let code = self.0.read(value)?;
        let text = value.text()?;
        let Some(thing) = read_as(text) else {
            return Some(code);
        };
        let other: String = "K".chars().chain(text.chars()).take(LONGEST).collect();
        let right = Text::of("right-no-spreadsheet").fact("thing", Fact::Variant(thing));
        value.wrong(right.word("other", other));
        None
    }

    fn schema(&self) -> Json {
        let months = MONTHS.join("|");
        let pattern = format!(
            "^([0-9-]+|[0-9]+E-?[0-9]+|TRUE|FALSE|[0-9]*-?({months})-?[0-9][0-9-]*|[0-9]+-?({months})-?)$"
        );
        json!({ "type": "string", "pattern": self.0.pattern, "not": { "pattern": pattern } })
    }
}

/// What a spreadsheet makes of a code that it finds in a table; `None` where it stays a text.
fn read_as(code: &str) -> Option<&'static str> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let with_hyphens = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    let whole = |text: &str| digits(text.strip_prefix('-').unwrap_or(text));
    if ["TRUE", "FALSE"].contains(&code) {
        return Some("truth");
    }
    let power = code.split_once('E');
    if digits(code) || power.is_some_and(|(number, power)| digits(number) && whole(power)) {
        return Some("number");
    }
    let month = code.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_day = month.len() < code.len();
    let month = month.strip_prefix('-').unwrap_or(month);
    let is_month = MONTHS.iter().any(|name| {
        month.strip_prefix(name).is_some_and(|rest| {
            let rest = rest.strip_prefix('-').unwrap_or(rest);
            with_hyphens(rest) || (rest.is_empty() && has_day)
        })
    });
    (with_hyphens(code) || is_month).then_some("date")
}

/// Things that must be different from each other, with the lines of their first use.
#[derive(Default)]
pub(super) struct Unique {
    first: BTreeMap<String, usize>,
}

impl Unique {
    /// Notes a use of `name`, which is not told, and a fault if it is not the first; `thing` is what has the name.
    pub(super) fn claim(&mut self, value: Value<'_>, thing: &'static str, name: &str) {
        let used = Text::of("fault-used").fact("thing", Fact::Variant(thing));
        self.note(value, used, name);
    }

    fn note(&mut self, value: Value<'_>, used: Text, name: &str) {
        if let Some(line) = self.first.get(name) {
            value.fault(used.word("line", line), Text::of("right-own"));
        } else {
            self.first.insert(name.to_owned(), value.line());
        }
    }

    /// Notes a use of a code or a name, and a fault if it is not the first; gives it back.
    pub(super) fn first<T: Display>(
        &mut self,
        value: Value<'_>,
        thing: &'static str,
        name: T,
    ) -> T {
        let used = Text::of("fault-used").fact("thing", Fact::Variant(thing));
        self.note(value, used.word("name", &name), &name.to_string());
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
            Some(guess) => value.wrong(Text::of("right-meant").word("guess", guess)),
            None if self.first.is_empty() => {
                value.wrong(Text::of("right-add-table").word("table", thing));
            }
            None => {
                let names = names().collect::<Vec<_>>().join(", ");
                value.wrong(Text::of("right-here").word("words", names));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::read_as;

    #[test]
    fn what_a_spreadsheet_would_change_is_seen() {
        for (code, want) in [
            ("1", Some("number")),
            ("0012", Some("number")),
            ("1E5", Some("number")),
            ("12E-3", Some("number")),
            ("3-4", Some("date")),
            ("2026-11", Some("date")),
            ("1-", Some("date")),
            ("MAR1", Some("date")),
            ("MAR-1", Some("date")),
            ("MARCH1", Some("date")),
            ("SEPT2", Some("date")),
            ("DEC1-26", Some("date")),
            ("1MAR", Some("date")),
            ("1-MAR", Some("date")),
            ("1-MAR-26", Some("date")),
            ("TRUE", Some("truth")),
            ("FALSE", Some("truth")),
            ("R1", None),
            ("RICE5", None),
            ("E5", None),
            ("1E", None),
            ("1EA5", None),
            ("5KG", None),
            ("MAR", None),
            ("MAR-A", None),
            ("MARKET1", None),
            ("MAYOR", None),
            ("1MARKET", None),
            ("K3-4", None),
            ("TRUER", None),
        ] {
            assert_eq!(read_as(code), want, "{code}");
        }
    }
}
