//! Whether a character device can be opened now: for reading only, without a byte to it, closed again at once.

use super::users;
use rustix::fs::OFlags;
use rustix::io::Errno;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// What keeps a device from being used.
pub(super) enum Obstacle {
    /// Nothing is there.
    Missing,
    /// A link that leads nowhere.
    Dangling,
    /// It is no device.
    NoDevice,
    /// This user may not open it; the group that may.
    Denied(String),
    /// Another program holds it.
    Busy,
    /// The system cannot open it.
    Failed(io::Error),
}

/// Opens a device.
pub(super) fn open(root: &Path, path: &Path) -> Result<File, Obstacle> {
    let link = fs::symlink_metadata(path);
    let is_link = link.as_ref().is_ok_and(fs::Metadata::is_symlink);
    let meta = link.and_then(|_| fs::metadata(path));
    let meta = meta.map_err(|error| {
        if error.kind() != ErrorKind::NotFound {
            Obstacle::Failed(error)
        } else if is_link {
            Obstacle::Dangling
        } else {
            Obstacle::Missing
        }
    })?;
    if !meta.file_type().is_char_device() {
        return Err(Obstacle::NoDevice);
    }
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path);
    opened.map_err(|error| {
        if error.kind() == ErrorKind::PermissionDenied {
            Obstacle::Denied(users::group(root, meta.gid()))
        } else if Errno::from_io_error(&error) == Some(Errno::BUSY) {
            Obstacle::Busy
        } else {
            Obstacle::Failed(error)
        }
    })
}

/// Says whether another program has locked it. A file system without locks says nothing.
pub(super) fn is_locked(file: &File) -> bool {
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}
