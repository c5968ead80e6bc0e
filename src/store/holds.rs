//! The attendant's lists: holds that wait, and the last operations.

use super::book::{change_of, reverse_key, settle_key, whose};
use super::day::Mark;
use super::error::StoreError;
use super::receipts::{reprint_key, reprints};
use super::{Store, log, people, questions, rules, told};
use crate::domain::{AccountId, Logged, Member, OpId, OpenHold, PastOperation, Points, Seq, Tally};
use rusqlite::{Connection, Params, Statement, params};

/// Places of the holds that are neither posted nor voided, oldest first.
pub(super) fn open(conn: &Connection) -> Result<Vec<Seq>, StoreError> {
    let mut query = conn.prepare_cached("SELECT seq FROM open_hold ORDER BY seq")?;
    let rows = query.query_map([], |row| row.get(0).map(Seq::new))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The resident whom an operation concerns, and the points that come or go; of nobody's operation the points that move.
fn resident(conn: &Connection, row: &Logged) -> Result<(Option<Member>, Points), StoreError> {
    let what = rules::what_map(&row.body)?;
    let legs = log::legs(conn, row.seq)?;
    match whose(&what, &row.actor, &legs) {
        Some(account) => {
            let change = change_of(&account, row.kind.phase(), &legs);
            Ok((people::member(conn, &account)?, change))
        }
        None => Ok((None, log::points_in(conn, row.seq)?)),
    }
}

fn past(conn: &Connection, seq: Seq) -> Result<Option<PastOperation>, StoreError> {
    let Some(found) = log::by_seq(conn, seq)? else {
        return Ok(None);
    };
    let reprints = reprints(conn, seq)?;
    let (member, points) = resident(conn, &found)?;
    Ok(Some(PastOperation {
        seq,
        kind: found.kind,
        member,
        told: told::told(conn, &found)?,
        points,
        wall_ms: found.wall_ms,
        doubted: Mark::read(&found.body).doubted,
        reversible: found.kind.is_reversible() && log::reversing(conn, seq)?.is_none(),
        reverse: reverse_key(found.op_id),
        reprints,
        reprint: reprint_key(found.op_id, reprints.saturating_add(1)),
    }))
}

/// So many rows at most, as the database counts.
fn limit(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The operations whose places a question gives.
fn listed(
    conn: &Connection,
    query: &mut Statement<'_>,
    values: impl Params,
) -> Result<Vec<PastOperation>, StoreError> {
    let seqs: Vec<Seq> = query
        .query_map(values, |row| row.get(0).map(Seq::new))?
        .collect::<Result<_, _>>()?;
    let mut operations = Vec::with_capacity(seqs.len());
    for seq in seqs {
        operations.extend(past(conn, seq)?);
    }
    Ok(operations)
}

impl Store {
    /// The holds that wait for an attendant, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn open_holds(&self) -> Result<Vec<OpenHold>, StoreError> {
        self.read(|conn| {
            let mut holds = Vec::new();
            for seq in open(conn)? {
                let Some(found) = log::by_seq(conn, seq)? else {
                    continue;
                };
                holds.push(OpenHold {
                    seq,
                    settle: settle_key(found.op_id),
                    member: resident(conn, &found)?.0,
                    told: told::told(conn, &found)?,
                    total: log::points_in(conn, seq)?,
                    wall_ms: found.wall_ms,
                });
            }
            Ok(holds)
        })
    }

    /// The last `count` operations that moved or reserved something, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn last_operations(&self, count: usize) -> Result<Vec<PastOperation>, StoreError> {
        self.read(|conn| {
            let mut query = conn
                .prepare_cached("SELECT DISTINCT seq FROM transfer ORDER BY seq DESC LIMIT ?1")?;
            listed(conn, &mut query, [limit(count)])
        })
    }

    /// The last `count` operations that moved or reserved points of an account, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn operations_of(
        &self,
        account: &AccountId,
        count: usize,
    ) -> Result<Vec<PastOperation>, StoreError> {
        self.read(|conn| {
            let mut query = conn.prepare_cached(
                "WITH me(id) AS (SELECT id FROM account WHERE name = ?1)
                 SELECT t.seq FROM me JOIN transfer t ON t.unit = 1 AND t.debit = me.id
                 UNION SELECT t.seq FROM me JOIN transfer t ON t.unit = 1 AND t.credit = me.id
                 ORDER BY 1 DESC LIMIT ?2",
            )?;
            listed(conn, &mut query, params![account.as_str(), limit(count)])
        })
    }

    /// The newest operations that a tally counts, as the attendant's list shows them.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn operations_in(
        &self,
        tally: &Tally,
        count: usize,
    ) -> Result<Vec<PastOperation>, StoreError> {
        self.read(|conn| {
            let rows = questions::logged(conn, tally, count)?;
            let mut operations = Vec::with_capacity(rows.len());
            for row in rows {
                operations.extend(past(conn, row.seq)?);
            }
            Ok(operations)
        })
    }

    /// One operation as the attendant's list shows it.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn operation(&self, seq: Seq) -> Result<Option<PastOperation>, StoreError> {
        self.read(|conn| past(conn, seq))
    }

    /// The idempotency key with which a hold is settled, whichever screen asks.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn settle_key(&self, hold: Seq) -> Result<Option<OpId>, StoreError> {
        Ok(log::by_seq(&self.conn, hold)?.map(|found| settle_key(found.op_id)))
    }
}
