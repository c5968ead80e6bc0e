//! How a card number comes to the station, and what that means: which badge confirms alone, which session is marked,
//! and which way rests because too many unknown cards came on it. The one place for all of that.
//!
//! A number that a scanner or a keyboard gives can be printed, photographed and typed by anybody. It says who; it never
//! confirms alone.

use crate::config::{Config, ReaderFormat, ReaderSetting};
use crate::domain::{Now, ShownBy, Via};
use std::collections::VecDeque;
use std::fmt;

/// How a card number came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// From the reader at this place in the config, from 0.
    Reader(usize),
    /// Through the keyboard, faster than a person types: some device.
    Burst,
    /// Through the keyboard, digit by digit.
    Typed,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reader(index) => write!(f, "reader {index}"),
            Self::Burst | Self::Typed => f.write_str("keyboard"),
        }
    }
}

/// Unknown cards on one way within a minute after which it rests.
pub const MOST_UNKNOWN: usize = 20;
/// The time in which they are counted, in monotonic milliseconds.
const WINDOW_MS: i64 = 60_000;
/// How long a way rests, in milliseconds.
const REST_MS: i64 = 60_000;

impl Way {
    /// The reader that it is, where the config has it.
    pub fn reader(self, config: &Config) -> Option<&ReaderSetting> {
        match self {
            Self::Reader(index) => config.station.readers.get(index),
            Self::Burst | Self::Typed => None,
        }
    }

    /// What a badge means that comes so: itself only at a reader of which the config says that badges count there.
    pub fn shown_by(self, config: &Config) -> ShownBy {
        if self.reader(config).is_some_and(|reader| reader.badges) {
            ShownBy::Badge
        } else {
            ShownBy::Number
        }
    }

    /// What a resident's session is marked with that begins so; a card at a card reader needs no mark. Codes of the town
    /// are marked as numbers are, since they can be photographed.
    pub fn via(self, config: &Config) -> Option<Via> {
        let reader = match self {
            Self::Burst => return Some(Via::Keyboard),
            Self::Typed => return Some(Via::Typed),
            Self::Reader(_) => self.reader(config),
        };
        match reader.map(|reader| reader.format) {
            Some(ReaderFormat::Em4100 | ReaderFormat::Pn532 | ReaderFormat::Pcsc) => None,
            // Lines at which badges count come from a card reader, as its technician says.
            Some(ReaderFormat::Lines) if self.shown_by(config) == ShownBy::Badge => None,
            Some(ReaderFormat::Lines | ReaderFormat::Gm65) | None => Some(Via::Scanner),
            Some(ReaderFormat::Wedge) => Some(Via::Keyboard),
        }
    }
}

/// Unknown cards, and the ways that rest because of them.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    tallies: Vec<Tally>,
    /// The way on which the last card was asked for.
    pub(super) asked: Option<Way>,
    /// How many unknown cards were shown since the program started.
    pub unknown: u64,
    /// How often a way had to rest since then.
    pub rests: u64,
}

/// What came on one way.
#[derive(Clone, Debug)]
struct Tally {
    way: Way,
    /// When unknown cards came lately, oldest first.
    unknown: VecDeque<i64>,
    /// Until when it rests.
    rests_until_ms: i64,
}

impl Ways {
    /// Says whether nothing that comes this way is looked up now.
    pub fn rests(&self, way: Way, now: &Now) -> bool {
        let mut own = self.tallies.iter().filter(|tally| tally.way == way);
        own.any(|tally| now.mono_ms < tally.rests_until_ms)
    }

    /// Counts an unknown card on the way that was asked for last; gives the way when it has to rest from now on.
    pub(super) fn count(&mut self, now: &Now) -> Option<Way> {
        let way = self.asked?;
        self.unknown = self.unknown.saturating_add(1);
        let place = self.tallies.iter().position(|tally| tally.way == way);
        let place = place.unwrap_or_else(|| {
            self.tallies.push(Tally {
                way,
                unknown: VecDeque::new(),
                rests_until_ms: i64::MIN,
            });
            self.tallies.len().saturating_sub(1)
        });
        let tally = self.tallies.get_mut(place)?;
        let lately = |at: &i64| now.mono_ms.saturating_sub(*at) < WINDOW_MS;
        tally.unknown.retain(lately);
        tally.unknown.push_back(now.mono_ms);
        if tally.unknown.len() < MOST_UNKNOWN {
            return None;
        }
        tally.unknown.clear();
        tally.rests_until_ms = now.mono_ms.saturating_add(REST_MS);
        self.rests = self.rests.saturating_add(1);
        Some(way)
    }
}
