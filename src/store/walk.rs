//! The audit's walk along the log: every operation with its legs, in order, once.

use super::append::Draft;
use super::day::Mark;
use super::error::StoreError;
use super::leg::RawLeg;
use super::report::AuditReport;
use super::rules;
use super::sums::Sums;
use crate::domain::json::{Map, Value};
use crate::domain::{
    AccountId, BootId, Bucket, ChainHash, Kind, Leg, OpId, Seq, Stamp, Text, UnitCode,
    is_chain_hash,
};
use crate::services;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row, Rows};
use std::collections::{BTreeSet, HashMap};

/// How deep the part of a body may be nested that belongs to its kind.
const MAX_DEPTH: usize = 100;

/// A row of `operation`, unparsed.
struct Raw<'a> {
    seq: i64,
    op_id: [u8; 16],
    kind: &'a str,
    actor: &'a str,
    approver: Option<&'a str>,
    pends: Option<i64>,
    reverses: Option<i64>,
    stamp: Stamp,
    nlegs: i64,
    body: &'a str,
    prev: &'a str,
    hash: &'a str,
}

fn raw<'a>(row: &'a Row<'_>) -> rusqlite::Result<Raw<'a>> {
    let maybe =
        |place| -> rusqlite::Result<Option<&'a str>> { Ok(row.get_ref(place)?.as_str_or_null()?) };
    let text = |place| -> rusqlite::Result<&'a str> {
        Ok(maybe(place)?.ok_or(FromSqlError::InvalidType)?)
    };
    Ok(Raw {
        seq: row.get(0)?,
        op_id: row.get(1)?,
        kind: text(2)?,
        actor: text(3)?,
        approver: maybe(4)?,
        pends: row.get(5)?,
        reverses: row.get(6)?,
        stamp: Stamp {
            wall_ms: row.get(7)?,
            boot: BootId::new(row.get(8)?),
            mono_ms: row.get(9)?,
        },
        nlegs: row.get(10)?,
        body: text(11)?,
        prev: text(12)?,
        hash: text(13)?,
    })
}

/// What a kind must look like, as its row says.
struct Look {
    is_hold: bool,
    legs: i64,
    pends: bool,
    reverses: bool,
    signed: String,
}

impl Look {
    fn fits(&self, raw: &Raw<'_>) -> bool {
        let approver = raw.approver.is_some();
        let signed = match self.signed.as_str() {
            "may" => true,
            "approver" | "both" => approver,
            _ => !approver,
        };
        signed
            && (self.legs == 2 || self.legs == i64::from(raw.nlegs > 0))
            && self.pends == raw.pends.is_some()
            && self.reverses == raw.reverses.is_some()
    }
}

/// Names by row id, and kinds by name.
struct Names {
    accounts: HashMap<i64, AccountId>,
    units: HashMap<i64, UnitCode>,
    kinds: HashMap<String, Look>,
}

impl Names {
    fn read(conn: &Connection) -> Result<Self, StoreError> {
        let table = |sql: &str| -> Result<Vec<(i64, String)>, StoreError> {
            let mut query = conn.prepare(sql)?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let accounts = table("SELECT id, name FROM account")?.into_iter();
        let units = table("SELECT id, code FROM unit")?.into_iter();
        let mut query =
            conn.prepare("SELECT name, phase = 'hold', legs, pends, reverses, signed FROM kind")?;
        let kinds = query.query_map([], |row| {
            let look = Look {
                is_hold: row.get(1)?,
                legs: row.get(2)?,
                pends: row.get(3)?,
                reverses: row.get(4)?,
                signed: row.get(5)?,
            };
            Ok((row.get(0)?, look))
        })?;
        Ok(Self {
            // What has no name that can be read is not there: no body agrees with it.
            accounts: accounts
                .filter_map(|(id, name)| Some((id, rules::account(&name).ok()?)))
                .collect(),
            units: units
                .filter_map(|(id, code)| Some((id, rules::unit(&code).ok()?)))
                .collect(),
            kinds: kinds.collect::<Result<_, _>>()?,
        })
    }

    fn leg(&self, raw: &RawLeg) -> Option<Leg> {
        Some(Leg {
            unit: self.units.get(&raw.unit)?.clone(),
            bucket: Bucket::new(raw.bucket),
            debit: self.accounts.get(&raw.debit)?.clone(),
            credit: self.accounts.get(&raw.credit)?.clone(),
            amount: raw.amount,
        })
    }
}

/// Says whether a body is the one that the columns and the legs of its operation call for.
fn agrees(raw: &Raw<'_>, (kind, mark): (Kind, Mark), legs: Vec<Leg>) -> bool {
    let draft = Draft {
        kind,
        actor: raw.actor.to_owned(),
        approver: raw.approver.map(str::to_owned),
        pends: raw.pends.map(Seq::new),
        reverses: raw.reverses.map(Seq::new),
        legs,
        what: Map::new(),
    };
    let head = |mark| {
        let op_id = OpId::new(raw.op_id);
        draft.head(Seq::new(raw.seq), op_id, (&raw.stamp, mark))
    };
    let rest = raw.body.strip_prefix(&head(mark));
    // What belongs to the kind stands in the body alone; it must be the last of it, and canonical.
    let what = rest.and_then(|rest| Value::parse(rest.strip_suffix('}')?, MAX_DEPTH));
    matches!(what, Some(Value::Map(_)))
}

/// Says whether an operation and its legs keep the CHECKs of their tables, as far as nothing else on
/// the walk proves them: what a hash must be follows from the chain, what a balance must be from sums.
fn keeps_checks(raw: &Raw<'_>, legs: &[RawLeg]) -> bool {
    (1..=24).contains(&raw.actor.chars().count())
        && raw.approver != Some(raw.actor)
        && (0..=99_999).contains(&raw.nlegs)
        && (raw.body.len() <= 65_536 || raw.body.chars().count() <= 65_536)
        && legs.iter().all(|leg| {
            (1..=1_000_000_000).contains(&leg.amount) && leg.bucket >= 0 && leg.debit != leg.credit
        })
}

/// The walk along the log.
pub(super) struct Walk<'r> {
    names: Names,
    sums: Sums,
    report: &'r mut AuditReport,
    prev: String,
    /// Holds that nothing has settled so far.
    open: BTreeSet<i64>,
    /// The newest operation whose clock is trusted.
    trusted: Option<Seq>,
}

impl<'r> Walk<'r> {
    /// Walks to the end; the sums are those of all legs.
    pub(super) fn along(
        conn: &Connection,
        report: &'r mut AuditReport,
    ) -> Result<Sums, StoreError> {
        let mut walk = Self {
            names: Names::read(conn)?,
            sums: Sums::default(),
            report,
            prev: ChainHash::GENESIS.to_owned(),
            open: BTreeSet::new(),
            trusted: None,
        };
        walk.run(conn)?;
        let mut listed = conn.prepare("SELECT seq FROM open_hold")?;
        let listed: BTreeSet<i64> = listed
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for seq in walk.open.symmetric_difference(&listed) {
            walk.report.fault(Some(*seq), Text::of("audit-hold"));
        }
        walk.report.open_holds = i64::try_from(walk.open.len()).unwrap_or(i64::MAX);
        Ok(walk.sums)
    }

    fn operation(&mut self, raw: &Raw<'_>, legs: &[RawLeg]) {
        let at = Some(raw.seq);
        self.report.operations = self.report.operations.saturating_add(1);
        if raw.seq != self.report.operations {
            self.report.fault(at, Text::of("audit-gap"));
            self.report.operations = raw.seq;
        }
        if raw.prev != self.prev {
            self.report.fault(at, Text::of("audit-prev"));
        }
        if !is_chain_hash(raw.prev, raw.body, raw.hash) {
            self.report.fault(at, Text::of("audit-hash"));
        }
        self.prev.clear();
        self.prev.push_str(raw.hash);
        if i64::try_from(legs.len()) != Ok(raw.nlegs) || (1..).zip(legs).any(|(n, leg)| leg.n != n)
        {
            self.report.fault(at, Text::of("audit-legs"));
        }
        if !keeps_checks(raw, legs) {
            self.report.fault(at, Text::of("audit-column"));
        }
        let look = self.names.kinds.get(raw.kind);
        if !look.is_some_and(|look| look.fits(raw)) {
            self.report.fault(at, Text::of("audit-look"));
        }
        if look.is_some_and(|look| look.is_hold) {
            self.open.insert(raw.seq);
        }
        if let Some(hold) = raw.pends {
            self.open.remove(&hold);
        }
        let Some(kind) = services::kind(raw.kind) else {
            return self.report.fault(at, Text::of("audit-kind"));
        };
        if legs.iter().any(|leg| leg.phase != Some(kind.phase())) {
            self.report.fault(at, Text::of("audit-phase"));
        }
        let named: Option<Vec<Leg>> = legs.iter().map(|leg| self.names.leg(leg)).collect();
        let mark = Mark::read(raw.body);
        self.trust(raw.seq, kind, mark);
        if !named.is_some_and(|legs| agrees(raw, (kind, mark), legs)) {
            self.report.fault(at, Text::of("audit-body"));
        }
    }

    /// Follows by which operation the day is judged.
    fn trust(&mut self, seq: i64, kind: Kind, mark: Mark) {
        let stands_alone = mark.trusted.is_none() && mark.stands(kind);
        if !stands_alone && mark.trusted != self.trusted {
            let what = Text::of("audit-trusted");
            self.report.fault(Some(seq), what);
        }
        if stands_alone {
            self.trusted = Some(Seq::new(seq));
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
        let (mut legs, mut last) = (Vec::new(), None);
        while let Some(row) = rows.next()? {
            let raw = raw(row)?;
            legs.clear();
            while let Some(leg) = next.take_if(|leg| leg.seq <= raw.seq) {
                self.report.transfers = self.report.transfers.saturating_add(1);
                self.sums.add(&leg);
                if leg.seq < raw.seq {
                    self.report.fault(Some(leg.seq), Text::of("audit-leg"));
                } else {
                    legs.push(leg);
                }
                next = next_leg(&mut leg_rows)?;
            }
            self.operation(&raw, &legs);
            last = Some(Seq::new(raw.seq));
        }
        self.report.head = last.map(|seq| (seq, self.prev.clone()));
        if let Some(leg) = next {
            self.report.fault(Some(leg.seq), Text::of("audit-leg"));
        }
        Ok(())
    }
}

fn next_leg(rows: &mut Rows<'_>) -> Result<Option<RawLeg>, StoreError> {
    Ok(rows.next()?.map(RawLeg::read).transpose()?)
}
