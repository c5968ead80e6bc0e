//! What can go wrong with the disk. Reasons that a person can meet are [`crate::domain::Refusal`]s instead.

use super::difference::Difference;
use crate::disk;
use crate::domain::{Fact, Text};
use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rustix::io::Errno;
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
    Schema(Difference),
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
    /// A name or number that the ledger does not have.
    #[error("find {0}: not in the ledger")]
    Unknown(String),
    /// A copy that is not put back.
    #[error("restore {}: {fault}; nothing was changed", path.display())]
    Restore {
        /// What was in the way: the copy, or what lies where it should go.
        path: PathBuf,
        /// Why not.
        fault: RestoreFault,
    },
    /// A copy counts as the ledger from now on, but its last steps failed; whoever opens it next takes them.
    #[error("restore into {}: the copy counts as the ledger from now on, perhaps not yet on the medium: {why}", path.display())]
    Counts {
        /// The data directory.
        path: PathBuf,
        /// What failed.
        why: Box<Self>,
    },
    /// A copy cannot be written or read; the ledger itself is as it was.
    #[error("copy {}: {why}; nothing is wrong with the ledger, take another medium", path.display())]
    Copy {
        /// The copy.
        path: PathBuf,
        /// What failed.
        why: String,
    },
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

/// Why a copy is not put back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreFault {
    /// A ledger is there, and nobody said that it may be replaced.
    #[error("there is a ledger already")]
    Occupied,
    /// Another program has the ledger open that would be replaced.
    #[error("another program has it open")]
    InUse,
    /// The ledger that would be replaced does not tell its incarnation; why.
    #[error("which disk of the station it is cannot be read ({0}); say --incarnation")]
    Unreadable(String),
    /// It is a ledger that a program has open, or that was not closed.
    #[error("in use, not a copy")]
    NoCopy,
    /// The audit finds so many faults in it; the first one.
    #[error("{0} faults in the copy; `wenming audit` tells them")]
    Unsound(usize, Text),
    /// The station was put back more often than its number can say.
    #[error("no number is left for another disk of this station")]
    NoNumber,
}

impl RestoreFault {
    pub(super) fn at(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        StoreError::Restore { path, fault: self }
    }

    /// The same as a sentence; `path` is what was in the way.
    fn told(&self, path: &Path) -> Text {
        let text = match self {
            Self::Occupied => Text::of("restore-occupied"),
            Self::InUse => Text::of("restore-in-use"),
            Self::Unreadable(why) => Text::of("restore-unreadable").word("why", why),
            Self::NoCopy => Text::of("restore-no-copy"),
            Self::Unsound(faults, first) => Text::of("restore-unsound")
                .word("faults", faults)
                .fact("first", first.clone().into()),
            Self::NoNumber => Text::of("restore-no-number"),
        };
        text.word("path", path.display())
    }
}

impl StoreError {
    /// The same as a sentence, for whoever does not read English.
    pub fn told(&self) -> Text {
        let path = |id, path: &Path| Text {
            id,
            facts: vec![("path", Fact::Code(path.display().to_string()))],
        };
        match self {
            Self::DiskFull => Text::of("store-full"),
            Self::ReadOnly => Text::of("store-read-only"),
            Self::Busy => Text::of("store-busy"),
            Self::Corrupt(why) => Text::of("store-corrupt").word("why", why),
            Self::Schema(what) => Text::of("store-schema").fact("what", what.told().into()),
            Self::Io {
                what,
                path: at,
                source,
            } => path("store-io", at)
                .word("what", what)
                .fact("why", io_told(source).into()),
            Self::Disk(why) => Text::of("store-disk").word("why", why),
            Self::Newer { found, known } => Text::of("store-newer")
                .word("found", found)
                .word("known", known),
            Self::Foreign(at) => path("store-foreign", at),
            Self::Absent(at) => path("store-absent", at),
            Self::Unsafe { path: at, why } => path("store-unsafe", at).word("why", why),
            Self::KioskRunning(at, holder) => {
                path("store-kiosk", at).word("process", holder.unwrap_or(0))
            }
            Self::Locked {
                path: at,
                holder,
                secs,
            } => path("store-locked", at)
                .word("process", holder.unwrap_or(0))
                .word("secs", secs),
            Self::KeyMissing(at) => path("store-key", at),
            Self::Taken(who) => Text::of("store-taken").word("who", who),
            Self::Unknown(what) => Text::of("store-unknown").word("what", what),
            Self::Restore { path: at, fault } => fault.told(at),
            Self::Counts { path: at, why } => path("restore-counts", at).word("why", why),
            Self::Copy { path: at, why } => path("store-copy", at).word("why", why),
            Self::Exists(at) => path("store-exists", at),
            Self::PinHash(who) => Text::of("store-pin").word("who", who),
            Self::Random(why) => Text::of("store-random").word("why", why),
            Self::Sqlite(why) => Text::of("store-sqlite").word("why", why),
        }
    }
}

/// What the system says most often, and the sentence for it.
const SAID: [(io::ErrorKind, &str); 7] = [
    (io::ErrorKind::StorageFull, "io-full"),
    (io::ErrorKind::ReadOnlyFilesystem, "io-read-only"),
    (io::ErrorKind::PermissionDenied, "io-denied"),
    (io::ErrorKind::NotFound, "io-absent"),
    (io::ErrorKind::AlreadyExists, "io-there"),
    (io::ErrorKind::NotADirectory, "io-no-folder"),
    (io::ErrorKind::BrokenPipe, "io-pipe"),
];

/// An answer of the system as a sentence; what it says seldom is told in its own words, without its number.
pub fn io_told(error: &io::Error) -> Text {
    let system = error.raw_os_error().is_some();
    let known = SAID
        .iter()
        .find(|(kind, _)| system && *kind == error.kind());
    match known {
        Some((_, id)) => Text::of(id),
        None if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => Text::of("io-failed"),
        None => Text::verbatim(disk::told(error)),
    }
}

/// A process in words for the technician.
fn process(id: Option<u32>) -> String {
    id.map_or_else(
        || "another program".to_owned(),
        |id| format!("process {id}"),
    )
}

impl StoreError {
    /// The same failure of a copy: what its medium or its file did says nothing of the ledger.
    pub(super) fn of_copy(self, path: &Path) -> Self {
        let why = if matches!(self, Self::DiskFull) {
            "the disk is full".to_owned()
        } else if matches!(self, Self::ReadOnly) {
            "the disk is read-only".to_owned()
        } else if let Self::Corrupt(why) = self {
            format!("damaged: {why}")
        } else if let Self::Disk(why) = self {
            why
        } else {
            return self;
        };
        let path = path.to_owned();
        Self::Copy { path, why }
    }

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
