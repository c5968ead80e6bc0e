//! A folder that is held open: what is in it is reached by its name alone, never through a link.
//!
//! Paths are looked up anew at each call, so whoever can write on a stick or in a shared folder could lead the next call elsewhere.
//! Here each step opens one name in a folder that is open already, and on a stick only what lies on the stick's own device.

use super::plain;
use rustix::fs::{
    AtFlags, Dir, FileType as Type, Mode, OFlags, RenameFlags, Stat, fstat, mkdirat, openat,
    renameat, renameat_with, statat, syncfs, unlinkat,
};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::AsRawFd as _;
use std::path::Path;

/// The most names that are listed: a folder that a stranger filled ends, too.
const MOST_NAMES: usize = 100_000;

/// What has a name in a folder, looked at without following a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A plain file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A link, wherever it leads.
    Link,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device.
    Device,
}

/// A folder that is held open.
#[derive(Debug)]
pub struct Folder {
    dir: File,
    /// Set where nothing of another device is opened below.
    device: Option<u64>,
}

impl Folder {
    /// Opens a folder by its path; links on the way to it are followed.
    ///
    /// # Errors
    /// [`ErrorKind::NotADirectory`] for anything else; else as the system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        let dir = super::open_dir(path)?;
        Ok(Self { dir, device: None })
    }

    /// The same, but from here on nothing of another device is opened.
    ///
    /// # Errors
    /// As the system says.
    pub fn on_its_device(self) -> io::Result<Self> {
        let device = Some(self.device()?);
        Ok(Self { device, ..self })
    }

    /// The device that it lies on, as the system numbers it.
    ///
    /// # Errors
    /// As the system says.
    pub fn device(&self) -> io::Result<u64> {
        Ok(fstat(&self.dir)?.st_dev)
    }

    /// The mount that it lies on, as `/proc/self/mountinfo` numbers it; `None` where the system does not tell.
    pub fn mount(&self) -> Option<String> {
        let told = format!("/proc/self/fdinfo/{}", self.dir.as_raw_fd());
        let text = super::read_text(Path::new(&told), 4096).ok()?;
        let id = text
            .lines()
            .find_map(|line| line.strip_prefix("mnt_id:"))?
            .trim();
        Some(id.to_owned())
    }

    /// What has a name here; `None` for nothing.
    ///
    /// # Errors
    /// As the system says.
    pub fn look(&self, name: &str) -> io::Result<Option<Entry>> {
        let stat = match statat(&self.dir, name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => return Ok(None),
            answer => answer?,
        };
        Ok(Some(match Type::from_raw_mode(stat.st_mode) {
            Type::Directory => Entry::Folder,
            Type::RegularFile => Entry::File(u64::try_from(stat.st_size).unwrap_or(0)),
            Type::Symlink => Entry::Link,
            Type::Fifo => Entry::Pipe,
            Type::Socket => Entry::Socket,
            Type::CharacterDevice | Type::BlockDevice | Type::Unknown => Entry::Device,
        }))
    }

    /// Opens a folder in it.
    ///
    /// # Errors
    /// [`ErrorKind::NotADirectory`] for a link and anything else, [`ErrorKind::CrossesDevices`] on another device; else as the system says.
    pub fn enter(&self, name: &str) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY;
        let dir = self.opened(name, flags, Mode::empty())?;
        self.is_here(&fstat(&dir)?)?;
        let device = self.device;
        Ok(Self { dir, device })
    }

    /// Makes a folder, for this user alone, and syncs this one, so that its name lasts; says whether it is new.
    ///
    /// # Errors
    /// As the system says.
    pub fn make_dir_synced(&self, name: &str) -> io::Result<bool> {
        match mkdirat(&self.dir, name, Mode::RWXU) {
            // A name that may not last must not look as if it did the next time.
            Ok(()) => self.sync().map(|()| true).inspect_err(|_| {
                unlinkat(&self.dir, name, AtFlags::REMOVEDIR).unwrap_or_default();
            }),
            Err(Errno::EXIST) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a plain file for reading.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`], with what it is, for what is no plain file, [`ErrorKind::CrossesDevices`] on another device; else as
    /// the system says.
    pub fn open_file(&self, name: &str) -> io::Result<File> {
        let what = match self.look(name)? {
            Some(Entry::File(_)) | None => None,
            Some(Entry::Folder) => Some("a folder"),
            Some(Entry::Link) => Some("a link"),
            Some(Entry::Pipe) => Some("a named pipe"),
            Some(Entry::Socket) => Some("a socket"),
            Some(Entry::Device) => Some("a device"),
        };
        if let Some(what) = what {
            let why = format!("{what}, not a file");
            return Err(io::Error::new(ErrorKind::InvalidInput, why));
        }
        let file = self.opened(name, OFlags::RDONLY, Mode::empty())?;
        // Since it was looked at, another may have taken its name.
        plain(&file.metadata()?)?;
        self.is_here(&fstat(&file)?)?;
        Ok(file)
    }

    /// Makes a file, for this user alone, where nothing has its name.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`]; else as the system says.
    pub fn create_new(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL;
        self.opened(name, flags, Mode::RUSR | Mode::WUSR)
    }

    /// The names in it, sorted, 100,000 of them at most; those that are not UTF-8 are left out.
    ///
    /// # Errors
    /// As the system says.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.dir)?.take(MOST_NAMES) {
            let entry = entry?;
            match entry.file_name().to_str() {
                Ok("." | "..") | Err(_) => {}
                Ok(name) => names.push(name.to_owned()),
            }
        }
        names.sort();
        Ok(names)
    }

    /// Gives what has a name in it another one, never over another; a link is renamed itself.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] when the name is taken; else as the system says.
    pub fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        match renameat_with(&self.dir, from, &self.dir, to, RenameFlags::NOREPLACE) {
            Ok(()) => Ok(()),
            // exFAT and some network drives cannot; then a look beforehand must do.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                if self.look(to)?.is_some() {
                    return Err(ErrorKind::AlreadyExists.into());
                }
                Ok(renameat(&self.dir, from, &self.dir, to)?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Removes what has a name in it and is no folder; a link is removed itself.
    ///
    /// # Errors
    /// As the system says.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.dir, name, AtFlags::empty())?)
    }

    /// Makes the names in it last over a power cut.
    ///
    /// # Errors
    /// The disk fails.
    pub fn sync(&self) -> io::Result<()> {
        super::synced(&self.dir)
    }

    /// Writes everything of its file system to the medium, so that it can be pulled out.
    ///
    /// # Errors
    /// The disk fails.
    pub fn flush(&self) -> io::Result<()> {
        Ok(syncfs(&self.dir)?)
    }

    /// Opens one name in it, without following a link, waiting, or taking a terminal.
    fn opened(&self, name: &str, flags: OFlags, mode: Mode) -> io::Result<File> {
        if name.is_empty() || name.contains('/') || name == ".." {
            return Err(ErrorKind::InvalidInput.into());
        }
        let careful = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = openat(&self.dir, name, flags | careful, mode)?;
        Ok(file.into())
    }

    fn is_here(&self, stat: &Stat) -> io::Result<()> {
        match self.device {
            Some(device) if device != stat.st_dev => Err(ErrorKind::CrossesDevices.into()),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::{CWD, mkfifoat};
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    /// A folder that goes away with the test.
    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            let name = format!("wenming-folder-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::create_dir_all(path.join("in")).unwrap();
            Self(path)
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap_or_default();
        }
    }

    #[test]
    fn no_name_leads_out() {
        let place = Place::new("links");
        let dir = place.0.join("in");
        let folder = Folder::open(&dir).unwrap();
        symlink(&place.0, dir.join("up")).unwrap();
        symlink(place.0.join("new"), dir.join("file")).unwrap();
        mkfifoat(CWD, dir.join("pipe"), Mode::RUSR | Mode::WUSR).unwrap();
        assert_eq!(folder.look("up").unwrap(), Some(Entry::Link));
        assert_eq!(folder.look("nothing").unwrap(), None);
        assert!(!folder.make_dir_synced("up").unwrap());
        for name in ["up", "file", "pipe", "..", "", "/", "up/in"] {
            assert!(folder.enter(name).is_err(), "{name}");
            assert!(folder.create_new(name).is_err(), "{name}");
            assert!(folder.open_file(name).is_err(), "{name}");
        }
        let error = folder.open_file("pipe").unwrap_err();
        assert_eq!(error.to_string(), "a named pipe, not a file");
        assert!(!place.0.join("new").exists());
        // The link gets the other name, not what it leads to; and no name is taken twice.
        let taken = folder.rename_new("up", "file").unwrap_err();
        assert_eq!(taken.kind(), ErrorKind::AlreadyExists);
        folder.rename_new("up", "up.wrong").unwrap();
        assert_eq!(folder.look("up.wrong").unwrap(), Some(Entry::Link));
        assert_eq!(folder.names().unwrap(), ["file", "pipe", "up.wrong"]);
    }

    #[test]
    fn what_is_open_stays_open_when_its_path_leads_elsewhere() {
        let place = Place::new("moved");
        let (dir, away) = (place.0.join("in"), place.0.join("away"));
        let folder = Folder::open(&dir).unwrap();
        std::fs::rename(&dir, &away).unwrap();
        symlink("/", &dir).unwrap();
        assert!(folder.make_dir_synced("up").unwrap());
        assert!(away.join("up").is_dir());
    }

    #[test]
    fn a_stick_ends_where_its_device_ends() {
        let root = Folder::open(Path::new("/")).unwrap();
        assert!(root.enter("proc").is_ok());
        assert!(root.mount().is_some());
        let root = root.on_its_device().unwrap();
        let error = root.enter("proc").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CrossesDevices);
        let proc = Folder::open(Path::new("/proc")).unwrap();
        let proc = proc.on_its_device().unwrap();
        assert!(proc.enter("sys").is_ok());
    }
}
