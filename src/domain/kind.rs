//! A kind of operation: a row of the table `kind`, as the program knows it.

use crate::domain::Phase;
use std::fmt;

/// What an operation is called in the log, how its legs touch balances, and whether it can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    name: &'static str,
    phase: Phase,
    undo: bool,
}

impl Kind {
    /// The program started.
    pub const BOOT: Self = Self::single("boot");
    /// The wall clock jumped or cannot be right.
    pub const CLOCK_FAULT: Self = Self::single("clock-fault");
    /// Something was refused that the town should know of.
    pub const REFUSAL: Self = Self::single("refusal");
    /// An account was opened.
    pub const ACCOUNT_OPENED: Self = Self::single("account-opened");
    /// A card was issued or an alias added.
    pub const CARD_ISSUED: Self = Self::single("card-issued");
    /// A card was blocked.
    pub const CARD_BLOCKED: Self = Self::single("card-blocked");
    /// A member of staff was added or changed in the config.
    pub const STAFF_SET: Self = Self::single("staff-set");
    /// A member of staff signed in.
    pub const SIGN_IN: Self = Self::single("sign-in");
    /// A sign-in failed.
    pub const SIGN_IN_REFUSED: Self = Self::single("sign-in-refused");
    /// An account agreed to pay a part of an operation that another account will write.
    pub const CONSENT: Self = Self::single("consent").undoable();
    /// An operation without legs was wrong and no longer counts.
    pub const ANNULLED: Self = Self::single("annulled");
    /// A bundle of operations is in the outbox.
    pub const BUNDLE_WRITTEN: Self = Self::single("bundle-written");
    /// The town has everything up to a place in the log.
    pub const BUNDLE_ACKNOWLEDGED: Self = Self::single("bundle-acknowledged");

    /// What the ledger writes by itself; services bring the rest.
    pub const OWN: [Self; 13] = [
        Self::BOOT,
        Self::CLOCK_FAULT,
        Self::REFUSAL,
        Self::ACCOUNT_OPENED,
        Self::CARD_ISSUED,
        Self::CARD_BLOCKED,
        Self::STAFF_SET,
        Self::SIGN_IN,
        Self::SIGN_IN_REFUSED,
        Self::CONSENT,
        Self::ANNULLED,
        Self::BUNDLE_WRITTEN,
        Self::BUNDLE_ACKNOWLEDGED,
    ];

    const fn of(name: &'static str, phase: Phase) -> Self {
        Self {
            name,
            phase,
            undo: false,
        }
    }

    /// Moves something at once, or nothing at all.
    pub const fn single(name: &'static str) -> Self {
        Self::of(name, Phase::Single)
    }

    /// Reserves something until a post or a void.
    pub const fn hold(name: &'static str) -> Self {
        Self::of(name, Phase::Hold)
    }

    /// Makes a hold final.
    pub const fn post(name: &'static str) -> Self {
        Self::of(name, Phase::Post)
    }

    /// Frees a hold.
    pub const fn void(name: &'static str) -> Self {
        Self::of(name, Phase::Void)
    }

    /// The same, and it can be mirrored or annulled.
    #[must_use]
    pub const fn undoable(self) -> Self {
        Self { undo: true, ..self }
    }

    /// The name in the log.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// How its legs touch balances.
    pub const fn phase(self) -> Phase {
        self.phase
    }

    /// Says whether operations of this kind can be mirrored or annulled.
    pub const fn is_reversible(self) -> bool {
        self.undo
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
