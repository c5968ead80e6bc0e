//! Goods that arrive at the station and leave it other than by a redemption, and the budget of points that the town grants.

use crate::domain::{
    AccountId, AccountKind, AccountWay, Bucket, Fact, ItemCode, Kind, Leg, LetterCode, Points,
    Refusal, Role, Signed, Text, UnitCode, names, no,
};
use crate::services::operation::{Actor, Ledger, Moment, Operation, Plan};
use serde::{Deserialize, Serialize};

/// The town bank fills the budget for points of one expiry period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetIn {
    /// How many points, 1 or more.
    pub n: i64,
    /// When they expire, as `YYYYMM`; 0 never.
    #[serde(default)]
    pub bucket: Bucket,
}

/// A letter of the town office grants points, before there is a town bank that books them. It counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetLetter {
    /// The letter's number.
    pub about: LetterCode,
    /// How many points, 1 or more.
    pub n: i64,
    /// When they expire, as `YYYYMM`; 0 never.
    #[serde(default)]
    pub bucket: Bucket,
}

/// Goods arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockIn {
    /// Which reward.
    pub about: ItemCode,
    /// How many pieces, 1 or more.
    pub n: i64,
}

names! {
    /// Where goods go that leave the station other than by a redemption.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Exit {
        /// Back to the town bank.
        Hq = "hq",
        /// They are spoiled, broken or lost.
        Spoiled = "spoiled",
        /// They are lent; they come back as goods that arrive.
        Lent = "lent",
    }
}

/// Goods leave the station other than by a redemption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockOut {
    /// Which reward.
    pub about: ItemCode,
    /// How many pieces, 1 or more.
    pub n: i64,
    /// Where they go.
    pub to: Exit,
}

impl Operation for StockOut {
    const KIND: Kind = Kind::single("stock-out")
        .moves(&[
            AccountWay::goods(AccountKind::Stock, AccountKind::Hq),
            AccountWay::goods(AccountKind::Stock, AccountKind::Adjust),
            AccountWay::goods(AccountKind::Stock, AccountKind::Supplier),
        ])
        .signed(Signed::Actor)
        .undoable();

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Attendant)?;
        if !(1..=Leg::MAX).contains(&self.n) {
            return Err(no("quantity").count("max", Leg::MAX).into());
        }
        let unit = UnitCode::Item(self.about.clone());
        let left = ledger.free(&AccountId::stock(), &unit)?;
        let left: i64 = left.iter().map(|(_, pieces)| *pieces).sum();
        if left < self.n {
            return Err(Refusal::out_of_stock(&self.about, left).into());
        }
        let to = match self.to {
            Exit::Hq => AccountId::hq(),
            Exit::Spoiled => AccountId::adjust(),
            Exit::Lent => AccountId::supplier(),
        };
        let pieces = Leg::pieces((&self.about, self.n), AccountId::stock(), to);
        Ok(Plan::of(self, at).legs(vec![pieces]))
    }

    fn told(&self) -> Text {
        Text::of("told-stock-out")
            .reward(&self.about)
            .pieces(&self.about, self.n)
            .fact("to", Fact::Variant(self.to.name()))
    }
}

const GRANT: &[AccountWay] = &[AccountWay::points(AccountKind::Hq, AccountKind::Budget)];

/// Points from the town bank into the budget.
fn granted(n: i64, bucket: Bucket) -> Result<Vec<Leg>, Refusal> {
    if !(1..=Leg::MAX).contains(&n) {
        return Err(no("quantity").count("max", Leg::MAX));
    }
    let points = (bucket, Points::new(n));
    Ok(vec![Leg::points(
        points,
        AccountId::hq(),
        AccountId::budget(),
    )])
}

impl Operation for BudgetLetter {
    const KIND: Kind = Kind::single("budget-letter")
        .moves(GRANT)
        .signed(Signed::Both)
        .once("about")
        .undoable();

    fn decide<L: Ledger>(&self, _ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Manager)?;
        at.second.ok_or(no("second-person"))?;
        Ok(Plan::of(self, at).legs(granted(self.n, self.bucket)?))
    }

    fn told(&self) -> Text {
        Text::of("told-budget-letter")
            .word("letter", &self.about)
            .points(Points::new(self.n))
    }
}

impl Operation for BudgetIn {
    const KIND: Kind = Kind::single("budget-in").moves(GRANT).undoable();

    fn decide<L: Ledger>(&self, _ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        if at.signed.actor != Actor::Hq {
            return Err(Refusal::role_too_low("hq").into());
        }
        Ok(Plan::of(self, at).legs(granted(self.n, self.bucket)?))
    }

    fn told(&self) -> Text {
        Text::of("told-budget-in").points(Points::new(self.n))
    }
}

impl Operation for StockIn {
    const KIND: Kind = Kind::single("stock-in")
        .moves(&[AccountWay::goods(AccountKind::Supplier, AccountKind::Stock)])
        .undoable();

    fn decide<L: Ledger>(&self, _ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        if !(1..=Leg::MAX).contains(&self.n) {
            return Err(no("quantity").count("max", Leg::MAX).into());
        }
        if matches!(at.signed.actor, Actor::Holder(_)) {
            return Err(no("not-staff").into());
        }
        if at.books.catalogue.item(&self.about).is_none() {
            return Err(no("item-gone").into());
        }
        let pieces = (&self.about, self.n);
        let pieces = Leg::pieces(pieces, AccountId::supplier(), AccountId::stock());
        Ok(Plan::of(self, at).legs(vec![pieces]))
    }

    fn told(&self) -> Text {
        Text::of("told-stock-in")
            .reward(&self.about)
            .pieces(&self.about, self.n)
    }
}
