//! The words of the ledger: kinds of accounts and operations, phases, legs.

use crate::domain::{AccountId, Bucket, ItemCode, PartnerCode};

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

/// Everything that can stand in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperationKind {
    /// The program started.
    Boot,
    /// The wall clock jumped or cannot be right.
    ClockFault,
    /// Something was refused that the town should know of.
    Refusal,
    /// An account was opened.
    AccountOpened,
    /// A card was issued or an alias added.
    CardIssued,
    /// A card was blocked.
    CardBlocked,
    /// A member of staff was added or changed in the config.
    StaffSet,
    /// A member of staff signed in.
    SignIn,
    /// A sign-in failed.
    SignInRefused,
    /// HQ filled the station's budget.
    BudgetIn,
    /// Goods arrived.
    StockIn,
    /// A rule credited points.
    PointsIn,
    /// A resident confirmed a redemption; points and stock are held.
    Hold,
    /// An attendant confirmed it; the hold became final.
    Post,
    /// It was called off; the hold is free again.
    Void,
    /// A mistake was mended by its mirror image.
    Reversal,
    /// A bundle of operations is in the outbox.
    BundleWritten,
    /// The town has everything up to a place in the log.
    BundleAcknowledged,
    /// A receipt was printed once more.
    Reprint,
    /// An account agreed to pay a part of an operation that another account will write.
    Consent,
    /// An operation without legs was wrong and no longer counts.
    Annulled,
}

impl OperationKind {
    /// Every kind with its name in the database, as in `docs/LEDGER.md`.
    pub const ALL: [(Self, &'static str); 21] = [
        (Self::Boot, "boot"),
        (Self::ClockFault, "clock-fault"),
        (Self::Refusal, "refusal"),
        (Self::AccountOpened, "account-opened"),
        (Self::CardIssued, "card-issued"),
        (Self::CardBlocked, "card-blocked"),
        (Self::StaffSet, "staff-set"),
        (Self::SignIn, "sign-in"),
        (Self::SignInRefused, "sign-in-refused"),
        (Self::BudgetIn, "budget-in"),
        (Self::StockIn, "stock-in"),
        (Self::PointsIn, "points-in"),
        (Self::Hold, "hold"),
        (Self::Post, "post"),
        (Self::Void, "void"),
        (Self::Reversal, "reversal"),
        (Self::BundleWritten, "bundle-written"),
        (Self::BundleAcknowledged, "bundle-acknowledged"),
        (Self::Reprint, "reprint"),
        (Self::Consent, "consent"),
        (Self::Annulled, "annulled"),
    ];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }

    /// The kind with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(kind, _)| *kind)
    }

    /// Says whether operations of this kind can be mirrored: they have moved something, for good.
    pub const fn is_reversible(self) -> bool {
        matches!(
            self,
            Self::BudgetIn | Self::StockIn | Self::PointsIn | Self::Post
        )
    }

    /// How its legs touch balances.
    pub const fn phase(self) -> Phase {
        match self {
            Self::Hold => Phase::Hold,
            Self::Post => Phase::Post,
            Self::Void => Phase::Void,
            Self::Boot
            | Self::ClockFault
            | Self::Refusal
            | Self::AccountOpened
            | Self::CardIssued
            | Self::CardBlocked
            | Self::StaffSet
            | Self::SignIn
            | Self::SignInRefused
            | Self::BudgetIn
            | Self::StockIn
            | Self::PointsIn
            | Self::Reversal
            | Self::BundleWritten
            | Self::BundleAcknowledged
            | Self::Reprint
            | Self::Consent
            | Self::Annulled => Phase::Single,
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
