//! What people ask of the ledger: the operations of some days, and what came, went and is left.
//! Reads only; everything in one report comes from one state of the disk.

use super::error::StoreError;
use super::{Store, append, moves, rules};
use crate::domain::{
    AccountId, BalanceLine, DayReport, Flow, Kind, PartnerCode, ReportDays, ReportLine, RewardLine,
    Seq, StockLine,
};
use crate::services;
use rusqlite::{Connection, Row, params};

/// One state of the disk, for as many tables as are wanted.
#[derive(Debug)]
pub struct Reports<'a> {
    pub(super) conn: &'a Connection,
}

/// What came and went per `{key}`, over the legs of an account's side. Expects the days as ?1, ?2.
///
/// A correction takes off what it mends: the mirror of a credit is less that came, the mirror of
/// a hand-over is less that went. A post ends the reserve of its hold.
const FLOWS: &str = "
    sum(CASE WHEN leg.wall_ms >= ?1 OR leg.phase IN ('hold', 'void') THEN 0 ELSE leg.sign * leg.amount END),
    sum(CASE WHEN leg.wall_ms < ?1 OR leg.phase <> 'single' THEN 0
             WHEN leg.mirror THEN iif(leg.sign < 0, -leg.amount, 0) ELSE iif(leg.sign > 0, leg.amount, 0) END),
    sum(CASE WHEN leg.wall_ms < ?1 THEN 0
             WHEN leg.mirror THEN iif(leg.sign > 0, -leg.amount, 0)
             WHEN leg.phase = 'post' AND leg.sign < 0 THEN leg.amount ELSE 0 END),
    sum(CASE WHEN leg.sign > 0 THEN 0 WHEN leg.phase = 'hold' THEN leg.amount
             WHEN leg.phase IN ('post', 'void') THEN -leg.amount ELSE 0 END)";

fn flow(row: &Row<'_>, first: usize) -> rusqlite::Result<Flow> {
    Ok(Flow {
        before: row.get(first)?,
        came: row.get(first.saturating_add(1))?,
        went: row.get(first.saturating_add(2))?,
        held: row.get(first.saturating_add(3))?,
    })
}

impl Reports<'_> {
    /// Hands every operation of these days to `each`, in the order of the log, one at a time.
    ///
    /// # Errors
    /// What `each` answers; [`StoreError`] when the disk fails or the log is damaged.
    pub fn operations<E: From<StoreError>>(
        &self,
        days: ReportDays,
        each: impl FnMut(&ReportLine) -> Result<(), E>,
    ) -> Result<(), E> {
        moves::operations(self.conn, days, each)
    }

    /// The points of every resident who had any by the end of these days, by pseudonym.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn balances(&self, days: ReportDays) -> Result<Vec<BalanceLine>, StoreError> {
        let sql = format!(
            "WITH leg(account, sign, phase, amount, mirror, wall_ms) AS (
               SELECT iif(s.column1 > 0, t.credit, t.debit), s.column1, t.phase, t.amount, o.reverses IS NOT NULL, o.wall_ms
                 FROM transfer t JOIN operation o ON o.seq = t.seq CROSS JOIN (VALUES (1), (-1)) s
                WHERE t.unit = 1 AND o.wall_ms < ?2),
             sums(account, before, came, went, held) AS (
               SELECT leg.account, {FLOWS} FROM leg
                WHERE leg.account IN (SELECT id FROM account WHERE kind = 'resident') GROUP BY leg.account)
             SELECT a.name, r.name, s.before, s.came, s.went, s.held
               FROM sums s JOIN account a ON a.id = s.account LEFT JOIN resident r ON r.account = a.id
              ORDER BY a.name"
        );
        let mut query = self.conn.prepare(&sql)?;
        let mut rows = query.query(params![days.from_ms(), days.until_ms()])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(BalanceLine {
                account: rules::account(&row.get::<_, String>(0)?)?,
                name: row.get(1)?,
                points: flow(row, 2)?,
            });
        }
        Ok(lines)
    }

    /// The pieces of every reward that this station counts, by code.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn stock(&self, days: ReportDays) -> Result<Vec<StockLine>, StoreError> {
        let sql = format!(
            "WITH me(id) AS (SELECT id FROM account WHERE name = '{}'),
             leg(unit, sign, phase, amount, mirror, wall_ms) AS (
               SELECT t.unit, iif(t.credit = me.id, 1, -1), t.phase, t.amount, o.reverses IS NOT NULL, o.wall_ms
                 FROM me, transfer t JOIN operation o ON o.seq = t.seq
                WHERE t.unit <> 1 AND me.id IN (t.credit, t.debit) AND o.wall_ms < ?2)
             SELECT substr(u.code, 3), {FLOWS}
               FROM leg JOIN unit u ON u.id = leg.unit GROUP BY u.id ORDER BY u.code",
            AccountId::stock()
        );
        let mut query = self.conn.prepare(&sql)?;
        let mut rows = query.query(params![days.from_ms(), days.until_ms()])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(StockLine {
                item: rules::item(&row.get::<_, String>(0)?)?,
                pieces: flow(row, 1)?,
            });
        }
        Ok(lines)
    }

    /// What was handed over in these days by reward and variant, corrections taken off, by code.
    ///
    /// A correction counts on the day it was made, also when the hand-over was before.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn redemptions(&self, days: ReportDays) -> Result<Vec<RewardLine>, StoreError> {
        let mut query = self.conn.prepare(
            "WITH done(post, sign) AS (
               SELECT coalesce(reverses, seq), iif(reverses IS NULL, 1, -1) FROM operation
                WHERE (pends IS NOT NULL OR reverses IS NOT NULL) AND wall_ms >= ?1 AND wall_ms < ?2),
             sums(post, sign, item, option, partner, pieces, points) AS (
               SELECT d.post, d.sign, substr(u.code, 3), json_extract(p.body, '$.what.option'),
                   (SELECT max(a.name) FROM transfer x JOIN account a ON a.id = x.credit
                     WHERE x.seq = p.seq AND x.unit = 1 AND a.kind = 'partner'),
                   t.amount,
                   (SELECT coalesce(sum(amount), 0) FROM transfer WHERE seq = p.seq AND unit = 1)
                 FROM done d JOIN operation p ON p.seq = d.post
                   JOIN transfer t ON t.seq = p.seq AND t.phase = 'post' AND t.unit <> 1
                   JOIN unit u ON u.id = t.unit)
             SELECT item, option, partner, sum(sign), sum(sign < 0), sum(sign * pieces), sum(sign * points)
               FROM sums GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )?;
        let mut rows = query.query(params![days.from_ms(), days.until_ms()])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let option: Option<String> = row.get(1)?;
            let partner: Option<String> = row.get(2)?;
            lines.push(RewardLine {
                item: rules::item(&row.get::<_, String>(0)?)?,
                option: option.as_deref().map(rules::option).transpose()?,
                partner: partner.as_deref().and_then(partner_code),
                count: row.get(3)?,
                corrected: row.get(4)?,
                pieces: row.get(5)?,
                points: row.get(6)?,
            });
        }
        Ok(lines)
    }

    /// The newest operation and its hash.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn head(&self) -> Result<Option<(Seq, String)>, StoreError> {
        Ok(append::head(self.conn)?.map(|head| (head.seq, head.hash)))
    }

    /// These days in a few numbers.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn day(&self, days: ReportDays) -> Result<DayReport, StoreError> {
        let points = self
            .balances(days)?
            .iter()
            .fold(Flow::default(), |sum, line| Flow {
                before: sum.before.saturating_add(line.points.before),
                came: sum.came.saturating_add(line.points.came),
                went: sum.went.saturating_add(line.points.went),
                held: sum.held.saturating_add(line.points.held),
            });
        let (kinds, ends) = self.kinds(days)?;
        let open_holds = self.conn.query_row(
            "SELECT count(*) FROM kind k JOIN operation h ON h.kind = k.name
              WHERE k.phase = 'hold' AND h.wall_ms < ?1
               AND NOT EXISTS(SELECT 1 FROM operation s WHERE s.pends = h.seq AND s.wall_ms < ?1)",
            [days.until_ms()],
            |row| row.get(0),
        )?;
        Ok(DayReport {
            kinds,
            points,
            rewards: self.redemptions(days)?,
            open_holds,
            stock: self.stock(days)?,
            ends,
            head: self.head()?,
        })
    }

    /// How many operations of each kind, and the first and the last of all.
    fn kinds(&self, days: ReportDays) -> Result<(Kinds, Option<(Seq, Seq)>), StoreError> {
        let mut query = self.conn.prepare(
            "SELECT kind, count(*), min(seq), max(seq) FROM operation
              WHERE wall_ms >= ?1 AND wall_ms < ?2 GROUP BY kind",
        )?;
        let mut rows = query.query(params![days.from_ms(), days.until_ms()])?;
        let mut kinds: Kinds = Vec::new();
        let mut ends: Option<(Seq, Seq)> = None;
        while let Some(row) = rows.next()? {
            let kind = rules::kind(&row.get::<_, String>(0)?)?;
            let (first, last) = (Seq::new(row.get(2)?), Seq::new(row.get(3)?));
            kinds.push((kind, row.get(1)?));
            ends = Some(ends.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
        }
        let order: Vec<Kind> = services::kinds().collect();
        kinds.sort_by_key(|(kind, _)| order.iter().position(|known| known == kind));
        Ok((kinds, ends))
    }
}

/// The partner whose account has this name.
fn partner_code(name: &str) -> Option<PartnerCode> {
    PartnerCode::parse(name.strip_prefix("PARTNER-")?)
}

/// Kinds of operations with how many there were.
type Kinds = Vec<(Kind, i64)>;

impl Store {
    /// Reads tables from one state of the disk, also beside a running kiosk.
    ///
    /// # Errors
    /// What `f` answers, or why the disk cannot be read.
    pub fn report<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&Reports<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self
            .conn
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        f(&Reports { conn: &tx })
    }
}
