//! The good-deed book (善行簿): what an account earned and what it went to, page by page.

use super::error::StoreError;
use super::{Store, log, told};
use crate::domain::{AccountId, Logged, PassbookLine, PassbookPage, Phase, Points, Seq, Text};
use rusqlite::{Connection, Row, params};

/// Every operation of an account with what it changes: `moved` is what the line says, `freed` what
/// becomes free or reserved by it. A voided hold leaves no line.
const LINES: &str = "
    WITH me(id) AS (SELECT id FROM account WHERE name = ?1),
    leg(seq, moved, freed) AS (
      SELECT seq, amount, CASE phase WHEN 'hold' THEN 0 WHEN 'void' THEN 0 ELSE amount END
        FROM transfer, me WHERE unit = 1 AND credit = me.id
      UNION ALL
      SELECT seq, -amount, CASE phase WHEN 'void' THEN amount WHEN 'post' THEN 0 ELSE -amount END
        FROM transfer, me WHERE unit = 1 AND debit = me.id),
    step(seq, moved, freed) AS (SELECT seq, sum(moved), sum(freed) FROM leg GROUP BY seq),
    line(seq, moved, after) AS (SELECT seq, moved, sum(freed) OVER (ORDER BY seq) FROM step)
    SELECT l.seq, l.moved, l.after
      FROM line l JOIN operation o ON o.seq = l.seq JOIN kind k ON k.name = o.kind
     WHERE k.phase IN ('single', 'post') OR k.phase = 'hold' AND o.seq IN (SELECT seq FROM open_hold)";

struct Line {
    seq: Seq,
    change: i64,
    after: i64,
}

/// Why a line is there beside what it is about.
fn wrapped(row: &Logged, change: i64, what: Text) -> Text {
    let id = match (row.kind.phase(), row.reverses) {
        (_, Some(_)) if change > 0 => "passbook-returned",
        (_, Some(_)) => "passbook-reversed",
        (Phase::Post, None) => "passbook-redeemed",
        (Phase::Hold, None) => "passbook-waiting",
        (Phase::Single | Phase::Void, None) => return what,
    };
    Text::of(id).fact("what", what.into())
}

fn line(conn: &Connection, line: &Line) -> Result<PassbookLine, StoreError> {
    let row = log::by_seq(conn, line.seq)?;
    let row = row.ok_or_else(|| StoreError::Corrupt(format!("operation {}", line.seq)))?;
    Ok(PassbookLine {
        seq: row.seq,
        wall_ms: row.wall_ms,
        told: wrapped(&row, line.change, told::told(conn, &row)?),
        change: Points::new(line.change),
        after: Points::new(line.after),
    })
}

fn count(conn: &Connection, account: &AccountId) -> Result<usize, StoreError> {
    let count: i64 = conn
        .prepare_cached(&format!("SELECT count(*) FROM ({LINES})"))?
        .query_row([account.as_str()], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

impl Store {
    /// A page of `size` lines, newest first; a page beyond the last one is the last one.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn passbook(
        &self,
        account: &AccountId,
        page: usize,
        size: usize,
    ) -> Result<PassbookPage, StoreError> {
        self.read(|conn| {
            let size = size.max(1);
            let pages = count(conn, account)?.div_ceil(size).max(1);
            let page = page.min(pages.saturating_sub(1));
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let sql = format!("{LINES} ORDER BY l.seq DESC LIMIT ?2 OFFSET ?3");
            let skip = page.saturating_mul(size);
            let found = |row: &Row<'_>| {
                Ok(Line {
                    seq: Seq::new(row.get(0)?),
                    change: row.get(1)?,
                    after: row.get(2)?,
                })
            };
            let lines: Vec<Line> = conn
                .prepare_cached(&sql)?
                .query_map(params![account.as_str(), number(size), number(skip)], found)?
                .collect::<Result<_, _>>()?;
            let lines = lines.iter().map(|of| line(conn, of));
            let lines = lines.collect::<Result<_, _>>()?;
            Ok(PassbookPage { lines, page, pages })
        })
    }
}
