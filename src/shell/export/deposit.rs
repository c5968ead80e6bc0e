//! Putting a bundle into a folder: `.part` → sync → name → sync of the folder → read back and compare.
//!
//! The outbox, a directory and a stick are all written by this, and only by this. What is there already and is not ours is
//! [put aside](put_aside).

use super::aside::{Aside, Stays, put_aside};
use super::files::Folder;
use crate::bundle::{BundleName, Origin};
use crate::disk::{self, Entry};
use crate::domain::hex;
use rustix::io::Errno;
use sha2::{Digest as _, Sha256};
use std::io::{self, Read as _};

/// How much is written or read at a time, in bytes.
const PIECE: usize = 64 << 10;
/// More than any bundle has, sealed ones included, in bytes.
pub(super) const LONGEST: u64 = 128 << 20;
/// What an unfinished file's name ends with.
const PART: &str = ".part";

/// Why a bundle is not in its folder.
#[derive(Debug, thiserror::Error)]
pub(super) enum DepositFault {
    /// The system said no.
    #[error("{}", disk::told(.0))]
    Io(#[from] io::Error),
    /// It is there and whole, but its folder could not be synced.
    #[error("perhaps not yet on the medium: {}", disk::told(.0))]
    Unsure(io::Error),
    /// What was read back is not what was written.
    #[error("what was read back is not what was written")]
    Different,
    /// Something that is not ours is in the way and cannot be renamed.
    #[error("{}: not ours, and cannot be renamed; take it away", .0.path.display())]
    Obstacle(Aside),
}

impl From<Stays> for DepositFault {
    fn from(stays: Stays) -> Self {
        match stays {
            Stays::Obstacle(aside) => Self::Obstacle(aside),
            Stays::Io(error) => Self::Io(error),
        }
    }
}

/// Who is told how far it is, and may end it.
pub(super) trait Watch {
    /// So many bytes were written or read back; an error ends it.
    fn step(&mut self, bytes: u64) -> io::Result<()>;

    /// Something that is not ours was put aside.
    fn aside(&mut self, aside: Aside);
}

/// Lets everything pass, and keeps what was put aside.
#[derive(Debug, Default)]
pub(super) struct Asides(pub(super) Vec<Aside>);

impl Watch for Asides {
    fn step(&mut self, _bytes: u64) -> io::Result<()> {
        Ok(())
    }

    fn aside(&mut self, aside: Aside) {
        self.0.push(aside);
    }
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
    dir: &dyn Folder,
    name: &str,
    step: &mut dyn FnMut(u64) -> io::Result<()>,
) -> io::Result<Option<String>> {
    let mut hash = Sha256::new();
    let Some(file) = there(dir.open(name))? else {
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
        step(u64::try_from(read).unwrap_or(0))?;
    }
}

/// A whole file of at most `most` bytes; `None` where there is no file.
pub(super) fn read_whole(dir: &dyn Folder, name: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = there(dir.open(name))? else {
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

/// Opens a folder in another one, making it where it is not there; what has its name and is no folder is put aside.
pub(super) fn open_or_make(
    above: &dyn Folder,
    name: &str,
    watch: &mut dyn Watch,
) -> Result<Box<dyn Folder>, DepositFault> {
    match above.look(name)? {
        Some(Entry::Folder) | None => {}
        Some(entry) => watch.aside(put_aside(above, name, entry)?),
    }
    above.make_dir(name)?;
    above.enter(name).map_err(|error| {
        let strange = [Errno::LOOP, Errno::NOTDIR];
        let is_strange = Errno::from_io_error(&error).is_some_and(|e| strange.contains(&e));
        if is_strange || error.kind() == io::ErrorKind::CrossesDevices {
            DepositFault::Obstacle(Aside {
                path: above.path().join(name),
                entry: Entry::Folder,
                now: None,
            })
        } else {
            error.into()
        }
    })
}

/// Removes what an interrupted run left unfinished. Others' files are left alone.
pub(super) fn sweep(
    dir: &dyn Folder,
    origin: &Origin,
    watch: &mut dyn Watch,
) -> Result<(), DepositFault> {
    for name in dir.list()? {
        let whole = name.strip_suffix(PART).map(BundleName::parse);
        if let Some(Ok(whole)) = whole
            && whole.origin == *origin
        {
            clear(dir, &name, watch)?;
        }
    }
    Ok(())
}

/// Frees the name of an unfinished file.
fn clear(dir: &dyn Folder, part: &str, watch: &mut dyn Watch) -> Result<(), DepositFault> {
    match dir.look(part)? {
        Some(Entry::File(_)) => {
            // Whoever was given up meanwhile removes nothing any more: it may be another's.
            watch.step(0)?;
            dir.remove(part)?;
        }
        Some(entry) => watch.aside(put_aside(dir, part, entry)?),
        None => {}
    }
    Ok(())
}

/// Puts a bundle into a folder, unless it is there. The watch is told every byte written and read back.
pub(super) fn deposit(
    dir: &dyn Folder,
    content: &Content<'_>,
    watch: &mut dyn Watch,
) -> Result<(), DepositFault> {
    let Content { name, bytes, .. } = *content;
    if is_there(dir, content, watch)? {
        watch.step(size(bytes).saturating_mul(2))?;
        return Ok(());
    }
    let part = format!("{name}{PART}");
    clear(dir, &part, watch)?;
    if let Err(fault) = write(dir, &part, bytes, watch).and_then(|()| dir.rename(&part, name)) {
        // What cannot be removed either is swept by the next run, and so is what another may be writing by now.
        if fault.kind() != io::ErrorKind::TimedOut {
            dir.remove(&part).unwrap_or_default();
        }
        return Err(fault.into());
    }
    let synced = dir.sync();
    let found = hash_of(dir, name, &mut |bytes| watch.step(bytes))?;
    if found.as_deref() == Some(content.sha256) {
        return synced.map_err(DepositFault::Unsure);
    }
    dir.remove(name)?;
    Err(DepositFault::Different)
}

/// Says whether a folder has a bundle. What has its name and is not it is put aside; whose length is not right is not read.
fn is_there(
    dir: &dyn Folder,
    content: &Content<'_>,
    watch: &mut dyn Watch,
) -> Result<bool, DepositFault> {
    let Content { name, sha256, .. } = *content;
    let Some(entry) = dir.look(name)? else {
        return Ok(false);
    };
    // The lengths of other good ones are not known.
    let others = content.also.iter().any(|also| also != sha256);
    let may_be = match entry {
        Entry::File(length) => length == size(content.bytes) || (others && length <= LONGEST),
        Entry::Folder | Entry::Link | Entry::Pipe | Entry::Socket | Entry::Device => false,
    };
    if may_be {
        match hash_of(dir, name, &mut |_| watch.step(0))? {
            None => return Ok(false),
            Some(found) if found == sha256 || content.also.contains(&found) => return Ok(true),
            Some(_) => {}
        }
    }
    watch.aside(put_aside(dir, name, entry)?);
    Ok(false)
}

fn write(dir: &dyn Folder, part: &str, bytes: &[u8], watch: &mut dyn Watch) -> io::Result<()> {
    let mut file = dir.create(part)?;
    for piece in bytes.chunks(PIECE) {
        file.write_all(piece)?;
        watch.step(size(piece))?;
    }
    file.flush()?;
    file.sync()?;
    // Whoever was given up meanwhile names nothing any more: another may be writing there.
    watch.step(0)
}

pub(super) fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::export::{Disk, Files as _};
    use std::fs;

    /// One who was given up, from the n-th step on.
    struct GivenUp(u32);

    impl Watch for GivenUp {
        fn step(&mut self, _bytes: u64) -> io::Result<()> {
            match self.0.checked_sub(1) {
                Some(left) => self.0 = left,
                None => return Err(io::ErrorKind::TimedOut.into()),
            }
            Ok(())
        }

        fn aside(&mut self, _aside: Aside) {}
    }

    #[test]
    fn who_was_given_up_removes_no_file_that_another_may_be_writing() {
        let path = std::env::temp_dir().join(format!("wenming-deposit-{}", std::process::id()));
        disk::make_dir_synced(&path).unwrap();
        let dir = Disk.folder(&path).unwrap();
        let bytes = vec![7; PIECE * 2];
        let content = Content {
            name: "bundle",
            bytes: &bytes,
            sha256: &sha256(&bytes),
            also: &[],
        };
        for steps in 0..4 {
            fs::write(path.join("bundle.part"), "another's").unwrap();
            let end = deposit(dir.as_ref(), &content, &mut GivenUp(steps));
            let Err(DepositFault::Io(error)) = end else {
                panic!("{steps}: {end:?}");
            };
            assert_eq!(error.kind(), io::ErrorKind::TimedOut, "{steps}");
            assert!(path.join("bundle.part").exists(), "{steps}");
            assert!(!path.join("bundle").exists(), "{steps}");
            if steps == 0 {
                let kept = disk::read_text(&path.join("bundle.part"), 99).unwrap();
                assert_eq!(kept, "another's");
            }
        }
        fs::remove_dir_all(&path).unwrap();
    }
}
