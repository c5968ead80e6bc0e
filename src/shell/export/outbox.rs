//! The outbox: every bundle that the town has not acknowledged, as files in `outbox/`.
//!
//! What counts is what lies there now and agrees with the ledger; the rest is written again.

use super::aside::{Stays, put_aside};
use super::deposit::{
    Asides, Content, DepositFault, LONGEST, Watch as _, deposit, hash_of, read_whole, sha256, sweep,
};
use super::fault::ExportFault;
use super::files::{Disk, Files, Folder};
use crate::bundle::{BundleName, LedgerState, Origin, PublicKey, open};
use crate::disk::{Entry, told};
use crate::domain::{ExportWhy, Seq};
use crate::store::{BundleFile, Store};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// The folder's name in the data directory.
const NAME: &str = "outbox";

/// A bundle that lies in the outbox and is recorded in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) name: BundleName,
    pub(super) sha256: String,
    /// Other files of this name that the ledger tells of.
    pub(super) also: Vec<String>,
    pub(super) bytes: u64,
}

/// What a survey of the outbox found.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) held: Vec<Held>,
    /// A bundle that could not be read, although it lies there. Nobody knows what it is, so nothing may be packed in its place.
    pub(super) unread: Option<ExportFault>,
}

/// The outbox of a station.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    pub(super) dir: PathBuf,
    origin: Origin,
}

/// Whose bundles are taken up that an interrupted run left without a record.
pub(super) struct Adopt<'a> {
    pub(super) key: &'a PublicKey,
    pub(super) why: ExportWhy,
}

impl Outbox {
    pub(super) fn new(data: &Path, origin: &Origin) -> Self {
        Self {
            dir: data.join(NAME),
            origin: origin.clone(),
        }
    }

    /// Tidies the outbox and says what it holds: unfinished and acknowledged files go, files that are not
    /// what the ledger says are put aside, and `adopt` is asked about those it does not tell of. One that cannot be read stays where
    /// it is: a disk that fails once says nothing of the file.
    pub(super) fn survey(
        &self,
        files: &dyn Files,
        (store, known): (&Store, &Known),
        adopt: &mut dyn FnMut(BundleFile) -> Result<(), ExportFault>,
        (by, asides): (&Adopt<'_>, &mut Asides),
    ) -> Result<Survey, ExportFault> {
        let at = |what| move |error: io::Error| ExportFault::outbox(what, &error);
        let acknowledged = store.export_status()?.acknowledged.map_or(0, Seq::get);
        let dir = self.made(files).map_err(at("make"))?;
        let dir = dir.as_ref();
        match sweep(dir, &self.origin, asides) {
            // Where nothing can be tidied, what is there is sent all the same.
            Err(DepositFault::Io(error)) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => {}
            swept => swept.map_err(|fault| refused("sweep", "", fault))?,
        }
        let (mut held, mut unread) = (Vec::new(), None);
        for text in dir.list().map_err(at("read"))? {
            let Some(name) = self.ours(&text) else {
                continue;
            };
            if name.to.get() <= acknowledged {
                match dir.remove(&text) {
                    Err(error) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => {}
                    removed => removed.map_err(at("tidy"))?,
                }
                continue;
            }
            let Some(entry) = dir.look(&text).map_err(at("read"))? else {
                continue;
            };
            let mut bytes = 0;
            let found = hash(dir, &text, entry, &mut bytes).or_else(|_| {
                bytes = 0;
                hash(dir, &text, entry, &mut bytes)
            });
            let shas = known.get(&text).cloned().unwrap_or_default();
            let sha256 = match found {
                Ok(Some(sha256)) if shas.contains(&sha256) => Some(sha256),
                Ok(Some(sha256)) if shas.is_empty() => {
                    match self.adopted(dir, store, (&name, sha256), (adopt, by)) {
                        Err(ExportFault::Unread { file, why }) => {
                            unread = Some(ExportFault::Unread { file, why });
                            continue;
                        }
                        adopted => adopted?,
                    }
                }
                Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                    unread = Some(ExportFault::unread(&text, &error));
                    continue;
                }
                // Another content than the ledger says, or one that is not ours to read.
                Ok(_) | Err(_) => None,
            };
            match sha256 {
                Some(sha256) => held.push(Held {
                    name,
                    sha256,
                    also: shas,
                    bytes,
                }),
                None => match put_aside(dir, &text, entry) {
                    Ok(aside) => asides.aside(aside),
                    // Where nothing can be renamed it stays, and the others are sent all the same.
                    Err(Stays::Io(error)) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => {}
                    Err(stays) => return Err(refused("tidy", &text, stays.into())),
                },
            }
        }
        held.sort_by_key(|held| (held.name.from, held.name.to));
        Ok(Survey { held, unread })
    }

    /// Opens its folder, making it where it is not there. A technician may have put a link to another disk in its place.
    fn made(&self, files: &dyn Files) -> io::Result<Box<dyn Folder>> {
        let data = self.dir.parent().unwrap_or(&self.dir);
        files.folder(data)?.make_dir(NAME)?;
        files.folder(&self.dir)
    }

    /// The name of a bundle of this station.
    fn ours(&self, text: &str) -> Option<BundleName> {
        let name = BundleName::parse(text).ok()?;
        (name.origin == self.origin).then_some(name)
    }

    /// Records a bundle that was written just before the power went, when it is one of this very log.
    fn adopted(
        &self,
        dir: &dyn Folder,
        store: &Store,
        (name, hash): (&BundleName, String),
        (adopt, by): (
            &mut dyn FnMut(BundleFile) -> Result<(), ExportFault>,
            &Adopt<'_>,
        ),
    ) -> Result<Option<String>, ExportFault> {
        let text = name.to_string();
        let bytes = read_whole(dir, &text, LONGEST);
        let bytes = bytes.map_err(|error| ExportFault::unread(&text, &error))?;
        let Some(bytes) = bytes else {
            return Ok(None);
        };
        let Ok(opened) = open(&bytes, by.key, &self.origin, name) else {
            return Ok(None);
        };
        if sha256(&bytes) != hash || store.hash_at(name.to)?.as_ref() != Some(&opened.manifest.head)
        {
            return Ok(None);
        }
        adopt(BundleFile {
            file: name.to_string(),
            sha256: hash.clone(),
            from: name.from,
            to: name.to,
            why: by.why,
            clean: opened.manifest.header.ledger == LedgerState::Whole,
        })?;
        Ok(Some(hash))
    }

    /// A bundle's bytes.
    pub(super) fn read(&self, files: &dyn Files, name: &str) -> io::Result<Option<Vec<u8>>> {
        read_whole(files.folder(&self.dir)?.as_ref(), name, LONGEST)
    }

    /// Puts a new bundle in.
    pub(super) fn put(
        &self,
        files: &dyn Files,
        content: &Content<'_>,
        asides: &mut Asides,
    ) -> Result<(), ExportFault> {
        let dir = files.folder(&self.dir);
        let dir = dir.map_err(|error| ExportFault::outbox("write", &error))?;
        deposit(dir.as_ref(), content, asides)
            .map_err(|fault| refused("write", content.name, fault))
    }
}

fn refused(what: &'static str, file: &str, fault: DepositFault) -> ExportFault {
    match fault {
        DepositFault::Unsure(error) => ExportFault::Unsure {
            file: file.to_owned(),
            why: told(&error),
        },
        DepositFault::Io(error) => ExportFault::outbox(what, &error),
        DepositFault::Different | DepositFault::Obstacle(_) => {
            ExportFault::Outbox(what, fault.to_string())
        }
    }
}

/// The SHA-256 of a file and its length; `None` for what is no file.
fn hash(dir: &dyn Folder, name: &str, entry: Entry, bytes: &mut u64) -> io::Result<Option<String>> {
    match entry {
        Entry::File(length) if length <= LONGEST => hash_of(dir, name, &mut |step| {
            *bytes += step;
            Ok(())
        }),
        Entry::File(length) => {
            *bytes = length;
            Ok(None)
        }
        Entry::Folder | Entry::Link | Entry::Pipe | Entry::Socket | Entry::Device => Ok(None),
    }
}

/// The files that the ledger tells of, by name. A name has more than one when its range was packed again.
pub(super) type Known = HashMap<String, Vec<String>>;

/// What the ledger tells of and the town has not acknowledged.
pub(super) fn known(store: &Store) -> Result<Known, ExportFault> {
    let mut known = Known::new();
    let after = store.export_status()?.acknowledged;
    for (note, sha256) in store.bundles_after(after.unwrap_or(Seq::new(0)))? {
        known.entry(note.file).or_default().push(sha256);
    }
    Ok(known)
}

/// The place up to which bundles in the outbox follow one another without a gap.
pub(super) fn covered(held: &[Held], acknowledged: i64) -> i64 {
    held.iter().fold(acknowledged, |to, held| {
        if held.name.from.get() <= to.saturating_add(1) {
            to.max(held.name.to.get())
        } else {
            to
        }
    })
}

/// A bundle that waits in the outbox, as `wenming export list` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its name.
    pub name: BundleName,
    /// Its size in bytes.
    pub bytes: u64,
    /// The ledger tells of it, and of exactly these bytes.
    pub recorded: bool,
}

/// What lies in the outbox of a data directory; changes nothing.
///
/// # Errors
/// The outbox or the ledger cannot be read.
pub fn waiting(store: &Store, origin: &Origin) -> Result<Vec<Waiting>, ExportFault> {
    let outbox = Outbox::new(store.dir(), origin);
    let known = known(store)?;
    let at_read = |error: io::Error| ExportFault::outbox("read", &error);
    let dir = match Disk.folder(&outbox.dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        answer => answer.map_err(at_read)?,
    };
    let dir = dir.as_ref();
    let mut waiting = Vec::new();
    for text in dir.list().map_err(at_read)? {
        let Some(name) = outbox.ours(&text) else {
            continue;
        };
        let Some(entry) = dir.look(&text).map_err(at_read)? else {
            continue;
        };
        let mut bytes = 0;
        let hash = hash(dir, &text, entry, &mut bytes).map_err(at_read)?;
        let shas = known.get(&text).cloned().unwrap_or_default();
        waiting.push(Waiting {
            name,
            bytes,
            recorded: hash.is_some_and(|hash| shas.contains(&hash)),
        });
    }
    Ok(waiting)
}
