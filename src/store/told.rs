//! The one sentence about an operation of the log, whatever service it belongs to.

use super::error::StoreError;
use super::{log, rules};
use crate::domain::{Fact, Kind, Logged, Phase, Text};
use crate::services::Command;
use rusqlite::Connection;
use serde_json::Value as Json;

/// The sentence of a body that stands for itself; `None` for what no service brings, or cannot be read.
pub(super) fn of_body(kind: Kind, what: Json) -> Option<Text> {
    if kind == Kind::REFUSAL {
        let code = what.get("code").and_then(Json::as_str)?;
        return Some(Text::of("told-refusal").fact("code", Fact::Code(code.to_owned())));
    }
    Command::read(kind.name(), what)?
        .ok()
        .map(|command| command.told())
}

/// The sentence of a body, or else the name of its kind.
fn own(kind: Kind, what: Json) -> Text {
    of_body(kind, what).unwrap_or_else(|| Text::of("told-kind").fact("kind", Fact::Kind(kind)))
}

/// What an operation is about: of a settlement what was held, of a mirror what is mirrored.
pub(super) fn told(conn: &Connection, row: &Logged) -> Result<Text, StoreError> {
    let what = rules::what(&row.body)?;
    Ok(match (row.pends.or(row.reverses), row.kind.phase()) {
        (Some(of), Phase::Post | Phase::Void) => {
            let held = log::by_seq(conn, of)?;
            own(held.map_or(row.kind, |held| held.kind), what)
        }
        (Some(of), Phase::Single | Phase::Hold) => match log::by_seq(conn, of)? {
            Some(mistake) => told(conn, &mistake)?,
            None => own(row.kind, what),
        },
        (None, _) => own(row.kind, what),
    })
}
