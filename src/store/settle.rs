//! The last steps of a restore, which whoever opens the ledger next takes when they were cut off.

use super::error::StoreError;
use super::files;
use crate::disk;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder with a copy that counts from now on.
pub(super) const READY: &str = "restore.now";
/// In there: what stood in its place before.
const BEFORE: &str = "before";
/// What belongs to one ledger beside its files, with which `SQLite` would mix another: bundles and receipts bear the numbers of the
/// ledger that they are of.
const FOLDERS: [&str; 2] = ["outbox", "receipts"];
/// More than any station has put back.
const MOST_BEFORE: u32 = 9_999;

/// The ledger's own files, by name.
pub(super) fn ledger_files() -> impl Iterator<Item = &'static str> {
    std::iter::once(files::LEDGER).chain(files::BESIDE)
}

/// Finishes a restore that counts, where there is one; the answer is where the ledger lies that was there before.
///
/// Each step may be done already: the old files go first, then the copy gets its name, then the folder goes.
pub(super) fn settle(dir: &Path) -> Result<Option<PathBuf>, StoreError> {
    let ready = dir.join(READY);
    if !ready.is_dir() {
        return Ok(None);
    }
    let failed = |error| StoreError::io("finish", &ready)(error);
    let (copy, aside) = (files::database(&ready), ready.join(BEFORE));
    if copy.exists() {
        for name in ledger_files().chain(FOLDERS) {
            if dir.join(name).symlink_metadata().is_ok() {
                disk::make_dir_synced(&aside).map_err(failed)?;
                fs::rename(dir.join(name), aside.join(name)).map_err(failed)?;
            }
        }
        if aside.exists() {
            disk::sync_dir(&aside).map_err(failed)?;
        }
        // After a power cut the copy must not have its name beside a write log of the old ledger.
        disk::sync_dir(dir).map_err(failed)?;
        fs::rename(&copy, files::database(dir)).map_err(failed)?;
        disk::sync_dir(dir).map_err(failed)?;
    }
    let mut place = None;
    if aside.exists() {
        let free = (1..=MOST_BEFORE)
            .map(|n| dir.join(format!("replaced-{n}")))
            .find(|path| path.symlink_metadata().is_err());
        let free = free.ok_or_else(|| failed(ErrorKind::AlreadyExists.into()))?;
        fs::rename(&aside, &free).map_err(failed)?;
        place = Some(free);
    }
    fs::remove_dir(&ready)
        .and_then(|()| disk::sync_dir(dir))
        .map_err(failed)?;
    Ok(place)
}

/// Says whether a restore waits to be finished.
pub(super) fn waits(dir: &Path) -> bool {
    dir.join(READY).is_dir()
}
