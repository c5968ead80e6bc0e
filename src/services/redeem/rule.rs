//! A redemption (积分兑换): points and pieces are held until an attendant confirms the hand-over.

use crate::domain::{
    About, AccountId, AccountKind, AccountWay, Item, ItemCode, Kind, Leg, OptionCode, Points,
    Standing, Supply, Tally, Terms, Text, UnitCode, Via, Wish, decide, no,
};
use crate::services::operation::{Actor, Ledger, Moment, Operation, Plan};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A resident takes a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redeem {
    /// Whose points.
    pub who: AccountId,
    /// Which reward.
    pub about: ItemCode,
    /// Which of its variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionCode>,
    /// How many pieces.
    pub n: i64,
    /// The day on which it is held; the station fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// How the card number came, where it was not the card itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// The price of all pieces, as the screen showed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
}

impl Redeem {
    /// What is chosen.
    pub fn wish(&self) -> Wish {
        Wish {
            item: self.about.clone(),
            option: self.option.clone(),
            quantity: self.n,
        }
    }

    /// What it costs, and from which periods it is paid.
    ///
    /// # Errors
    /// A refusal, or the ledger cannot be read.
    pub fn terms<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Terms, L::Error> {
        let member = ledger.member(&self.who)?.ok_or(no("card-unknown"))?;
        let item = at
            .books
            .catalogue
            .item(&self.about)
            .ok_or(no("item-gone"))?;
        let used = match item.limit {
            Some(limit) => {
                let (from, to) = limit.period.days(at.day());
                let had = Tally::of(Self::KIND).about(About::code(&self.about));
                ledger.net(&had.who(&self.who).within(from, to))?.n
            }
            None => 0,
        };
        let points = ledger.free(&self.who, &UnitCode::Points)?;
        let pieces = ledger.free(&AccountId::stock(), &UnitCode::Item(self.about.clone()))?;
        let standing = Standing {
            free: points
                .into_iter()
                .map(|(bucket, free)| (bucket, Points::new(free)))
                .collect(),
            stock: pieces.iter().map(|(_, free)| *free).sum(),
            used,
        };
        let shown = (at.today, self.points);
        Ok(decide(
            at.books.catalogue,
            &self.wish(),
            &member,
            &standing,
            shown,
        )?)
    }

    fn legs(&self, item: &Item, terms: &Terms) -> Vec<Leg> {
        let partner = AccountId::partner(&item.partner);
        let points = terms.parts.iter();
        let points = points.map(|part| Leg::points(*part, self.who.clone(), partner.clone()));
        let from = match item.supply {
            Supply::Counted => AccountId::stock(),
            Supply::Open => AccountId::supplier(),
        };
        let pieces = Leg::pieces((&self.about, self.n), from, AccountId::delivered());
        points.chain([pieces]).collect()
    }
}

impl Operation for Redeem {
    const KIND: Kind = Kind::hold(
        "hold",
        &[
            AccountWay::points(AccountKind::Resident, AccountKind::Partner).by_payer(),
            AccountWay::goods(AccountKind::Stock, AccountKind::Delivered),
            AccountWay::goods(AccountKind::Supplier, AccountKind::Delivered),
        ],
    );

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        if at.signed.actor != Actor::Holder(self.who.clone()) {
            return Err(no("not-holder").into());
        }
        let terms = self.terms(ledger, at)?;
        let item = at
            .books
            .catalogue
            .item(&self.about)
            .ok_or(no("item-gone"))?;
        let held = Self {
            day: Some(at.day()),
            points: Some(terms.total),
            ..self.clone()
        };
        Ok(Plan::of(&held, at).legs(self.legs(item, &terms)))
    }

    fn price(&mut self) -> Option<&mut Option<Points>> {
        Some(&mut self.points)
    }

    fn told(&self) -> Text {
        Text::of("told-redeem")
            .item(&self.wish())
            .pieces(&self.about, self.n)
            .many(self.n)
    }
}
