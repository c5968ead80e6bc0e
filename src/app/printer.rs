//! What is known of the receipt printer. It runs beside everything else and never stands in anyone's way.

use crate::domain::{PrinterNews, PrinterState, PrinterTrouble, Seq, Unprinted};
use std::collections::BTreeSet;

/// What is known of the printer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrinterView {
    /// What its thread said last.
    pub news: PrinterNews,
    /// Receipts that could not even be put into the queue.
    pub lost: BTreeSet<Seq>,
    /// Receipts put into the queue of which its thread has not spoken yet.
    pub asked: BTreeSet<Seq>,
    /// Monotonic milliseconds since which something is asked for and nothing was heard.
    pub(super) since_ms: Option<i64>,
}

/// A printer's thread that says nothing for so long, while something waits, is stuck. Longer than any job.
const SILENT_MS: i64 = 60_000;

impl PrinterView {
    /// Why a person must look at the printer, if so.
    pub const fn trouble(&self) -> Option<PrinterTrouble> {
        match self.news.state {
            PrinterState::Attention(trouble) => Some(trouble),
            PrinterState::Absent | PrinterState::Unknown | PrinterState::Ready => None,
        }
    }

    /// What became of a receipt that has not come out for certain; `None` when all is well with it.
    pub fn unprinted(&self, seq: Seq) -> Option<Unprinted> {
        if self.lost.contains(&seq) {
            return Some(Unprinted::Failed);
        }
        self.news.unprinted.get(&seq).copied()
    }

    /// Says whether a resident may wait for this slip.
    pub fn comes(&self, seq: Seq) -> bool {
        let hopeless = match self.unprinted(seq) {
            Some(Unprinted::Failed | Unprinted::Perhaps) => true,
            Some(Unprinted::Waiting) | None => false,
        };
        let unready = self.trouble().is_some() && !self.is_out(seq);
        !hopeless && !unready
    }

    /// Says whether a slip is on its way out of the printer now.
    pub fn is_printing(&self, seq: Seq) -> bool {
        self.comes(seq) && !self.is_out(seq)
    }

    /// Says whether a slip has left: it was asked for, and its thread does not name it any more.
    fn is_out(&self, seq: Seq) -> bool {
        !self.asked.contains(&seq) && self.unprinted(seq).is_none()
    }

    /// How many receipts an attendant should look after.
    pub fn in_trouble(&self) -> usize {
        let waits = self.trouble().is_some();
        let news = self.news.unprinted.iter().filter(|(seq, what)| {
            let counts = match what {
                Unprinted::Failed | Unprinted::Perhaps => true,
                Unprinted::Waiting => waits,
            };
            counts && !self.lost.contains(*seq)
        });
        news.count().saturating_add(self.lost.len())
    }

    pub(super) fn ask(&mut self, seq: Seq, mono_ms: i64) {
        self.asked.insert(seq);
        self.lost.remove(&seq);
        self.since_ms.get_or_insert(mono_ms);
    }

    pub(super) fn lose(&mut self, seq: Seq) {
        self.asked.remove(&seq);
        self.lost.insert(seq);
    }

    pub(super) fn hear(&mut self, news: PrinterNews) {
        self.news = news;
        self.asked.clear();
        self.since_ms = None;
    }

    pub(super) fn tick(&mut self, mono_ms: i64) {
        let silent = |since: i64| mono_ms.saturating_sub(since) >= SILENT_MS;
        if self.since_ms.is_some_and(silent) {
            self.news.state = PrinterState::Attention(PrinterTrouble::Stuck);
        }
    }
}
