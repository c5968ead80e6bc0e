//! Bringing the outbox up to the head of the log: audit → pack → seal → outbox → ledger.
//!
//! While one bundle is compressed in a thread of its own, the operations of the next are read.

use super::deposit::{Asides, Content};
use super::fault::ExportFault;
use super::files::Files;
use super::outbox::{Adopt, Held, Known, Outbox, Survey, covered};
use super::press::{Press, Pressed, Pressing};
use super::teller::Teller;
use crate::bundle::{BundleError, Header, LedgerState, Origin, Packer, Pushed};
use crate::domain::{BundleNote, ChainHash, ExportNews, ExportWhy, Now, Seq};
use crate::store::{BundleFile, ExportRow, Store, StoreError};
use std::mem::replace;
use std::thread;

/// Operations that are read at a time; in between, others may write.
const AT_A_TIME: usize = 1_000;
/// How often a record is tried while another program writes the ledger; each try waits two seconds.
const TRIES: usize = 5;

/// What a run knows while it packs.
pub(super) struct Run<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) origin: &'a Origin,
    pub(super) now: &'a Now,
    pub(super) why: ExportWhy,
    pub(super) press: &'a Press,
    pub(super) outbox: Outbox,
    pub(super) clean: bool,
    /// What the ledger told of before this run.
    pub(super) known: Known,
    /// The first operation of the bundle in hand.
    pub(super) begun: Seq,
    /// What lies in the outbox; `None` until it has been looked at.
    pub(super) held: Option<Vec<Held>>,
    /// What in the outbox was not ours.
    pub(super) asides: Asides,
}

impl Run<'_> {
    /// Brings the outbox up to the head of the log.
    pub(super) fn fill(
        &mut self,
        store: &mut Store,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        let public = self.press.key.public();
        let adopt = Adopt {
            key: &public,
            why: self.why,
        };
        let files = self.files;
        let mut orphans = Vec::new();
        let mut take = |file| {
            orphans.push(file);
            Ok(())
        };
        let Survey { held, unread } = self.outbox.survey(
            files,
            (store, &self.known),
            &mut take,
            (&adopt, &mut self.asides),
        )?;
        // What lies there can be brought to the sinks even where the ledger takes no record just now.
        self.held = Some(held);
        for file in orphans {
            let note = record(store, self.now, &file)?;
            teller.say(ExportNews::Written(note));
        }
        if let Some(unread) = unread {
            return Err(unread);
        }
        self.clean = store
            .audit_for_export()
            .is_ok_and(|report| report.is_clean());
        self.pack(store, teller)
    }

    /// Packs everything that no bundle in the outbox has, up to the head as it is now.
    fn pack(&mut self, store: &mut Store, teller: &mut Teller<'_>) -> Result<(), ExportFault> {
        let status = store.export_status()?;
        let held = self.held.as_deref().unwrap_or_default();
        let covered = covered(held, status.acknowledged.map_or(0, Seq::get));
        let end = store.head()?;
        let mut next = Seq::new(covered.saturating_add(1));
        let prev = store.hash_at(Seq::new(covered))?;
        let prev = prev.unwrap_or_else(ChainHash::genesis);
        let packer = self.begin(self.header(next, prev))?;
        let press = self.press;
        thread::scope(|scope| {
            let mut line = Line {
                packer,
                pressing: Pressing::new(scope, press),
                end,
                clean: self.clean,
                rows: 0,
                bytes: 0,
            };
            while next <= end {
                match store.operations_from(next, AT_A_TIME, |row| line.take(&row)) {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(Halt::Full) if line.packer.next() == self.begun => {
                        return Err(BundleError::Full.into());
                    }
                    Err(Halt::Full) => {
                        let follow = line.packer.follow();
                        self.turn(&mut line, follow, (store, teller))?;
                    }
                    Err(Halt::Gap(seq, prev)) => {
                        // What follows the gap travels on its own, from the hash that it names.
                        let follow = self.header(seq, prev);
                        self.turn(&mut line, follow, (store, teller))?;
                    }
                    Err(Halt::Fault(fault)) => return Err(fault),
                }
                next = line.packer.next();
                line.tell(covered, teller);
            }
            let Line {
                packer,
                mut pressing,
                ..
            } = line;
            self.keep(store, pressing.last(), teller)?;
            self.keep(store, Some(press.press(packer)), teller)
        })
    }

    /// Ends a bundle and begins the next one. It is made while the one before it goes into the outbox.
    fn turn(
        &mut self,
        line: &mut Line<'_, '_>,
        follow: Header,
        (store, teller): (&mut Store, &mut Teller<'_>),
    ) -> Result<(), ExportFault> {
        let last = line.pressing.last();
        let empty = line.packer.next() == self.begun;
        let done = replace(&mut line.packer, self.begin(follow)?);
        if !empty {
            line.pressing.start(done)?;
        }
        self.keep(store, last, teller)
    }

    fn header(&self, from: Seq, prev: ChainHash) -> Header {
        Header {
            origin: self.origin.clone(),
            from,
            prev,
            ledger: if self.clean {
                LedgerState::Whole
            } else {
                LedgerState::Damaged
            },
            snapshot_seen: 0,
            app: env!("CARGO_PKG_VERSION").to_owned(),
            created: self.now.wall,
        }
    }

    /// Writes a bundle into the outbox, and records it.
    fn keep(
        &mut self,
        store: &mut Store,
        pressed: Option<Result<Pressed, ExportFault>>,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        let Some(pressed) = pressed else {
            return Ok(());
        };
        let Pressed {
            manifest,
            bytes,
            sha256,
            sealed,
        } = pressed?;
        let name = manifest.name(sealed);
        let text = name.to_string();
        let content = Content {
            name: &text,
            bytes: &bytes,
            sha256: &sha256,
            also: &[],
        };
        let also = self.known.get(&text).cloned().unwrap_or_default();
        self.outbox.put(self.files, &content, &mut self.asides)?;
        let file = BundleFile {
            file: text,
            sha256: sha256.clone(),
            from: manifest.header.from,
            to: manifest.to,
            why: self.why,
            clean: self.clean,
        };
        let note = record(store, self.now, &file)?;
        teller.say(ExportNews::Written(note));
        self.held.get_or_insert_default().push(Held {
            name,
            sha256,
            also,
            bytes: u64::try_from(bytes.len()).unwrap_or(0),
        });
        Ok(())
    }

    /// Begins a bundle.
    fn begin(&mut self, header: Header) -> Result<Packer, BundleError> {
        self.begun = header.from;
        Packer::new(header)
    }
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

/// Why reading stops before the rows do.
enum Halt {
    /// The bundle has no room; nothing of the row is in it.
    Full,
    /// Operations are missing before this one, and the ledger is known to be damaged.
    Gap(Seq, ChainHash),
    /// Something that no bundle can hold, or a disk that cannot be read.
    Fault(ExportFault),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

/// The bundle that is filled, and the one before it.
struct Line<'scope, 'env> {
    packer: Packer,
    pressing: Pressing<'scope, 'env>,
    end: Seq,
    clean: bool,
    rows: u64,
    bytes: u64,
}

impl Line<'_, '_> {
    /// Adds an operation straight from the ledger's page.
    fn take(&mut self, row: &ExportRow<'_>) -> Result<(), Halt> {
        if row.seq > self.end {
            return Ok(());
        }
        if row.seq > self.packer.next() && !self.clean {
            let prev = ChainHash::parse(row.prev).unwrap_or_else(ChainHash::genesis);
            return Err(Halt::Gap(row.seq, prev));
        }
        match self.packer.push(row.seq, row.body, row.hash) {
            Ok(Pushed::In) => {
                let bytes = u64::try_from(row.body.len()).unwrap_or(0);
                self.bytes = self.bytes.saturating_add(bytes);
                self.rows = self.rows.saturating_add(1);
                Ok(())
            }
            Ok(Pushed::Full) => Err(Halt::Full),
            Err(error) => Err(Halt::Fault(error.into())),
        }
    }

    /// How long the rest is can only be guessed from what has been read.
    fn tell(&self, covered: i64, teller: &mut Teller<'_>) {
        let rows = self.end.get().saturating_sub(covered);
        let each = self.bytes / self.rows.max(1);
        teller.guess(each.saturating_mul(u64::try_from(rows).unwrap_or(0)));
        teller.at(self.bytes);
    }
}
