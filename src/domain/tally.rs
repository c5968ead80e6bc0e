//! Questions that every service asks of the log, and an operation as the log has it. Pure data:
//! the ledger answers.

use super::ids::{AccountId, OpId, Seq};
use super::kind::Kind;
use chrono::NaiveDate;

/// What an operation concerns, the `about` of its body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A code: of a rule, a reward, an offer, a round.
    Code(String),
    /// An earlier operation.
    Seq(Seq),
}

impl About {
    /// A code.
    pub fn code(code: &impl ToString) -> Self {
        Self::Code(code.to_string())
    }
}

/// Which operations are counted. What is `None` is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of these kinds.
    pub kinds: Vec<Kind>,
    /// That concern this.
    pub about: Option<About>,
    /// That concern this account.
    pub who: Option<AccountId>,
    /// The first day of the deed that counts.
    pub from: Option<NaiveDate>,
    /// The last day of the deed that counts.
    pub to: Option<NaiveDate>,
}

impl Tally {
    /// Counts one kind.
    pub fn of(kind: Kind) -> Self {
        Self {
            kinds: vec![kind],
            ..Self::default()
        }
    }

    /// Only what concerns this.
    #[must_use]
    pub fn about(self, about: About) -> Self {
        Self {
            about: Some(about),
            ..self
        }
    }

    /// Only what concerns this account.
    #[must_use]
    pub fn who(self, who: &AccountId) -> Self {
        Self {
            who: Some(who.clone()),
            ..self
        }
    }

    /// Only deeds of these days, the first and the last included.
    #[must_use]
    pub fn within(self, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
            ..self
        }
    }
}

/// What a tally comes to. What was reversed, annulled or voided is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Net {
    /// How many operations.
    pub count: i64,
    /// The sum of their `n`; an operation without `n` adds nothing.
    pub n: i64,
    /// The points that they move or reserve.
    pub points: i64,
}

/// An operation as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its place.
    pub seq: Seq,
    /// Its idempotency key.
    pub op_id: OpId,
    /// What it is.
    pub kind: Kind,
    /// Who did it: an account, a member of staff, or the station.
    pub actor: String,
    /// The second person who signed.
    pub approver: Option<String>,
    /// The hold that it settles.
    pub pends: Option<Seq>,
    /// The operation that it undoes.
    pub reverses: Option<Seq>,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// Its canonical body.
    pub body: String,
    /// Its hash, in hex.
    pub hash: String,
}
