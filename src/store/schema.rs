//! The file's identity, its schema in numbered steps, and the settings of every connection.

use super::error::StoreError;
use crate::domain::{AccountWay, Kind, Phase};
use crate::services;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

/// "VPB1": written in the header of the file.
pub(super) const APPLICATION_ID: i64 = 0x5650_4231;

/// The number of steps. A released step is never changed; a new one is added.
const STEPS: usize = 1;

/// The tables that the guards read, with their rows: every kind of operation and every way.
pub(super) static KINDS: LazyLock<String> = LazyLock::new(|| {
    let all = || services::kinds();
    let kinds = all().map(|kind| kind_row(&kind)).collect::<Vec<_>>();
    let ways = all().flat_map(|kind| way_rows(&kind)).collect::<Vec<_>>();
    let kind = "kind(name, phase, legs, pends, reverses, undo, signed, once)";
    let way = "way(kind, unit_class, debit_kind, credit_kind, tie)";
    let tables = include_str!("schema/kinds.sql");
    let (kinds, ways) = (kinds.join(",\n  "), ways.join(",\n  "));
    format!(
        "{tables}\nINSERT INTO {kind} VALUES\n  {kinds};\n\nINSERT INTO {way} VALUES\n  {ways};\n"
    )
});

/// The row of a kind.
fn kind_row(kind: &Kind) -> String {
    let pends = matches!(kind.phase(), Phase::Post | Phase::Void);
    let flags = [pends, kind.reverses, kind.is_reversible()].map(i32::from);
    let [pends, reverses, undo] = flags;
    let (name, phase, signed) = (kind.name(), kind.phase().name(), kind.signed.name());
    let Kind { legs, once, .. } = kind;
    format!("('{name}', '{phase}', {legs}, {pends}, {reverses}, {undo}, '{signed}', '{once}')")
}

/// The rows of its ways.
fn way_rows(kind: &Kind) -> Vec<String> {
    let row = |way: &AccountWay| {
        let (unit, debit, credit) = (way.unit.name(), way.debit.name(), way.credit.name());
        let tie = if way.payer { "payer" } else { "" };
        format!("('{kind}', '{unit}', '{debit}', '{credit}', '{tie}')")
    };
    kind.ways.iter().map(row).collect()
}

/// The whole of a fresh file.
pub(super) static SCHEMA: LazyLock<String> = LazyLock::new(|| {
    let rest = concat!(
        include_str!("schema/tables.sql"),
        include_str!("schema/people.sql"),
        include_str!("schema/guards.sql"),
    );
    format!("{}{rest}", *KINDS)
});

/// The steps, in order.
static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    let steps: [M<'static>; STEPS] = [M::up(&SCHEMA)];
    Migrations::new(steps.into())
});

/// The newest schema that this program knows.
pub(super) fn known() -> i64 {
    i64::try_from(STEPS).unwrap_or(i64::MAX)
}

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(2);

fn number(conn: &Connection, pragma: &str) -> Result<i64, StoreError> {
    Ok(conn.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))?)
}

/// The schema of the file; 0 for an empty one.
pub(super) fn version(conn: &Connection) -> Result<i64, StoreError> {
    number(conn, "user_version")
}

/// Opens a file that exists and has been checked to be ours.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    check_identity(&conn, path)?;
    Ok(conn)
}

/// Opens a file that exists for this process alone: while it is open no other program can read or write it. What the file holds is not
/// changed, its write log included.
///
/// # Errors
/// [`StoreError::Busy`] when another has it open.
pub(super) fn connect_alone(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    // It must be said before the file is looked at. <https://www.sqlite.org/pragma.html#pragma_locking_mode>
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check_identity(&conn, path)?;
    conn.execute_batch("BEGIN EXCLUSIVE; ROLLBACK")?;
    Ok(conn)
}

/// Refuses files of other programs and of newer ones, before anything is written to them.
pub(super) fn check_identity(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    conn.busy_timeout(PATIENCE)?;
    let application = number(conn, "application_id")?;
    let found = number(conn, "user_version")?;
    let objects: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    let blank = application == 0 && found == 0 && objects == 0;
    if application != APPLICATION_ID && !blank {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let known = known();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
}

/// Sets what `SQLite` keeps per connection. What it would put aside in the system's temporary folder stays in memory: a large commit
/// writes there thousands of times, and would fail with that disk.
pub(super) fn configure(conn: &Connection) -> Result<(), StoreError> {
    conn.set_prepared_statement_cache_capacity(64);
    conn.busy_timeout(PATIENCE)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(())
}

/// Brings the file to the newest schema.
pub(super) fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    MIGRATIONS.to_latest(conn).map_err(failed)
}

fn failed(error: rusqlite_migration::Error) -> StoreError {
    if let rusqlite_migration::Error::RusqliteError { err, .. } = error {
        err.into()
    } else {
        StoreError::Corrupt(error.to_string())
    }
}

/// Asks `SQLite` whether the file is sound.
pub(super) fn quick_check(conn: &Connection) -> Result<(), StoreError> {
    let answer: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer == "ok" {
        Ok(())
    } else {
        Err(StoreError::Corrupt(answer))
    }
}

/// A fresh ledger of that version, in memory.
pub(super) fn fresh(version: i64) -> Result<Connection, StoreError> {
    let mut fresh = Connection::open_in_memory()?;
    let steps = usize::try_from(version).unwrap_or(usize::MAX).min(STEPS);
    MIGRATIONS.to_version(&mut fresh, steps).map_err(failed)?;
    Ok(fresh)
}

/// The version of `SQLite` in this program, such as 3053002.
pub fn sqlite_version() -> i32 {
    rusqlite::version_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_run_and_leave_our_identity() {
        MIGRATIONS.validate().unwrap();
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        migrate(&mut conn).unwrap();
        assert_eq!(number(&conn, "application_id").unwrap(), APPLICATION_ID);
        assert_eq!(number(&conn, "user_version").unwrap(), known());
    }

    #[test]
    fn sqlite_is_newer_than_the_wal_reset_fix() {
        assert!(sqlite_version() >= 3_051_003, "{}", sqlite_version());
    }

    #[test]
    fn own_accounts_are_those_of_the_rules() {
        use crate::domain::AccountKind;
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        let rows = |sql: &str| -> Vec<(String, String, bool)> {
            let mut query = conn.prepare(sql).unwrap();
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            rows.unwrap().map(Result::unwrap).collect()
        };
        let own: Vec<_> = AccountKind::OWN
            .iter()
            .map(|(kind, name)| {
                let kind_name = kind.name().to_owned();
                ((*name).to_owned(), kind_name, kind.is_floored())
            })
            .collect();
        assert_eq!(
            rows("SELECT name, kind, floored FROM account ORDER BY id"),
            own
        );
    }
}
