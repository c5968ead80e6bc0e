//! The JSON schemas of the config files, for editors. `check` remains the judge: a schema does not see what two entries share,
//! nor how wide a text is.

use crate::config::form::{Form, with};
use crate::config::{catalogue, notices, rules, staff, station};
use serde_json::{Map, Value as Json, json};

/// The draft that the TOML tools of editors know best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

static FILES: [&Form; 5] = [
    &station::FILE,
    &catalogue::FILE,
    &rules::FILE,
    &staff::FILE,
    &notices::FILE,
];

fn name(file: &Form) -> &'static str {
    file.title.trim_end_matches(".toml")
}

/// The names of the files that have a schema, without `.toml`.
pub fn schema_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| name(file))
}

/// The schema of one file by its name, `None` for an unknown one; without a name one document with all of them in `$defs`,
/// which takes what any of them takes.
pub fn schema(file: Option<&str>) -> Option<Json> {
    let titled = |file: &Form| with(file.schema(), "title", file.title);
    let schema = if let Some(wanted) = file {
        titled(FILES.iter().find(|file| name(file) == wanted)?)
    } else {
        let of = |file: &&Form| (name(file).to_owned(), titled(file));
        let each: Map<_, _> = FILES.iter().map(of).collect();
        let any = schema_names().map(|name| json!({ "$ref": format!("#/$defs/{name}") }));
        let any: Json = any.collect();
        json!({ "title": "The config of a station", "anyOf": any, "$defs": each })
    };
    Some(with(schema, "$schema", DRAFT))
}
