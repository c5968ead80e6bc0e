//! The one place that asks the time.

use crate::domain::Now;
use chrono::{FixedOffset, Offset as _, Utc};
use std::time::Instant;

/// Stations keep the time of China, whatever the system is set to.
const OFFSET_SECONDS: i32 = 8 * 3600;

/// The wall clock and the time since the start of the program.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Begins to count.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// The moment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> Now {
        let offset = FixedOffset::east_opt(OFFSET_SECONDS).unwrap_or_else(|| Utc.fix());
        Now {
            wall: Utc::now().with_timezone(&offset),
            mono_ms: i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX),
        }
    }
}
