//! The one place that writes an operation: reads the head inside the transaction, caches nothing.

use super::day::Mark;
use super::error::StoreError;
use crate::domain::json::{Map, Members, Value};
use crate::domain::{ChainHash, Kind, Leg, OpId, Seq, Stamp, chain_hash};
use rusqlite::{Connection, OptionalExtension as _, params};

/// The actor of what the station does by itself.
pub(super) const STATION: &str = "STATION";

/// An operation without its place in the chain.
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) actor: String,
    pub(super) approver: Option<String>,
    pub(super) pends: Option<Seq>,
    pub(super) reverses: Option<Seq>,
    pub(super) legs: Vec<Leg>,
    pub(super) what: Map,
}

impl Draft {
    /// An operation that moves nothing.
    pub(super) fn event(kind: Kind, actor: &str, what: Map) -> Self {
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
    pub(super) fn body(&self, seq: Seq, op_id: OpId, (stamp, mark): (&Stamp, Mark)) -> String {
        let mut body = self.head(seq, op_id, (stamp, mark));
        body.push_str(&Value::Map(self.what.clone()).render());
        body.push('}');
        body
    }

    /// The canonical body up to the value of its last key, `what`.
    pub(super) fn head(&self, seq: Seq, op_id: OpId, (stamp, mark): (&Stamp, Mark)) -> String {
        let phase = self.kind.phase().name();
        let mut members =
            Members::after(String::with_capacity(512)).string("actor", self.actor.as_str());
        if let Some(approver) = &self.approver {
            members = members.string("approver", approver);
        }
        let legs = |leg: &Leg, to: Members| {
            to.int("amount", leg.amount)
                .int("bucket", leg.bucket.get())
                .string("credit", leg.credit.as_str())
                .string("debit", leg.debit.as_str())
                .string("phase", phase)
                .string("unit", &leg.unit.name())
        };
        let mut members = members.string("boot", &stamp.boot.to_string());
        if mark.doubted {
            members = members.string("clock", "doubted");
        }
        let mut members = members
            .string("kind", self.kind.name())
            .maps("legs", &self.legs, legs)
            .int("mono", stamp.mono_ms)
            .string("op", &op_id.to_string());
        if let Some(pends) = self.pends {
            members = members.int("pends", pends.get());
        }
        if let Some(reverses) = self.reverses {
            members = members.int("reverses", reverses.get());
        }
        let mut members = members.int("seq", seq.get());
        if let Some(trusted) = mark.trusted {
            members = members.int("trusted", trusted.get());
        }
        members
            .int("v", 1)
            .int("wall", stamp.wall_ms)
            .key("what")
            .open()
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
    let mark = Mark::of(conn, (draft.kind, &draft.what), stamp)?;
    let body = draft.body(seq, op_id, (stamp, mark));
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
