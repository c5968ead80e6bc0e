//! The receipt printer under a script: the real queue on disk, a simulated printer, and virtual time between them.

use crate::app::Event;
use crate::domain::{PrinterNews, PrinterState, PrinterTrouble, SimKind};
use crate::shell::printer::{JOB_MS, JobState, Queue};
use crate::shell::script::Player;
use crate::shell::script::device::AtPrinter;
use crate::sim::{Act, Device};
use crate::wire::paper::{STATUS_ASKED, Status};
use std::io;

/// Until it is mended.
const FOR_EVER_MS: i64 = i64::MAX / 2;

/// An answer comes within so long, from a slow printer, too.
const ANSWER_MS: i64 = 2_000;

/// The printer of the station, played.
pub(super) struct SimPrinter {
    device: Device,
    told: Option<PrinterNews>,
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

    /// Sends what waits, in order, and says how it stands then.
    fn work(&mut self, queue: &Queue, now_ms: i64) -> io::Result<PrinterNews> {
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
        queue.news(state)
    }
}

impl Player {
    /// A hand at the printer.
    pub(super) fn at_printer(&mut self, act: AtPrinter) {
        let act = match act {
            AtPrinter::Ill(fault) => Act::Break(fault, FOR_EVER_MS),
            AtPrinter::Back => Act::MendAll,
        };
        self.printer.device.act(&act, self.now.mono_ms);
        self.print_waiting();
    }

    /// Wakes the printer's thread, which has something to say to whoever does so.
    pub(super) fn wake_printer(&mut self) {
        self.printer.told = None;
        self.print_waiting();
    }

    /// Does what the printer's thread does, for this moment.
    pub(super) fn print_waiting(&mut self) {
        let now_ms = self.now.mono_ms;
        let Some(station) = &self.station else { return };
        if station.config().printer.is_none() {
            return;
        }
        let queue = station.queue();
        let news = match self.printer.work(&queue, now_ms) {
            Ok(news) => news,
            Err(error) => {
                let now = self.now;
                if let Some(station) = &mut self.station {
                    station.remark(&now, &format!("printer: {error}"));
                }
                return;
            }
        };
        if self.printer.told.as_ref() != Some(&news) {
            self.printer.told = Some(news.clone());
            self.event(Event::Printer(news));
        }
    }
}
