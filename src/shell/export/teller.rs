//! The exporter's voice: news in order, and progress not too often.

use crate::domain::ExportNews;

/// How many steps of progress are told at most.
const STEPS: u64 = 200;

/// Tells news, and progress not too often.
pub(super) struct Teller<'a> {
    tell: &'a mut dyn FnMut(ExportNews),
    pub(super) done: u64,
    total: u64,
    told: u64,
}

impl<'a> Teller<'a> {
    pub(super) fn new(tell: &'a mut dyn FnMut(ExportNews)) -> Self {
        Self {
            tell,
            done: 0,
            total: 0,
            told: 0,
        }
    }

    pub(super) fn say(&mut self, news: ExportNews) {
        (self.tell)(news);
    }

    /// Begins to count anew.
    pub(super) fn begin(&mut self, total: u64) {
        (self.done, self.total, self.told) = (0, total, 0);
    }

    /// Says how long it will be, as far as that is known by now.
    pub(super) const fn guess(&mut self, total: u64) {
        self.total = total;
    }

    pub(super) fn at(&mut self, done: u64) {
        self.done = done.min(self.total);
        let passed = self.done.saturating_sub(self.told);
        if passed > 0 && (passed >= self.total / STEPS || self.done == self.total) {
            self.told = self.done;
            let (done, total) = (self.done, self.total);
            self.say(ExportNews::Progress { done, total });
        }
    }

    pub(super) fn step(&mut self, bytes: u64) {
        self.at(self.done.saturating_add(bytes));
    }
}
