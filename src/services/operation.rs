//! What an operation is: a body that stands in the log, the rule that decides it, and the sentence about it.

use crate::domain::json::{Map, Value};
use crate::domain::{
    AccountId, Books, Bucket, CardId, CardKind, Kind, Leg, Logged, Member, Net, Person, Points,
    Refusal, Role, Seq, Staff, StaffId, Tally, Text, Today, UnitCode, no,
};
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a rule may ask while it decides. The station answers inside the deciding transaction, the town from all stations.
pub trait Ledger {
    /// A refusal, or why the question could not be answered.
    type Error: From<Refusal>;

    /// The depositor of an account; `None` for an account of the bank, or none at all.
    ///
    /// # Errors
    /// The ledger cannot be read.
    fn member(&self, account: &AccountId) -> Result<Option<Member>, Self::Error>;

    /// What an account can give of a unit, per expiry period, in no order.
    ///
    /// # Errors
    /// The ledger cannot be read.
    fn free(&self, account: &AccountId, unit: &UnitCode)
    -> Result<Vec<(Bucket, i64)>, Self::Error>;

    /// What a tally comes to, net of what was undone.
    ///
    /// # Errors
    /// The ledger cannot be read.
    fn net(&self, tally: &Tally) -> Result<Net, Self::Error>;

    /// A pseudonym and a number at this station that no account has yet; the same for the same command.
    ///
    /// # Errors
    /// The ledger cannot be read.
    fn fresh(&self) -> Result<(AccountId, i64), Self::Error>;

    /// The operation at a place in the log.
    ///
    /// # Errors
    /// The ledger cannot be read.
    fn recorded(&self, seq: Seq) -> Result<Option<Recorded>, Self::Error>;
}

/// What an operation keeps beside the log: who a pseudonym is, and which number a card has. No body has any of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// This person has an account now, with this number at the station.
    Person(Member, i64),
    /// This card opens an account now.
    Card(AccountId, CardKind, CardId),
    /// This card of an account, or all of its cards, open it no more.
    Lost(AccountId, Option<CardId>),
}

/// What a command says that its body does not have.
#[derive(Clone, Copy, Debug)]
pub enum Unlogged<'a> {
    /// Whose account it is.
    Person(&'a Person),
    /// A card's number.
    Number(&'a CardId),
}

/// An operation that stands in the log, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its row.
    pub row: Logged,
    /// The part of its body that belongs to its kind.
    pub what: Map,
    /// What it moves or reserves.
    pub legs: Vec<Leg>,
    /// The operation that settled, mirrored or annulled it.
    pub undone: Option<Seq>,
}

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The station by itself.
    Station,
    /// The town bank.
    Hq,
    /// A resident, for the own account.
    Holder(AccountId),
    /// A member of staff.
    Staff(StaffId),
}

impl Actor {
    /// The name in the log.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Station => "STATION",
            Self::Hq => "HQ",
            Self::Holder(account) => account.as_str(),
            Self::Staff(id) => id.as_str(),
        }
    }
}

/// Who signs for an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who does it.
    pub actor: Actor,
    /// A second member of staff, where the kind wants or allows one.
    pub second: Option<StaffId>,
}

impl Signature {
    /// One alone.
    pub const fn of(actor: Actor) -> Self {
        let second = None;
        Self { actor, second }
    }

    /// The names of those who sign.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let second = self.second.as_ref().map(StaffId::as_str);
        std::iter::once(self.actor.as_str()).chain(second)
    }
}

/// The moment and the circumstances in which a rule decides.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The day, judged: no rule sees the wall clock.
    pub today: &'a Today,
    /// What decides beside the ledger.
    pub books: Books<'a>,
    /// Who signs.
    pub signed: &'a Signature,
    /// The member of staff who does it, where it is one.
    pub staff: Option<&'a Staff>,
    /// The second member of staff.
    pub second: Option<&'a Staff>,
}

impl Moment<'_> {
    /// The station's calendar day; the latest trusted one while the wall clock is known to be wrong.
    pub const fn day(&self) -> NaiveDate {
        self.today.date()
    }

    /// The member of staff who signs.
    ///
    /// # Errors
    /// `not-staff` when it is nobody of the staff.
    pub fn any_staff(&self) -> Result<&Staff, Refusal> {
        self.staff.ok_or(no("not-staff"))
    }

    /// The member of staff who signs, with at least that role. Technicians mind devices, never points.
    ///
    /// # Errors
    /// `not-staff` when it is nobody of the staff, `role-too-low` when the role does not allow it.
    pub fn staff_as(&self, least: Role) -> Result<&Staff, Refusal> {
        let staff = self.any_staff()?;
        let may = staff.may(least).then_some(staff);
        may.ok_or(Refusal::role_too_low(least.name()))
    }

    /// Nobody signs for somebody who lives in the same household.
    ///
    /// # Errors
    /// `own-household`, or the ledger cannot be read.
    pub fn not_own_household<L: Ledger>(
        &self,
        ledger: &L,
        member: &Member,
    ) -> Result<(), L::Error> {
        let signers = [self.staff, self.second].into_iter().flatten();
        for account in signers.filter_map(|staff| staff.account.as_ref()) {
            let own = ledger.member(account)?.and_then(|own| own.household);
            if own.is_some() && own == member.household {
                return Err(no("own-household").into());
            }
        }
        Ok(())
    }
}

/// What is written when a rule says yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What it is.
    pub kind: Kind,
    /// The name of who does it.
    pub actor: String,
    /// The member of staff who signs beside the actor.
    pub approver: Option<StaffId>,
    /// The hold that it settles.
    pub pends: Option<Seq>,
    /// The operation that it mirrors or annuls.
    pub reverses: Option<Seq>,
    /// The part of the body that belongs to its kind.
    pub what: Map,
    /// What it moves or reserves.
    pub legs: Vec<Leg>,
    /// What it keeps beside the log.
    pub beside: Option<Beside>,
}

impl Plan {
    /// An operation that moves nothing yet, signed as the moment says.
    pub fn of<O: Operation>(operation: &O, at: &Moment<'_>) -> Self {
        Self {
            kind: O::KIND,
            actor: at.signed.actor.as_str().to_owned(),
            approver: at.signed.second.clone(),
            pends: None,
            reverses: None,
            what: body(operation),
            legs: Vec::new(),
            beside: None,
        }
    }

    /// The same with what it keeps beside the log.
    #[must_use]
    pub fn beside(mut self, beside: Beside) -> Self {
        self.beside = Some(beside);
        self
    }

    /// The same with what it moves.
    #[must_use]
    pub fn legs(mut self, legs: Vec<Leg>) -> Self {
        self.legs = legs;
        self
    }
}

/// One kind of operation: its body by `serde`, its rule, its sentence.
///
/// Every body uses the same words where they apply: `about` (the code of what it concerns, or a place in the log),
/// `who` (the account that it concerns), `day` (of the deed), `n` (how many).
pub trait Operation: Clone + PartialEq + Serialize + DeserializeOwned {
    /// Its row in the table `kind`.
    const KIND: Kind;

    /// What is written, or why not; points and day that the operation leaves open are filled in. Asked inside the
    /// writing transaction, and before the question is shown.
    ///
    /// # Errors
    /// A refusal, or the ledger cannot be read.
    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error>;

    /// Where its body has what it comes to as its screen shows it; `None` where it has no word for that.
    fn price(&mut self) -> Option<&mut Option<Points>> {
        None
    }

    /// What it says beside its body, so that a repeat with something else there is none.
    fn unlogged(&self) -> Option<Unlogged<'_>> {
        None
    }

    /// The one sentence about it: for passbook, lists, tables, paper and ear.
    fn told(&self) -> Text;
}

/// An operation as the part of a body that belongs to its kind.
pub(super) fn body<O: Serialize>(operation: &O) -> Map {
    // A body is a struct of texts and whole numbers, which always has this form.
    let json = serde_json::to_value(operation).unwrap_or_default();
    match Value::of(&json) {
        Some(Value::Map(map)) => map,
        Some(Value::Int(_) | Value::Text(_) | Value::List(_)) | None => Map::new(),
    }
}
