//! One export: audit → pack → outbox → ledger → sinks. Whatever fails, the next run goes on from disk.

use super::aside::Aside;
use super::courier::Courier;
use super::deposit::{Asides, Watch};
use super::fault::ExportFault;
use super::files::Files;
use super::heartbeat::heartbeat;
use super::key::station_key;
use super::load::Load;
use super::outbox::{Outbox, known};
use super::pack::Run;
use super::press::Press;
use super::setup::Setup;
use super::teller::Teller;
use crate::config::SinkKind;
use crate::domain::{ExportNews, ExportStatus, ExportWhy, Lang, Now, Seq, SinkState};
use crate::store::{Store, lock_export};
use crate::words::Words;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// How long another program that exports is waited for, where nothing else was said.
const PATIENCE: Duration = Duration::from_mins(1);

/// Exports one station's log.
pub struct Exporter {
    setup: Setup,
    files: Arc<dyn Files>,
    /// How long another program that exports is waited for.
    patience: Duration,
    courier: Courier,
    /// Takes a sentence for the technician, in English as all of the log.
    remark: Box<dyn FnMut(&str) + Send>,
}

impl fmt::Debug for Exporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Exporter");
        shown
            .field("setup", &self.setup)
            .field("files", &self.files);
        shown.finish_non_exhaustive()
    }
}

impl Exporter {
    /// An exporter on these file systems; [`super::Disk`] is the real one.
    pub fn new(setup: Setup, files: Box<dyn Files>) -> Self {
        Self {
            setup,
            files: files.into(),
            patience: PATIENCE,
            courier: Courier::default(),
            remark: Box::new(|_| {}),
        }
    }

    /// The same, but another program that exports is waited for so long.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same, but a sink that has nothing to do is waited for so long.
    #[must_use]
    pub fn sending(mut self, patience: Duration) -> Self {
        self.courier.patience = patience;
        self
    }

    /// The same, and `remark` is told what the technician should know beside the news.
    #[must_use]
    pub fn remarking(self, remark: impl FnMut(&str) + Send + 'static) -> Self {
        let remark = Box::new(remark);
        Self { remark, ..self }
    }

    /// Takes another setup; sinks that did not answer are remembered.
    pub fn set_up(&mut self, setup: Setup) {
        self.setup = setup;
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
        &mut self,
        now: &Now,
        why: ExportWhy,
        store: &mut Store,
        teller: &mut Teller<'_>,
    ) -> Result<(), ExportFault> {
        store.make_way();
        let _alone = lock_export(store.dir(), self.patience, &mut |holder| {
            teller.say(ExportNews::Waits(holder));
        })?;
        let key = station_key(store.dir())?.ok_or(ExportFault::NoKey)?;
        // Only the ledger knows on which of the station's disks it is.
        self.setup.origin.incarnation = store.incarnation()?;
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
            asides: Asides::default(),
        };
        let packed = run.fill(store, teller);
        let Run {
            outbox,
            held,
            asides,
            ..
        } = run;
        let words = Words::new();
        for aside in asides.0 {
            (self.remark)(&aside.sentence(&words, Lang::En));
        }
        // Where nothing new could be written, what is there is sent all the same.
        if let Some(held) = held {
            let load = Load {
                files: Arc::clone(&self.files),
                outbox,
                origin: self.setup.origin.clone(),
                held,
            };
            self.send_all(load, &words, teller);
        }
        packed
    }

    fn send_all(&mut self, load: Load, words: &Words, teller: &mut Teller<'_>) {
        let one: u64 = load
            .held
            .iter()
            .map(|held| held.bytes.saturating_mul(2))
            .sum();
        let sinks = u64::try_from(self.setup.sinks.len()).unwrap_or(0);
        teller.begin(one.saturating_mul(sinks));
        let load = Arc::new(load);
        for (index, sink) in self.setup.sinks.iter().enumerate() {
            let end = teller.done.saturating_add(one);
            let mut told = Told {
                teller: &mut *teller,
                asides: Asides::default(),
            };
            let sticks = &self.setup.sticks;
            let sent = self
                .courier
                .send((&load, one), &sink.kind, sticks, &mut told);
            for aside in told.asides.0 {
                let sentence = aside.sentence(words, Lang::En);
                (self.remark)(&format!("{}: {sentence}", sink.name));
            }
            teller.at(end);
            let is_stick = matches!(sink.kind, SinkKind::Stick { .. });
            let may_remove = is_stick && sent.is_ok();
            let state = match sent {
                Ok(()) => SinkState::Done,
                Err(why) => SinkState::Failed(why.told(words, self.setup.lang)),
            };
            teller.say(ExportNews::Sink { index, state });
            if may_remove {
                teller.say(ExportNews::MayRemove);
            }
        }
    }
}

/// Passes steps on, and keeps what was put aside.
struct Told<'a, 'b> {
    teller: &'a mut Teller<'b>,
    asides: Asides,
}

impl Watch for Told<'_, '_> {
    fn step(&mut self, bytes: u64) -> io::Result<()> {
        self.teller.step(bytes);
        Ok(())
    }

    fn aside(&mut self, aside: Aside) {
        self.asides.aside(aside);
    }
}
