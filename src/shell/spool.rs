//! Receipts as text files, one a slip, named by its number and never written twice.

use crate::disk;
use std::fs::{self, DirBuilder};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

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
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)?;
        let path = self.dir.join(format!("{number}.txt"));
        if path.exists() {
            return Ok(path);
        }
        write_whole(&path, text.as_bytes())?;
        disk::sync_dir(&self.dir)?;
        Ok(path)
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
