//! What the ledger tells the screens: statements, quotes, receipts, passbook lines.

use crate::domain::{
    Fact, HolderKind, Look, Member, MemberGroup, OpId, OperationKind, Points, RuleCode, Seq, Terms,
    Text, Via, Wish,
};

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

/// A redemption as the confirm screen shows it, with the key that makes it happen at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The idempotency key of the hold.
    pub op_id: OpId,
    /// What was chosen.
    pub wish: Wish,
    /// What it costs.
    pub terms: Terms,
    /// How the card number came in whose session it is asked, where it was not the card itself.
    pub via: Option<Via>,
}

/// A hold that is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its place in the log.
    pub seq: Seq,
    /// The idempotency key with which it will be posted or voided.
    pub settle: OpId,
    /// What was chosen.
    pub wish: Wish,
    /// Points reserved by it.
    pub total: Points,
    /// Points free before it.
    pub before: Points,
    /// Points free after it.
    pub after: Points,
}

/// A redemption that is final and on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Place of the post in the log; the receipt's number.
    pub seq: Seq,
    /// The first 8 hex digits of its hash.
    pub mark: String,
    /// What was redeemed.
    pub wish: Wish,
    /// Points free before.
    pub before: Points,
    /// Points spent.
    pub spent: Points,
    /// Points free now.
    pub left: Points,
    /// Wall clock of the post, in milliseconds since 1970.
    pub wall_ms: i64,
}

/// What a line of the passbook is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassbookEntry {
    /// Points by a rule.
    Earned(RuleCode),
    /// A redemption that was handed over.
    Redeemed(Wish),
    /// A redemption that waits for the attendant.
    Waiting(Wish),
    /// A mistake that was mended.
    Reversed(Seq),
}

impl PassbookEntry {
    /// The one sentence about it, for the screen, the slip and the ear.
    pub fn told(&self) -> Text {
        match self {
            Self::Earned(code) => Text::of("passbook-earned").rule(code),
            Self::Redeemed(wish) => Text::of("passbook-redeemed").item(wish),
            Self::Waiting(wish) => Text::of("passbook-waiting").item(wish),
            Self::Reversed(seq) => Text::of("passbook-reversed").seq(*seq),
        }
    }
}

/// A line of the good-deed book (善行簿).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassbookLine {
    /// The operation.
    pub seq: Seq,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// What it is about.
    pub entry: PassbookEntry,
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
    /// Whose it is.
    pub member: Member,
    /// What was chosen.
    pub wish: Wish,
    /// Points reserved by it.
    pub total: Points,
    /// Wall clock of the hold, in milliseconds since 1970.
    pub wall_ms: i64,
}

impl OpenHold {
    /// What was chosen, and how many of it.
    pub fn told(&self) -> Text {
        let text = Text::of("holds-what").item(&self.wish);
        text.count(self.wish.quantity)
    }
}

/// An operation in the attendant's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOperation {
    /// Its place in the log.
    pub seq: Seq,
    /// What it was.
    pub kind: OperationKind,
    /// Whose account, where there is one.
    pub member: Option<Member>,
    /// What was chosen, for redemptions.
    pub wish: Option<Wish>,
    /// The rule, for credits.
    pub rule: Option<RuleCode>,
    /// Points moved, 0 for none.
    pub points: Points,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// Says whether it may still be reversed.
    pub reversible: bool,
    /// A fresh idempotency key for its reversal.
    pub reverse: OpId,
    /// How often its receipt was printed again.
    pub reprints: i64,
}

impl PastOperation {
    /// The reward or the rule that it is about, where it is about one.
    pub fn told(&self) -> Text {
        let item = self.wish.as_ref().map(Fact::item);
        let rule = self.rule.clone().map(Fact::Rule);
        Text::row(item.or(rule))
    }
}

/// A receipt that is printed once more, and stands so in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reprint {
    /// What it says.
    pub receipt: Receipt,
    /// Whose it is, in full; it is masked on paper.
    pub name: String,
    /// Which copy this is, from 1.
    pub copy: i64,
}

/// What is needed to open an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The full name, cleaned.
    pub name: String,
    /// What kind of holder.
    pub kind: HolderKind,
    /// Which group.
    pub group: MemberGroup,
    /// The year of birth.
    pub birth_year: Option<i32>,
}
