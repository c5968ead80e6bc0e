//! Account holders: which rules and prices apply to whom.

use crate::domain::{AccountId, HouseholdCode, names};
use serde::{Deserialize, Serialize};

/// The age from which the senior price applies. Source: the town's catalogue, "60+".
pub const SENIOR_AGE: i32 = 60;

names! {
    /// What kind of holder an account has, named as in the database.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum HolderKind {
        /// 个人.
        Individual = "individual",
        /// 单位.
        Unit = "unit",
        /// 集体.
        Collective = "collective",
        /// 志愿家庭账户.
        Family = "family",
    }
}

names! {
    /// The group that decides which rules and prices apply, named as in the config and the database.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum MemberGroup {
        /// 党员.
        PartyMember = "party-member",
        /// 街巷长.
        StreetChief = "street-chief",
        /// 村民.
        Villager = "villager",
        /// 未成年人.
        Minor = "minor",
        /// 社会单位.
        SocialUnit = "social-unit",
    }
}

names! {
    /// What names an account at a reader or a scanner, named as in the database.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum CardKind {
        /// A card of the bank.
        Card = "card",
        /// Another card of the holder's, such as a bus card.
        Alias = "alias",
        /// A printed code.
        Code = "code",
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

/// Whose account it is: known beside the log alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// The year of birth.
    #[serde(default)]
    pub birth_year: Option<i32>,
    /// Who lives together.
    #[serde(default)]
    pub household: Option<HouseholdCode>,
}
