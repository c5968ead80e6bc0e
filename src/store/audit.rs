//! The audit: everything that the ledger says, worked out again from what it kept.
//!
//! The triggers refuse what is wrong while they are there. This finds what was done without them.

use super::append::Draft;
use super::error::StoreError;
use super::{Store, rules, schema, sums};
use crate::domain::json::{Map, Value};
use crate::domain::{BootId, Bucket, ChainHash, Leg, OpId, OperationKind, Seq, Stamp, chain_hash};
use rusqlite::{Connection, Row, Rows};
use std::collections::HashMap;
use sums::Sums;

/// How deep the part of a body may be nested that belongs to its kind.
const MAX_DEPTH: usize = 100;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// The operation, where it is one.
    pub seq: Option<Seq>,
    /// What is wrong with it.
    pub what: String,
}

/// What an audit saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// How many operations were recomputed.
    pub operations: i64,
    /// How many legs they have.
    pub transfers: i64,
    /// The newest operation and its hash.
    pub head: Option<(Seq, String)>,
    /// Holds that are neither posted nor voided.
    pub open_holds: i64,
    /// Whether tables, indexes and triggers are those of this program.
    pub schema_intact: bool,
    /// What is wrong, in the order of the log; empty for a clean ledger. At most 100 are listed.
    pub faults: Vec<AuditFault>,
}

impl AuditReport {
    /// The most faults that are listed.
    pub const MAX_FAULTS: usize = 100;

    /// Says whether everything is as it must be.
    pub const fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn fault(&mut self, seq: Option<i64>, what: impl Into<String>) {
        if self.faults.len() < Self::MAX_FAULTS {
            let seq = seq.map(Seq::new);
            let what = what.into();
            self.faults.push(AuditFault { seq, what });
        }
    }
}

/// A row of `operation`, unparsed.
struct Raw {
    seq: i64,
    op_id: [u8; 16],
    kind: String,
    actor: String,
    approver: Option<String>,
    pends: Option<i64>,
    reverses: Option<i64>,
    stamp: Stamp,
    nlegs: i64,
    body: String,
    prev: String,
    hash: String,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        seq: row.get(0)?,
        op_id: row.get(1)?,
        kind: row.get(2)?,
        actor: row.get(3)?,
        approver: row.get(4)?,
        pends: row.get(5)?,
        reverses: row.get(6)?,
        stamp: Stamp {
            wall_ms: row.get(7)?,
            boot: BootId::new(row.get(8)?),
            mono_ms: row.get(9)?,
        },
        nlegs: row.get(10)?,
        body: row.get(11)?,
        prev: row.get(12)?,
        hash: row.get(13)?,
    })
}

/// A row of `transfer`.
pub(super) struct RawLeg {
    seq: i64,
    n: i64,
    pub(super) phase: String,
    pub(super) unit: i64,
    pub(super) bucket: i64,
    pub(super) debit: i64,
    pub(super) credit: i64,
    pub(super) amount: i64,
}

fn raw_leg(row: &Row<'_>) -> rusqlite::Result<RawLeg> {
    Ok(RawLeg {
        seq: row.get(0)?,
        n: row.get(1)?,
        phase: row.get(2)?,
        unit: row.get(3)?,
        bucket: row.get(4)?,
        debit: row.get(5)?,
        credit: row.get(6)?,
        amount: row.get(7)?,
    })
}

/// Names by row id.
struct Names {
    accounts: HashMap<i64, String>,
    units: HashMap<i64, String>,
}

impl Names {
    fn read(conn: &Connection) -> Result<Self, StoreError> {
        let table = |sql: &str| -> Result<HashMap<i64, String>, StoreError> {
            let mut query = conn.prepare(sql)?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        Ok(Self {
            accounts: table("SELECT id, name FROM account")?,
            units: table("SELECT id, code FROM unit")?,
        })
    }

    fn leg(&self, raw: &RawLeg) -> Option<Leg> {
        Some(Leg {
            unit: rules::unit(self.units.get(&raw.unit)?).ok()?,
            bucket: Bucket::new(raw.bucket),
            debit: rules::account(self.accounts.get(&raw.debit)?).ok()?,
            credit: rules::account(self.accounts.get(&raw.credit)?).ok()?,
            amount: raw.amount,
        })
    }
}

/// Says whether a body is the one that the columns and the legs of its operation call for.
fn agrees(raw: &Raw, kind: OperationKind, legs: Vec<Leg>) -> bool {
    let draft = Draft {
        kind,
        actor: raw.actor.clone(),
        approver: raw.approver.clone(),
        pends: raw.pends.map(Seq::new),
        reverses: raw.reverses.map(Seq::new),
        legs,
        what: Map::new(),
    };
    let head = draft.head(Seq::new(raw.seq), OpId::new(raw.op_id), &raw.stamp);
    let rest = raw.body.strip_prefix(&head);
    // What belongs to the kind stands in the body alone; it must be the last of it, and canonical.
    let what = rest.and_then(|rest| Value::parse(rest.strip_suffix('}')?, MAX_DEPTH));
    matches!(what, Some(Value::Map(_)))
}

/// The walk along the log.
struct Walk {
    names: Names,
    sums: Sums,
    report: AuditReport,
    prev: String,
}

impl Walk {
    fn operation(&mut self, raw: &Raw, legs: &[RawLeg]) {
        let at = Some(raw.seq);
        self.report.operations = self.report.operations.saturating_add(1);
        if raw.seq != self.report.operations {
            self.report.fault(at, "seq has a gap");
            self.report.operations = raw.seq;
        }
        if raw.prev != self.prev {
            self.report
                .fault(at, "prev is not the hash of the operation before");
        }
        if raw.hash != chain_hash(&raw.prev, &raw.body) {
            self.report.fault(at, "hash is not that of prev and body");
        }
        self.prev.clone_from(&raw.hash);
        if i64::try_from(legs.len()) != Ok(raw.nlegs) || (1..).zip(legs).any(|(n, leg)| leg.n != n)
        {
            self.report.fault(at, "legs are missing or too many");
        }
        let Some(kind) = OperationKind::parse(&raw.kind) else {
            return self.report.fault(at, "unknown kind");
        };
        if legs.iter().any(|leg| leg.phase != kind.phase().name()) {
            self.report
                .fault(at, "phase of a leg is not that of the kind");
        }
        let named: Option<Vec<Leg>> = legs.iter().map(|leg| self.names.leg(leg)).collect();
        if !named.is_some_and(|legs| agrees(raw, kind, legs)) {
            self.report
                .fault(at, "body does not agree with columns and legs");
        }
    }

    fn run(&mut self, conn: &Connection) -> Result<(), StoreError> {
        let mut operations = conn.prepare(
            "SELECT seq, op_id, kind, actor, approver, pends, reverses, wall_ms, boot, mono_ms,
                    nlegs, body, prev, hash FROM operation ORDER BY seq",
        )?;
        let mut transfers = conn.prepare(
            "SELECT seq, n, phase, unit, bucket, debit, credit, amount
             FROM transfer ORDER BY seq, n",
        )?;
        let mut rows = operations.query([])?;
        let mut leg_rows = transfers.query([])?;
        let mut next = next_leg(&mut leg_rows)?;
        while let Some(row) = rows.next()? {
            let raw = raw(row)?;
            let mut legs = Vec::new();
            while let Some(leg) = next.take_if(|leg| leg.seq <= raw.seq) {
                self.report.transfers = self.report.transfers.saturating_add(1);
                self.sums.add(&leg);
                if leg.seq < raw.seq {
                    self.report
                        .fault(Some(leg.seq), "a leg without an operation");
                } else {
                    legs.push(leg);
                }
                next = next_leg(&mut leg_rows)?;
            }
            self.operation(&raw, &legs);
            self.report.head = Some((Seq::new(raw.seq), raw.hash));
        }
        if let Some(leg) = next {
            self.report
                .fault(Some(leg.seq), "a leg without an operation");
        }
        Ok(())
    }
}

fn next_leg(rows: &mut Rows<'_>) -> Result<Option<RawLeg>, StoreError> {
    Ok(rows.next()?.map(raw_leg).transpose()?)
}

fn check_schema(conn: &Connection, report: &mut AuditReport) -> Result<(), StoreError> {
    // An older file is sound when it is as its own version built it; the next start brings it up.
    let expected = schema::expected_objects(schema::version(conn)?)?;
    let found = schema::objects(conn)?;
    for object in &expected {
        if !found.contains(object) {
            let (kind, name, _) = object;
            report.fault(None, format!("schema: {kind} {name} is missing or changed"));
        }
    }
    for object in &found {
        // What ANALYZE leaves is not ours to mind.
        if !expected.contains(object) && !object.1.starts_with("sqlite_stat") {
            let (kind, name, _) = object;
            report.fault(
                None,
                format!("schema: {kind} {name} is not of this program"),
            );
        }
    }
    report.schema_intact = report.faults.is_empty();
    Ok(())
}

impl Store {
    /// Recomputes the chain, the bodies, the legs, the balances and the schema.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read; everything else is a fault in the report.
    pub fn audit(&self) -> Result<AuditReport, StoreError> {
        self.read(|conn| {
            let mut report = AuditReport {
                operations: 0,
                transfers: 0,
                head: None,
                open_holds: 0,
                schema_intact: true,
                faults: Vec::new(),
            };
            check_schema(conn, &mut report)?;
            if let Err(StoreError::Corrupt(what)) = schema::quick_check(conn) {
                report.fault(None, format!("quick_check: {what}"));
            }
            let mut walk = Walk {
                names: Names::read(conn)?,
                sums: Sums::default(),
                report,
                prev: ChainHash::GENESIS.to_owned(),
            };
            walk.run(conn)?;
            let Walk {
                sums, mut report, ..
            } = walk;
            sums.check(conn, &mut report)?;
            sums::check_pairs(conn, &mut report)?;
            Ok(report)
        })
    }
}
