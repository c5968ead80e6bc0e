//! `[export]` in `station.toml`: when the ledger is exported, for whose eyes, and where to.

use crate::config::read::{Form, Table, Value};
use crate::config::recipient::is_recipient;
use crate::config::schedule::{Schedule, ScheduleFault};
use crate::config::sink::{SinkSetting, sinks};

/// The most entries of a schedule.
const MAX_ENTRIES: usize = 8;
const SHAPE: &str = "write a list such as [\"12:00\", \"18:00\"], or leave it out";

/// When and where to the ledger is exported. Without `[export]` and `[[sink]]` only when asked for,
/// and only into the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportSetting {
    /// When.
    pub schedule: Schedule,
    /// For whom bundles are sealed, as an age recipient `age1...`; not sealed without.
    pub recipient: Option<String>,
    /// Where to, beside the outbox, at most 4.
    pub sinks: Vec<SinkSetting>,
}

const EXPORT: Form = Form {
    title: "[export]",
    keys: &["schedule", "recipient"],
};

/// Reads both kinds of tables; what is wrong is noted and left out.
pub(super) fn export(file: &Table<'_>) -> ExportSetting {
    let table = file.table("export", &EXPORT);
    let get = |key| table.as_ref().and_then(|table| table.get(key));
    ExportSetting {
        schedule: get("schedule").map(schedule).unwrap_or_default(),
        recipient: get("recipient").and_then(recipient),
        sinks: sinks(file),
    }
}

fn schedule(value: Value<'_>) -> Schedule {
    let entries = value.list(SHAPE);
    if let Some(entry) = entries.get(MAX_ENTRIES) {
        entry.fault(
            format_args!("`schedule` has {} entries", entries.len()),
            format_args!(
                "at most {MAX_ENTRIES} work; \"0 8-18 * * *\" says every hour from 8 to 18"
            ),
        );
    }
    let mut schedule = Schedule::default();
    for entry in entries {
        let added = entry.text().map(|text| schedule.add(text));
        if let Some(Err(ScheduleFault { wrong, right })) = added {
            entry.fault(format_args!("`schedule` {wrong}"), right);
        }
    }
    schedule
}

fn recipient(value: Value<'_>) -> Option<String> {
    value.parsed(
        |text| is_recipient(text).then(|| text.to_owned()),
        "copy the whole line that begins with age1 from HQ, a character is missing or wrong",
    )
}
