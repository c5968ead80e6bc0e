//! The log read aloud: every operation of some days with what it moved, one at a time.

use super::append::STATION;
use super::error::StoreError;
use super::{rules, told};
use crate::domain::{AccountId, ReportDays, ReportLine, Seq, StaffId};
use rusqlite::{Connection, Row, Rows, params};
use serde_json::Value as Json;
use std::collections::HashMap;

/// An account of the ledger: what it is, and who, where it is a resident's.
struct Known {
    kind: String,
    id: AccountId,
    name: Option<String>,
}

struct Accounts {
    by_row: HashMap<i64, Known>,
    by_name: HashMap<String, i64>,
    /// Names of the staff, those who left among them.
    staff: HashMap<String, String>,
}

impl Accounts {
    fn read(conn: &Connection) -> Result<Self, StoreError> {
        let mut query = conn.prepare(
            "SELECT a.id, a.kind, a.name, r.name FROM account a LEFT JOIN resident r ON r.account = a.id",
        )?;
        let mut rows = query.query([])?;
        let (mut by_row, mut by_name) = (HashMap::new(), HashMap::new());
        while let Some(row) = rows.next()? {
            let (place, name): (i64, String) = (row.get(0)?, row.get(2)?);
            let known = Known {
                kind: row.get(1)?,
                id: rules::account(&name)?,
                name: row.get(3)?,
            };
            by_row.insert(place, known);
            by_name.insert(name, place);
        }
        let mut query = conn.prepare("SELECT id, name FROM staff")?;
        let staff = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let staff = staff.collect::<Result<_, _>>()?;
        Ok(Self {
            by_row,
            by_name,
            staff,
        })
    }

    fn is(&self, account: i64, kind: &str) -> bool {
        self.by_row
            .get(&account)
            .is_some_and(|known| known.kind == kind)
    }

    /// The resident of that name.
    fn resident(&self, name: &str) -> Option<i64> {
        let place = *self.by_name.get(name)?;
        self.is(place, "resident").then_some(place)
    }
}

/// What an operation does to residents' points and to the budget.
#[derive(Default)]
struct Moved {
    resident: Option<i64>,
    points: i64,
    held: i64,
    budget: i64,
}

impl Moved {
    fn leg(&mut self, leg: &PointsLeg, accounts: &Accounts) {
        let (settles, reserves) = match leg.phase.as_str() {
            "hold" => (0, leg.amount),
            "post" => (leg.amount, leg.amount.saturating_neg()),
            "void" => (0, leg.amount.saturating_neg()),
            _ => (leg.amount, 0),
        };
        for (account, gain) in [(leg.debit, settles.saturating_neg()), (leg.credit, settles)] {
            if accounts.is(account, "resident") {
                self.resident = Some(account);
                self.points = self.points.saturating_add(gain);
            } else if accounts.is(account, "budget") {
                self.budget = self.budget.saturating_add(gain);
            }
        }
        self.held = self.held.saturating_add(reserves);
    }
}

/// A leg in points.
struct PointsLeg {
    seq: i64,
    phase: String,
    debit: i64,
    credit: i64,
    amount: i64,
}

impl PointsLeg {
    fn next(rows: &mut Rows<'_>) -> Result<Option<Self>, StoreError> {
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(Some(Self {
            seq: row.get(0)?,
            phase: row.get(1)?,
            debit: row.get(2)?,
            credit: row.get(3)?,
            amount: row.get(4)?,
        }))
    }
}

/// The part of a body that belongs to its kind, without reading the rest.
///
/// Keys are sorted, so `what` is the last one; inside a text the quotes would be escaped.
fn what(body: &str) -> Result<Json, StoreError> {
    let mark = ",\"what\":";
    let inside = body
        .strip_suffix('}')
        .and_then(|body| body.rsplit_once(mark));
    match inside.map(|(_, what)| serde_json::from_str(what)) {
        Some(Ok(what)) => Ok(what),
        Some(Err(_)) | None => rules::what(body),
    }
}

/// The columns of an operation, apart from its legs.
fn line(row: &Row<'_>, moved: &Moved, accounts: &Accounts) -> Result<ReportLine, StoreError> {
    let kind = rules::kind(&row.get::<_, String>(2)?)?;
    let what = what(row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?)?;
    let actor: String = row.get(3)?;
    let approver: Option<String> = row.get(4)?;
    let named = what.get("who").and_then(Json::as_str);
    let resident = moved
        .resident
        .or_else(|| accounts.resident(named.unwrap_or(&actor)));
    let who = resident.and_then(|place| accounts.by_row.get(&place));
    let is_staff = actor != STATION && !accounts.by_name.contains_key(&actor);
    let of: Option<i64> = row.get(5)?;
    // A settlement says what was held.
    let held: Option<String> = row.get(8)?;
    let held = held.as_deref().map(rules::kind).transpose()?;
    let reverses: Option<i64> = row.get(6)?;
    let signed = approver.or_else(|| is_staff.then_some(actor));
    let signed = signed.filter(|id| StaffId::parse(id).is_some());
    Ok(ReportLine {
        seq: Seq::new(row.get(0)?),
        wall_ms: row.get(1)?,
        kind,
        account: who.map(|who| who.id.clone()),
        name: who.and_then(|who| who.name.clone()),
        told: told::of_body(held.unwrap_or(kind), what),
        points: moved.points,
        held: moved.held,
        budget: moved.budget,
        staff_name: signed
            .as_ref()
            .and_then(|id| accounts.staff.get(id).cloned()),
        staff: signed,
        of: of.or(reverses).map(Seq::new),
    })
}

/// Walks the log and the legs side by side, so that nothing is looked up and little is kept.
pub(super) fn operations<E: From<StoreError>>(
    conn: &Connection,
    days: ReportDays,
    mut each: impl FnMut(&ReportLine) -> Result<(), E>,
) -> Result<(), E> {
    let accounts = Accounts::read(conn)?;
    let mut log = Log::new(conn)?;
    let (mut rows, mut legs) = log.rows(conn, days)?;
    let mut leg = PointsLeg::next(&mut legs)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        let seq: i64 = row.get(0).map_err(StoreError::from)?;
        let mut moved = Moved::default();
        while let Some(next) = leg.take_if(|leg| leg.seq <= seq) {
            if next.seq == seq {
                moved.leg(&next, &accounts);
            }
            leg = PointsLeg::next(&mut legs)?;
        }
        each(&line(row, &moved, &accounts)?)?;
    }
    Ok(())
}

/// The two readers of the walk.
struct Log<'c> {
    operations: rusqlite::Statement<'c>,
    legs: rusqlite::Statement<'c>,
}

impl<'c> Log<'c> {
    fn new(conn: &'c Connection) -> Result<Self, StoreError> {
        Ok(Self {
            operations: conn.prepare(
                "SELECT o.seq, o.wall_ms, o.kind, o.actor, o.approver, o.pends, o.reverses, o.body, h.kind
                   FROM operation o LEFT JOIN operation h ON h.seq = o.pends
                  WHERE o.wall_ms >= ?1 AND o.wall_ms < ?2 ORDER BY o.seq",
            )?,
            legs: conn.prepare(
                "SELECT seq, phase, debit, credit, amount FROM transfer
                  WHERE unit = 1 AND seq >= ?1 ORDER BY seq, n",
            )?,
        })
    }

    fn rows(
        &mut self,
        conn: &Connection,
        days: ReportDays,
    ) -> Result<(Rows<'_>, Rows<'_>), StoreError> {
        let days = params![days.from_ms(), days.until_ms()];
        let first: i64 = conn.query_row(
            "SELECT coalesce((SELECT seq FROM operation WHERE wall_ms >= ?1 AND wall_ms < ?2
                               ORDER BY seq LIMIT 1), 0)",
            days,
            |row| row.get(0),
        )?;
        Ok((self.operations.query(days)?, self.legs.query([first])?))
    }
}
