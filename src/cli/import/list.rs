//! What every list is: its columns, how its lines are read, and how they are booked.

use super::table::{Column, Table};
use crate::cli::lang;
use crate::config::Config;
use crate::domain::{Booked, OpId, Text};
use crate::services::{Command, Order, Signature};
use crate::store::{StoreError, Writer};
use crate::words::{Known, Words};

/// What is wrong with a line of the file.
pub(super) struct LineFault {
    pub(super) line: u64,
    pub(super) what: Text,
}

impl LineFault {
    pub(super) const fn new(line: u64, what: Text) -> Self {
        Self { line, what }
    }
}

/// A kind of file: its columns, and what is done with its lines.
pub(super) trait List {
    /// What a line comes to.
    type Row;

    /// Its columns.
    const COLUMNS: &'static [Column];
    /// The message that says how much was taken over.
    const DONE: &'static str;

    /// Reads the lines, without asking the ledger.
    fn read(table: &Table, faults: &mut Vec<LineFault>) -> Vec<Self::Row>;

    /// Books them all.
    ///
    /// # Errors
    /// The ledger cannot be read or written.
    fn book(booker: &mut Booker<'_, '_>, rows: &[Self::Row]) -> Result<Taken, StoreError>;
}

/// Books what lines come to; what is refused becomes a fault of its line.
pub(super) struct Booker<'w, 'a> {
    pub(super) writer: &'w mut Writer<'a>,
    pub(super) config: &'w Config,
    pub(super) signed: &'w Signature,
    pub(super) words: Words,
    pub(super) faults: Vec<LineFault>,
}

impl Booker<'_, '_> {
    pub(super) fn fault(&mut self, line: u64, what: Text) {
        self.faults.push(LineFault::new(line, what));
    }

    /// Books a command; `None` where the bank says no.
    pub(super) fn book(
        &mut self,
        line: u64,
        (key, command): (OpId, Command),
    ) -> Result<Option<Booked>, StoreError> {
        let order = Order {
            key,
            signed: self.signed.clone(),
            command,
        };
        match self.writer.book(self.config.books(), &order)? {
            Ok(booked) => Ok(Some(booked)),
            Err(refusal) => {
                let known = Known::new(&self.config.catalogue, &self.config.rules);
                let why = self.words.say(lang()).refusal(&refusal, known).what;
                self.fault(line, Text::verbatim(why));
                Ok(None)
            }
        }
    }
}

/// How much was taken over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    /// Lines that are new.
    pub(super) new: usize,
    /// Lines that were there already.
    pub(super) known: usize,
    /// Cards issued, or points brought over.
    pub(super) sum: i64,
}
