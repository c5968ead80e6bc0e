//! A changed setting on its way to `station.toml`: proposed, checked, written whole, and the text of before kept.

use crate::app::SettingKept;
use crate::config::{ChangeFault, Config, SettingChange, load, proposed};
use crate::disk;
use crate::domain::{Fact, Text, clean};
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The largest `station.toml`, in bytes.
const LONGEST: u64 = 1 << 20;
/// The longest reason of the system that is passed on, in characters.
const WHY_CHARS: usize = 160;

/// Writes a change into the config folder; gives the config that it is then. `running` is the one that the change
/// was made for: what was edited since and not read again is not overwritten.
///
/// # Errors
/// What became of it; the file is as it was.
pub fn keep(dir: &Path, running: &Config, change: &SettingChange) -> Result<Config, SettingKept> {
    let path = dir.join("station.toml");
    let named = path.display().to_string();
    let failed = |why: Text| SettingKept::Failed {
        path: named.clone(),
        why,
    };
    if load(dir).as_ref() != Ok(running) {
        return Err(failed(Text::of("setting-edited")));
    }
    let kept = |error: io::Error| {
        if matches!(
            error.kind(),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
        ) {
            SettingKept::ReadOnly {
                path: named.clone(),
            }
        } else {
            let why = clean(&error.to_string(), WHY_CHARS);
            failed(Text::row([Fact::Foreign(why)]))
        }
    };
    let text = disk::read_text(&path, LONGEST).map_err(kept)?;
    let (text, config) = proposed(dir, &text, change).map_err(|fault| match fault {
        ChangeFault::NoPlace => failed(Text::of("setting-own-way")),
        ChangeFault::Refused(why) => failed(why),
    })?;
    // Where the file is a link, what it leads to is replaced.
    let path = fs::canonicalize(path).map_err(kept)?;
    let part = beside(&path, "part");
    let written = replace(&path, &part, &text);
    if written.is_err() {
        // What was begun is of no use; that it stays is no other fault.
        fs::remove_file(&part).unwrap_or_default();
    }
    written.map_err(kept)?;
    Ok(config)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn replace(path: &Path, part: &Path, text: &str) -> io::Result<()> {
    let rights = fs::metadata(path)?.permissions();
    let mut file = disk::write(part)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(rights.clone())?;
    file.sync_all()?;
    let before = beside(path, "bak.part");
    disk::copy(path, &before, LONGEST)?;
    fs::set_permissions(&before, rights)?;
    disk::open(&before)?.sync_all()?;
    fs::rename(&before, beside(path, "bak"))?;
    fs::rename(part, path)?;
    let folder = path.parent().unwrap_or_else(|| Path::new("/"));
    disk::sync_dir(folder)
}
