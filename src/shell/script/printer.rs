//! The receipt printer under a script: the real queue on disk, a simulated printer, and virtual time between them.

use crate::domain::{PrinterNews, PrinterState, PrinterTrouble, SimKind};
use crate::shell::printer::{JOB_MS, JobState, Queue};
use crate::sim::Device;
use crate::wire::paper::{STATUS_ASKED, Status};
use std::io;

/// An answer comes within so long, from a slow printer, too.
const ANSWER_MS: i64 = 2_000;

/// The printer of the station, played.
pub(super) struct SimPrinter {
    pub(super) device: Device,
    /// What was told last; the printer's thread has something to say to whoever wakes it.
    pub(super) told: Option<PrinterNews>,
    /// What came out.
    pub(super) slips: Vec<String>,
}

impl Default for SimPrinter {
    fn default() -> Self {
        Self {
            device: Device::new(SimKind::Printer),
            told: None,
            slips: Vec::new(),
        }
    }
}

impl SimPrinter {
    /// Asks it how it is.
    fn state(&mut self, now_ms: i64) -> PrinterState {
        if !self.device.is_plugged(now_ms) {
            return PrinterState::Attention(PrinterTrouble::Unreachable);
        }
        let mut status = Status::default();
        for n in STATUS_ASKED {
            self.write(&Status::question(n), now_ms);
            if let [byte] = *self.device.say(now_ms.saturating_add(ANSWER_MS), 1) {
                status.answer(n, byte);
            }
        }
        status.state()
    }

    /// Writes all of it; a printer that takes little at a time is waited for, as long as it takes any.
    fn write(&mut self, bytes: &[u8], from_ms: i64) -> bool {
        let mut rest = bytes;
        let mut at_ms = from_ms;
        while !rest.is_empty() && at_ms < from_ms.saturating_add(JOB_MS) {
            let taken = self.device.hear(rest, at_ms);
            rest = rest.get(taken..).unwrap_or_default();
            at_ms = at_ms.saturating_add(10);
        }
        rest.is_empty()
    }

    /// Prints a test sheet, unless something is wrong before.
    pub(super) fn sheet(&mut self, bytes: &[u8], now_ms: i64) {
        if !matches!(self.state(now_ms), PrinterState::Attention(_)) {
            self.write(bytes, now_ms);
        }
        self.slips.extend(self.device.slips(now_ms));
    }

    /// Sends what waits, in order, and says how it stands then, where that is news.
    pub(super) fn work(&mut self, queue: &Queue, now_ms: i64) -> io::Result<Option<PrinterNews>> {
        let mut state = self.state(now_ms);
        while let (Some(key), false) = (queue.next()?, matches!(state, PrinterState::Attention(_)))
        {
            let bytes = queue.bytes(&key)?;
            queue.turn(&key, JobState::Wait, JobState::Sending)?;
            if self.write(&bytes, now_ms) {
                queue.turn(&key, JobState::Sending, JobState::Sent)?;
                state = self.state(now_ms);
            } else {
                state = PrinterState::Attention(PrinterTrouble::Stuck);
            }
        }
        self.slips.extend(self.device.slips(now_ms));
        let news = queue.news(state)?;
        let before = self.told.replace(news.clone());
        Ok((before.as_ref() != Some(&news)).then_some(news))
    }
}
