//! Locks of a data directory: one kiosk, one export, one setup at a time. A crash frees them.
//!
//! No lock is waited for without a bound. Whoever has one writes its process id into the file, so that whoever waits
//! can say for whom; without the lock the id means nothing.

use super::error::StoreError;
use super::files::{check_file, prepare_dir};
use super::room;
use crate::disk;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The files of the locks.
pub(super) const NAMES: [&str; 3] = [KIOSK, EXPORT, SETUP_LOCK];
const KIOSK: &str = "kiosk.lock";
const EXPORT: &str = "export.lock";
const SETUP_LOCK: &str = "setup.lock";
/// How often a lock that another has is tried again.
const LOOK: Duration = Duration::from_millis(100);
/// How long a setup is waited for: that of a station's largest ledger takes some seconds.
const SETUP: Duration = Duration::from_secs(30);
/// The longest process id with its line end, in bytes, and some more.
const LONGEST_ID: u64 = 32;

/// Keeps others out of a data directory while it lives. A crash frees it as well.
#[derive(Debug)]
pub struct Lock(
    #[expect(dead_code, reason = "the lock lasts as long as the file is open")] Option<File>,
);

/// Takes the kiosk's place in a data directory, making the directory where there is none.
///
/// # Errors
/// [`StoreError::KioskRunning`] when another kiosk has it.
pub fn lock_kiosk(dir: &Path) -> Result<Lock, StoreError> {
    prepare_dir(dir)?;
    room::make_way(dir);
    let (file, path) = lock_file(dir, KIOSK)?;
    if taken(file.as_ref(), &path)? {
        return Ok(Lock(file));
    }
    Err(StoreError::KioskRunning(dir.to_owned(), holder(&path)))
}

/// Says whether a kiosk has a data directory. Makes nothing.
pub fn kiosk_runs(dir: &Path) -> bool {
    disk::open(&dir.join(KIOSK))
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Waits until no other program is exporting from a data directory, `most` at the longest. Before it waits, `waits` is told once
/// which process has the lock, if that is known.
///
/// # Errors
/// [`StoreError::Locked`] when another still exports; else when the lock file cannot be made or locked.
pub fn lock_export(
    dir: &Path,
    most: Duration,
    waits: &mut dyn FnMut(Option<u32>),
) -> Result<Lock, StoreError> {
    patiently(dir, EXPORT, most, waits)
}

/// Waits until no other program is setting up this directory; the answer is the lock.
pub(super) fn lock_setup(dir: &Path) -> Result<Lock, StoreError> {
    patiently(dir, SETUP_LOCK, SETUP, &mut |_| {})
}

fn patiently(
    dir: &Path,
    name: &str,
    most: Duration,
    waits: &mut dyn FnMut(Option<u32>),
) -> Result<Lock, StoreError> {
    let (file, path) = lock_file(dir, name)?;
    if taken(file.as_ref(), &path)? {
        return Ok(Lock(file));
    }
    waits(holder(&path));
    for _ in 0..most.as_millis() / LOOK.as_millis() {
        thread::sleep(LOOK);
        if taken(file.as_ref(), &path)? {
            return Ok(Lock(file));
        }
    }
    Err(StoreError::Locked {
        holder: holder(&path),
        secs: most.as_secs(),
        path,
    })
}

/// Opens a lock file, making it where there is none. On a disk that is read-only one that is there serves as well; where there is
/// none, nobody can have it, and there is nothing to write either.
fn lock_file(dir: &Path, name: &str) -> Result<(Option<File>, PathBuf), StoreError> {
    let path = dir.join(name);
    let known = check_file(&path)?;
    let opened = match disk::change(&path) {
        Err(error) if error.kind() == ErrorKind::ReadOnlyFilesystem => {
            known.then(|| disk::open(&path)).transpose()
        }
        // Without a block or a name left for the file of the lock, there is no lock either.
        Err(error) if error.kind() == ErrorKind::StorageFull && !known => Ok(None),
        opened => opened.map(Some),
    };
    Ok((opened.map_err(StoreError::io("open", &path))?, path))
}

/// Takes a lock where nobody has it.
fn taken(file: Option<&File>, path: &Path) -> Result<bool, StoreError> {
    let Some(file) = file else {
        return Ok(true);
    };
    match file.try_lock() {
        Ok(()) => {
            let id = format!("{}\n", std::process::id());
            let named = file
                .set_len(0)
                .and_then(|()| (&mut { file }).write_all(id.as_bytes()));
            // On a full disk the lock holds without a name.
            named.unwrap_or_default();
            Ok(true)
        }
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(StoreError::io("lock", path)(error)),
    }
}

/// The process that has a lock, as it says itself.
fn holder(path: &Path) -> Option<u32> {
    disk::read_text(path, LONGEST_ID).ok()?.trim().parse().ok()
}
