//! Account holders: which rules and prices apply to whom.

use crate::domain::{AccountId, HouseholdCode};

/// The age from which the senior price applies. Source: the town's catalogue, "60+".
pub const SENIOR_AGE: i32 = 60;

/// What kind of holder an account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolderKind {
    /// 个人.
    Individual,
    /// 单位.
    Unit,
    /// 集体.
    Collective,
    /// 志愿家庭账户.
    Family,
}

impl HolderKind {
    /// Every kind with its name in the database.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Individual, "individual"),
        (Self::Unit, "unit"),
        (Self::Collective, "collective"),
        (Self::Family, "family"),
    ];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Unit => "unit",
            Self::Collective => "collective",
            Self::Family => "family",
        }
    }
}

/// The group that decides which rules and prices apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberGroup {
    /// 党员.
    PartyMember,
    /// 街巷长.
    StreetChief,
    /// 村民.
    Villager,
    /// 未成年人.
    Minor,
    /// 社会单位.
    SocialUnit,
}

impl MemberGroup {
    /// Every group with its name in the config and the database.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::PartyMember, "party-member"),
        (Self::StreetChief, "street-chief"),
        (Self::Villager, "villager"),
        (Self::Minor, "minor"),
        (Self::SocialUnit, "social-unit"),
    ];

    /// The name in the config and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PartyMember => "party-member",
            Self::StreetChief => "street-chief",
            Self::Villager => "villager",
            Self::Minor => "minor",
            Self::SocialUnit => "social-unit",
        }
    }
}

/// A depositor (储户) as the rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account in the ledger.
    pub account: AccountId,
    /// The full name; masked before it reaches a screen.
    pub name: String,
    /// What kind of holder this is.
    pub kind: HolderKind,
    /// Which prices and rules apply.
    pub group: MemberGroup,
    /// The year of birth. Age is derived, never stored.
    pub birth_year: Option<i32>,
    /// Who lives together: a code of the village's own register, where it keeps one.
    pub household: Option<HouseholdCode>,
}

impl Member {
    /// Says whether the senior price applies in `year`; without a birth year it does not.
    pub fn is_senior(&self, year: i32) -> bool {
        self.birth_year
            .and_then(|born| year.checked_sub(born))
            .is_some_and(|age| age >= SENIOR_AGE)
    }
}
