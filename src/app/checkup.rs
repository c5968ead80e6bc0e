//! What is known of check-ups. They run beside everything else and change no screen but their own.

use crate::domain::{Checkup, Health};

/// What is known of check-ups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckupView {
    /// The last one.
    pub last: Option<Checkup>,
    /// One runs.
    pub running: bool,
    /// Monotonic milliseconds at which the last one was asked for.
    pub(super) asked_ms: Option<i64>,
    /// Wall clock at which it was, in milliseconds since 1970.
    pub(super) served_ms: i64,
}

impl CheckupView {
    /// Says whether a technician should look.
    pub fn wants_a_look(&self) -> bool {
        let last = self.last.as_ref();
        last.is_some_and(|last| last.health() == Health::Wrong)
    }
}
