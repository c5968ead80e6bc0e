//! The audit's arithmetic: balances, totals of units, and operations that come in pairs.

use super::error::StoreError;
use super::leg::RawLeg;
use super::report::AuditReport;
use crate::domain::{Phase, Text};
use rusqlite::Connection;
use std::collections::HashMap;

/// An account's sums in one unit and expiry period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    debits: i64,
    credits: i64,
    held: i64,
}

/// Sums of all legs, by account, unit and bucket.
#[derive(Debug, Default)]
pub(super) struct Sums(HashMap<(i64, i64, i64), Sum>);

impl Sums {
    /// Counts a leg.
    pub(super) fn add(&mut self, leg: &RawLeg) {
        let (moves, holds) = match leg.phase {
            Some(Phase::Single) => (leg.amount, 0),
            Some(Phase::Hold) => (0, leg.amount),
            Some(Phase::Post) => (leg.amount, leg.amount.saturating_neg()),
            Some(Phase::Void) | None => (0, leg.amount.saturating_neg()),
        };
        let from = self.0.entry((leg.debit, leg.unit, leg.bucket)).or_default();
        from.debits = from.debits.saturating_add(moves);
        from.held = from.held.saturating_add(holds);
        let to = self
            .0
            .entry((leg.credit, leg.unit, leg.bucket))
            .or_default();
        to.credits = to.credits.saturating_add(moves);
    }

    /// Compares with the balances on disk, the debits of each unit with its credits: the sum over all
    /// accounts is 0; and what must be empty, with 0.
    pub(super) fn check(
        mut self,
        conn: &Connection,
        report: &mut AuditReport,
    ) -> Result<(), StoreError> {
        let mut query = conn.prepare(
            "SELECT b.account, b.unit, b.bucket, b.debits, b.credits, b.held, a.name, u.code,
                    b.floored = a.floored, a.floored, a.kind = 'aid'
             FROM balance b LEFT JOIN account a ON a.id = b.account LEFT JOIN unit u ON u.id = b.unit
             ORDER BY b.account, b.unit, b.bucket",
        )?;
        let mut rows = query.query([])?;
        let mut totals: HashMap<i64, (i64, i64)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let key = (row.get(0)?, row.get(1)?, row.get(2)?);
            let sum = Sum {
                debits: row.get(3)?,
                credits: row.get(4)?,
                held: row.get(5)?,
            };
            let account: Option<String> = row.get(6)?;
            let unit: Option<String> = row.get(7)?;
            let who = [account.unwrap_or_default(), unit.unwrap_or_default()].join(" ");
            let mut fault = |id| report.fault(None, Text::of(id).word("who", &who));
            if self.0.remove(&key).unwrap_or_default() != sum {
                fault("audit-balance");
            }
            if row.get::<_, Option<bool>>(8)? != Some(true) {
                fault("audit-floored");
            }
            let free = sum
                .credits
                .saturating_sub(sum.debits)
                .saturating_sub(sum.held);
            if row.get::<_, Option<bool>>(9)? == Some(true) && free < 0 {
                fault("audit-below");
            }
            if row.get::<_, Option<bool>>(10)? == Some(true) && sum.debits != sum.credits {
                fault("audit-passing");
            }
            let total = totals.entry(key.1).or_default();
            total.0 = total.0.saturating_add(sum.debits);
            total.1 = total.1.saturating_add(sum.credits);
        }
        for (account, unit, bucket) in self.0.into_keys() {
            let what = Text::of("audit-no-balance").word("account", account);
            report.fault(None, what.word("unit", unit).word("bucket", bucket));
        }
        for (unit, _) in totals
            .into_iter()
            .filter(|(_, (debits, credits))| debits != credits)
        {
            report.fault(None, Text::of("audit-unit").word("unit", unit));
        }
        Ok(())
    }
}

/// Each query names the operations that break a promise between two operations or persons.
const PAIRS: [(Text, &str); 4] = [
    (
        Text::of("audit-settled"),
        "SELECT max(o.seq) FROM operation o LEFT JOIN operation h ON h.seq = o.pends
           LEFT JOIN kind k ON k.name = h.kind
         WHERE o.pends IS NOT NULL GROUP BY o.pends
         HAVING count(*) > 1 OR max(k.phase) IS NOT 'hold' OR o.pends >= min(o.seq)",
    ),
    (
        Text::of("audit-settled-legs"),
        "SELECT o.seq FROM operation o JOIN transfer t ON t.seq = o.seq
           LEFT JOIN transfer h ON h.seq = o.pends AND h.n = t.n
         WHERE o.pends IS NOT NULL AND (h.unit, h.bucket, h.debit, h.credit, h.amount)
           IS NOT (t.unit, t.bucket, t.debit, t.credit, t.amount)",
    ),
    (
        Text::of("audit-reversed"),
        "SELECT max(o.seq) FROM operation o LEFT JOIN operation r ON r.seq = o.reverses
           LEFT JOIN kind k ON k.name = r.kind
         WHERE o.reverses IS NOT NULL GROUP BY o.reverses
         HAVING count(*) > 1 OR max(k.undo) IS NOT 1 OR max(r.nlegs) <> max(o.nlegs)",
    ),
    (
        Text::of("audit-reversed-legs"),
        "SELECT o.seq FROM operation o JOIN transfer t ON t.seq = o.seq
           LEFT JOIN transfer r ON r.seq = o.reverses AND r.n = t.n
         WHERE o.reverses IS NOT NULL AND (r.unit, r.bucket, r.debit, r.credit, r.amount)
           IS NOT (t.unit, t.bucket, t.credit, t.debit, t.amount)",
    ),
];

/// Checks posts and voids against their holds, reversals against what they mirror.
pub(super) fn check_pairs(conn: &Connection, report: &mut AuditReport) -> Result<(), StoreError> {
    for (what, sql) in PAIRS {
        let mut query = conn.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            report.fault(row.get(0)?, what.clone());
        }
    }
    Ok(())
}
