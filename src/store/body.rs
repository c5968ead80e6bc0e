//! The canonical body of an operation: JSON that can be written in one way only.
//!
//! Whole numbers, texts in NFC, lists and maps; sorted keys, no spaces. The hash covers these bytes.

use serde_json::Value as Json;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// A canonical value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
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
pub(super) type Map = BTreeMap<String, Value>;

/// Builds a map of the pairs that are there.
pub(super) fn map<const N: usize>(pairs: [(&str, Option<Value>); N]) -> Map {
    pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

/// A text as a value that is there.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the form in which a map takes its values"
)]
pub(super) fn text(text: impl Into<String>) -> Option<Value> {
    Some(Value::Text(text.into()))
}

/// A number as a value that is there.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the form in which a map takes its values"
)]
pub(super) const fn int(number: i64) -> Option<Value> {
    Some(Value::Int(number))
}

impl Value {
    /// The one way to write it.
    pub(super) fn render(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Int(number) => out.push_str(&number.to_string()),
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

    /// Takes parsed JSON; `None` for what has no canonical form: fractions, true, false, null.
    pub(super) fn of(json: &Json) -> Option<Self> {
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

/// Writes a JSON string in NFC, with the escapes of `serde_json`.
fn write_text(text: &str, out: &mut String) {
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
