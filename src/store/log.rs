//! Looking operations up in the log.

use super::error::StoreError;
use super::rules;
use crate::domain::{AccountId, Bucket, Kind, Leg, Logged, OpId, Points, Seq};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

/// The columns that [`raw`] reads, in its order.
pub(super) const COLUMNS: &str =
    "seq, op_id, kind, actor, approver, pends, reverses, wall_ms, body, hash";

/// An operation whose kind is not yet one of the program's.
pub(super) struct Raw {
    kind: String,
    logged: Logged,
}

impl Raw {
    pub(super) const fn seq(&self) -> Seq {
        self.logged.seq
    }

    /// Reads the kind.
    pub(super) fn parse(self) -> Result<Logged, StoreError> {
        let kind = rules::kind(&self.kind)?;
        Ok(Logged {
            kind,
            ..self.logged
        })
    }
}

pub(super) fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        kind: row.get(2)?,
        logged: Logged {
            seq: Seq::new(row.get(0)?),
            op_id: OpId::new(row.get(1)?),
            kind: Kind::BOOT,
            actor: row.get(3)?,
            approver: row.get(4)?,
            pends: row.get::<_, Option<i64>>(5)?.map(Seq::new),
            reverses: row.get::<_, Option<i64>>(6)?.map(Seq::new),
            wall_ms: row.get(7)?,
            body: row.get(8)?,
            hash: row.get(9)?,
        },
    })
}

fn one(conn: &Connection, by: &str, key: impl Params) -> Result<Option<Logged>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM operation WHERE {by} = ?1");
    let row = conn.prepare_cached(&sql)?.query_row(key, raw).optional()?;
    row.map(Raw::parse).transpose()
}

/// The operation with that idempotency key.
pub(super) fn by_op_id(conn: &Connection, op_id: OpId) -> Result<Option<Logged>, StoreError> {
    one(conn, "op_id", params![op_id.bytes()])
}

/// The operation at that place.
pub(super) fn by_seq(conn: &Connection, seq: Seq) -> Result<Option<Logged>, StoreError> {
    one(conn, "seq", params![seq.get()])
}

/// The operation that settled a hold.
pub(super) fn settling(conn: &Connection, hold: Seq) -> Result<Option<Logged>, StoreError> {
    one(conn, "pends", params![hold.get()])
}

/// The operation that reversed another.
pub(super) fn reversing(conn: &Connection, of: Seq) -> Result<Option<Logged>, StoreError> {
    one(conn, "reverses", params![of.get()])
}

/// The legs of an operation, in order.
pub(super) fn legs(conn: &Connection, seq: Seq) -> Result<Vec<Leg>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT u.code, t.bucket, d.name, c.name, t.amount
         FROM transfer t JOIN unit u ON u.id = t.unit
           JOIN account d ON d.id = t.debit JOIN account c ON c.id = t.credit
         WHERE t.seq = ?1 ORDER BY t.n",
    )?;
    let mut rows = query.query([seq.get()])?;
    let mut legs = Vec::new();
    while let Some(row) = rows.next()? {
        legs.push(Leg {
            unit: rules::unit(&row.get::<_, String>(0)?)?,
            bucket: Bucket::new(row.get(1)?),
            debit: rules::account(&row.get::<_, String>(2)?)?,
            credit: rules::account(&row.get::<_, String>(3)?)?,
            amount: row.get(4)?,
        });
    }
    Ok(legs)
}

/// The points that an operation moves or reserves.
pub(super) fn points_in(conn: &Connection, seq: Seq) -> Result<Points, StoreError> {
    let sum = conn
        .prepare_cached(
            "SELECT coalesce(sum(amount), 0) FROM transfer WHERE seq = ?1 AND unit = 1",
        )?
        .query_row([seq.get()], |row| row.get(0))?;
    Ok(Points::new(sum))
}

/// The points that were free right after an operation, from the transfers alone.
pub(super) fn free_at(
    conn: &Connection,
    account: &AccountId,
    seq: Seq,
) -> Result<Points, StoreError> {
    let free = conn
        .prepare_cached(
            "WITH me(id) AS (SELECT id FROM account WHERE name = ?1)
             SELECT coalesce(sum(CASE phase WHEN 'hold' THEN 0 WHEN 'void' THEN 0 ELSE amount END), 0)
               - (SELECT coalesce(sum(CASE phase WHEN 'void' THEN -amount WHEN 'post' THEN 0 ELSE amount END), 0)
                  FROM transfer, me WHERE unit = 1 AND debit = me.id AND seq <= ?2)
             FROM transfer, me WHERE unit = 1 AND credit = me.id AND seq <= ?2",
        )?
        .query_row(params![account.as_str(), seq.get()], |row| row.get(0))?;
    Ok(Points::new(free))
}
