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
use std::sync::atomic::{AtomicUsize, Ordering};

/// Why a ledger can only be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// Its disk is full, and the reserve is used up.
    Full,
    /// Its disk is read-only.
    ReadOnly,
}

/// Connections of this process that take no locks.
static LOOKING: AtomicUsize = AtomicUsize::new(0);

/// Belongs to a connection that takes no locks, and is dropped after it.
///
/// When such a connection closes its file, the system frees all locks that this process has on it, those of other connections too
/// (<https://www.sqlite.org/howtocorrupt.html>, 2.2). Another program would then take itself for the last one and remove the write
/// log of a station that still writes. So while one is there, this process opens no ledger for work.
#[derive(Debug)]
pub(super) struct Looking {
    /// Why it only looks.
    pub(super) why: Shut,
}

impl Looking {
    fn new(why: Shut) -> Self {
        LOOKING.fetch_add(1, Ordering::SeqCst);
        Self { why }
    }

    /// How many there are in this process.
    pub(super) fn count() -> usize {
        LOOKING.load(Ordering::SeqCst)
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        LOOKING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A file that is open for reading.
#[derive(Debug)]
pub(super) struct ToRead {
    pub(super) conn: Connection,
    /// Where it can only be looked at. It goes after the connection.
    pub(super) looking: Option<Looking>,
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
pub(super) fn connect(path: &Path, why: Shut) -> Result<ToRead, StoreError> {
    let looking = Some(Looking::new(why));
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
        unchanging(path)?
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
    Ok(ToRead { conn, looking })
}

/// Opens a file that nobody writes: no lock is taken, and nothing is made beside it.
pub(super) fn unchanging(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(immutable(path), flags)?)
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
pub(super) fn to_read(path: &Path) -> Result<ToRead, StoreError> {
    let dir = path.parent().unwrap_or(path);
    let opened = schema::connect(path).and_then(|conn| schema::configure(&conn).map(|()| conn));
    match opened {
        Ok(conn) => Ok(ToRead {
            conn,
            looking: None,
        }),
        Err(error) => match Shut::why(dir, &error) {
            Some(shut) => connect(path, shut),
            None => Err(error),
        },
    }
}
