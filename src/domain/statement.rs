//! What the ledger tells the screens: statements, what was booked, passbook lines.

use crate::domain::{AccountId, Kind, Look, Member, OpId, Points, Seq, Text, Wish};

/// An account as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Whose account it is.
    pub member: Member,
    /// Points free to spend.
    pub free: Points,
    /// Points reserved by open holds.
    pub held: Points,
    /// How they like the screen, where they wished it kept.
    pub look: Option<Look>,
}

/// A line of the good-deed book (善行簿).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassbookLine {
    /// The operation.
    pub seq: Seq,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// What it is about.
    pub told: Text,
    /// Points gained, negative when spent or reserved.
    pub change: Points,
    /// Points free after it.
    pub after: Points,
}

/// One page of the passbook, newest line first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassbookPage {
    /// The lines of this page.
    pub lines: Vec<PassbookLine>,
    /// This page, from 0 for the newest.
    pub page: usize,
    /// How many pages there are, 1 or more.
    pub pages: usize,
}

/// A hold that waits for an attendant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenHold {
    /// Its place in the log.
    pub seq: Seq,
    /// A fresh idempotency key with which it may be posted or voided.
    pub settle: OpId,
    /// Whose it is, where it is a resident's.
    pub member: Option<Member>,
    /// What it is about.
    pub told: Text,
    /// Points reserved by it.
    pub total: Points,
    /// Wall clock of the hold, in milliseconds since 1970.
    pub wall_ms: i64,
}

/// An operation in the attendant's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOperation {
    /// Its place in the log.
    pub seq: Seq,
    /// What it was.
    pub kind: Kind,
    /// Whose account, where there is one.
    pub member: Option<Member>,
    /// What it is about.
    pub told: Text,
    /// Points that came to its person or went, else points moved; 0 for none.
    pub points: Points,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// Its wall clock was known to be wrong, so that its day was judged.
    pub doubted: bool,
    /// Says whether it may still be reversed.
    pub reversible: bool,
    /// A fresh idempotency key for its reversal.
    pub reverse: OpId,
    /// How often its receipt was printed again.
    pub reprints: i64,
    /// A fresh idempotency key for the next reprint.
    pub reprint: OpId,
}

impl PastOperation {
    /// Says whether it was mirrored or annulled.
    pub const fn is_corrected(&self) -> bool {
        self.kind.is_reversible() && !self.reversible
    }
}

/// An operation that is on disk, as its screen and its slip show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// Its place in the log; the number of its receipt.
    pub seq: Seq,
    /// What it is.
    pub kind: Kind,
    /// The idempotency key with which it will be settled, where it is a hold.
    pub settle: OpId,
    /// The first 8 hex digits of its hash.
    pub mark: String,
    /// The reward, where it is about one.
    pub wish: Option<Wish>,
    /// The account that it concerns, where it is a resident's.
    pub who: Option<AccountId>,
    /// Points moved or reserved by it.
    pub points: Points,
    /// Points that its person had free before it.
    pub before: Points,
    /// Points that its person had free right after it.
    pub after: Points,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
}
