//! Receipts as text files, one a slip, named by its number and never written twice.

use crate::disk;
use crate::domain::SlipKey;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// So many receipts are kept, the newest: more than a month of a busy station, and 8 MiB at 4 KiB a file. The ledger has
/// them all, and 补打 makes any of them anew.
const KEPT: usize = 2_000;

/// The folder of receipts.
pub struct Spool {
    dir: PathBuf,
}

impl Spool {
    /// Names the folder; it is made with the first receipt.
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    /// Says whether a receipt is on disk.
    pub fn has(&self, number: &str) -> bool {
        self.dir.join(format!("{number}.txt")).exists()
    }

    /// Writes a receipt to disk: whole or not at all. One that is there already stays as it is.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn write(&self, number: &str, text: &str) -> io::Result<PathBuf> {
        disk::make_dir_synced(&self.dir)?;
        let path = self.dir.join(format!("{number}.txt"));
        if path.exists() {
            return Ok(path);
        }
        write_whole(&path, text.as_bytes())?;
        disk::sync_dir(&self.dir)?;
        Ok(path)
    }

    /// Removes all receipts but the newest 2,000. They are named by their place in the log, so that no clock decides which.
    ///
    /// # Errors
    /// The folder is there and cannot be read, or a file in it not removed.
    pub fn tidy(&self) -> io::Result<()> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut receipts = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let name = path.file_stem().and_then(OsStr::to_str);
            let text = path.extension().is_some_and(|end| end == "txt");
            if let Some(key) = name.filter(|_| text).and_then(SlipKey::parse) {
                receipts.push(((key.seq, key.copy), path));
            }
        }
        receipts.sort();
        let old = receipts.len().saturating_sub(KEPT);
        let mut old = receipts.into_iter().take(old);
        old.try_for_each(|(_, path)| fs::remove_file(path))
    }
}

/// Writes a file that is there whole or not at all: as `.part` first. It lasts once its folder has been synced.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = disk::write(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)
}
