//! Canonical JSON: JSON that can be written in one way only.
//!
//! Whole numbers, texts in NFC, lists and maps; sorted keys, no spaces. Bodies of operations are written
//! so, because a hash covers their bytes, and so are the manifests of bundles, because a signature does.

use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;

/// A canonical value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Values in order.
    List(Vec<Self>),
    /// Values by name.
    Map(Map),
}

/// Values by name, sorted.
pub type Map = BTreeMap<String, Value>;

/// Builds a map of the pairs that are there.
pub fn map<const N: usize>(pairs: [(&str, Option<Value>); N]) -> Map {
    pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

/// A text as a value that is there.
pub fn text(text: impl Into<String>) -> Option<Value> {
    Some(Value::Text(text.into()))
}

/// A number as a value that is there.
pub const fn int(number: i64) -> Option<Value> {
    Some(Value::Int(number))
}

impl Value {
    /// The one way to write it.
    pub fn render(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Int(number) => write_int(*number, out),
            Self::Text(text) => write_text(text, out),
            Self::List(values) => {
                out.push('[');
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    value.write(out);
                }
                out.push(']');
            }
            Self::Map(map) => {
                out.push('{');
                for (i, (key, value)) in map.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// Reads JSON that was written in the one way and is at most `max_depth` lists and maps deep.
    ///
    /// The depth is counted before anything is parsed. `None` for anything else.
    pub fn parse(text: &str, max_depth: usize) -> Option<Self> {
        if depth(text) > max_depth {
            return None;
        }
        let value = Self::of(&serde_json::from_str(text).ok()?)?;
        (value.render() == text).then_some(value)
    }

    /// The whole number, where it is one.
    pub const fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Text(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Int(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The values in order, where it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            Self::Int(_) | Self::Text(_) | Self::Map(_) => None,
        }
    }

    /// The value of that name, where it is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(key),
            Self::Int(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// Takes parsed JSON; `None` for what has no canonical form: fractions, true, false, null.
    pub fn of(json: &Json) -> Option<Self> {
        match json {
            Json::Number(number) => number.as_i64().map(Self::Int),
            Json::String(text) => Some(Self::Text(text.clone())),
            Json::Array(values) => values
                .iter()
                .map(Self::of)
                .collect::<Option<_>>()
                .map(Self::List),
            Json::Object(map) => map
                .iter()
                .map(|(key, value)| Some((key.clone(), Self::of(value)?)))
                .collect::<Option<_>>()
                .map(Self::Map),
            Json::Null | Json::Bool(_) => None,
        }
    }
}

/// How deep lists and maps are nested in a JSON text; brackets inside of strings do not count.
pub fn depth(text: &str) -> usize {
    let (mut now, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                now = now.saturating_add(1);
                deepest = deepest.max(now);
            }
            b']' | b'}' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Writes a map member by member, for maps that are written too often to be built first.
///
/// The members must come in the order of their keys, as [`Value::render`] writes them.
#[derive(Debug)]
pub struct Members {
    out: String,
    last: &'static str,
}

impl Members {
    /// Begins a map at the end of a text.
    pub fn after(mut out: String) -> Self {
        out.push('{');
        Self { out, last: "" }
    }

    /// Writes a key; its value must follow.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Self {
        debug_assert!(self.last < key, "{key} after {}", self.last);
        if !self.last.is_empty() {
            self.out.push(',');
        }
        self.last = key;
        write_text(key, &mut self.out);
        self.out.push(':');
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn string(self, key: &'static str, text: &str) -> Self {
        let mut to = self.key(key);
        write_text(text, &mut to.out);
        to
    }

    /// Adds a whole number.
    #[must_use]
    pub fn int(self, key: &'static str, number: i64) -> Self {
        let mut to = self.key(key);
        write_int(number, &mut to.out);
        to
    }

    /// Adds a list of maps, each of whose members `write` adds.
    #[must_use]
    pub fn maps<T>(self, key: &'static str, of: &[T], write: impl Fn(&T, Self) -> Self) -> Self {
        let mut to = self.key(key);
        to.out.push('[');
        for (place, one) in of.iter().enumerate() {
            if place > 0 {
                to.out.push(',');
            }
            to.out = write(one, Self::after(to.out)).out;
            to.out.push('}');
        }
        to.out.push(']');
        to
    }

    /// The text so far; the map is not closed.
    pub fn open(self) -> String {
        self.out
    }
}

fn write_int(number: i64, out: &mut String) {
    // Writing to a String cannot fail.
    write!(out, "{number}").unwrap_or_default();
}

/// Writes a JSON string in NFC, with the escapes of `serde_json`.
fn write_text(text: &str, out: &mut String) {
    // Most are keys and codes of ours, in which nothing is escaped.
    if text
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'))
    {
        out.push('"');
        out.push_str(text);
        return out.push('"');
    }
    let text: String = if text.is_ascii() {
        text.to_owned()
    } else {
        text.nfc().collect()
    };
    out.push_str(&Json::String(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_way_to_write() {
        let value = Value::Map(map([
            ("b", int(-5)),
            ("a", text("e\u{301}\"\n")),
            ("gone", None),
            (
                "l",
                Some(Value::List(vec![Value::Int(1), Value::Map(Map::new())])),
            ),
        ]));
        let want = r#"{"a":"é\"\n","b":-5,"l":[1,{}]}"#;
        assert_eq!(value.render(), want);
        let parsed = Value::of(&serde_json::from_str(want).unwrap()).unwrap();
        assert_eq!(parsed.render(), want);
    }

    #[test]
    fn member_by_member_is_the_same_text() {
        let words = [
            "", "plain", "a\"b", "a\\b", "\u{7f}", "\n", "\u{1}", "文", "e\u{301}",
        ];
        for word in words {
            let by_member = Members::after(String::new())
                .string("a", word)
                .int("b", i64::MIN);
            let whole = Value::Map(map([("a", text(word)), ("b", int(i64::MIN))]));
            assert_eq!(by_member.open() + "}", whole.render());
            // The same escapes as the parser's own.
            let nfc: String = word.nfc().collect();
            let json = serde_json::to_string(&nfc).unwrap();
            assert_eq!(Value::Text(word.to_owned()).render(), json);
        }
    }

    #[test]
    fn only_the_one_way_is_read_and_only_so_deep() {
        let good = r#"{"a":"[[[\"[[\\","l":[1,{}]}"#;
        assert_eq!(depth(good), 3);
        assert_eq!(Value::parse(good, 3).unwrap().render(), good);
        assert_eq!(Value::parse(good, 2), None);
        for other in [
            "{\"a\": 1}",
            "{\"b\":1,\"a\":1}",
            "{\"a\":1,\"a\":1}",
            "01",
            "\"\\u0041\"",
            "\"e\u{301}\"",
            "1 ",
            "[1",
        ] {
            assert_eq!(Value::parse(other, 3), None, "{other}");
        }
        let deep = "[".repeat(1_000_000);
        assert_eq!(depth(&deep), 1_000_000);
        assert_eq!(Value::parse(&deep, 8), None);
    }

    #[test]
    fn what_has_no_canonical_form_is_no_value() {
        for json in [
            "1.5",
            "true",
            "null",
            "[1,null]",
            "{\"a\":1e3}",
            "9223372036854775808",
        ] {
            assert_eq!(
                Value::of(&serde_json::from_str(json).unwrap()),
                None,
                "{json}"
            );
        }
    }
}
