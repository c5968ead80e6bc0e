//! Why the bank says no, as data: a code and the facts of its sentence.

use crate::domain::{Fact, ItemCode, Points};

/// Why something that was held to a reader is no card of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardFault {
    /// Bytes that no decoder understands: noise, half a frame, a wrong checksum.
    Unreadable,
    /// Longer than any card or code.
    TooLong,
    /// A code that is none of ours: an address, a payment app's number, control characters, broken text.
    NotText,
    /// A well-formed code of another town.
    OtherTown,
    /// A code of ours whose check characters do not agree.
    CheckFailed,
    /// A number that many cards have, or another one each time.
    Shared,
}

/// A reason that a resident or an attendant can meet. `words` has two messages for each code: `refusal-` and the code
/// says what happened, the same and `-next` what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: &'static str,
    facts: Vec<(&'static str, Fact)>,
}

/// A refusal without facts.
pub const fn no(code: &'static str) -> Refusal {
    let facts = Vec::new();
    Refusal { code, facts }
}

/// Refusals of the attendant's own doing, which concern nobody's points.
const FOR_STAFF: [&str; 15] = [
    "pin-missing",
    "pin-wrong",
    "pin-locked",
    "pin-day-locked",
    "not-reversible",
    "already-reversed",
    "role-too-low",
    "no-such-operation",
    "no-such-day",
    "card-taken",
    "card-differs",
    "nobody-found",
    "no-name",
    "birth-year",
    "guardian",
];

/// Refusals that stand in the log, because the town wants to know of them.
const RECORDED: [&str; 2] = ["op-reused", "own-account"];

impl Refusal {
    /// A stable word for logs, the ledger and the attendant's small print.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The facts of its sentence.
    pub fn facts(&self) -> &[(&'static str, Fact)] {
        &self.facts
    }

    /// Says whether it is the refusal with that code.
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// Says whether it is an attendant who reads it, about her own doing and nobody's points.
    pub fn is_for_staff(&self) -> bool {
        FOR_STAFF.contains(&self.code)
    }

    /// Says whether it is written into the log.
    pub fn is_recorded(&self) -> bool {
        RECORDED.contains(&self.code)
    }

    /// The same with one more fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, fact: Fact) -> Self {
        self.facts.push((name, fact));
        self
    }

    /// The same with a count.
    #[must_use]
    pub fn count(self, name: &'static str, count: i64) -> Self {
        self.fact(name, Fact::Count(count))
    }

    /// The same with so many pieces of a reward.
    #[must_use]
    pub fn pieces(self, name: &'static str, item: &ItemCode, count: i64) -> Self {
        self.fact(name, Fact::Pieces(item.clone(), count))
    }

    /// The same with points.
    #[must_use]
    pub fn points(self, name: &'static str, points: Points) -> Self {
        self.fact(name, Fact::Points(points))
    }

    /// Points are missing: what is there, and what it costs.
    pub fn not_enough(have: Points, need: Points) -> Self {
        no("not-enough")
            .points("have", have)
            .points("need", need)
            .points("short", need.checked_sub(have).unwrap_or(need))
    }

    /// Pieces are missing: what is left in the station.
    pub fn out_of_stock(item: &ItemCode, left: i64) -> Self {
        let any = if left > 0 { "some" } else { "none" };
        no("out-of-stock")
            .fact("any", Fact::Variant(any))
            .pieces("left", item, left)
    }

    /// Somebody else must do it: `least` is the name of a role, or `hq`.
    pub fn role_too_low(least: &'static str) -> Self {
        no("role-too-low").fact("role", Fact::Variant(least))
    }

    /// The points that the screen showed are not those of now.
    pub fn price_changed(shown: Points, now: Points) -> Self {
        no("price-changed")
            .points("shown", shown)
            .points("now", now)
    }
}

impl From<CardFault> for Refusal {
    fn from(fault: CardFault) -> Self {
        no(match fault {
            CardFault::Unreadable => "card-unreadable",
            CardFault::TooLong => "card-too-long",
            CardFault::NotText => "code-not-text",
            CardFault::OtherTown => "code-other-town",
            CardFault::CheckFailed => "code-check",
            CardFault::Shared => "card-shared",
        })
    }
}
