//! One export: audit → pack → outbox → ledger → sinks. Whatever fails, the next run goes on from disk.

use super::fault::ExportFault;
use super::files::Files;
use super::heartbeat::heartbeat;
use super::key::station_key;
use super::load::Load;
use super::outbox::{Held, Outbox, known};
use super::pack::Run;
use super::press::Press;
use super::setup::Setup;
use super::sink::send;
use super::teller::Teller;
use crate::config::SinkKind;
use crate::domain::{ExportNews, ExportStatus, ExportWhy, Now, Seq, SinkState};
use crate::store::{Store, lock_export};
use std::time::Duration;

/// How long another program that exports is waited for, where nothing else was said.
const PATIENCE: Duration = Duration::from_mins(1);

/// Exports one station's log.
#[derive(Debug)]
pub struct Exporter {
    setup: Setup,
    files: Box<dyn Files>,
    /// How long another program that exports is waited for.
    patience: Duration,
}

impl Exporter {
    /// An exporter on these file systems; [`super::Disk`] is the real one.
    pub fn new(setup: Setup, files: Box<dyn Files>) -> Self {
        Self {
            setup,
            files,
            patience: PATIENCE,
        }
    }

    /// The same, but another program that exports is waited for so long.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
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
        let _alone = lock_export(store.dir(), self.patience, &mut |holder| {
            teller.say(ExportNews::Waits(holder));
        })?;
        let key = station_key(store.dir())?.ok_or(ExportFault::NoKey)?;
        let press = Press {
            key,
            heartbeat: heartbeat(&self.setup, now, store)?,
            recipient: self.setup.recipient.clone(),
        };
        let mut run = Run {
            files: self.files.as_ref(),
            origin: &self.setup.origin,
            now,
            why,
            press: &press,
            outbox: Outbox::new(store.dir(), &self.setup.origin),
            clean: true,
            known: known(store)?,
            begun: Seq::new(1),
            held: None,
        };
        let packed = run.fill(store, teller);
        // Where nothing new could be written, what is there is sent all the same.
        if let Some(held) = &run.held {
            self.send_all(&run.outbox, held, teller);
        }
        packed
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
