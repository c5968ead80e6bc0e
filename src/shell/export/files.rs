//! The few things that an export asks of a file system, so that tests can make each of them fail.

use crate::disk;
use rustix::fs::{Advice, RenameFlags, fadvise, renameat_with, syncfs};
use rustix::io::Errno;
use std::fmt::Debug;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

/// A file that is being written.
pub trait Target: Write {
    /// Waits until everything written is on the medium.
    ///
    /// # Errors
    /// The medium failed; what was written may be lost.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file system. [`Disk`] is the real one.
pub trait Files: Debug + Send {
    /// Makes a new file that only we can open.
    ///
    /// # Errors
    /// Also when there is one of that name.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Target>>;

    /// Opens a regular file, never through a link, for reading from the medium and not from memory.
    ///
    /// # Errors
    /// As the system says.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>>;

    /// The names in a folder, sorted; those that are not UTF-8 are nothing of ours.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;

    /// Gives a file its name, never over another.
    ///
    /// # Errors
    /// Also when the name is taken.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder that only we can open, in one that is there; says whether it is new.
    ///
    /// # Errors
    /// As the system says.
    fn make_dir(&self, dir: &Path) -> io::Result<bool>;

    /// Makes names in a folder last over a power cut.
    ///
    /// # Errors
    /// As the system says.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Writes everything of the file system to its medium, so that it can be pulled out.
    ///
    /// # Errors
    /// As the system says.
    fn flush(&self, dir: &Path) -> io::Result<()>;
}

/// The real file systems.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Target for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Files for Disk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Target>> {
        Ok(Box::new(disk::create_new(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let file = disk::open_no_link(path)?;
        // Where the system does not drop its copy, it compares its own memory: no worse than nothing.
        fadvise(&file, 0, None, Advice::DontNeed).unwrap_or_default();
        Ok(Box::new(file))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(dir)? {
            names.extend(entry?.file_name().into_string().ok());
        }
        names.sort();
        Ok(names)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let cwd = rustix::fs::CWD;
        match renameat_with(cwd, from, cwd, to, RenameFlags::NOREPLACE) {
            Ok(()) => Ok(()),
            // exFAT and some network drives cannot; the export lock keeps other writers of ours away.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                if fs::symlink_metadata(to).is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(from, to)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_dir(&self, dir: &Path) -> io::Result<bool> {
        match DirBuilder::new().mode(0o700).create(dir) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        match disk::sync_dir(dir) {
            // Some network drives have no such thing for folders.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            answer => answer,
        }
    }

    fn flush(&self, dir: &Path) -> io::Result<()> {
        Ok(syncfs(disk::open_dir(dir)?)?)
    }
}
