//! The few things that an export asks of a file system, so that tests can make each of them fail.

use super::stick::Mount;
use crate::disk::{self, Entry};
use rustix::fs::{Advice, fadvise, major, minor};
use std::fmt::Debug;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// A file that is being written.
pub trait Target: Write {
    /// Waits until everything written is on the medium.
    ///
    /// # Errors
    /// The medium failed; what was written may be lost.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file system. [`Disk`] is the real one.
pub trait Files: Debug + Send + Sync {
    /// Opens a folder by its path.
    ///
    /// # Errors
    /// As the system says.
    fn folder(&self, path: &Path) -> io::Result<Box<dyn Folder>>;

    /// Opens the folder where a stick is mounted; below it nothing of another device is opened.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when that mount is gone; else as the system says.
    fn stick(&self, mount: &Mount) -> io::Result<Box<dyn Folder>>;
}

/// A folder that is held open. Names in it are never followed where they lead.
pub trait Folder: Debug {
    /// By which path it was found, for the technician.
    fn path(&self) -> &Path;

    /// Opens a folder in it.
    ///
    /// # Errors
    /// Also when it is a link, anything else, or on another device than the stick.
    fn enter(&self, name: &str) -> io::Result<Box<dyn Folder>>;

    /// What has a name here; `None` for nothing.
    ///
    /// # Errors
    /// As the system says.
    fn look(&self, name: &str) -> io::Result<Option<Entry>>;

    /// Makes a new file that only we can open.
    ///
    /// # Errors
    /// Also when there is one of that name.
    fn create(&self, name: &str) -> io::Result<Box<dyn Target>>;

    /// Opens a plain file for reading from the medium and not from memory.
    ///
    /// # Errors
    /// Also for anything else.
    fn open(&self, name: &str) -> io::Result<Box<dyn Read>>;

    /// The names in it, sorted; those that are not UTF-8 are nothing of ours.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Gives what has a name another one, never over another.
    ///
    /// # Errors
    /// Also when the name is taken.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Makes a folder that only we can open, and makes its name last; says whether it is new.
    ///
    /// # Errors
    /// As the system says.
    fn make_dir(&self, name: &str) -> io::Result<bool>;

    /// Makes names in it last over a power cut.
    ///
    /// # Errors
    /// As the system says.
    fn sync(&self) -> io::Result<()>;

    /// Writes everything of the file system to its medium, so that it can be pulled out.
    ///
    /// # Errors
    /// As the system says.
    fn flush(&self) -> io::Result<()>;
}

/// The real file systems.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// A real folder, and by which path it was found.
#[derive(Debug)]
struct Held {
    folder: disk::Folder,
    path: PathBuf,
}

impl Target for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Files for Disk {
    fn folder(&self, path: &Path) -> io::Result<Box<dyn Folder>> {
        let (folder, path) = (disk::Folder::open(path)?, path.to_owned());
        Ok(Box::new(Held { folder, path }))
    }

    fn stick(&self, mount: &Mount) -> io::Result<Box<dyn Folder>> {
        let folder = disk::Folder::open(&mount.point)?;
        // Pulled out since the tables were read, what lies there now is a folder of this machine. Some file systems have devices of their
        // own that the table does not name; there the mount's number tells.
        let device = folder.device()?;
        let device = format!("{}:{}", major(device), minor(device));
        if device != mount.number && folder.mount().as_ref() != Some(&mount.id) {
            return Err(ErrorKind::NotFound.into());
        }
        let (folder, path) = (folder.on_its_device()?, mount.point.clone());
        Ok(Box::new(Held { folder, path }))
    }
}

impl Folder for Held {
    fn path(&self) -> &Path {
        &self.path
    }

    fn enter(&self, name: &str) -> io::Result<Box<dyn Folder>> {
        let (folder, path) = (self.folder.enter(name)?, self.path.join(name));
        Ok(Box::new(Self { folder, path }))
    }

    fn look(&self, name: &str) -> io::Result<Option<Entry>> {
        self.folder.look(name)
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn Target>> {
        Ok(Box::new(self.folder.create_new(name)?))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        let file = self.folder.open_file(name)?;
        // Where the system does not drop its copy, it compares its own memory: no worse than nothing.
        fadvise(&file, 0, None, Advice::DontNeed).unwrap_or_default();
        Ok(Box::new(file))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        self.folder.names()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.folder.rename_new(from, to)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.folder.remove(name)
    }

    fn make_dir(&self, name: &str) -> io::Result<bool> {
        self.folder.make_dir_synced(name)
    }

    fn sync(&self) -> io::Result<()> {
        self.folder.sync()
    }

    fn flush(&self) -> io::Result<()> {
        self.folder.flush()
    }
}
