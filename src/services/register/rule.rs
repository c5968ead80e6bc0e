//! An account is opened, gets a card, and loses one. Names and card numbers stand beside the log, never in it.

use crate::domain::{
    AccountId, CardId, CardKind, Fact, HolderKind, Kind, Member, MemberGroup, Person, Refusal,
    Role, Signed, Text, clean_name, names, no,
};
use crate::services::operation::{Beside, Ledger, Moment, Operation, Plan, Unlogged};
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

/// Under this age only a guardian can agree to an account. Source: the law on personal information, article 31.
const CONSENT_AGE: i32 = 14;
/// From this age on somebody can be a guardian.
const ADULT_AGE: i32 = 18;
/// Nobody is older.
const MAX_AGE: i32 = 120;

names! {
    /// Who agreed to the account, and how.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Consent {
        /// The person, at the station.
        Own = "own",
        /// The guardian, at the station.
        Guardian = "guardian",
        /// A signed paper that the village keeps.
        Paper = "paper",
    }
}

/// An account is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountOpened {
    /// Its pseudonym; the station draws one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<AccountId>,
    /// Its number at this station, from 1; the station counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
    /// What kind of holder it has.
    pub holder: HolderKind,
    /// Which prices and rules apply.
    pub group: MemberGroup,
    /// Who agreed.
    pub consent: Consent,
    /// The guardian's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian: Option<AccountId>,
    /// Whose account it is.
    #[serde(default, skip_serializing)]
    pub person: Option<Person>,
}

impl AccountOpened {
    /// The person as the rules will see them, if such a person can be.
    fn member(&self, who: &AccountId, year: i32) -> Result<Member, Refusal> {
        let person = self.person.as_ref().ok_or(no("no-name"))?;
        let name = clean_name(&person.name);
        if name.is_empty() {
            return Err(no("no-name"));
        }
        let age = person.birth_year.map(|born| year.saturating_sub(born));
        if age.is_some_and(|age| !(0..=MAX_AGE).contains(&age)) {
            return Err(no("birth-year"));
        }
        Ok(Member {
            account: who.clone(),
            name,
            kind: self.holder,
            group: self.group,
            birth_year: person.birth_year,
            household: person.household.clone(),
        })
    }

    /// A child needs a guardian: a grown person with an account.
    fn check_guardian<L: Ledger>(
        &self,
        ledger: &L,
        member: &Member,
        year: i32,
    ) -> Result<(), L::Error> {
        let age = |member: &Member| member.birth_year.map(|born| year.saturating_sub(born));
        let is_child = age(member).is_some_and(|age| age < CONSENT_AGE);
        let guardian = self.guardian.as_ref().map(|who| ledger.member(who));
        match guardian.transpose()? {
            _ if is_child && self.consent == Consent::Own => Err(no("guardian").into()),
            None if !is_child && self.consent != Consent::Guardian => Ok(()),
            Some(Some(guardian))
                if guardian.kind == HolderKind::Individual
                    && age(&guardian).is_none_or(|age| age >= ADULT_AGE) =>
            {
                Ok(())
            }
            None | Some(_) => Err(no("guardian").into()),
        }
    }
}

impl Operation for AccountOpened {
    const KIND: Kind = Kind::single("account-opened")
        .signed(Signed::May)
        .once("who");

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Attendant)?;
        let (who, number) = ledger.fresh()?;
        let who = self.who.clone().unwrap_or(who);
        // A number that somebody wrote down before may be another's by now.
        if self.n.is_some_and(|said| said != number) {
            return Err(no("op-reused").into());
        }
        let year = at.day().year();
        let member = self.member(&who, year)?;
        self.check_guardian(ledger, &member, year)?;
        let opened = Self {
            who: Some(who),
            n: Some(number),
            ..self.clone()
        };
        Ok(Plan::of(&opened, at).beside(Beside::Person(member, number)))
    }

    fn unlogged(&self) -> Option<Unlogged<'_>> {
        self.person.as_ref().map(Unlogged::Person)
    }

    fn told(&self) -> Text {
        Text::of("told-account-opened").count(self.n.unwrap_or_default())
    }
}

/// An account gets a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardIssued {
    /// Whose card.
    pub who: AccountId,
    /// What kind of card.
    pub card: CardKind,
    /// Its number.
    #[serde(default, skip_serializing)]
    pub number: Option<CardId>,
}

impl Operation for CardIssued {
    const KIND: Kind = Kind::single("card-issued").signed(Signed::May);

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Attendant)?;
        ledger.member(&self.who)?.ok_or(no("account-unknown"))?;
        let number = self.number.clone().ok_or(no("card-unreadable"))?;
        let card = Beside::Card(self.who.clone(), self.card, number);
        Ok(Plan::of(self, at).beside(card))
    }

    fn unlogged(&self) -> Option<Unlogged<'_>> {
        self.number.as_ref().map(Unlogged::Number)
    }

    fn told(&self) -> Text {
        Text::of("told-card-issued").fact("card", Fact::Variant(self.card.name()))
    }
}

/// The cards of an account open it no more: they are lost. New ones can be issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardBlocked {
    /// Whose cards.
    pub who: AccountId,
    /// The one card, where it is at hand; all of the account's without it.
    #[serde(default, skip_serializing)]
    pub number: Option<CardId>,
}

impl Operation for CardBlocked {
    const KIND: Kind = Kind::single("card-blocked").signed(Signed::May);

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Attendant)?;
        ledger.member(&self.who)?.ok_or(no("account-unknown"))?;
        let lost = Beside::Lost(self.who.clone(), self.number.clone());
        Ok(Plan::of(self, at).beside(lost))
    }

    fn unlogged(&self) -> Option<Unlogged<'_>> {
        self.number.as_ref().map(Unlogged::Number)
    }

    fn told(&self) -> Text {
        Text::of("told-card-blocked")
    }
}
