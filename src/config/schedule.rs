//! The schedule of exports: times of day, and cron patterns, at the station's own clock.

use crate::config::hours::{END, minute_of};
use crate::config::suggest::shown;
use crate::domain::{Fact, Text};
use chrono::{DateTime, FixedOffset, Timelike as _};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

/// The parts of a pattern.
const PARTS: [&str; 5] = ["minute", "hour", "day", "month", "weekday"];
/// What every entry fits.
pub(super) const ENTRY: &str =
    r"^(([01][0-9]|2[0-3]):[0-5][0-9]|\s*[0-9A-Za-z*/,#-]+(\s+[0-9A-Za-z*/,#-]+){4}\s*)$";

/// When the ledger is exported; never, when it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    patterns: Vec<Cron>,
}

/// What is wrong with an entry of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleFault {
    /// What it has.
    pub wrong: Text,
    /// What would be right.
    pub right: Text,
}

impl Schedule {
    /// Reads entries: times of day `HH:MM`, and cron patterns of five parts.
    ///
    /// # Errors
    ///
    /// The first entry that is neither, or that names no day which exists.
    pub fn parse(entries: &[&str]) -> Result<Self, ScheduleFault> {
        let mut schedule = Self::default();
        for entry in entries {
            schedule.add(entry)?;
        }
        Ok(schedule)
    }

    /// Adds one entry.
    pub(super) fn add(&mut self, text: &str) -> Result<(), ScheduleFault> {
        let pattern = if text.contains(':') {
            let minute = minute_of(text).filter(|minute| *minute < END);
            let none = || ScheduleFault {
                wrong: has("fault-has-time", text),
                right: Text::of("right-times-of-day"),
            };
            let minute = minute.ok_or_else(none)?;
            format!("{} {} * * *", minute % 60, minute / 60)
        } else {
            text.to_owned()
        };
        self.patterns.push(cron(&pattern)?);
        Ok(())
    }

    /// Says whether nothing is ever due.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The last moment at or before this one at which an export is due.
    pub fn last_due(&self, at: &DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let at = at.with_nanosecond(0)?;
        let due = |cron: &Cron| cron.find_previous_occurrence(&at, true).ok();
        self.patterns.iter().filter_map(due).max()
    }

    /// The first moment after this one at which an export is due.
    pub fn next_due(&self, at: &DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let at = at.with_nanosecond(0)?;
        let due = |cron: &Cron| cron.find_next_occurrence(&at, false).ok();
        self.patterns.iter().filter_map(due).min()
    }
}

/// A pattern of five parts that is due some day.
fn cron(text: &str) -> Result<Cron, ScheduleFault> {
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    if parts.len() != PARTS.len() {
        return Err(ScheduleFault {
            wrong: has("fault-has", text),
            right: Text::of("right-schedule"),
        });
    }
    for (place, (part, name)) in parts.iter().zip(PARTS).enumerate() {
        // The parser names no part, so each is tried among stars.
        let mut alone = vec!["*"; PARTS.len()];
        if let Some(slot) = alone.get_mut(place) {
            *slot = part;
        }
        if !part.bytes().all(is_sign) || read(&alone.join(" ")).is_none() {
            let name = Fact::Variant(name);
            let wrong = Text::of("fault-schedule-part").word("text", shown(part));
            return Err(ScheduleFault {
                wrong: wrong.fact("part", name.clone()),
                right: Text::of("right-schedule-part").fact("part", name),
            });
        }
    }
    let never = || ScheduleFault {
        wrong: Text::of("fault-schedule-never").word("text", shown(text)),
        right: Text::of("right-schedule-never"),
    };
    let cron = read(text).ok_or_else(never)?;
    let some_day = DateTime::UNIX_EPOCH;
    match cron.find_next_occurrence(&some_day, false) {
        Ok(_) => Ok(cron),
        Err(_) => Err(never()),
    }
}

/// What an entry has that is no time and no pattern.
fn has(id: &'static str, text: &str) -> Text {
    let text = Text::of(id).word("text", shown(text));
    text.word("key", "schedule")
}

fn read(text: &str) -> Option<Cron> {
    let parser = CronParser::builder()
        .seconds(Seconds::Disallowed)
        .year(Year::Disallowed)
        .build();
    parser.parse(text).ok()
}

fn is_sign(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'*' | b'/' | b',' | b'-' | b'#')
}
