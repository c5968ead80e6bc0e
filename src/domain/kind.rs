//! A kind of operation: a row of the table `kind`, as the program knows it.

use crate::domain::Phase;

/// What an operation is called in the log, and how its legs touch balances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// The name in the log.
    pub name: &'static str,
    /// How its legs touch balances.
    pub phase: Phase,
}

impl Kind {
    /// Moves something at once, or nothing at all.
    pub const fn single(name: &'static str) -> Self {
        let phase = Phase::Single;
        Self { name, phase }
    }

    /// Reserves something until a post or a void.
    pub const fn hold(name: &'static str) -> Self {
        let phase = Phase::Hold;
        Self { name, phase }
    }

    /// Makes a hold final.
    pub const fn post(name: &'static str) -> Self {
        let phase = Phase::Post;
        Self { name, phase }
    }

    /// Frees a hold.
    pub const fn void(name: &'static str) -> Self {
        let phase = Phase::Void;
        Self { name, phase }
    }
}
