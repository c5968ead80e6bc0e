//! Files: the one way to open and read them, which never waits.
//!
//! A named pipe under a file's name would wait for its other side for ever, a device may do anything when it is opened,
//! and a file without an end fills the memory. So what is no plain file is refused before it is opened, opening
//! does not block, and whoever reads says how much at most. What is refused is told in words for the technician.
//! Where others can write, a [`Folder`] is held open and what is in it is reached by its name alone.

mod folder;
mod made;

pub use folder::{Entry, Folder};
pub use made::{make_dir_synced, remove_tree};

use rustix::fs::OFlags;
use rustix::io::Errno;
use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;

/// The byte order mark that editors on other systems put before a text.
pub const MARK: char = '\u{feff}';
/// The same in UTF-8.
pub const MARK_BYTES: &[u8] = "\u{feff}".as_bytes();

/// Opens a plain file for reading; a link to one is one.
///
/// # Errors
/// [`ErrorKind::InvalidInput`], with what it is, for what is no plain file; else as the system says.
pub fn open(path: &Path) -> io::Result<File> {
    plain(&path.metadata()?)?;
    opened(path, File::options().read(true), OFlags::empty())
}

/// Opens a plain file for reading, and no link.
///
/// # Errors
/// As [`open`].
pub fn open_no_link(path: &Path) -> io::Result<File> {
    plain(&path.symlink_metadata()?)?;
    opened(path, File::options().read(true), OFlags::NOFOLLOW)
}

/// Reads a whole file of at most so many bytes.
///
/// # Errors
/// As [`open`]; [`ErrorKind::FileTooLarge`] for a longer one.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    whole(open(path)?, most)
}

/// Reads a whole file of at most so many bytes as text, without a byte order mark.
///
/// # Errors
/// As [`read`]; [`ErrorKind::InvalidData`] for what is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    let bytes = read(path, most)?;
    String::from_utf8(bytes)
        .map(without_mark)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "not UTF-8"))
}

/// A file's text without a byte order mark.
pub fn without_mark(text: String) -> String {
    match text.strip_prefix(MARK) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Opens a plain file to be appended to, making it, for this user alone, where there is none.
///
/// # Errors
/// As [`open`].
pub fn append(path: &Path) -> io::Result<File> {
    made(path, File::options().append(true).create(true))
}

/// Opens a plain file to be written anew, making it, for this user alone, where there is none.
///
/// # Errors
/// As [`open`].
pub fn write(path: &Path) -> io::Result<File> {
    made(
        path,
        File::options().write(true).create(true).truncate(true),
    )
}

/// Opens a plain file to be changed or locked, making it, for this user alone, where there is none.
///
/// # Errors
/// As [`open`].
pub fn change(path: &Path) -> io::Result<File> {
    made(
        path,
        File::options().write(true).create(true).truncate(false),
    )
}

/// Makes a file, for this user alone, where nothing has its name.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`]; else as the system says.
pub fn create_new(path: &Path) -> io::Result<File> {
    let how = &mut File::options();
    how.read(true).write(true).create_new(true).mode(0o600);
    opened(path, how, OFlags::empty())
}

/// Copies a plain file of at most so many bytes, to one for this user alone.
///
/// # Errors
/// As [`read`] and [`write()`].
pub fn copy(from: &Path, to: &Path, most: u64) -> io::Result<()> {
    let bytes = read(from, most)?;
    io::Write::write_all(&mut write(to)?, &bytes)
}

/// Opens a folder, so that it can be synced.
///
/// # Errors
/// [`ErrorKind::NotADirectory`] for anything else; else as the system says.
pub fn open_dir(dir: &Path) -> io::Result<File> {
    let flags = OFlags::DIRECTORY | OFlags::NONBLOCK;
    File::options()
        .read(true)
        .custom_flags(bits(flags))
        .open(dir)
}

/// Makes the names in a folder last over a power cut.
///
/// # Errors
/// As [`open_dir`], or the disk fails.
pub fn sync_dir(dir: &Path) -> io::Result<()> {
    synced(&open_dir(dir)?)
}

/// Syncs an open folder.
fn synced(dir: &File) -> io::Result<()> {
    match dir.sync_all() {
        // Some network drives have no such thing for folders.
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        answer => answer,
    }
}

/// What an answer of the system means, in words that may stand on a screen: without the system's own number for it.
pub fn told(error: &io::Error) -> String {
    match (error.kind(), Errno::from_io_error(error)) {
        (ErrorKind::StorageFull, _) => "the disk is full".to_owned(),
        (ErrorKind::ReadOnlyFilesystem, _) => "the disk is read-only".to_owned(),
        (_, Some(Errno::IO)) => "the disk failed".to_owned(),
        // What the system says itself ends with its number.
        (_, Some(_)) => {
            let said = error.to_string();
            said.split(" (os error ").take(1).collect()
        }
        (_, None) => error.to_string(),
    }
}

fn made(path: &Path, how: &mut OpenOptions) -> io::Result<File> {
    match path.metadata() {
        Ok(meta) => plain(&meta)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    opened(path, how.mode(0o600), OFlags::empty())
}

fn opened(path: &Path, how: &mut OpenOptions, flags: OFlags) -> io::Result<File> {
    // The standard library closes it for children by itself. A terminal must not become ours.
    let flags = flags | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = how.custom_flags(bits(flags)).open(path)?;
    // Since it was looked at, another may have taken its name.
    plain(&file.metadata()?)?;
    Ok(file)
}

fn whole(file: File, most: u64) -> io::Result<Vec<u8>> {
    let too_large = || {
        let why = format!("larger than {most} bytes");
        io::Error::new(ErrorKind::FileTooLarge, why)
    };
    let length = file.metadata()?.len();
    if length > most {
        return Err(too_large());
    }
    // The system's own tables say that they have no bytes; another program may make a file longer meanwhile.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0).saturating_add(1));
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read <= most) {
        Ok(bytes)
    } else {
        Err(too_large())
    }
}

fn plain(meta: &Metadata) -> io::Result<()> {
    if meta.is_file() {
        return Ok(());
    }
    let why = format!("{}, not a file", name(meta.file_type()));
    Err(io::Error::new(ErrorKind::InvalidInput, why))
}

fn name(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else {
        "a link"
    }
}

fn bits(flags: OFlags) -> i32 {
    flags.bits().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::{CWD, Mode, mkfifoat};
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::PathBuf;

    /// A folder that goes away with the test.
    struct Dir(PathBuf);

    impl Dir {
        fn new(name: &str) -> Self {
            let dir =
                std::env::temp_dir().join(format!("wenming-disk-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&dir).unwrap();
            Self(dir)
        }
    }

    impl Drop for Dir {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap_or_default();
        }
    }

    #[test]
    fn what_is_no_plain_file_is_named_and_never_waited_for() {
        let dir = Dir::new("kinds");
        let at = |name: &str| dir.0.join(name);
        mkfifoat(CWD, at("pipe"), Mode::RUSR | Mode::WUSR).unwrap();
        symlink(at("pipe"), at("link")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        for (path, want) in [
            (at("pipe"), "a named pipe, not a file"),
            (at("link"), "a named pipe, not a file"),
            (at("socket"), "a socket, not a file"),
            (dir.0.clone(), "a folder, not a file"),
            ("/dev/zero".into(), "a device, not a file"),
        ] {
            let all = [
                read(&path, 10).map(drop),
                read_text(&path, 10).map(drop),
                append(&path).map(drop),
                write(&path).map(drop),
                change(&path).map(drop),
                copy(&path, &at("copy"), 10),
            ];
            for (n, answer) in all.into_iter().enumerate() {
                let error = answer.unwrap_err();
                assert_eq!(error.to_string(), want, "{n}: {}", path.display());
                assert_eq!(error.kind(), ErrorKind::InvalidInput);
            }
        }
        let error = open_no_link(&at("link")).unwrap_err();
        assert_eq!(error.to_string(), "a link, not a file");
        assert!(open_dir(&at("pipe")).is_err());
        assert!(!at("copy").exists());
    }

    #[test]
    fn an_answer_of_the_system_is_told_without_its_number() {
        for (errno, want) in [
            (Errno::NOSPC, "the disk is full"),
            (Errno::IO, "the disk failed"),
            (Errno::INVAL, "Invalid argument"),
            (Errno::ACCESS, "Permission denied"),
        ] {
            assert_eq!(told(&errno.into()), want);
        }
        let own = io::Error::new(ErrorKind::InvalidInput, "a link, not a file");
        assert_eq!(told(&own), "a link, not a file");
    }

    #[test]
    fn a_file_is_read_whole_or_refused() {
        let dir = Dir::new("lengths");
        let path = dir.0.join("file");
        io::Write::write_all(&mut append(&path).unwrap(), b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        let error = read(&path, 4).unwrap_err();
        assert_eq!(error.to_string(), "larger than 4 bytes");
        // 200 GB of nothing are refused before a byte is read.
        change(&path).unwrap().set_len(200 << 30).unwrap();
        assert_eq!(
            read(&path, 1 << 40 >> 10).unwrap_err().kind(),
            ErrorKind::FileTooLarge
        );
        std::fs::write(&path, b"\xff").unwrap();
        assert_eq!(
            read_text(&path, 5).unwrap_err().kind(),
            ErrorKind::InvalidData
        );
        // What the system itself tells has no length and is read all the same.
        assert!(
            !read("/proc/self/mountinfo".as_ref(), 1 << 20)
                .unwrap()
                .is_empty()
        );
    }
}
