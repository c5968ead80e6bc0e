//! A file that has its name only when it is whole: `.part`, sync, name, sync of the folder.

use crate::cli::Failure;
use crate::disk;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A file in the making. Dropped unfinished, it leaves nothing.
pub(super) struct Part {
    pub(super) file: File,
    unnamed: PathBuf,
    path: PathBuf,
    named: bool,
}

fn said(what: &str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let text = format!("{what} {}", path.display());
    move |error| Failure(format!("{text}: {error}"))
}

fn exists(path: &Path) -> Failure {
    let path = path.display();
    Failure(format!("{path}: exists, and is never overwritten"))
}

impl Part {
    /// Begins `path`, closed to group and others. What a cut-off export left there is cleared away.
    pub(super) fn begin(path: PathBuf) -> Result<Self, Failure> {
        if fs::symlink_metadata(&path).is_ok() {
            return Err(exists(&path));
        }
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        clear(&part)?;
        let file = disk::create_new(&part).map_err(said("create", &part))?;
        let begun = Self {
            file,
            unnamed: part,
            path,
            named: false,
        };
        begun.file.try_lock().map_err(|_| busy(&begun.unnamed))?;
        Ok(begun)
    }

    /// The folder it is in.
    pub(super) fn dir(&self) -> PathBuf {
        let dir = self.path.parent().filter(|dir| *dir != Path::new(""));
        dir.unwrap_or(Path::new(".")).to_owned()
    }

    /// Puts it on the disk and gives it its name.
    pub(super) fn finish(mut self) -> Result<PathBuf, Failure> {
        self.file.sync_all().map_err(said("sync", &self.unnamed))?;
        rename_new(&self.unnamed, &self.path)?;
        self.named = true;
        let dir = self.dir();
        disk::sync_dir(&dir).map_err(said("sync", &dir))?;
        Ok(self.path.clone())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.named {
            // What cannot be removed is cleared away by the next export.
            let _gone = fs::remove_file(&self.unnamed);
        }
    }
}

fn busy(part: &Path) -> Failure {
    let part = part.display();
    Failure(format!("{part}: another export is writing it"))
}

/// Removes what an export left that did not come to its end; never what another one is writing.
fn clear(part: &Path) -> Result<(), Failure> {
    let Ok(meta) = fs::symlink_metadata(part) else {
        return Ok(());
    };
    if meta.is_file() {
        let left = disk::open_no_link(part).map_err(said("open", part))?;
        if let Err(TryLockError::WouldBlock) = left.try_lock() {
            return Err(busy(part));
        }
    }
    fs::remove_file(part).map_err(said("remove", part))
}

/// Renames, but not over another file.
fn rename_new(from: &Path, to: &Path) -> Result<(), Failure> {
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::EXIST) => Err(exists(to)),
        // Some file systems of sticks cannot promise it; then a look beforehand must do.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP)
            if fs::symlink_metadata(to).is_err() =>
        {
            fs::rename(from, to).map_err(said("name", to))
        }
        Err(errno) => Err(said("name", to)(errno.into())),
    }
}
