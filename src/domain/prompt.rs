//! What the station says aloud, as a meaning; `words` has the sentences, and a village may record its own.

use crate::domain::{CategoryCode, ItemCode, PassbookLine, Points, Refusal, Wish, names};

/// Something to be said. Each has an id, by which a recorded clip is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Nobody is there.
    Idle,
    /// Nobody is there, and no reader that could take a card.
    IdleLost,
    /// The first screen of a session.
    Home,
    /// A hold was called off.
    CalledOff,
    /// The rewards of a category.
    Rewards(CategoryCode),
    /// The variants of a reward.
    Variants(ItemCode),
    /// How many of it.
    Quantity(Wish),
    /// The question, with what it costs.
    Confirm(Wish, Points),
    /// The attendant's badge is awaited.
    Waiting,
    /// Final.
    Done,
    /// The good-deed book.
    Passbook,
    /// Whether the look shall stay with the card.
    Remember,
    /// A PIN is awaited.
    Pin,
    /// A screen of the staff.
    Staff,
    /// The station cannot work.
    OutOfOrder,
    /// "Are you still there?", with the seconds until the session ends.
    Asking(i64),
    /// Somebody was called.
    Help,
    /// A refusal.
    Refused(Refusal),
    /// On request: what is free and what is held.
    Balance(Points, Points),
    /// On request: what there was, and what would be left.
    Change(Points, Points),
    /// On request: the newest lines of a page of the passbook.
    Entries(Vec<PassbookLine>),
}

impl Prompt {
    /// Ids of all sentences but those of refusals, which are `refusal-` and their code.
    pub const IDS: [&'static str; 20] = [
        "say-idle",
        "say-idle-lost",
        "say-home",
        "say-called-off",
        "say-rewards",
        "say-variants",
        "say-quantity",
        "say-confirm",
        "say-waiting",
        "say-done",
        "say-passbook",
        "say-remember",
        "say-pin",
        "say-staff",
        "say-out-of-order",
        "say-asking",
        "say-help",
        "say-balance",
        "say-change",
        "say-entry",
    ];

    /// Its id, which is also the name of its clip.
    pub fn id(&self) -> String {
        let id = match self {
            Self::Idle => "say-idle",
            Self::IdleLost => "say-idle-lost",
            Self::Home => "say-home",
            Self::CalledOff => "say-called-off",
            Self::Rewards(_) => "say-rewards",
            Self::Variants(_) => "say-variants",
            Self::Quantity(_) => "say-quantity",
            Self::Confirm(..) => "say-confirm",
            Self::Waiting => "say-waiting",
            Self::Done => "say-done",
            Self::Passbook => "say-passbook",
            Self::Remember => "say-remember",
            Self::Pin => "say-pin",
            Self::Staff => "say-staff",
            Self::OutOfOrder => "say-out-of-order",
            Self::Asking(_) => "say-asking",
            Self::Help => "say-help",
            Self::Refused(refusal) => return format!("refusal-{}", refusal.code()),
            Self::Balance(..) => "say-balance",
            Self::Change(..) => "say-change",
            Self::Entries(_) => "say-entry",
        };
        id.to_owned()
    }

    /// Says whether it is somebody's figures: said on request only, and never by a clip.
    pub const fn is_personal(&self) -> bool {
        matches!(
            self,
            Self::Balance(..) | Self::Change(..) | Self::Entries(_)
        )
    }

    /// Says whether it is said by itself when it comes to the front. An empty room is not talked to, and
    /// staff read.
    pub const fn is_automatic(&self) -> bool {
        !matches!(self, Self::Idle | Self::IdleLost | Self::Staff)
    }
}

names! {
    /// What a person hears of their own doing, named as for commands.
    pub enum Sound {
        /// Taken.
        Tick = "tick",
        /// Not taken.
        No = "no",
        /// Finished and on disk.
        Done = "done",
        /// Somebody is called.
        Call = "call",
    }
}
