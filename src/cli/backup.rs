//! `wenming backup`: a consistent copy of the ledger.

use crate::cli::{Failure, say, unsure};
use crate::domain::Text;
use crate::store::{Backup as Copy, Store};
use clap::Args;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Where sticks and other disks are mounted by custom.
const MOUNTS: [&str; 3] = ["media", "run/media", "mnt"];

/// The one of them on which a medium may be mounted itself.
const MOUNTED_ITSELF: &str = "mnt";

/// Arguments of `wenming backup`.
#[derive(Args, Debug)]
pub(super) struct Backup {
    /// Where the copy goes; the folder must be there
    #[arg(value_name = "DIR")]
    to: PathBuf,
    /// The folder with the ledger
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

impl Backup {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let to = || self.to.display();
        if !self.to.is_dir() {
            return Err(Text::of("backup-no-folder").word("path", to()).into());
        }
        let target = self.to.canonicalize()?;
        if is_empty_mount_point(Path::new("/"), &target, &device)? {
            return Err(Text::of("backup-not-mounted").word("path", to()).into());
        }
        let Copy {
            path,
            was_there,
            is_private,
            unsure: doubt,
        } = Store::open_existing(&self.data)?.backup(&self.to)?;
        if let Some(error) = doubt {
            return Err(unsure(&path, &error).into());
        }
        let id = if was_there {
            "backup-there"
        } else {
            "backup-written"
        };
        say(&Text::of(id).word("path", path.display()));
        if !is_private {
            say(&Text::of("backup-open"));
        }
        Ok(())
    }
}

/// Says whether a folder is below one for sticks and yet on no medium: a stick that is not mounted leaves its folder behind.
///
/// `device` says on which device a folder is. What is mounted begins where that changes: below the folder for sticks, which may be in
/// memory as a whole (`/run/media`), or at `/mnt` itself.
fn is_empty_mount_point(
    root: &Path,
    dir: &Path,
    device: &dyn Fn(&Path) -> io::Result<u64>,
) -> io::Result<bool> {
    for name in MOUNTS {
        let mounts = root.join(name);
        if !dir.starts_with(&mounts) {
            continue;
        }
        let from = match mounts.parent() {
            Some(above) if name == MOUNTED_ITSELF => above,
            _ => &mounts,
        };
        return Ok(device(dir)? == device(from)?);
    }
    Ok(false)
}

fn device(dir: &Path) -> io::Result<u64> {
    Ok(dir.metadata()?.dev())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_for_sticks_without_a_stick_is_told() {
        // The machine's disk is 1, what is in memory 2, a stick 3.
        let device = |dir: &Path| {
            let stick = ["/media/stick", "/run/media/kiosk/stick", "/mnt/other"];
            let on = |places: &[&str]| places.iter().any(|place| dir.starts_with(place));
            Ok(if on(&stick) {
                3
            } else if on(&["/run"]) {
                2
            } else {
                1
            })
        };
        for (dir, want) in [
            ("/media/stick", false),
            ("/media/stick/copies", false),
            ("/media/away", true),
            ("/media", true),
            ("/run/media/kiosk/stick", false),
            ("/run/media/kiosk/stick/copies", false),
            ("/run/media/kiosk/away", true),
            ("/mnt", true),
            ("/mnt/away", true),
            ("/mnt/other", false),
            ("/srv/copies", false),
            ("/mediator", false),
        ] {
            let told = is_empty_mount_point(Path::new("/"), Path::new(dir), &device).unwrap();
            assert_eq!(told, want, "{dir}");
        }
        let mounted = |dir: &Path| Ok(u64::from(dir.starts_with("/mnt")));
        let told = is_empty_mount_point(Path::new("/"), Path::new("/mnt/copies"), &mounted);
        assert!(!told.unwrap(), "a medium on /mnt itself");
        assert_eq!(device(Path::new("/mnt")).unwrap(), 1);
        assert_ne!(
            super::device(Path::new("/proc")).unwrap(),
            super::device(Path::new("/")).unwrap()
        );
    }
}
