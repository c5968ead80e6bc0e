//! The one place that writes an operation: reads the head inside the transaction, caches nothing.

use super::error::StoreError;
use crate::domain::json::{Map, Value, int, map, text};
use crate::domain::{ChainHash, Leg, OpId, OperationKind, Seq, Stamp, chain_hash};
use rusqlite::{Connection, OptionalExtension as _, params};

/// The actor of what the station does by itself.
pub(super) const STATION: &str = "STATION";

/// An operation without its place in the chain.
pub(super) struct Draft {
    pub(super) kind: OperationKind,
    pub(super) actor: String,
    pub(super) approver: Option<String>,
    pub(super) pends: Option<Seq>,
    pub(super) reverses: Option<Seq>,
    pub(super) legs: Vec<Leg>,
    pub(super) what: Map,
}

impl Draft {
    /// An operation that moves nothing.
    pub(super) fn event(kind: OperationKind, actor: &str, what: Map) -> Self {
        Self {
            kind,
            actor: actor.to_owned(),
            approver: None,
            pends: None,
            reverses: None,
            legs: Vec::new(),
            what,
        }
    }

    /// The canonical body at that place of the log.
    pub(super) fn body(&self, seq: Seq, op_id: OpId, stamp: &Stamp) -> String {
        let phase = self.kind.phase().name();
        let leg = |leg: &Leg| {
            Value::Map(map([
                ("amount", int(leg.amount)),
                ("bucket", int(leg.bucket.get())),
                ("credit", text(leg.credit.as_str())),
                ("debit", text(leg.debit.as_str())),
                ("phase", text(phase)),
                ("unit", text(leg.unit.name())),
            ]))
        };
        let legs = self.legs.iter().map(leg).collect();
        let seq_value = |seq: Option<Seq>| seq.map(|seq| Value::Int(seq.get()));
        Value::Map(map([
            ("actor", text(self.actor.as_str())),
            ("approver", self.approver.clone().and_then(text)),
            ("boot", text(stamp.boot.to_string())),
            ("kind", text(self.kind.name())),
            ("legs", Some(Value::List(legs))),
            ("mono", int(stamp.mono_ms)),
            ("op", text(op_id.to_string())),
            ("pends", seq_value(self.pends)),
            ("reverses", seq_value(self.reverses)),
            ("seq", int(seq.get())),
            ("v", int(1)),
            ("wall", int(stamp.wall_ms)),
            ("what", Some(Value::Map(self.what.clone()))),
        ]))
        .render()
    }
}

/// An operation's place in the chain.
pub(super) struct Written {
    pub(super) seq: Seq,
    pub(super) hash: String,
}

/// The newest operation; `None` in an empty log.
pub(super) fn head(conn: &Connection) -> Result<Option<Written>, StoreError> {
    let mut query =
        conn.prepare_cached("SELECT seq, hash FROM operation ORDER BY seq DESC LIMIT 1")?;
    let row = query.query_row([], |row| {
        Ok(Written {
            seq: Seq::new(row.get(0)?),
            hash: row.get(1)?,
        })
    });
    Ok(row.optional()?)
}

/// Writes an operation with its legs. Only inside a transaction that began as a writer.
pub(super) fn append(
    conn: &Connection,
    op_id: OpId,
    stamp: &Stamp,
    draft: &Draft,
) -> Result<Written, StoreError> {
    let head = head(conn)?;
    let seq = Seq::new(
        head.as_ref()
            .map_or(1, |head| head.seq.get().saturating_add(1)),
    );
    let prev = head
        .as_ref()
        .map_or(ChainHash::GENESIS, |head| head.hash.as_str());
    let body = draft.body(seq, op_id, stamp);
    let hash = chain_hash(prev, &body);
    let legs = i64::try_from(draft.legs.len()).unwrap_or(i64::MAX);
    conn.prepare_cached(
        "INSERT INTO operation(seq, op_id, kind, actor, approver, pends, reverses,
                               wall_ms, boot, mono_ms, nlegs, body, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        seq.get(),
        op_id.bytes(),
        draft.kind.name(),
        draft.actor,
        draft.approver,
        draft.pends.map(Seq::get),
        draft.reverses.map(Seq::get),
        stamp.wall_ms,
        stamp.boot.bytes(),
        stamp.mono_ms,
        legs,
        body,
        prev,
        hash,
    ])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO transfer(seq, n, phase, unit, bucket, debit, credit, amount)
         VALUES (?1, ?2, ?3, (SELECT id FROM unit WHERE code = ?4), ?5,
                 (SELECT id FROM account WHERE name = ?6),
                 (SELECT id FROM account WHERE name = ?7), ?8)",
    )?;
    for (n, leg) in (1_i64..).zip(&draft.legs) {
        insert.execute(params![
            seq.get(),
            n,
            draft.kind.phase().name(),
            leg.unit.name(),
            leg.bucket.get(),
            leg.debit.as_str(),
            leg.credit.as_str(),
            leg.amount,
        ])?;
    }
    Ok(Written { seq, hash })
}
