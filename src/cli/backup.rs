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
        if is_empty_mount_point(Path::new("/"), &self.to)? {
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

/// Says whether a folder is below one for sticks and yet on the machine's own disk: a stick that is not mounted leaves its folder
/// behind.
fn is_empty_mount_point(root: &Path, dir: &Path) -> io::Result<bool> {
    let (root, dir) = (root.canonicalize()?, dir.canonicalize()?);
    let below = MOUNTS.iter().any(|name| dir.starts_with(root.join(name)));
    Ok(below && dir.metadata()?.dev() == root.metadata()?.dev())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk;
    use std::fs;

    /// The temporary folder is one file system: whatever is below its `media` is as if no stick were mounted.
    #[test]
    fn a_folder_for_sticks_without_a_stick_is_told() {
        let root = std::env::temp_dir().join(format!("wenming-mounts-{}", std::process::id()));
        for (name, want) in [("media/stick", true), ("mnt", true), ("srv/copies", false)] {
            disk::make_dir_synced(&root.join(name)).unwrap();
            let told = is_empty_mount_point(&root, &root.join(name)).unwrap();
            assert_eq!(told, want, "{name}");
        }
        // A file system of its own, as a stick is.
        std::os::unix::fs::symlink("/proc", root.join("media/other")).unwrap();
        assert!(!is_empty_mount_point(&root, &root.join("media/other")).unwrap());
        fs::remove_dir_all(&root).unwrap();
    }
}
