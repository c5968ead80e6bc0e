//! The good-deed book (善行簿): what an account earned and what it went to, page by page.

use super::error::StoreError;
use super::{Store, rules};
use crate::domain::{
    AccountId, OperationKind, PassbookEntry, PassbookLine, PassbookPage, Phase, Points, Seq,
};
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
    SELECT l.seq, o.wall_ms, o.kind, o.reverses, o.body, l.moved, l.after
      FROM line l JOIN operation o ON o.seq = l.seq JOIN kind k ON k.name = o.kind
     WHERE k.phase IN ('single', 'post') OR k.phase = 'hold' AND o.seq IN (SELECT seq FROM open_hold)";

struct Raw {
    seq: Seq,
    wall_ms: i64,
    kind: String,
    reverses: Option<i64>,
    body: String,
    change: i64,
    after: i64,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        seq: Seq::new(row.get(0)?),
        wall_ms: row.get(1)?,
        kind: row.get(2)?,
        reverses: row.get(3)?,
        body: row.get(4)?,
        change: row.get(5)?,
        after: row.get(6)?,
    })
}

fn line(raw: &Raw) -> Result<PassbookLine, StoreError> {
    let kind = rules::named(&OperationKind::ALL, &raw.kind)?;
    let what = rules::what(&raw.body)?;
    let entry = match (kind.phase(), raw.reverses) {
        (_, Some(seq)) => Some(PassbookEntry::Reversed(Seq::new(seq))),
        (Phase::Post, None) => rules::wish(&what).map(PassbookEntry::Redeemed),
        (Phase::Hold, None) => rules::wish(&what).map(PassbookEntry::Waiting),
        (Phase::Single | Phase::Void, None) => rules::rule(&what).map(PassbookEntry::Earned),
    };
    Ok(PassbookLine {
        seq: raw.seq,
        wall_ms: raw.wall_ms,
        entry: entry.unwrap_or(PassbookEntry::Other(kind)),
        change: Points::new(raw.change),
        after: Points::new(raw.after),
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
            let raws: Vec<Raw> = conn
                .prepare_cached(&sql)?
                .query_map(params![account.as_str(), number(size), number(skip)], raw)?
                .collect::<Result<_, _>>()?;
            let lines = raws.iter().map(line).collect::<Result<_, _>>()?;
            Ok(PassbookPage { lines, page, pages })
        })
    }
}
