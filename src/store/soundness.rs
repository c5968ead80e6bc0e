//! Whether the file is sound: all of it where that is quick, else the end of the log at once and the
//! rest beside the work.

use super::error::StoreError;
use super::look;
use super::schema::quick_check;
use crate::domain::{ChainHash, is_chain_hash};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// Files up to this size are checked whole before they are used, in bytes: some tenths of a second. A
/// village has less after years.
pub(super) const AT_ONCE: u64 = 64 << 20;
/// How much of a longer log is checked before it is gone on with, in operations.
const TAIL: i64 = 1_000;

/// How much `SQLite` is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Everything.
    Whole,
    /// All but the CHECKs of operations and legs, which an audit's walk proves as it goes: most of the
    /// time would be theirs.
    BesideWalk,
}

/// Asks `SQLite` whether a file is sound, on a connection of its own.
pub(super) fn check_file(path: &Path, depth: Depth) -> Result<(), StoreError> {
    let file = look::to_read(path)?;
    match depth {
        Depth::Whole => quick_check(&file.conn),
        Depth::BesideWalk => beside_walk(&file.conn),
    }
}

fn beside_walk(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch("PRAGMA ignore_check_constraints = ON")?;
    quick_check(conn)?;
    conn.execute_batch("PRAGMA ignore_check_constraints = OFF")?;
    let mut tables = conn.prepare(
        "SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name NOT IN ('operation', 'transfer')",
    )?;
    let mut check = conn.prepare("SELECT quick_check FROM pragma_quick_check(?1) LIMIT 1")?;
    let mut rows = tables.query([])?;
    while let Some(row) = rows.next()? {
        let table: String = row.get(0)?;
        let answer: String = check.query_row([table], |row| row.get(0))?;
        if answer != "ok" {
            return Err(StoreError::Corrupt(answer));
        }
    }
    Ok(())
}

/// Checks what can be checked before anyone waits; says whether that was all of the file.
pub(super) fn at_start(conn: &Connection, path: &Path) -> Result<bool, StoreError> {
    let size = fs::metadata(path).map_err(StoreError::io("look at", path))?;
    if size.len() <= AT_ONCE {
        return quick_check(conn).map(|()| true);
    }
    tail(conn).map(|()| false)
}

/// Recomputes the chain of the newest operations.
fn tail(conn: &Connection) -> Result<(), StoreError> {
    let mut query = conn.prepare(
        "SELECT seq, prev, body, hash FROM operation
         WHERE seq > (SELECT coalesce(max(seq), 0) FROM operation) - ?1 ORDER BY seq",
    )?;
    let mut rows = query.query([TAIL])?;
    let mut before: Option<(i64, String)> = None;
    while let Some(row) = rows.next()? {
        let (seq, prev): (i64, String) = (row.get(0)?, row.get(1)?);
        let (body, hash): (String, String) = (row.get(2)?, row.get(3)?);
        let follows = match &before {
            Some((last, before)) => seq == last.saturating_add(1) && prev == *before,
            None => seq != 1 || prev == ChainHash::GENESIS,
        };
        if !follows || !is_chain_hash(&prev, &body, &hash) {
            return Err(StoreError::Corrupt(format!("the chain breaks at {seq}")));
        }
        before = Some((seq, hash));
    }
    Ok(())
}
