//! A kind of operation, as the program declares it and the guards of the ledger read it: a row of the table `kind`, and
//! its rows of the table `way`.

use crate::domain::{AccountKind, Phase, names};
use std::fmt;

names! {
    /// Who must sign an operation.
    pub enum Signed {
        /// Nobody of the staff, and there is no approver.
        Nobody = "none",
        /// The actor is active staff.
        Actor = "actor",
        /// The approver is active staff.
        Approver = "approver",
        /// Both are, and are two people.
        Both = "both",
        /// The actor is, and an approver, where there is one, is active staff and another person.
        May = "may",
    }
}

names! {
    /// What a way moves.
    pub enum UnitClass {
        /// Civic points.
        Points = "points",
        /// Pieces of a reward.
        Goods = "goods",
    }
}

/// From which account to which a kind may move something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountWay {
    /// What.
    pub unit: UnitClass,
    /// From an account of this kind.
    pub debit: AccountKind,
    /// To an account of this kind.
    pub credit: AccountKind,
    /// The account that gives is the actor, or has consented before to this operation.
    pub payer: bool,
}

impl AccountWay {
    /// Points.
    pub const fn points(debit: AccountKind, credit: AccountKind) -> Self {
        Self {
            unit: UnitClass::Points,
            debit,
            credit,
            payer: false,
        }
    }

    /// Pieces of a reward.
    pub const fn goods(debit: AccountKind, credit: AccountKind) -> Self {
        Self {
            unit: UnitClass::Goods,
            ..Self::points(debit, credit)
        }
    }

    /// The same, but only from who pays.
    #[must_use]
    pub const fn by_payer(self) -> Self {
        Self {
            payer: true,
            ..self
        }
    }
}

/// What an operation is called in the log, how its legs touch balances, who signs it, and whether it can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    name: &'static str,
    phase: Phase,
    undo: bool,
    /// 0: an event without legs, 1: moves something, 2: either.
    pub legs: u8,
    /// It undoes an earlier operation.
    pub reverses: bool,
    /// Who must sign.
    pub signed: Signed,
    /// What of the body stands only once in this kind; empty for nothing.
    pub once: &'static str,
    /// What it may move; a settlement and a mirror need no way.
    pub ways: &'static [AccountWay],
}

impl Kind {
    /// The program started.
    pub const BOOT: Self = Self::single("boot");
    /// The wall clock jumped or cannot be right.
    pub const CLOCK_FAULT: Self = Self::single("clock-fault");
    /// Something was refused that the town should know of.
    pub const REFUSAL: Self = Self::single("refusal");
    /// A member of staff was added or changed in the config.
    pub const STAFF_SET: Self = Self::single("staff-set");
    /// A member of staff signed in.
    pub const SIGN_IN: Self = Self::single("sign-in").signed(Signed::Actor);
    /// A sign-in failed.
    pub const SIGN_IN_REFUSED: Self = Self::single("sign-in-refused");
    /// An account agreed to pay a part of an operation that another account will write.
    pub const CONSENT: Self = Self::single("consent").undoable();
    /// An operation without legs was wrong and no longer counts.
    pub const ANNULLED: Self = Self {
        reverses: true,
        ..Self::single("annulled").signed(Signed::May)
    };
    /// A bundle of operations is in the outbox.
    pub const BUNDLE_WRITTEN: Self = Self::single("bundle-written");
    /// The town has everything up to a place in the log.
    pub const BUNDLE_ACKNOWLEDGED: Self = Self::single("bundle-acknowledged");

    /// The ledger was put back from a copy: `n` is the incarnation with which it goes on.
    pub const RESTORED: Self = Self::single("restored");

    /// A member of staff said which day it is. The ledger judges later clocks by it.
    pub const DAY_TOLD: Self = Self::single("day-told").signed(Signed::Actor);

    /// What the ledger writes by itself; services bring the rest.
    pub const OWN: [Self; 11] = [
        Self::BOOT,
        Self::CLOCK_FAULT,
        Self::REFUSAL,
        Self::STAFF_SET,
        Self::SIGN_IN,
        Self::SIGN_IN_REFUSED,
        Self::CONSENT,
        Self::ANNULLED,
        Self::BUNDLE_WRITTEN,
        Self::BUNDLE_ACKNOWLEDGED,
        Self::RESTORED,
    ];

    const fn of(name: &'static str, phase: Phase) -> Self {
        Self {
            name,
            phase,
            legs: match phase {
                Phase::Single => 0,
                Phase::Hold | Phase::Post | Phase::Void => 1,
            },
            reverses: false,
            undo: false,
            signed: Signed::Nobody,
            once: "",
            ways: &[],
        }
    }

    /// An event that moves nothing, until [`Self::moves`] says otherwise.
    pub const fn single(name: &'static str) -> Self {
        Self::of(name, Phase::Single)
    }

    /// Reserves something until a post or a void.
    pub const fn hold(name: &'static str, ways: &'static [AccountWay]) -> Self {
        Self::of(name, Phase::Hold).moves(ways)
    }

    /// Makes a hold final; it equals its hold, so it needs no way.
    pub const fn post(name: &'static str) -> Self {
        Self::of(name, Phase::Post)
    }

    /// Frees a hold; it equals its hold, so it needs no way.
    pub const fn void(name: &'static str) -> Self {
        Self::of(name, Phase::Void)
    }

    /// The mirror image of what it undoes, so it needs no way.
    pub const fn mirror(name: &'static str) -> Self {
        Self {
            legs: 1,
            reverses: true,
            ..Self::single(name)
        }
    }

    /// The same, and it moves something on one of these ways.
    #[must_use]
    pub const fn moves(self, ways: &'static [AccountWay]) -> Self {
        Self {
            legs: 1,
            ways,
            ..self
        }
    }

    /// The same, but it may as well move nothing.
    #[must_use]
    pub const fn or_nothing(self) -> Self {
        Self { legs: 2, ..self }
    }

    /// The same, and it can be mirrored or annulled.
    #[must_use]
    pub const fn undoable(self) -> Self {
        Self { undo: true, ..self }
    }

    /// The same, signed so.
    #[must_use]
    pub const fn signed(self, signed: Signed) -> Self {
        Self { signed, ..self }
    }

    /// The same, and these words of its body stand only once, not counting what was undone: `about`, `about-who`,
    /// `about-who-day`, `who` or `who-day`.
    #[must_use]
    pub const fn once(self, once: &'static str) -> Self {
        Self { once, ..self }
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
