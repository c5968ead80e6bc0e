//! The words of the ledger: kinds of accounts and operations, phases, legs.

use crate::domain::{AccountId, Bucket, ItemCode, PartnerCode, Points};

/// What an account stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// A depositor. Never below zero.
    Resident,
    /// The goods in this station. Never below zero.
    Stock,
    /// Points this station may still credit, filled by HQ only. Never below zero.
    Budget,
    /// A partner's claim for what was delivered.
    Partner,
    /// What has been handed out, per item.
    Delivered,
    /// The town bank.
    Hq,
    /// Where goods come from.
    Supplier,
    /// Points on their way between residents. Empty after every finished transaction.
    Aid,
    /// Points that expired.
    Expired,
    /// Goods that a count found or missed.
    Adjust,
}

impl AccountKind {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Stock => "stock",
            Self::Budget => "budget",
            Self::Partner => "partner",
            Self::Delivered => "delivered",
            Self::Hq => "hq",
            Self::Supplier => "supplier",
            Self::Aid => "aid",
            Self::Expired => "expired",
            Self::Adjust => "adjust",
        }
    }

    /// Says whether its accounts never go below zero, holds counted.
    pub const fn is_floored(self) -> bool {
        matches!(
            self,
            Self::Resident | Self::Stock | Self::Budget | Self::Aid
        )
    }

    /// The bank's own accounts, one of each, with their public names.
    pub const OWN: [(Self, &'static str); 8] = [
        (Self::Stock, "STOCK"),
        (Self::Budget, "BUDGET"),
        (Self::Delivered, "DELIVERED"),
        (Self::Hq, "HQ"),
        (Self::Supplier, "SUPPLIER"),
        (Self::Aid, "AID"),
        (Self::Expired, "EXPIRED"),
        (Self::Adjust, "ADJUST"),
    ];
}

impl AccountId {
    /// The goods in this station.
    pub fn stock() -> Self {
        Self::own("STOCK")
    }

    /// Points this station may still credit.
    pub fn budget() -> Self {
        Self::own("BUDGET")
    }

    /// What has been handed out.
    pub fn delivered() -> Self {
        Self::own("DELIVERED")
    }

    /// The town bank.
    pub fn hq() -> Self {
        Self::own("HQ")
    }

    /// Where goods come from.
    pub fn supplier() -> Self {
        Self::own("SUPPLIER")
    }

    /// Points on their way between residents.
    pub fn aid() -> Self {
        Self::own("AID")
    }

    /// Points that expired.
    pub fn expired() -> Self {
        Self::own("EXPIRED")
    }

    /// Goods that a count found or missed.
    pub fn adjust() -> Self {
        Self::own("ADJUST")
    }

    /// A partner's claim.
    pub fn partner(code: &PartnerCode) -> Self {
        Self::own(&format!("PARTNER-{code}"))
    }

    /// A resident, from eight random bytes.
    pub fn resident(random: [u8; 8]) -> Self {
        Self::own(&format!("R-{:016X}", u64::from_be_bytes(random)))
    }

    /// Says whether it is a depositor's: a person, a family or a collective.
    pub fn is_resident(&self) -> bool {
        self.as_str().starts_with("R-")
    }

    /// Says whether it is a partner's claim.
    pub fn is_partner(&self) -> bool {
        self.as_str().starts_with("PARTNER-")
    }

    /// Says whether the account may not go below zero. The guards of the ledger have the same rule as rows of
    /// `account_kind`.
    pub fn is_floored(&self) -> bool {
        let own = AccountKind::OWN.iter();
        let own = own.copied().find(|(_, name)| *name == self.as_str());
        let resident = || self.is_resident().then_some(AccountKind::Resident);
        own.map(|(kind, _)| kind)
            .or_else(resident)
            .is_some_and(AccountKind::is_floored)
    }

    /// Parses a name that is right by construction; a wrong one becomes HQ's, which no rule floors.
    fn own(name: &str) -> Self {
        Self::parse(name).unwrap_or_else(|| {
            debug_assert!(false, "{name} is no account name");
            Self::hq()
        })
    }
}

/// What a leg counts: points, or pieces of one reward.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UnitCode {
    /// Civic points.
    Points,
    /// Pieces of a reward.
    Item(ItemCode),
}

impl UnitCode {
    /// The name in the database: `POINTS`, or `I-` and the item's code.
    pub fn name(&self) -> String {
        match self {
            Self::Points => "POINTS".to_owned(),
            Self::Item(code) => format!("I-{code}"),
        }
    }
}

/// How a leg touches balances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Debit and credit at once.
    Single,
    /// Reserve on the debit side.
    Hold,
    /// Release the reserve, then debit and credit.
    Post,
    /// Release the reserve.
    Void,
}

impl Phase {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Hold => "hold",
            Self::Post => "post",
            Self::Void => "void",
        }
    }

    /// The phase with that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Single, Self::Hold, Self::Post, Self::Void]
            .into_iter()
            .find(|phase| phase.name() == name)
    }
}

/// One transfer of an operation: `amount` of `unit` from `debit` to `credit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// What is counted.
    pub unit: UnitCode,
    /// Its expiry period; always [`Bucket::NEVER`] for goods.
    pub bucket: Bucket,
    /// Who gives.
    pub debit: AccountId,
    /// Who receives.
    pub credit: AccountId,
    /// How many, 1 or more.
    pub amount: i64,
}

impl Leg {
    /// The most points or pieces of one leg. Source: the check of `transfer.amount`.
    pub const MAX: i64 = 1_000_000_000;

    /// Points of one expiry period.
    pub const fn points(
        (bucket, points): (Bucket, Points),
        debit: AccountId,
        credit: AccountId,
    ) -> Self {
        Self {
            unit: UnitCode::Points,
            bucket,
            debit,
            credit,
            amount: points.get(),
        }
    }

    /// Pieces of a reward.
    pub fn pieces((item, pieces): (&ItemCode, i64), debit: AccountId, credit: AccountId) -> Self {
        Self {
            unit: UnitCode::Item(item.clone()),
            bucket: Bucket::NEVER,
            debit,
            credit,
            amount: pieces,
        }
    }

    /// The same leg backwards, as a reversal books it.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self {
            debit: self.credit.clone(),
            credit: self.debit.clone(),
            ..self.clone()
        }
    }
}
