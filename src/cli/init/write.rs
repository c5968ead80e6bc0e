//! The folder, all of it or nothing: written and checked beside its place, then renamed into it.

use super::texts::Texts;
use crate::cli::{Failure, failed_at, read_config, unsure};
use crate::config::Config;
use crate::disk;
use crate::words::Say;
use rustix::fs::{Access, access};
use std::fs::{self, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf, absolute};

/// Where the folder is to be.
pub(super) struct Place {
    /// Its path from the root.
    pub(super) dir: PathBuf,
    /// The folder above.
    above: PathBuf,
    /// Where it is written first.
    part: PathBuf,
    /// The rights of an empty folder that is there.
    rights: Option<Permissions>,
}

impl Place {
    /// Looks at the place before anything is asked, and changes nothing.
    ///
    /// # Errors
    /// Something is there, or nothing can be written there.
    pub(super) fn look(dir: &Path, say: Say<'_>) -> Result<Self, Failure> {
        let shown = dir.display().to_string();
        let refused = |id: &str| Failure::from(say.with(id, &[("dir", &shown)]));
        let failed = |error: io::Error| failed_at(dir, &error);
        let dir = &absolute(dir).map_err(failed)?;
        let (Some(above), Some(name)) = (dir.parent(), dir.file_name()) else {
            return Err(refused("init-dir-taken"));
        };
        let rights = match fs::symlink_metadata(dir) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
            Ok(meta) if meta.is_dir() => {
                if fs::read_dir(dir).map_err(failed)?.next().is_some() {
                    return Err(refused("init-dir-taken"));
                }
                Some(meta.permissions())
            }
            Ok(_) => return Err(refused("init-dir-taken")),
        };
        if !above.is_dir() || access(above, Access::WRITE_OK | Access::EXEC_OK).is_err() {
            return Err(refused("init-dir-above"));
        }
        let part = above.join(format!(".{}.part", name.to_string_lossy()));
        if fs::symlink_metadata(&part).is_ok() {
            let part = part.display().to_string();
            return Err(Failure::from(say.with("init-dir-part", &[("part", &part)])));
        }
        Ok(Self {
            above: above.to_owned(),
            part,
            rights,
            dir: dir.clone(),
        })
    }

    /// Writes the folder; the config that it is.
    ///
    /// # Errors
    /// The disk fails, or the config has faults; then nothing is left of it.
    pub(super) fn write(&self, texts: &Texts) -> Result<Config, Failure> {
        let failed = |error: io::Error| failed_at(&self.dir, &error);
        let part = Part::new(&self.part).map_err(failed)?;
        for (name, text) in texts.files() {
            part.add(name, text).map_err(failed)?;
        }
        part.sync().map_err(failed)?;
        let config = read_config(&self.part)?;
        if let Some(rights) = &self.rights {
            fs::set_permissions(&self.part, rights.clone()).map_err(failed)?;
        }
        // A folder that is no longer empty is not replaced.
        fs::rename(&self.part, &self.dir).map_err(failed)?;
        disk::sync_dir(&self.above).map_err(|error| Failure::from(unsure(&self.dir, &error)))?;
        Ok(config)
    }
}

/// The folder while it is written; it goes where it was not renamed.
struct Part<'a>(&'a Path);

impl<'a> Part<'a> {
    fn new(path: &'a Path) -> io::Result<Self> {
        if disk::make_dir_synced(path)? {
            Ok(Self(path))
        } else {
            Err(ErrorKind::AlreadyExists.into())
        }
    }

    fn add(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.0.join(name);
        disk::make_dir_synced(path.parent().unwrap_or(self.0))?;
        let mut file = disk::create_new(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    fn sync(&self) -> io::Result<()> {
        disk::sync_dir(&self.0.join("deploy"))?;
        disk::sync_dir(self.0)
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        // After the rename there is nothing of this name.
        fs::remove_dir_all(self.0).unwrap_or_default();
    }
}
