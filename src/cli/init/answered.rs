//! What has been answered, and how an answer is written.

use std::collections::BTreeMap;

/// What leaves a question out.
pub(super) const NONE: &str = "-";
/// What stands between the entries of a list.
pub(super) const BETWEEN: [char; 3] = [';', '；', '\n'];
/// Who delivers rewards beside the station: the word for it, its code in the catalogue, its sentence.
pub(super) const PARTNERS: [(&str, &str, &str); 5] = [
    ("elders", "YIZHAN", "init-partner-elders"),
    ("hair", "SALON", "init-partner-hair"),
    ("clinic", "CLINIC", "init-partner-clinic"),
    ("children", "KIDS", "init-partner-children"),
    ("home-help", "JIAZHENG", "init-partner-home-help"),
];

/// What a technician has answered; empty for what is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answers(BTreeMap<&'static str, String>);

impl Answers {
    /// An answer, empty where there is none.
    pub(super) fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Says whether a question is answered, even with nothing.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Keeps an answer.
    pub(super) fn set(&mut self, key: &'static str, text: String) {
        self.0.insert(key, text);
    }

    /// An answer as TOML; `None` where it is left out.
    pub(super) fn quoted(&self, key: &str) -> Option<String> {
        Some(self.get(key))
            .filter(|text| !text.is_empty())
            .map(quoted)
    }

    /// An answer and its English as TOML.
    pub(super) fn both(&self, zh: &str, en: &str) -> String {
        both(self.get(zh), self.get(en))
    }
}

/// A text as TOML. JSON's escapes are among TOML's.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The same in both languages.
pub(super) fn both(zh: &str, en: &str) -> String {
    format!("{{ zh = {}, en = {} }}", quoted(zh), quoted(en))
}
