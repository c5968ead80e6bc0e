//! Which day it is: the one place that judges a wall clock before a rule reads it.
//!
//! A wall clock cannot be proved right, only wrong. What it may be compared with: the day of this release, the newest
//! operation whose clock was trusted, and the monotonic clock, which nobody can set.

use crate::domain::{BootId, LATEST_MS, Now, RELEASED_MS, SLACK_MS, Stamp, names};
use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Timelike as _, Weekday};

/// So far may the wall clock be beyond the newest trusted operation and the time that has passed since by the monotonic
/// clock. A station in use writes into its log every day, and closes for a holiday of some weeks at most; a clock with
/// an empty battery or a typing error is off by months or years. Whoever rested longer is asked for the day once.
pub const AHEAD_MS: i64 = 31 * 24 * 3_600_000;

/// Stations keep the time of China.
const OFFSET_MS: i64 = 8 * 3_600_000;

names! {
    /// Why a wall clock is known to be wrong, named as in the log.
    pub enum Doubt {
        /// Before this release of the program.
        Early = "too-early",
        /// Beyond the life of any station.
        Late = "too-late",
        /// Before the newest trusted operation.
        Back = "back",
        /// Far beyond it.
        Ahead = "ahead",
    }
}

/// The day as rules read it. The wall clock itself cannot be read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    day: NaiveDate,
    latest_year: i32,
    time: Option<(Weekday, u32)>,
    shown: NaiveDate,
    released: NaiveDate,
    doubt: Option<Doubt>,
}

impl Today {
    /// Judges a wall clock by the newest trusted moment and the day of the release.
    ///
    /// Where the clock is known to be wrong, it is the latest trusted day, and time goes on by the monotonic clock.
    pub fn judge(clock: &Stamp, trusted: Option<&Stamp>, released_ms: i64) -> Self {
        // Within one start of the program the monotonic clock says what has passed; a stamp that was taken before the
        // trusted one but is written after it is earlier by as much.
        let passed = |trusted: &Stamp| {
            if trusted.boot == clock.boot {
                clock.mono_ms.saturating_sub(trusted.mono_ms)
            } else {
                0
            }
        };
        let wall_ms = clock.wall_ms;
        let reached_ms = trusted.map(|at| at.wall_ms.saturating_add(passed(at).max(0)));
        let least_ms = trusted.map(|at| at.wall_ms.saturating_add(passed(at).min(0)));
        let latest_ms = reached_ms.map_or(released_ms, |reached| reached.max(released_ms));
        let doubt = if wall_ms < released_ms {
            Some(Doubt::Early)
        } else if wall_ms >= LATEST_MS {
            Some(Doubt::Late)
        } else if least_ms.is_some_and(|least| wall_ms < least.saturating_sub(SLACK_MS)) {
            Some(Doubt::Back)
        } else if trusted.is_some() && wall_ms > latest_ms.saturating_add(AHEAD_MS) {
            Some(Doubt::Ahead)
        } else {
            None
        };
        let moment_ms = match (doubt, trusted) {
            (Some(_), _) => latest_ms,
            (None, Some(trusted)) => wall_ms.max(trusted.wall_ms),
            (None, None) => wall_ms,
        };
        let (moment, wall) = (local(moment_ms), local(wall_ms));
        let minute = moment.hour().saturating_mul(60);
        let minute = minute.saturating_add(moment.minute());
        Self {
            day: moment.date_naive(),
            latest_year: moment.year().max(wall.year()),
            time: doubt.is_none().then(|| (moment.weekday(), minute)),
            shown: wall.date_naive(),
            released: local(released_ms).date_naive(),
            doubt,
        }
    }

    /// What a wall clock says that nothing is compared with: until the ledger has judged it.
    pub fn of(now: &Now) -> Self {
        let alone = now.stamp(BootId::new([0; 16]));
        Self::judge(&alone, None, RELEASED_MS).day_alone()
    }

    /// The calendar day.
    pub const fn date(&self) -> NaiveDate {
        self.day
    }

    /// The latest year that it may be: ages count up to it, so that of two prices by age the cheaper one is asked.
    pub const fn latest_year(&self) -> i32 {
        self.latest_year
    }

    /// The day of the week and the minutes since midnight; `None` while nobody knows what time it is.
    pub const fn time(&self) -> Option<(Weekday, u32)> {
        self.time
    }

    /// Why the wall clock is known to be wrong.
    pub const fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }

    /// Says whether the wall clock is known to be wrong.
    pub const fn is_doubted(&self) -> bool {
        self.doubt.is_some()
    }

    /// Says whether it can be that day at all: not before the release, nor beyond the life of any station.
    pub fn may_be(&self, day: NaiveDate) -> bool {
        (self.released..local(LATEST_MS).date_naive()).contains(&day)
    }

    /// Says whether the machine shows that day, which somebody says it is.
    pub fn is_shown(&self, day: NaiveDate) -> bool {
        self.shown == day
    }

    /// The same without the time of day, which changes every minute.
    #[must_use]
    pub const fn day_alone(self) -> Self {
        Self { time: None, ..self }
    }
}

/// The first moment of a day, in milliseconds since 1970.
pub fn begin_ms(day: NaiveDate) -> i64 {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    midnight.timestamp_millis().saturating_sub(OFFSET_MS)
}

/// A moment at the station; one that no calendar has is 1970.
fn local(ms: i64) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(ms).unwrap_or_default();
    let seconds = i32::try_from(OFFSET_MS / 1_000).unwrap_or(0);
    match FixedOffset::east_opt(seconds) {
        Some(zone) => utc.with_timezone(&zone),
        None => utc.fixed_offset(),
    }
}
