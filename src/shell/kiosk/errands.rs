//! What the station wants done beside itself, handed to the kiosk's threads.

use super::Kiosk;
use crate::app::{Event, Way};
use crate::domain::{CardId, ExportWhy, Lang};
use crate::shell::checkup::{Environment, Subject};
use crate::shell::errand::{Errand, Sheet};
use crate::shell::export::{Job, Setup, config_digest};
use crate::shell::sim::bench;
use crate::shell::terminal::ring;
use crate::shell::voice::Audible;
use std::io;
use std::path::PathBuf;

impl Kiosk {
    /// Hands on all that is wanted. None of it is waited for.
    pub(super) fn run_errands(&mut self) -> io::Result<()> {
        for errand in self.station.errands() {
            match errand {
                Errand::Print => self.printer.wake(),
                Errand::Card(card) => self.put_card(card),
                Errand::Export(why) => self.export(why),
                Errand::Checkup => self.check_up(),
                Errand::Setting(change) => self.set(&change),
                Errand::Sheet(sheet) => self.print_sheet(sheet),
                Errand::Heard(heard) => self.be_heard(&heard)?,
            }
        }
        Ok(())
    }

    /// Holds a typed card to a simulated reader; one that none of them can read is taken as it is.
    fn put_card(&mut self, card: CardId) {
        let kinds = self.station.config().station.simulated();
        if !bench().tap(&kinds, &card) {
            let now = self.clock.now();
            self.station.handle(&now, Event::Card(Way::Typed, Ok(card)));
        }
    }

    /// Hands an export to the worker, which has its own way to the ledger.
    fn export(&mut self, why: ExportWhy) {
        let now = self.clock.now();
        let mut setup = Setup::new(
            self.station.config(),
            config_digest(self.config_dir.as_deref()),
        );
        setup.look(&self.station.model);
        for news in self.worker.ask(Job { why, now, setup }) {
            self.station.handle(&now, Event::Export(news));
        }
    }

    /// Hands a check-up to the doctor, who looks with eyes of their own.
    fn check_up(&mut self) {
        let now = self.clock.now();
        let visit = Subject {
            config: Ok(self.station.config().clone()),
            config_dir: self.config_dir.clone(),
            data: self.data.clone(),
            now,
            lang: Lang::En,
            readers: Some(self.station.model.readers.clone()),
            printer: Some(self.station.model.printer.news.clone()),
            terminal: Environment::here(),
            root: PathBuf::from("/"),
        };
        if !self.doctor.ask(Box::new(visit)) {
            self.station.remark(&now, "check-up: the last one hangs");
        }
    }

    /// Hands a test sheet to the printer's thread.
    fn print_sheet(&mut self, (setting, bytes): Sheet) {
        if !self.printer.sheet(setting, bytes) {
            let now = self.clock.now();
            self.station
                .remark(&now, "printer: too busy for a test sheet");
        }
    }

    /// Hands what shall be heard to the voice, which has threads of its own.
    fn be_heard(&self, heard: &Audible) -> io::Result<()> {
        let setting = &self.station.config().voice;
        ring(self.voice.perform(setting, heard))
    }
}
