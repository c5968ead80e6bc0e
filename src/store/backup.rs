//! Consistent copies beside a running kiosk: whole, checked, and never over another.

use super::error::StoreError;
use super::{Store, append, files, look, schema};
use crate::disk;
use rusqlite::{Connection, OpenFlags};
use rustix::fs::{FsWord, fstatfs};
use rustix::process::geteuid;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// File systems that keep no rights: FAT and exFAT. Source: `linux/magic.h`, `fs/exfat/exfat_raw.h`.
const RIGHTLESS: [FsWord; 2] = [0x4d44, 0x2011_bab0];

/// A copy that is complete, sound, and has its name.
#[derive(Debug)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// It was there before: the copy of this very head, which was checked again.
    pub was_there: bool,
    /// It is closed to others. FAT and exFAT keep no rights of files, whatever is asked of them.
    pub is_private: bool,
    /// Why it is perhaps not yet on the medium.
    pub unsure: Option<io::Error>,
}

impl Store {
    /// Writes a copy into `dir`, named by the head of the log.
    ///
    /// The copy has its name only when it is complete and sound. The folder must be there, for a new one under the name of a stick
    /// would lie on the machine's own disk; it keeps its rights. Where this head was copied before, that copy is checked instead.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when something else has the copy's name; [`StoreError::Unsafe`] where others could change it, unless the
    /// file system keeps no rights at all; else when a disk fails.
    pub fn backup(&self, dir: &Path) -> Result<Backup, StoreError> {
        let name = match append::head(&self.conn)? {
            Some(head) => {
                let mark: String = head.hash.chars().take(8).collect();
                format!("station-{:08}-{mark}.db", head.seq.get())
            }
            None => "station-00000000.db".to_owned(),
        };
        let path = dir.join(&name);
        let part = dir.join(format!("{name}.part"));
        if path.symlink_metadata().is_ok() {
            return self.same(path);
        }
        match fs::remove_file(&part) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(StoreError::io("remove", &part)(error));
            }
            Ok(()) | Err(_) => {}
        }
        let file = files::create_private(&part)?;
        let copied = is_private(&file, &part).and_then(|is_private| {
            if is_private {
                // Where rights are kept, nobody else may change what becomes of the copy.
                files::check_dir(dir)?;
            }
            self.copy_to(&part)?;
            let unsure = finish(&part, &path)?;
            Ok(Backup {
                path,
                was_there: false,
                is_private,
                unsure,
            })
        });
        if copied.is_err() {
            // What is left would only be in the way of the next try.
            let _gone = fs::remove_file(&part);
            let _gone = fs::remove_file(dir.join(format!("{name}.part-journal")));
        }
        copied
    }

    fn copy_to(&self, part: &Path) -> Result<(), StoreError> {
        let target = part.to_str().ok_or_else(|| StoreError::Unsafe {
            path: part.to_owned(),
            why: "its name is not UTF-8",
        })?;
        let copied = self.conn.execute("VACUUM INTO ?1", [target]);
        copied.map_err(StoreError::from).map_err(|error| {
            // Damage was read from the ledger; the rest is about what was written.
            let damaged = matches!(error, StoreError::Corrupt(_));
            if damaged { error } else { error.of_copy(part) }
        })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = Connection::open_with_flags(part, flags).map_err(StoreError::from);
        copy.and_then(|copy| sound(&copy, part))
            .map_err(|error| error.of_copy(part))
    }

    /// The copy that has the name of this head already, when it is one of this head and sound.
    fn same(&self, path: PathBuf) -> Result<Backup, StoreError> {
        let other = |_| StoreError::Exists(path.clone());
        let file = disk::open_no_link(&path).map_err(other)?;
        if !files::is_database(&file) {
            return Err(StoreError::Exists(path));
        }
        let head = append::head(&self.conn)?.map(|head| head.hash);
        let copy = look::unchanging(&path).and_then(|copy| {
            schema::check_identity(&copy, &path)?;
            Ok((append::head(&copy)?.map(|head| head.hash), copy))
        });
        let copy = match copy {
            Ok((of, copy)) if of == head => copy,
            Ok(_) | Err(StoreError::Foreign(_)) => return Err(StoreError::Exists(path)),
            Err(error) => return Err(error.of_copy(&path)),
        };
        sound(&copy, &path).map_err(|error| error.of_copy(&path))?;
        let synced = file
            .sync_all()
            .and_then(|()| disk::sync_dir(path.parent().unwrap_or(&path)));
        Ok(Backup {
            is_private: is_private(&file, &path)?,
            unsure: synced.err(),
            was_there: true,
            path,
        })
    }
}

/// Checks a copy's pages, and that it is a ledger.
fn sound(copy: &Connection, path: &Path) -> Result<(), StoreError> {
    schema::check_identity(copy, path)?;
    schema::quick_check(copy)
}

/// Says whether a file that was made for us alone is ours alone, also where the medium is read elsewhere.
///
/// On a file system without rights a mount may show rights that look private; such a file seems to be a program, or its type tells.
fn is_private(file: &File, path: &Path) -> Result<bool, StoreError> {
    let failed = |error| StoreError::io("look at", path)(error);
    let meta = file.metadata().map_err(failed)?;
    let system = fstatfs(file).map_err(|errno| failed(errno.into()))?;
    let keeps_rights = !RIGHTLESS.contains(&system.f_type);
    let others = meta.mode() & 0o177;
    Ok(keeps_rights && others == 0 && meta.uid() == geteuid().as_raw())
}

/// Gives the copy its name; the answer is why it may not last.
fn finish(part: &Path, path: &Path) -> Result<Option<io::Error>, StoreError> {
    disk::open_no_link(part)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io("sync", part))?;
    fs::rename(part, path).map_err(StoreError::io("name", path))?;
    let dir = path.parent().unwrap_or(path);
    Ok(disk::sync_dir(dir).err())
}
