//! Looking only: a ledger on a disk that takes no writes is opened all the same, and nothing is booked in it.

use super::error::StoreError;
use super::{room, schema};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rustix::fs::{Access, access};
use rustix::io::Errno;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// Why a ledger can only be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// Its disk is full, and the reserve is used up.
    Full,
    /// Its disk is read-only.
    ReadOnly,
}

impl From<Shut> for StoreError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::Full => Self::DiskFull,
            Shut::ReadOnly => Self::ReadOnly,
        }
    }
}

impl Shut {
    /// What keeps a disk from being written, if that is why this failed.
    pub(super) fn why(dir: &Path, error: &StoreError) -> Option<Self> {
        if is_read_only(dir) || matches!(error, StoreError::ReadOnly) {
            return Some(Self::ReadOnly);
        }
        let failed = matches!(error, StoreError::Disk(_) | StoreError::Io { .. });
        let full = matches!(error, StoreError::DiskFull) || (failed && room::is_out(dir));
        full.then_some(Self::Full)
    }
}

/// Says whether the file system takes no writes from anybody.
pub(super) fn is_read_only(dir: &Path) -> bool {
    access(dir, Access::WRITE_OK) == Err(Errno::ROFS)
}

/// Opens a file for looking, as it is on disk with its write log. No lock is taken and nothing is made: on such a disk
/// nobody writes, and there may be no room for the index that readers of a write log share.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let conn = if Path::new(&log).metadata().is_ok_and(|log| log.len() > 0) {
        let conn = Connection::open_with_flags_and_vfs(path, flags, c"unix-none")?;
        // The index is then kept in memory. It must be said before the file is looked at.
        conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
        conn
    } else {
        // Without a write log the file is all there is; and SQLite may not be able to make an empty one.
        let uri = flags | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(immutable(path), uri)?
    };
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;",
    )?;
    schema::check_identity(&conn, path)?;
    Ok(conn)
}

/// The address of a file that does not change. <https://www.sqlite.org/uri.html>
fn immutable(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            write!(uri, "%{byte:02X}").unwrap_or_default();
        }
    }
    uri + "?immutable=1"
}

/// Opens a file for reading: beside its writers, or, where its disk takes no writes, for looking only.
pub(super) fn to_read(path: &Path) -> Result<(Connection, Option<Shut>), StoreError> {
    let dir = path.parent().unwrap_or(path);
    let opened = if is_read_only(dir) {
        Err(StoreError::ReadOnly)
    } else {
        schema::connect(path).and_then(|conn| schema::configure(&conn).map(|()| conn))
    };
    match opened {
        Ok(conn) => Ok((conn, None)),
        Err(error) => match Shut::why(dir, &error) {
            Some(shut) => Ok((connect(path)?, Some(shut))),
            None => Err(error),
        },
    }
}
