//! Time as it is handed in: a wall clock that may be wrong, and a monotonic one that only grows.

use crate::domain::BootId;
use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Timelike as _, Weekday};

/// 2026-01-01 at +08:00: no station had this release before. A clock that shows less is wrong.
///
/// It is kept by hand, so that the same source gives the same program. Whoever makes a release may raise it, at most to
/// the first day of the invented village, in which tests and scripts live; a test holds the two together.
pub const RELEASED_MS: i64 = 1_767_196_800_000;
/// 2090-01-01 at +08:00: beyond the life of any station.
pub const LATEST_MS: i64 = 3_786_883_200_000;
/// How far the wall clock may go back between two starts, as a network time server sets it.
pub const SLACK_MS: i64 = 5 * 60 * 1000;

/// The moment at which something happened, as the shell stamped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The station's wall clock at +08:00. A remark: order is the ledger's `seq`.
    pub wall: DateTime<FixedOffset>,
    /// Milliseconds since this start of the program.
    pub mono_ms: i64,
}

impl Now {
    /// The local calendar day.
    pub fn date(&self) -> NaiveDate {
        self.wall.date_naive()
    }

    /// The local year.
    pub fn year(&self) -> i32 {
        self.wall.year()
    }

    /// The local day of the week.
    pub fn weekday(&self) -> Weekday {
        self.wall.weekday()
    }

    /// Minutes since local midnight, 0 to 1439.
    pub fn minute_of_day(&self) -> u32 {
        self.wall
            .hour()
            .saturating_mul(60)
            .saturating_add(self.wall.minute())
    }

    /// Joins the moment with the start of the program it belongs to.
    pub fn stamp(&self, boot: BootId) -> Stamp {
        Stamp {
            wall_ms: self.wall.timestamp_millis(),
            mono_ms: self.mono_ms,
            boot,
        }
    }
}

/// A moment as an operation keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Milliseconds since 1970 by the wall clock, which may be wrong.
    pub wall_ms: i64,
    /// Milliseconds since `boot`.
    pub mono_ms: i64,
    /// The start of the program in which `mono_ms` counts.
    pub boot: BootId,
}
