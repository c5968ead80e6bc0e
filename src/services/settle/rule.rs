//! What may become of an operation, whatever service it belongs to: a hold is posted or voided, anything else is mirrored.

use crate::domain::json::Value;
use crate::domain::{
    About, AccountId, Bucket, Kind, Leg, Phase, Points, Refusal, Role, Rule, Seq, Signed, Tally,
    Text, UnitCode, names, no,
};
use crate::services::award::rule::Award;
use crate::services::operation::{Actor, Ledger, Moment, Operation, Plan, Recorded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A member of staff confirms what is held: it becomes final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Which hold.
    pub of: Seq,
}

/// What is held is called off, by its holder or by a member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Void {
    /// Which hold.
    pub of: Seq,
}

names! {
    /// Why something is mended.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Why {
        /// It is another person's.
        Person = "person",
        /// The number is wrong.
        Number = "number",
        /// It was entered twice.
        Twice = "twice",
        /// It never happened.
        Untrue = "untrue",
        /// The goods came back.
        Returned = "returned",
        /// Something else.
        Other = "other",
    }
}

/// A mistake is mended by its mirror image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reversal {
    /// Which operation.
    pub of: Seq,
    /// Why.
    pub why: Why,
}

/// The receipt of a post is printed once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reprint {
    /// Which post.
    pub about: Seq,
    /// Which copy, from 1.
    pub n: i64,
}

/// The operation at a place, which must be there.
fn found<L: Ledger>(ledger: &L, seq: Seq) -> Result<Recorded, L::Error> {
    Ok(ledger.recorded(seq)?.ok_or(no("no-such-operation"))?)
}

/// A hold that is still open.
fn open<L: Ledger>(ledger: &L, seq: Seq) -> Result<Recorded, L::Error> {
    let hold = found(ledger, seq)?;
    if hold.row.kind.phase() != Phase::Hold {
        return Err(no("no-such-operation").into());
    }
    if hold.undone.is_some() {
        return Err(no("hold-settled").into());
    }
    Ok(hold)
}

/// A settlement says what the hold said, and moves what it reserved.
fn settlement<O: Operation>(operation: &O, hold: Recorded, at: &Moment<'_>) -> Plan {
    Plan {
        pends: Some(hold.row.seq),
        what: hold.what,
        legs: hold.legs,
        ..Plan::of(operation, at)
    }
}

impl Operation for Post {
    const KIND: Kind = Kind::post("post").signed(Signed::Approver).undoable();

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        let hold = open(ledger, self.of)?;
        let staff = at.any_staff()?;
        Ok(Plan {
            actor: hold.row.actor.clone(),
            approver: Some(staff.id.clone()),
            ..settlement(self, hold, at)
        })
    }

    fn told(&self) -> Text {
        Text::of("told-post").seq(self.of)
    }
}

impl Operation for Void {
    const KIND: Kind = Kind::void("void");

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        let hold = open(ledger, self.of)?;
        match &at.signed.actor {
            Actor::Holder(account) if account.as_str() == hold.row.actor => {}
            Actor::Holder(_) => return Err(no("not-holder").into()),
            Actor::Staff(_) | Actor::Station | Actor::Hq => {
                at.any_staff()?;
            }
        }
        Ok(settlement(self, hold, at))
    }

    fn told(&self) -> Text {
        Text::of("told-void").seq(self.of)
    }
}

impl Operation for Reversal {
    const KIND: Kind = Kind::mirror("reversal").signed(Signed::May);

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        let mistake = found(ledger, self.of)?;
        at.any_staff()?;
        if !mistake.row.kind.is_reversible() {
            return Err(no("not-reversible").into());
        }
        if mistake.undone.is_some() {
            return Err(no("already-reversed").into());
        }
        check_signers(&mistake, at)?;
        let who = mistake.what.get("who").and_then(Value::as_text);
        if let Some(who) = who.and_then(AccountId::parse)
            && let Some(member) = ledger.member(&who)?
        {
            at.not_own_household(ledger, &member)?;
        }
        let legs: Vec<Leg> = mistake.legs.iter().map(Leg::mirrored).collect();
        if !can_give(ledger, &legs)? {
            return Err(no("already-spent").into());
        }
        let plan = Plan::of(self, at).legs(legs);
        // What moved nothing has no mirror image; it no longer counts.
        let kind = if plan.legs.is_empty() {
            Kind::ANNULLED
        } else {
            plan.kind
        };
        Ok(Plan {
            kind,
            reverses: Some(self.of),
            ..plan
        })
    }

    fn told(&self) -> Text {
        Text::of("told-reversal").seq(self.of)
    }
}

/// Who may not record by a rule may not take back alone what was recorded by it, and nobody takes back alone what is worth
/// much: a second member of staff signs beside the first.
fn check_signers(mistake: &Recorded, at: &Moment<'_>) -> Result<(), Refusal> {
    let about = mistake.what.get("about").and_then(Value::as_text);
    let is_by = |rule: &&Rule| Some(rule.code.as_str()) == about;
    let rule = at.books.rules.iter().find(is_by);
    let rule = rule.filter(|_| mistake.row.kind == Award::KIND);
    let may = |least: Role| {
        let mut signers = [at.staff, at.second].into_iter().flatten();
        signers.any(|staff| staff.may(least))
    };
    if let Some(rule) = rule.filter(|rule| !may(rule.recorder)) {
        return Err(Refusal::role_too_low(rule.recorder.name()));
    }
    let points = mistake
        .legs
        .iter()
        .filter(|leg| leg.unit == UnitCode::Points);
    let points = Points::new(points.map(|leg| leg.amount).sum());
    if points <= at.books.alone {
        return Ok(());
    }
    let second = at.second.ok_or(no("second-person"))?;
    let may = second.may(Role::Attendant).then_some(());
    may.ok_or(Refusal::role_too_low(Role::Attendant.name()))
}

/// Says whether every account that may not go below zero has what the legs take from it.
fn can_give<L: Ledger>(ledger: &L, legs: &[Leg]) -> Result<bool, L::Error> {
    let mut wanted: BTreeMap<(&AccountId, String, i64), (&Leg, i64)> = BTreeMap::new();
    for leg in legs.iter().filter(|leg| leg.debit.is_floored()) {
        let key = (&leg.debit, leg.unit.name(), leg.bucket.get());
        let sum = wanted.entry(key).or_insert((leg, 0));
        sum.1 = sum.1.saturating_add(leg.amount);
    }
    for (leg, amount) in wanted.into_values() {
        let free = ledger.free(&leg.debit, &leg.unit)?;
        let here = |(bucket, _): &&(Bucket, i64)| *bucket == leg.bucket;
        if free
            .iter()
            .find(here)
            .is_none_or(|(_, free)| *free < amount)
        {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Reprint {
    /// The reprints of a post.
    pub fn copies(of: Seq) -> Tally {
        Tally::of(Self::KIND).about(About::Seq(of))
    }
}

impl Operation for Reprint {
    const KIND: Kind = Kind::single("reprint").signed(Signed::Actor);

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        let post = found(ledger, self.about)?;
        at.any_staff()?;
        if post.row.kind.phase() != Phase::Post {
            return Err(no("no-such-operation").into());
        }
        if post.undone.is_some() {
            return Err(no("already-reversed").into());
        }
        let printed = ledger.net(&Self::copies(self.about))?.count;
        if printed.checked_add(1) != Some(self.n) {
            return Err(no("op-reused").into());
        }
        Ok(Plan::of(self, at))
    }

    fn told(&self) -> Text {
        Text::of("told-reprint").seq(self.about).count(self.n)
    }
}
