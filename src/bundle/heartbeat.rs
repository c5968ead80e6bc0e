//! How a station is: what travels in every bundle, also in one without operations.
//!
//! Counts, versions and states. Never a name, a card number or a PIN: the caller has none to give, and
//! the form is too narrow for most of them.

use super::fault::{BundleError, BundleFault};
use super::name::Name;
use crate::domain::seen;
use std::collections::BTreeMap;

/// The file in a bundle.
pub(super) const HEARTBEAT: &str = "data/heartbeat.csv";
/// The first line.
const COLUMNS: &str = "key,value\n";

/// Values by key, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heartbeat(BTreeMap<String, String>);

impl Heartbeat {
    /// The longest key, in characters.
    pub const MAX_KEY: usize = 40;
    /// The longest value, in characters.
    pub const MAX_VALUE: usize = 200;
    /// The most keys.
    pub const MAX_KEYS: usize = 256;

    /// Adds a value: `disk.free-mib`, `51200`.
    ///
    /// # Errors
    /// [`BundleError::Heartbeat`] for a key or value out of form, a key that is there, or too many.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), BundleError> {
        let full = self.0.len() >= Self::MAX_KEYS || self.0.contains_key(key);
        if full || !is_key(key) || !is_value(value) {
            return Err(BundleError::Heartbeat(Name::of(key.as_bytes())));
        }
        self.0.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Keys and values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The table `data/heartbeat.csv`.
    pub(super) fn render(&self) -> String {
        let mut out = COLUMNS.to_owned();
        for (key, value) in &self.0 {
            out.push_str(key);
            out.push_str(",\"");
            out.push_str(&value.replace('"', "\"\""));
            out.push_str("\"\n");
        }
        out
    }

    /// Reads what [`Self::render`] writes, and nothing else.
    pub(super) fn read(table: &str) -> Result<Self, BundleFault> {
        let fault = |line| BundleFault::Row {
            name: HEARTBEAT,
            line,
        };
        let rows = table.strip_prefix(COLUMNS).ok_or_else(|| fault(1))?;
        let mut heartbeat = Self::default();
        for (line, row) in (2_usize..).zip(rows.split_terminator('\n')) {
            let cells = row.strip_suffix('"').and_then(|row| row.split_once(",\""));
            let (key, value) = cells.ok_or_else(|| fault(line))?;
            heartbeat
                .set(key, &value.replace("\"\"", "\""))
                .map_err(|_| fault(line))?;
        }
        // Sorting, quoting and the last line feed are judged by writing it again.
        if heartbeat.render() == table {
            Ok(heartbeat)
        } else {
            Err(fault(1))
        }
    }
}

fn is_key(key: &str) -> bool {
    (1..=Heartbeat::MAX_KEY).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

fn is_value(value: &str) -> bool {
    value.chars().count() <= Heartbeat::MAX_VALUE && seen(value) == value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_back_and_others_are_refused() {
        let mut heartbeat = Heartbeat::default();
        heartbeat.set("words", "读卡器 \"ok\", 好").unwrap();
        heartbeat.set("disk.free-mib", "512").unwrap();
        heartbeat.set("none", "").unwrap();
        let table = heartbeat.render();
        let want = "key,value\ndisk.free-mib,\"512\"\nnone,\"\"\nwords,\"读卡器 \"\"ok\"\", 好\"\n";
        assert_eq!(table, want);
        assert_eq!(Heartbeat::read(&table), Ok(heartbeat.clone()));
        for other in [
            "",
            "key,value",
            "key,value\na,b\n",
            "key,value\nb,\"1\"\na,\"1\"\n",
            "key,value\na,\"1\"\na,\"1\"\n",
            "key,value\na,\"1\"",
            "key,value\na,\"1\"\n\n",
            "key,value\na,\"1\"2\"\n",
            "key,value\r\na,\"1\"\r\n",
            "key,value\na,\"\u{1b}\"\n",
        ] {
            assert!(Heartbeat::read(other).is_err(), "{other:?}");
        }
        for (key, value) in [
            ("A", ""),
            ("", ""),
            ("a b", ""),
            ("none", "2"),
            ("x", "a\nb"),
            ("x", "\u{202e}"),
        ] {
            assert!(heartbeat.set(key, value).is_err(), "{key} {value:?}");
        }
    }
}
