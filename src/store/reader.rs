//! What a rule may ask of the station, answered inside the deciding transaction.

use super::error::StoreError;
use super::{log, people, questions, rules};
use crate::domain::{AccountId, Bucket, Member, Net, OpId, Phase, Refusal, Seq, Tally, UnitCode};
use crate::services::{Ledger, Recorded};
use rusqlite::{Connection, params};

/// Why nothing was written.
#[derive(Debug)]
pub(super) enum Stop {
    /// The bank says no.
    Refused(Refusal),
    /// The ledger cannot be read or written.
    Failed(StoreError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The station's answers to what a rule asks.
pub(super) struct Reader<'a> {
    pub(super) conn: &'a Connection,
    /// Of the command that is decided.
    pub(super) key: OpId,
}

impl Ledger for Reader<'_> {
    type Error = Stop;

    fn member(&self, account: &AccountId) -> Result<Option<Member>, Stop> {
        Ok(people::member(self.conn, account)?)
    }

    fn free(&self, account: &AccountId, unit: &UnitCode) -> Result<Vec<(Bucket, i64)>, Stop> {
        Ok(free(self.conn, account, unit)?)
    }

    fn net(&self, tally: &Tally) -> Result<Net, Stop> {
        Ok(questions::net(self.conn, tally)?)
    }

    fn fresh(&self) -> Result<(AccountId, i64), Stop> {
        Ok(people::fresh(self.conn, self.key)?)
    }

    fn recorded(&self, seq: Seq) -> Result<Option<Recorded>, Stop> {
        let Some(row) = log::by_seq(self.conn, seq)? else {
            return Ok(None);
        };
        let undone = match row.kind.phase() {
            Phase::Hold => log::settling(self.conn, seq)?,
            Phase::Single | Phase::Post | Phase::Void => log::reversing(self.conn, seq)?,
        };
        Ok(Some(Recorded {
            what: rules::what_map(&row.body)?,
            legs: log::legs(self.conn, seq)?,
            undone: undone.map(|by| by.seq),
            row,
        }))
    }
}

/// What an account can give of a unit, per expiry period.
pub(super) fn free(
    conn: &Connection,
    account: &AccountId,
    unit: &UnitCode,
) -> Result<Vec<(Bucket, i64)>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT b.bucket, b.credits - b.debits - b.held FROM balance b
         WHERE b.account = (SELECT id FROM account WHERE name = ?1)
           AND b.unit = (SELECT id FROM unit WHERE code = ?2)",
    )?;
    let rows = query.query_map(params![account.as_str(), unit.name()], |row| {
        Ok((Bucket::new(row.get(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
