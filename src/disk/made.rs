//! Folders that are made: whoever makes one makes its name last over a power cut, too.

use super::sync_dir;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

/// Makes a folder, and those above it that are missing, for this user alone, and syncs the folder above each: what is synced
/// in a folder whose own name is lost would be lost with it. Says whether it is new; one that was there stays as it is.
///
/// # Errors
/// [`ErrorKind::NotADirectory`] when something else has its name; else as the system says, and then it was not made.
pub fn make_dir_synced(dir: &Path) -> io::Result<bool> {
    let how = || DirBuilder::new().mode(0o700).create(dir);
    let above = dir.parent().filter(|above| *above != Path::new(""));
    let above = above.unwrap_or(Path::new("."));
    let made = match how() {
        Err(error) if error.kind() == ErrorKind::NotFound && above != dir => {
            make_dir_synced(above)?;
            how()
        }
        made => made,
    };
    match made {
        Ok(()) => {
            // A name that may not last must not look as if it did the next time.
            sync_dir(above).inspect_err(|_| fs::remove_dir(dir).unwrap_or_default())?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if dir.is_dir() {
                Ok(false)
            } else {
                Err(ErrorKind::NotADirectory.into())
            }
        }
        Err(error) => Err(error),
    }
}

/// Removes a folder with all that is in it, where there is one.
///
/// # Errors
/// As the system says; then something of it is still there.
pub fn remove_tree(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        answer => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_folder_is_made_once_for_us_alone_and_one_that_was_there_stays_as_it_is() {
        let root = std::env::temp_dir().join(format!("wenming-made-{}", std::process::id()));
        let dir = root.join("a/b");
        assert!(make_dir_synced(&dir).unwrap());
        assert!(!make_dir_synced(&dir).unwrap());
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(&root), mode(&dir)), (0o700, 0o700));
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(!make_dir_synced(&dir).unwrap());
        assert_eq!(mode(&dir), 0o755);
        fs::write(root.join("file"), "").unwrap();
        let error = make_dir_synced(&root.join("file")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotADirectory);
        assert!(make_dir_synced(&root.join("file/in")).is_err());
        fs::remove_dir_all(&root).unwrap();
    }
}
