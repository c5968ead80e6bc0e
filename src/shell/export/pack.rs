//! Bringing the outbox up to the head of the log: audit → pack → seal → outbox → ledger.

use super::deposit::{Content, sha256};
use super::exporter::{ExportFault, Exporter};
use super::outbox::{Adopt, Held, Known, Outbox, covered};
use super::teller::Teller;
use crate::bundle::{
    BundleError, Header, Heartbeat, LedgerState, Packed, Packer, Pushed, StationKey,
};
use crate::domain::{BundleNote, ChainHash, ExportNews, ExportWhy, Now, Seq};
use crate::store::{BundleFile, Store, StoreError};

/// Operations that are read at a time; in between, others may write.
const AT_A_TIME: usize = 1_000;
/// How often a record is tried while another program writes the ledger; each try waits two seconds.
const TRIES: usize = 5;

/// What a run knows while it packs.
pub(super) struct Run<'a> {
    pub(super) now: &'a Now,
    pub(super) why: ExportWhy,
    pub(super) key: StationKey,
    pub(super) outbox: Outbox,
    pub(super) heartbeat: Heartbeat,
    pub(super) clean: bool,
    /// What the ledger told of before this run.
    pub(super) known: Known,
    /// The first operation of the bundle in hand.
    pub(super) begun: Seq,
    /// What lies in the outbox; `None` until it has been looked at.
    pub(super) held: Option<Vec<Held>>,
}

impl Exporter {
    /// Brings the outbox up to the head of the log.
    pub(super) fn fill(
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
        let end = store.head()?;
        let mut next = Seq::new(covered.saturating_add(1));
        let prev = store.hash_at(Seq::new(covered))?;
        let prev = prev.unwrap_or_else(ChainHash::genesis);
        let mut packer = begin(run, self.header(run, next, prev))?;
        let rows = end.get().saturating_sub(covered);
        let (mut done, mut bytes) = (0_i64, 0_u64);
        while next <= end {
            let chunk = chunk(store, next, end)?;
            for row in &chunk {
                packer = self.push(run, store, (packer, row), teller)?;
                bytes = bytes.saturating_add(u64::try_from(row.body.len()).unwrap_or(0));
            }
            let Some(last) = chunk.last() else { break };
            next = Seq::new(last.seq.get().saturating_add(1));
            done = done.saturating_add(i64::try_from(chunk.len()).unwrap_or(0));
            // How long the rest is can only be guessed from what has been read.
            let unit = |n: i64| u64::try_from(n).unwrap_or(0);
            teller.guess((bytes / unit(done).max(1)).saturating_mul(unit(rows)));
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
        run.outbox.put(self.files.as_ref(), &content, &mut |_| {})?;
        let file = BundleFile {
            file: text,
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
}

/// Begins a bundle.
fn begin(run: &mut Run<'_>, header: Header) -> Result<Packer, BundleError> {
    run.begun = header.from;
    Packer::new(header)
}

/// Records a bundle; another program may be writing just now.
fn record(store: &mut Store, now: &Now, file: &BundleFile) -> Result<BundleNote, ExportFault> {
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
