//! The data directory: private to one user, no symlinks.

use super::error::StoreError;
use crate::disk;
use rustix::process::geteuid;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

/// The ledger's file in the data directory.
pub const LEDGER: &str = "station.db";
/// What `SQLite` keeps beside a ledger that is not closed.
pub const BESIDE: [&str; 3] = ["station.db-wal", "station.db-shm", "station.db-journal"];

/// The ledger in a data directory.
pub(super) fn database(dir: &Path) -> PathBuf {
    dir.join(LEDGER)
}

/// Says whether nothing stands beside a ledger that was closed: what is left out there would be missing in a ledger that is moved.
///
/// # Errors
/// Something does.
pub fn closed_whole(dir: &Path) -> io::Result<()> {
    let left = BESIDE.iter().find(|name| dir.join(name).exists());
    left.map_or(Ok(()), |name| {
        let why = format!("{name}: the ledger could not be closed whole");
        Err(io::Error::other(why))
    })
}

/// Makes the data directory, for this user alone, or checks that nobody else can change it. One that was there keeps its
/// rights, for it may be more than ours; every file in it is private by itself.
pub(super) fn prepare_dir(dir: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made = disk::make_dir_synced(dir).map_err(StoreError::io("create", dir))?;
            // Another program may have made it just now.
            if made { Ok(()) } else { check_dir(dir) }
        }
        Err(error) => Err(StoreError::io("look at", dir)(error)),
        Ok(_) => check_dir(dir),
    }
}

/// Checks that a directory is real, ours, and not writable by others.
///
/// # Errors
/// [`StoreError::Unsafe`] when it is not; [`StoreError::Io`] when it cannot be looked at.
pub fn check_dir(dir: &Path) -> Result<(), StoreError> {
    let meta = fs::symlink_metadata(dir).map_err(StoreError::io("look at", dir))?;
    let why = if meta.file_type().is_symlink() {
        "a symlink; name the real directory"
    } else if !meta.is_dir() {
        "not a directory"
    } else if meta.uid() != geteuid().as_raw() {
        "owned by another user"
    } else if meta.mode() & 0o022 != 0 {
        "others can write in it; chmod 700"
    } else {
        return Ok(());
    };
    unsafe_path(dir, why)
}

/// Checks a file, where there is one: regular, ours, one name, and closed to group and others.
///
/// Says whether it exists.
pub(super) fn check_file(path: &Path) -> Result<bool, StoreError> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(StoreError::io("look at", path)(error)),
    };
    let why = if meta.file_type().is_symlink() {
        "a symlink; the ledger is never reached through one"
    } else if !meta.is_file() {
        "not a file"
    } else if meta.uid() != geteuid().as_raw() {
        "owned by another user"
    } else if meta.mode() & 0o077 != 0 {
        "others can read or write it; chmod 600"
    } else if meta.nlink() != 1 {
        "it has a second name; two names for one ledger destroy it"
    } else {
        return Ok(true);
    };
    unsafe_path(path, why)
}

pub(super) fn unsafe_path<T>(path: &Path, why: &'static str) -> Result<T, StoreError> {
    let path = path.to_owned();
    Err(StoreError::Unsafe { path, why })
}

/// Checks the ledger's file and those that `SQLite` keeps beside it; says whether there is a ledger.
pub(super) fn check_database(dir: &Path) -> Result<bool, StoreError> {
    for beside in BESIDE {
        check_file(&dir.join(beside))?;
    }
    check_file(&database(dir))
}

/// Makes an empty file that only we can open; fails where there is one.
pub(super) fn create_private(path: &Path) -> Result<File, StoreError> {
    disk::create_new(path).map_err(StoreError::io("create", path))
}

/// Says whether an open file begins as a database does. Source: <https://www.sqlite.org/fileformat.html#the_database_header>.
pub(super) fn is_database(file: &File) -> bool {
    let mut begins = [0; 16];
    file.read_exact_at(&mut begins, 0).is_ok() && &begins == b"SQLite format 3\0"
}
