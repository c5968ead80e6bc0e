//! What a station wants done beside itself. It knows neither threads nor ports; whoever drives it does, and does all of it.

use crate::config::{PrinterSetting, SettingChange};
use crate::domain::{CardId, ExportWhy};
use crate::shell::voice::Audible;
use std::mem::take;

/// A test sheet: the printer as it is tried, and the bytes.
pub type Sheet = (PrinterSetting, Vec<u8>);

/// Something that whoever drives the station shall do; what comes of it comes back as an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Something waits in the printer's queue. News come back as `Event::Printer`.
    Print,
    /// A typed card is to be held to a simulated reader; one that none of them can read comes back as `Event::Card`.
    Card(CardId),
    /// An export. News come back as `Event::Export`, of which the last is always `Ended`.
    Export(ExportWhy),
    /// A check-up. What was found comes back as `Event::Checkup`.
    Checkup,
    /// A setting is to be written. What became of it comes back as `Answer::Setting`.
    Setting(SettingChange),
    /// A test sheet is to be printed. News come back as `Event::Printer`.
    Sheet(Sheet),
    /// Something shall be heard. Nothing comes back.
    Heard(Audible),
}

/// The errands that wait.
#[derive(Debug, Default)]
pub(super) struct Errands {
    waiting: Vec<Errand>,
    /// One errand however much it is, since of each kind only the newest counts.
    pub(super) heard: Audible,
}

impl Errands {
    /// Adds one.
    pub(super) fn push(&mut self, errand: Errand) {
        self.waiting.push(errand);
    }

    /// Takes all, in the order in which they were wanted; what shall be heard comes last, nothing waits for it.
    pub(super) fn take(&mut self) -> Vec<Errand> {
        let mut all = take(&mut self.waiting);
        let heard = take(&mut self.heard);
        if heard != Audible::default() {
            all.push(Errand::Heard(heard));
        }
        all
    }
}
