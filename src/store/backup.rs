//! Consistent copies beside a running kiosk: whole, checked, and never over another.

use super::error::StoreError;
use super::{Store, append, files, schema};
use crate::disk;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};

impl Store {
    /// Writes a copy into `dir`, named by the head of the log; the answer is its path.
    ///
    /// The copy has its name only when it is complete, on disk and sound.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when this head was copied there before; else when a disk fails.
    pub fn backup(&self, dir: &Path) -> Result<PathBuf, StoreError> {
        files::prepare_dir(dir)?;
        let name = match append::head(&self.conn)? {
            Some(head) => {
                let mark: String = head.hash.chars().take(8).collect();
                format!("station-{:08}-{mark}.db", head.seq.get())
            }
            None => "station-00000000.db".to_owned(),
        };
        let path = dir.join(&name);
        let part = dir.join(format!("{name}.part"));
        if files::check_file(&path)? {
            return Err(StoreError::Exists(path));
        }
        if files::check_file(&part)? {
            fs::remove_file(&part).map_err(StoreError::io("remove", &part))?;
        }
        files::create_private(&part)?;
        let copied = self.copy_to(&part).and_then(|()| finish(&part, &path));
        if copied.is_err() {
            // What is left would only be in the way of the next try.
            let _gone = fs::remove_file(&part);
        }
        copied.map(|()| path)
    }

    fn copy_to(&self, part: &Path) -> Result<(), StoreError> {
        let target = part.to_str().ok_or_else(|| StoreError::Unsafe {
            path: part.to_owned(),
            why: "its name is not UTF-8",
        })?;
        self.conn.execute("VACUUM INTO ?1", [target])?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = Connection::open_with_flags(part, flags)?;
        schema::check_identity(&copy, part)?;
        schema::quick_check(&copy)
    }
}

fn finish(part: &Path, path: &Path) -> Result<(), StoreError> {
    disk::open_no_link(part)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io("sync", part))?;
    fs::rename(part, path).map_err(StoreError::io("name", path))?;
    let dir = path.parent().unwrap_or(path);
    disk::sync_dir(dir).map_err(StoreError::io("sync", dir))
}
