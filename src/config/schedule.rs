//! The schedule of exports: times of day, and cron patterns, at the station's own clock.

use crate::config::hours::{END, minute_of};
use crate::config::suggest::shown;
use chrono::{DateTime, FixedOffset, Timelike as _};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

/// The parts of a pattern, what each may hold, and one that is good.
const PARTS: [(&str, &str); 5] = [
    ("minute", "minutes are 0 to 59"),
    ("hour", "hours are 0 to 23"),
    ("day", "days are 1 to 31, or L for the last"),
    ("month", "months are 1 to 12, or JAN to DEC"),
    ("weekday", "weekdays are 0 to 6 from Sunday, or SUN to SAT"),
];
/// What every entry fits.
pub(super) const ENTRY: &str =
    r"^(([01][0-9]|2[0-3]):[0-5][0-9]|\s*[0-9A-Za-z*/,#-]+(\s+[0-9A-Za-z*/,#-]+){4}\s*)$";
const TIMES: &str = "times are 00:00 to 23:59, always with two digits each";
const PATTERN: &str =
    "write a time such as \"18:00\", or minute hour day month weekday such as \"0 */2 * * *\"";

/// When the ledger is exported; never, when it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    patterns: Vec<Cron>,
}

/// What is wrong with an entry of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wrong}; {right}")]
pub struct ScheduleFault {
    /// What it has.
    pub wrong: String,
    /// What would be right.
    pub right: String,
}

impl ScheduleFault {
    fn new(wrong: String, right: &str) -> Self {
        Self {
            wrong,
            right: right.to_owned(),
        }
    }
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
            let none = || ScheduleFault::new(format!("has the time \"{}\"", shown(text)), TIMES);
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
        return Err(ScheduleFault::new(
            format!("has \"{}\"", shown(text)),
            PATTERN,
        ));
    }
    for (place, (part, (name, right))) in parts.iter().zip(PARTS).enumerate() {
        // The parser names no part, so each is tried among stars.
        let mut alone = vec!["*"; PARTS.len()];
        if let Some(slot) = alone.get_mut(place) {
            *slot = part;
        }
        if !part.bytes().all(is_sign) || read(&alone.join(" ")).is_none() {
            let wrong = format!("has the {name} \"{}\"", shown(part));
            return Err(ScheduleFault::new(wrong, right));
        }
    }
    let never = || {
        ScheduleFault::new(
            format!("has \"{}\", which no day of any year matches", shown(text)),
            "choose a day that its month has, or L for the last one",
        )
    };
    let cron = read(text).ok_or_else(never)?;
    let some_day = DateTime::UNIX_EPOCH;
    match cron.find_next_occurrence(&some_day, false) {
        Ok(_) => Ok(cron),
        Err(_) => Err(never()),
    }
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
