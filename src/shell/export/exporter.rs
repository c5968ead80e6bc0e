//! One export: audit → pack → outbox → ledger → sinks. Whatever fails, the next run goes on from disk.

use super::deposit::{Content, sha256};
use super::files::Files;
use super::heartbeat::heartbeat;
use super::key::station_key;
use super::outbox::{Adopt, Held, Known, Outbox, covered, known};
use super::setup::Setup;
use super::sink::{Load, send};
use crate::bundle::{
    BundleError, Header, Heartbeat, KeyFault, LedgerState, Packed, Packer, Pushed, StationKey,
};
use crate::config::SinkKind;
use crate::domain::{BundleNote, ChainHash, ExportNews, ExportStatus, ExportWhy, Now, Seq, SinkState};
use crate::store::{BundleFile, Store, StoreError, lock_export};
use std::io;
use std::path::PathBuf;

/// Operations that are read at a time; in between, others may write.
const AT_A_TIME: usize = 1_000;
/// How often a record is tried while another program writes the ledger; each try waits two seconds.
const TRIES: usize = 5;
/// How many steps of progress are told at most.
const STEPS: u64 = 200;

/// Why nothing could be written; what to tell the technician.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The ledger said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No key was made for this station.
    #[error("sign the bundle: this station has no key; make one with `wenming keys`")]
    NoKey,
    /// A key that cannot be read.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// A public key lies beside the private one and is not its other half.
    #[error("{}: not the public half of station.key; put it aside", .0.display())]
    OtherPublicKey(PathBuf),
    /// Something that no bundle can hold.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A bundle cannot be sealed.
    #[error("{0}")]
    Seal(String),
    /// The outbox cannot be read or written.
    #[error("{0} the outbox: {1}")]
    Outbox(&'static str, String),
}

impl ExportFault {
    pub(super) fn outbox(what: &'static str, error: io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
            _ => error.to_string(),
        };
        Self::Outbox(what, why)
    }
}

/// Exports one station's log.
#[derive(Debug)]
pub struct Exporter {
    setup: Setup,
    files: Box<dyn Files>,
}

/// Tells news, and progress not too often.
struct Teller<'a> {
    tell: &'a mut dyn FnMut(ExportNews),
    done: u64,
    total: u64,
    told: u64,
}

impl<'a> Teller<'a> {
    fn new(tell: &'a mut dyn FnMut(ExportNews)) -> Self {
        Self {
            tell,
            done: 0,
            total: 0,
            told: 0,
        }
    }

    fn say(&mut self, news: ExportNews) {
        (self.tell)(news);
    }

    /// Begins to count anew.
    fn begin(&mut self, total: u64) {
        (self.done, self.total, self.told) = (0, total, 0);
    }

    fn at(&mut self, done: u64) {
        self.done = done.min(self.total);
        let passed = self.done.saturating_sub(self.told);
        if passed > 0 && (passed >= self.total / STEPS || self.done == self.total) {
            self.told = self.done;
            let (done, total) = (self.done, self.total);
            self.say(ExportNews::Progress { done, total });
        }
    }

    fn step(&mut self, bytes: u64) {
        self.at(self.done.saturating_add(bytes));
    }
}

/// What a run knows while it packs.
struct Run<'a> {
    now: &'a Now,
    why: ExportWhy,
    key: StationKey,
    outbox: Outbox,
    heartbeat: Heartbeat,
    clean: bool,
    /// What the ledger told of before this run.
    known: Known,
    /// The first operation of the bundle in hand.
    begun: Seq,
    /// What lies in the outbox; `None` until it has been looked at.
    held: Option<Vec<Held>>,
}

impl Exporter {
    /// An exporter on these file systems; [`super::Disk`] is the real one.
    pub fn new(setup: Setup, files: Box<dyn Files>) -> Self {
        Self { setup, files }
    }

    /// Writes what is new into the outbox, and brings everything of it to each sink.
    ///
    /// Everything worth knowing is told; the last news is always [`ExportNews::Ended`].
    pub fn run(
        &mut self,
        now: &Now,
        why: ExportWhy,
        store: &mut Store,
        tell: &mut dyn FnMut(ExportNews),
    ) {
        let mut teller = Teller::new(tell);
        teller.say(ExportNews::Started(why));
        let before = store.export_status().unwrap_or_default();
        if let Err(fault) = self.export(now, why, store, &mut teller) {
            teller.say(ExportNews::Failed(fault.to_string()));
        }
        let status: ExportStatus = store.export_status().unwrap_or(before);
        teller.say(ExportNews::Ended(status));
    }

    fn export(
        &self,
        now: &Now,
        why: ExportWhy,
        store: &mut Store,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        let _alone = lock_export(store.dir())?;
        let key = station_key(store.dir())?.ok_or(ExportFault::NoKey)?;
        let mut run = Run {
            now,
            why,
            key,
            outbox: Outbox::new(store.dir(), &self.setup.origin),
            heartbeat: heartbeat(&self.setup, now, store)?,
            clean: true,
            known: known(store)?,
            begun: Seq::new(1),
            held: None,
        };
        let packed = self.fill(&mut run, store, teller);
        // Where nothing new could be written, what is there is sent all the same.
        if let Some(held) = &run.held {
            self.send_all(&run.outbox, held, teller);
        }
        packed
    }

    /// Brings the outbox up to the head of the log.
    fn fill(
        &self,
        run: &mut Run<'_>,
        store: &mut Store,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        let public = run.key.public();
        let adopt = Adopt {
            key: &public,
            why: run.why,
        };
        let files = self.files.as_ref();
        let mut orphans = Vec::new();
        let mut take = |file| {
            orphans.push(file);
            Ok(())
        };
        let held = run
            .outbox
            .survey(files, (store, &run.known), &mut take, &adopt)?;
        for file in orphans {
            let note = record(store, run.now, &file)?;
            teller.say(ExportNews::Written(note));
        }
        run.held = Some(held);
        run.clean = store.audit().is_ok_and(|report| report.is_clean());
        self.pack(run, store, teller)
    }

    /// Packs everything that no bundle in the outbox has, up to the head as it is now.
    fn pack(
        &self,
        run: &mut Run<'_>,
        store: &mut Store,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        let status = store.export_status()?;
        let held = run.held.as_deref().unwrap_or_default();
        let covered = covered(held, status.acknowledged.map_or(0, Seq::get));
        let head = store.head()?;
        let mut next = Seq::new(covered.saturating_add(1));
        let prev = store.hash_at(Seq::new(covered))?;
        let prev = prev.unwrap_or_else(ChainHash::genesis);
        let mut packer = begin(run, self.header(run, next, prev))?;
        let rows = head.get().saturating_sub(covered);
        let (mut done, mut bytes) = (0_i64, 0_u64);
        while next <= head {
            let chunk = chunk(store, next, head)?;
            for row in chunk.iter() {
                packer = self.push(run, store, (packer, row), teller)?;
                bytes = bytes.saturating_add(u64::try_from(row.body.len()).unwrap_or(0));
            }
            let Some(last) = chunk.last() else { break };
            next = Seq::new(last.seq.get().saturating_add(1));
            done = done.saturating_add(i64::try_from(chunk.len()).unwrap_or(0));
            // How long the rest is can only be guessed from what has been read.
            let unit = |n: i64| u64::try_from(n).unwrap_or(0);
            teller.total = (bytes / unit(done).max(1)).saturating_mul(unit(rows));
            teller.at(bytes);
        }
        self.finish(run, store, packer, teller)?;
        Ok(())
    }

    fn header(&self, run: &Run<'_>, from: Seq, prev: ChainHash) -> Header {
        Header {
            origin: self.setup.origin.clone(),
            from,
            prev,
            ledger: if run.clean {
                LedgerState::Whole
            } else {
                LedgerState::Damaged
            },
            snapshot_seen: 0,
            app: env!("CARGO_PKG_VERSION").to_owned(),
            created: run.now.wall,
        }
    }

    /// Adds an operation; where the bundle is full, writes it and begins the next one.
    fn push(
        &self,
        run: &mut Run<'_>,
        store: &mut Store,
        (mut packer, row): (Packer, &Row),
        teller: &mut Teller<'_>,
    ) -> Result<Packer, ExportFault> {
        if row.seq > packer.next() && !run.clean {
            // The log has a gap: what follows it travels on its own, from the hash that it names.
            let prev = ChainHash::parse(&row.prev).unwrap_or_else(ChainHash::genesis);
            let follow = self.header(run, row.seq, prev);
            if packer.next() > run.begun {
                self.finish(run, store, packer, teller)?;
            }
            packer = begin(run, follow)?;
        }
        match packer.push(row.seq, &row.body, &row.hash)? {
            Pushed::In => Ok(packer),
            Pushed::Full => {
                let follow = packer.follow();
                self.finish(run, store, packer, teller)?;
                let mut packer = begin(run, follow)?;
                match packer.push(row.seq, &row.body, &row.hash)? {
                    Pushed::In => Ok(packer),
                    Pushed::Full => Err(BundleError::Full.into()),
                }
            }
        }
    }

    /// Signs, seals, writes into the outbox, and records it.
    fn finish(
        &self,
        run: &mut Run<'_>,
        store: &mut Store,
        packer: Packer,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        let Packed { manifest, bytes } = packer.finish(&run.heartbeat, &run.key)?;
        let (bytes, sealed) = self.seal(bytes)?;
        let name = manifest.name(sealed);
        let (text, sha256) = (name.to_string(), sha256(&bytes));
        let content = Content {
            name: &text,
            bytes: &bytes,
            sha256: &sha256,
            also: &[],
        };
        let also = run.known.get(&text).cloned().unwrap_or_default();
        run.outbox
            .put(self.files.as_ref(), &content, &mut |_| {})?;
        let file = BundleFile {
            file: text.clone(),
            sha256: sha256.clone(),
            from: manifest.header.from,
            to: manifest.to,
            why: run.why,
            clean: run.clean,
        };
        let note = record(store, run.now, &file)?;
        teller.say(ExportNews::Written(note));
        run.held.get_or_insert_default().push(Held {
            name,
            sha256,
            also,
            bytes: u64::try_from(bytes.len()).unwrap_or(0),
        });
        Ok(())
    }

    #[cfg(feature = "seal")]
    fn seal(&self, bytes: Vec<u8>) -> Result<(Vec<u8>, bool), ExportFault> {
        let Some(recipient) = &self.setup.recipient else {
            return Ok((bytes, false));
        };
        let sealed = crate::bundle::Recipient::parse(recipient)
            .and_then(|recipient| recipient.seal(&bytes))
            .map_err(|fault| ExportFault::Seal(fault.to_string()))?;
        Ok((sealed, true))
    }

    #[cfg(not(feature = "seal"))]
    fn seal(&self, bytes: Vec<u8>) -> Result<(Vec<u8>, bool), ExportFault> {
        if self.setup.recipient.is_some() {
            let why = "seal the bundle: this program was built without the feature seal";
            return Err(ExportFault::Seal(why.to_owned()));
        }
        Ok((bytes, false))
    }

    fn send_all(&self, outbox: &Outbox, held: &[Held], teller: &mut Teller<'_>) {
        let load = Load {
            files: self.files.as_ref(),
            outbox,
            origin: &self.setup.origin,
            held,
        };
        let one: u64 = held.iter().map(|held| held.bytes.saturating_mul(2)).sum();
        let sinks = u64::try_from(self.setup.sinks.len()).unwrap_or(0);
        teller.begin(one.saturating_mul(sinks));
        for (index, sink) in self.setup.sinks.iter().enumerate() {
            let end = teller.done.saturating_add(one);
            let sent = send(&load, &sink.kind, &self.setup.sticks, &mut |bytes| {
                teller.step(bytes);
            });
            teller.at(end);
            let is_stick = matches!(sink.kind, SinkKind::Stick { .. });
            let may_remove = is_stick && sent.is_ok();
            let state = sent.map_or_else(SinkState::Failed, |()| SinkState::Done);
            teller.say(ExportNews::Sink { index, state });
            if may_remove {
                teller.say(ExportNews::MayRemove);
            }
        }
    }
}

/// Begins a bundle.
fn begin(run: &mut Run<'_>, header: Header) -> Result<Packer, BundleError> {
    run.begun = header.from;
    Packer::new(header)
}

/// Records a bundle; another program may be writing just now.
fn record(
    store: &mut Store,
    now: &Now,
    file: &BundleFile,
) -> Result<BundleNote, ExportFault> {
    let mut tries = 1;
    loop {
        match store.bundle_written(now, file) {
            Err(error) if error.is_busy() && tries < TRIES => tries += 1,
            answer => return Ok(answer?),
        }
    }
}

/// An operation in hand.
struct Row {
    seq: Seq,
    body: String,
    prev: String,
    hash: String,
}

/// The next operations up to the head, read at one go.
fn chunk(store: &Store, from: Seq, head: Seq) -> Result<Vec<Row>, StoreError> {
    let mut chunk = Vec::new();
    store.operations_from::<StoreError>(from, AT_A_TIME, |row| {
        if row.seq <= head {
            chunk.push(Row {
                seq: row.seq,
                body: row.body.to_owned(),
                prev: row.prev.to_owned(),
                hash: row.hash.to_owned(),
            });
        }
        Ok(())
    })?;
    Ok(chunk)
}
