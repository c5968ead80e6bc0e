//! `[export]` in `station.toml`: when the ledger is exported, for whose eyes, and where to.

use crate::config::fields::form;
use crate::config::kind::{Kind, Parsed};
use crate::config::recipient::is_recipient;
use crate::config::schedule::{ENTRY, Schedule, ScheduleFault};
use crate::config::sink::SinkSetting;
use crate::config::table::Value;
use crate::domain::Text;
use serde_json::{Value as Json, json};

/// The most entries of a schedule.
const MAX_ENTRIES: usize = 8;
/// A schedule that is right.
const EXAMPLE: &str = "[\"12:00\", \"18:00\"]";

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

form! {
    /// When the ledger is exported, and for whose eyes.
    EXPORT "[export]" fn export(table) -> ExportSetting {
        /// Times of day such as "18:00", or minute hour day month weekday such as "0 */2 * * *"; at most 8.
        schedule "schedule": Times, usual(Schedule::default());
        /// HQ's age key, for which bundles are sealed; not sealed without.
        recipient "recipient": RECIPIENT, may;
    } => ExportSetting { schedule, recipient, sinks: Vec::new() }
}

const RECIPIENT: Parsed<String> = Parsed {
    pattern: "^age1[02-9ac-hj-np-z]{58}$",
    right: Text::of("right-recipient"),
    parse: |text| is_recipient(text).then(|| text.to_owned()),
};

/// The entries of a schedule.
struct Times;

impl Kind for Times {
    type Read<'a> = Schedule;

    fn read(&self, value: Value<'_>) -> Option<Schedule> {
        let entries = value.list(Text::of("right-list").word("example", EXAMPLE));
        if let Some(entry) = entries.get(MAX_ENTRIES) {
            let wrong = Text::of("fault-entries").word("key", value.key());
            entry.fault(
                wrong.word("count", entries.len()),
                Text::of("right-entries").word("most", MAX_ENTRIES),
            );
        }
        let mut schedule = Schedule::default();
        for entry in entries {
            let added = entry.text().map(|text| schedule.add(text));
            if let Some(Err(ScheduleFault { wrong, right })) = added {
                entry.fault(wrong, right);
            }
        }
        Some(schedule)
    }

    fn schema(&self) -> Json {
        let entry = json!({ "type": "string", "pattern": ENTRY });
        json!({ "type": "array", "minItems": 1, "maxItems": MAX_ENTRIES, "items": entry })
    }
}
