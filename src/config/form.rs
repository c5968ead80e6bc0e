//! What a table of a config file may hold, as data. From it come the list of known keys and the JSON schema; `fields` makes
//! the reader of the same declaration.

use serde_json::{Value as Json, json};

/// A table and everything it may hold.
pub(super) struct Form {
    /// The table as faults call it; of a whole file, the file's name.
    pub(super) title: &'static str,
    /// What it is for, in one line.
    pub(super) about: &'static str,
    /// Its fields, in the order in which they are read and listed.
    pub(super) fields: &'static [Field],
    /// What a schema must say beside the fields themselves.
    pub(super) also: fn() -> Vec<Json>,
}

/// One key of a table.
pub(super) struct Field {
    /// The key.
    pub(super) key: &'static str,
    /// What it is for, in one line.
    pub(super) about: &'static str,
    /// It must be there.
    pub(super) need: bool,
    /// It may be there, and must if it is needed, beside some words of another key only.
    pub(super) only: Option<Only>,
    /// The schema of its value.
    pub(super) schema: fn() -> Json,
}

/// The words of another key that a field goes with.
pub(super) struct Only {
    /// The other key.
    pub(super) tag: &'static str,
    /// The word that holds where the other key is left out, if it may be.
    pub(super) usual: Option<&'static str>,
    /// The words.
    pub(super) words: &'static [&'static str],
}

/// A schema with one thing more.
pub(super) fn with(mut schema: Json, key: &str, value: impl Into<Json>) -> Json {
    if let Some(object) = schema.as_object_mut() {
        object.insert(key.to_owned(), value.into());
    }
    schema
}

impl Form {
    /// Every key, in the order of the declaration.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.key)
    }

    /// Every key in one line.
    pub(super) fn known(&self) -> String {
        self.keys().collect::<Vec<_>>().join(", ")
    }

    /// Says whether any field goes with this word of another key.
    pub(super) fn knows(&self, tag: &str, word: &str) -> bool {
        let all = self.fields.iter().filter_map(|field| field.only.as_ref());
        all.filter(|only| only.tag == tag)
            .any(|only| only.words.contains(&word))
    }

    /// The JSON schema of the table.
    pub(super) fn schema(&self) -> Json {
        self.schema_of(|field| (field.schema)())
    }

    /// The JSON schema of the table when its values have these.
    pub(super) fn schema_of(&self, value: impl Fn(&Field) -> Json) -> Json {
        let property = |field: &Field| {
            let schema = with(value(field), "description", field.about.trim());
            (field.key.to_owned(), schema)
        };
        let mut schema = json!({
            "type": "object",
            "description": self.about.trim(),
            "properties": Json::Object(self.fields.iter().map(property).collect()),
            "additionalProperties": false,
        });
        let always = |field: &&Field| field.need && field.only.is_none();
        let required: Vec<&str> = self.fields.iter().filter(always).map(|f| f.key).collect();
        if !required.is_empty() {
            schema = with(schema, "required", required);
        }
        let mut all: Vec<Json> = self.fields.iter().filter_map(Field::condition).collect();
        all.extend((self.also)());
        if !all.is_empty() {
            schema = with(schema, "allOf", all);
        }
        schema
    }
}

impl Field {
    /// What the schema of the table says about the words that this field goes with.
    fn condition(&self) -> Option<Json> {
        let Only { tag, usual, words } = self.only.as_ref()?;
        let key = self.key;
        let beside = json!({ "properties": { *tag: { "enum": words } } });
        let beside = match usual {
            Some(usual) if !words.contains(usual) => with(beside, "required", json!([tag])),
            _ => beside,
        };
        let condition = json!({ "if": beside, "else": { "properties": { key: false } } });
        Some(if self.need {
            with(condition, "then", json!({ "required": [key] }))
        } else {
            condition
        })
    }
}
