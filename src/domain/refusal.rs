//! Every reason for which the bank says no, as data; `words` makes sentences of them.

use crate::domain::{Limit, Opening, Points};

/// Why something that was held to a reader is no card of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardFault {
    /// Bytes that no decoder understands: noise, half a frame, a wrong checksum.
    Unreadable,
    /// Longer than any card or code.
    TooLong,
    /// A code with control characters, escape sequences or broken text.
    NotText,
    /// A well-formed code of another town.
    OtherTown,
    /// A code of ours whose check characters do not agree.
    CheckFailed,
}

/// A reason that a resident or an attendant can meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The card or code could not be read.
    Card(CardFault),
    /// Nobody here has this card.
    UnknownCard,
    /// The card is blocked; the attendant can issue another.
    BlockedCard,
    /// Too many unknown cards came this way within a minute; it rests.
    ReaderPaused,
    /// A badge where a resident's card is wanted.
    StaffCard,
    /// Another resident's card in the middle of a session.
    SessionOpen,
    /// The reward is no longer in the catalogue.
    ItemGone,
    /// More or fewer than one redemption may take.
    Quantity {
        /// The most at a time.
        max: i64,
    },
    /// The partner or the reward is closed now.
    Closed {
        /// When it opens, where that is known.
        next: Option<Opening>,
    },
    /// The person has had as many as the limit allows.
    LimitReached {
        /// The limit.
        limit: Limit,
        /// What has been had in the period, holds included.
        used: i64,
        /// The first day of the next period, as month and day.
        next: (u32, u32),
    },
    /// Not enough is left in the station.
    OutOfStock {
        /// What is left.
        left: i64,
    },
    /// Not enough points.
    NotEnough {
        /// What is there.
        have: Points,
        /// What it costs.
        need: Points,
    },
    /// The price changed while the confirm screen was open.
    PriceChanged {
        /// What the screen showed.
        shown: Points,
        /// What it costs now.
        now: Points,
    },
    /// The same operation id came with other content.
    OpReused,
    /// The hold is already posted or voided.
    HoldSettled,
    /// Nobody behind the counter has this badge.
    NotStaff,
    /// The resident's own card where the attendant's badge is wanted.
    OwnCard,
    /// An attendant may not confirm for their own account.
    OwnAccount,
    /// No PIN, or one that is too short or too long.
    PinMissing,
    /// A wrong PIN.
    PinWrong {
        /// How many tries are left.
        left: i64,
    },
    /// Too many wrong PINs.
    PinLocked {
        /// Minutes until the next try.
        minutes: i64,
    },
    /// As many wrong PINs as a day may have.
    PinDayLocked,
    /// The operation cannot be reversed: it has no legs, is a hold, or is itself a reversal.
    NotReversible,
    /// It has been reversed before.
    AlreadyReversed,
    /// The points to take back have been spent.
    AlreadySpent,
    /// The role does not allow it.
    RoleTooLow,
    /// The disk is nearly full: no new redemptions.
    DiskLow,
    /// Another program is writing the ledger just now.
    Busy,
}

impl Refusal {
    /// A stable word for logs, the ledger and the attendant's small print.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Card(CardFault::Unreadable) => "card-unreadable",
            Self::Card(CardFault::TooLong) => "card-too-long",
            Self::Card(CardFault::NotText) => "code-not-text",
            Self::Card(CardFault::OtherTown) => "code-other-town",
            Self::Card(CardFault::CheckFailed) => "code-check",
            Self::UnknownCard => "card-unknown",
            Self::BlockedCard => "card-blocked",
            Self::ReaderPaused => "reader-paused",
            Self::StaffCard => "card-staff",
            Self::SessionOpen => "session-open",
            Self::ItemGone => "item-gone",
            Self::Quantity { .. } => "quantity",
            Self::Closed { .. } => "closed",
            Self::LimitReached { .. } => "limit-reached",
            Self::OutOfStock { .. } => "out-of-stock",
            Self::NotEnough { .. } => "not-enough",
            Self::PriceChanged { .. } => "price-changed",
            Self::OpReused => "op-reused",
            Self::HoldSettled => "hold-settled",
            Self::NotStaff => "not-staff",
            Self::OwnCard => "own-card",
            Self::OwnAccount => "own-account",
            Self::PinMissing => "pin-missing",
            Self::PinWrong { .. } => "pin-wrong",
            Self::PinLocked { .. } => "pin-locked",
            Self::PinDayLocked => "pin-day-locked",
            Self::NotReversible => "not-reversible",
            Self::AlreadyReversed => "already-reversed",
            Self::AlreadySpent => "already-spent",
            Self::RoleTooLow => "role-too-low",
            Self::DiskLow => "disk-low",
            Self::Busy => "busy",
        }
    }

    /// Says whether it is an attendant who reads it, about her own doing and nobody's points.
    pub const fn is_for_staff(&self) -> bool {
        matches!(
            self,
            Self::PinMissing
                | Self::PinWrong { .. }
                | Self::PinLocked { .. }
                | Self::PinDayLocked
                | Self::NotReversible
                | Self::AlreadyReversed
                | Self::RoleTooLow
        )
    }
}
