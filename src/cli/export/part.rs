//! A file that has its name only when it is whole: `.part`, sync, name, sync of the folder.
//!
//! The folder is held open, so that everything happens in that one, whatever its path leads to meanwhile.

use crate::cli::{Failure, unsure};
use crate::disk::{Entry, Folder};
use crate::domain::Text;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A file in the making. Dropped unfinished, it leaves nothing.
pub(super) struct Part {
    pub(super) file: File,
    folder: Folder,
    /// Its name while it is not whole.
    unnamed: String,
    name: String,
    path: PathBuf,
    named: bool,
}

fn said(what: &str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let text = Text::of("store-io").word("what", what);
    let text = text.word("path", path.display());
    move |error| text.word("why", error).into()
}

fn exists(path: &Path) -> Failure {
    Text::of("table-exists").word("path", path.display()).into()
}

impl Part {
    /// Begins a file in `dir`, closed to group and others. What a cut-off export left there is cleared away.
    pub(super) fn begin(dir: &Path, name: String) -> Result<Self, Failure> {
        let folder = Folder::open(dir).map_err(said("open", dir))?;
        let path = dir.join(&name);
        if folder
            .look(&name)
            .map_err(said("look at", &path))?
            .is_some()
        {
            return Err(exists(&path));
        }
        let unnamed = format!("{name}.part");
        let part = dir.join(&unnamed);
        clear(&folder, &unnamed, &part)?;
        let file = folder.create_new(&unnamed).map_err(said("create", &part))?;
        let begun = Self {
            file,
            folder,
            unnamed,
            name,
            path,
            named: false,
        };
        begun.file.try_lock().map_err(|_| busy(&part))?;
        Ok(begun)
    }

    /// The folder it is in.
    pub(super) fn dir(&self) -> PathBuf {
        let dir = self.path.parent().filter(|dir| *dir != Path::new(""));
        dir.unwrap_or(Path::new(".")).to_owned()
    }

    /// Puts it on the disk and gives it its name; the answer is where it is. That its name may not last is said with the
    /// failure: it is there and whole.
    pub(super) fn finish(mut self) -> Result<PathBuf, Failure> {
        let path = &self.path;
        self.file.sync_all().map_err(said("sync", path))?;
        match self.folder.rename_new(&self.unnamed, &self.name) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(exists(path)),
            answer => answer.map_err(said("name", path))?,
        }
        self.named = true;
        let synced = self.folder.sync();
        synced.map_err(|error| Failure::from(unsure(&self.path, &error)))?;
        Ok(self.path.clone())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.named {
            // What cannot be removed is cleared away by the next export.
            self.folder.remove(&self.unnamed).unwrap_or_default();
        }
    }
}

fn busy(part: &Path) -> Failure {
    Text::of("table-busy").word("path", part.display()).into()
}

/// Removes what an export left that did not come to its end; never what another one is writing.
fn clear(folder: &Folder, unnamed: &str, part: &Path) -> Result<(), Failure> {
    match folder.look(unnamed).map_err(said("look at", part))? {
        None => return Ok(()),
        Some(Entry::File(_)) => {
            let left = folder.open_file(unnamed).map_err(said("open", part))?;
            if let Err(TryLockError::WouldBlock) = left.try_lock() {
                return Err(busy(part));
            }
        }
        Some(Entry::Folder) => {
            return Err(Text::of("table-folder").word("path", part.display()).into());
        }
        Some(Entry::Link | Entry::Pipe | Entry::Socket | Entry::Device) => {}
    }
    folder.remove(unnamed).map_err(said("remove", part))
}
