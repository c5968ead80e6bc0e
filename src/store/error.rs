//! What can go wrong with the disk. Reasons that a person can meet are [`crate::domain::Refusal`]s instead.

use crate::disk;
use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use std::io;
use std::path::{Path, PathBuf};

/// Why the station's disk did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room for the write; nothing of it is on disk.
    #[error("write the ledger: the disk is full")]
    DiskFull,
    /// The medium or the file cannot be written.
    #[error("write the ledger: the disk is read-only")]
    ReadOnly,
    /// Another program kept the ledger longer than the wait.
    #[error("write the ledger: another program is writing it")]
    Busy,
    /// The file is damaged.
    #[error("read the ledger: damaged: {0}")]
    Corrupt(String),
    /// The tables, the guards or the rows that they read are not those of this program.
    #[error(
        "open the ledger: {0}; nothing was written. It was changed by another program, or built by another \
         version of this one: put a backup in its place, or keep it and run `wenming audit` to see all of it"
    )]
    Schema(String),
    /// The operating system refused.
    #[error("{what} {}: {}", path.display(), disk::told(source))]
    Io {
        /// What was attempted, such as "create".
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// `SQLite` met an error of the disk below it.
    #[error("write the ledger: the disk failed: {0}")]
    Disk(String),
    /// The file was written by a newer program.
    #[error("open the ledger: its schema is {found}, this program knows up to {known}")]
    Newer {
        /// The schema of the file.
        found: i64,
        /// The newest schema of this program.
        known: i64,
    },
    /// The file belongs to another program.
    #[error("open {}: not a ledger of this program", .0.display())]
    Foreign(PathBuf),
    /// There is no ledger where one must be.
    #[error("open {}: no ledger there", .0.display())]
    Absent(PathBuf),
    /// The file could be read or changed by others, or is not what it seems.
    #[error("open {}: {why}", path.display())]
    Unsafe {
        /// The file.
        path: PathBuf,
        /// What is wrong and what would be right.
        why: &'static str,
    },
    /// A kiosk has this data directory already.
    #[error("lock {}: another kiosk is running here: {}", .0.display(), process(*.1))]
    KioskRunning(PathBuf, Option<u32>),
    /// Another program has a lock and did not give it back in time.
    #[error("lock {}: {} has had it for {secs} s; nothing was changed, try again when it has ended",
        path.display(), process(*.holder))]
    Locked {
        /// The lock.
        path: PathBuf,
        /// The process that has it, where it said so.
        holder: Option<u32>,
        /// How long it was waited for, in seconds.
        secs: u64,
    },
    /// Cards are on file, but the key that finds them is not.
    #[error("open {}: the card key is missing; put it back from the copy", .0.display())]
    KeyMissing(PathBuf),
    /// A card or badge that is already in use.
    #[error("{0}: the card is in use")]
    Taken(String),
    /// A number that is no one card's.
    #[error("{0}: that number is no one card's ({1}); take another card")]
    NoOnes(String, &'static str),
    /// A name or number that the ledger does not have.
    #[error("find {0}: not in the ledger")]
    Unknown(String),
    /// A backup of this head is already there.
    #[error("write {}: exists, and is never overwritten", .0.display())]
    Exists(PathBuf),
    /// A PIN hash that is not an argon2id PHC string.
    #[error("check the PIN of {0}: its hash cannot be read")]
    PinHash(String),
    /// The system gave no random bytes.
    #[error("draw random bytes: {0}")]
    Random(getrandom::Error),
    /// The ledger refused what the program asked, or `SQLite` failed otherwise.
    #[error("write the ledger: {0}")]
    Sqlite(rusqlite::Error),
}

/// A process in words for the technician.
pub fn process(id: Option<u32>) -> String {
    id.map_or_else(
        || "another program".to_owned(),
        |id| format!("process {id}"),
    )
}

impl StoreError {
    /// Says whether trying again in a moment can help.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Busy)
    }

    /// What a guard of the ledger said against the write, such as "operation: unknown kind".
    pub fn guard(&self) -> Option<&str> {
        let Self::Sqlite(rusqlite::Error::SqliteFailure(code, why)) = self else {
            return None;
        };
        let is_guard = code.code == ErrorCode::ConstraintViolation;
        why.as_deref().filter(|_| is_guard)
    }

    /// Wraps an error of the operating system.
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| {
            if source.kind() == io::ErrorKind::StorageFull {
                Self::DiskFull
            } else {
                Self::Io { what, path, source }
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The index of the write log is a file of its own; that it cannot grow is how a reader meets a full disk.
        // <https://www.sqlite.org/rescode.html#ioerr_shmsize>
        if error.sqlite_error().map(|code| code.extended_code) == Some(SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(error.to_string())
            }
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                Self::Disk(error.to_string())
            }
            Some(_) | None => Self::Sqlite(error),
        }
    }
}
