//! Putting a bundle into a folder: `.part` → sync → name → sync of the folder → read back and compare.
//!
//! The outbox, a directory and a stick are all written by this, and only by this.

use super::files::Files;
use crate::bundle::{BundleName, Origin};
use crate::domain::hex;
use sha2::{Digest as _, Sha256};
use std::io::{self, Read as _};
use std::path::Path;

/// How much is written or read at a time, in bytes.
const PIECE: usize = 64 << 10;
/// More than any bundle has, sealed ones included, in bytes.
pub(super) const LONGEST: u64 = 128 << 20;
/// What an unfinished file's name ends with.
const PART: &str = ".part";
/// What the name of a file ends with that has a bundle's name and is not that bundle.
const WRONG: &str = ".wrong";

/// Why a bundle is not in its folder.
#[derive(Debug, thiserror::Error)]
pub(super) enum DepositFault {
    /// The system said no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What was read back is not what was written.
    #[error("what was read back is not what was written")]
    Different,
}

/// A bundle's bytes, and by what to know them.
pub(super) struct Content<'a> {
    pub(super) name: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) sha256: &'a str,
    /// Other bytes that this name had before and that are as good, by their SHA-256.
    pub(super) also: &'a [String],
}

/// The SHA-256 of bytes, in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of a file as its medium gives it; `None` where there is no file. Of one that is longer than any bundle only so much is
/// read: it is none, whatever follows.
pub(super) fn hash_of(
    files: &dyn Files,
    path: &Path,
    step: &mut dyn FnMut(u64),
) -> io::Result<Option<String>> {
    let mut hash = Sha256::new();
    let Some(file) = there(files.open(path))? else {
        return Ok(None);
    };
    let mut file = file.take(LONGEST.saturating_add(1));
    let mut piece = vec![0; PIECE];
    loop {
        let read = match file.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            answer => answer?,
        };
        if read == 0 {
            return Ok(Some(hex(&hash.finalize())));
        }
        hash.update(piece.get(..read).unwrap_or_default());
        step(u64::try_from(read).unwrap_or(0));
    }
}

/// A whole file of at most `most` bytes; `None` where there is no file.
pub(super) fn read_whole(files: &dyn Files, path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = there(files.open(path))? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// `None` for what is not there.
fn there<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Removes what an interrupted run left unfinished. Others' files are left alone.
pub(super) fn sweep(files: &dyn Files, dir: &Path, origin: &Origin) -> io::Result<()> {
    for name in there(files.list(dir))?.unwrap_or_default() {
        let whole = name.strip_suffix(PART).map(BundleName::parse);
        if let Some(Ok(whole)) = whole
            && whole.origin == *origin
        {
            files.remove(&dir.join(&name))?;
        }
    }
    Ok(())
}

/// Gives a file that is not the bundle whose name it has another name; it is never removed.
pub(super) fn put_aside(files: &dyn Files, dir: &Path, name: &str) -> io::Result<()> {
    let from = dir.join(name);
    let mut to = dir.join(format!("{name}{WRONG}"));
    for again in 2..=9 {
        match files.rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                to = dir.join(format!("{name}{WRONG}{again}"));
            }
            answer => {
                answer?;
                return files.sync_dir(dir);
            }
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Puts a bundle into a folder, unless it is there. `step` is told every byte written and read back.
pub(super) fn deposit(
    files: &dyn Files,
    dir: &Path,
    content: &Content<'_>,
    step: &mut dyn FnMut(u64),
) -> Result<(), DepositFault> {
    let Content { name, bytes, .. } = *content;
    let path = dir.join(name);
    if let Some(found) = hash_of(files, &path, &mut |_| {})? {
        if found == content.sha256 || content.also.contains(&found) {
            step(size(bytes).saturating_mul(2));
            return Ok(());
        }
        put_aside(files, dir, name)?;
    }
    let part = dir.join(format!("{name}{PART}"));
    if let Err(fault) = write(files, &part, bytes, step).and_then(|()| files.rename(&part, &path)) {
        // What cannot be removed either is swept by the next run.
        files.remove(&part).unwrap_or_default();
        return Err(fault.into());
    }
    files.sync_dir(dir)?;
    if hash_of(files, &path, step)?.as_deref() == Some(content.sha256) {
        return Ok(());
    }
    files.remove(&path)?;
    Err(DepositFault::Different)
}

fn write(
    files: &dyn Files,
    part: &Path,
    bytes: &[u8],
    step: &mut dyn FnMut(u64),
) -> io::Result<()> {
    let mut file = files.create(part)?;
    for piece in bytes.chunks(PIECE) {
        file.write_all(piece)?;
        step(size(piece));
    }
    file.flush()?;
    file.sync()
}

pub(super) fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
