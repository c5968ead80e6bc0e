//! Everything that can happen.

use crate::app::{Heard, StickNews, Way};
use crate::domain::{
    Booked, CardFault, CardId, Checkup, ExportNews, ExportStatus, ItemCode, Member, OpenHold,
    PassbookPage, PastOperation, PrinterNews, Refusal, Seq, Shown, Staff, Statement, Text, Today,
    TriedPins,
};
use crate::panel::Key;
use crate::services::Priced;
use std::collections::BTreeMap;

/// Something that happened outside, in the order in which the shell saw it.
#[derive(Clone, Debug)]
pub enum Event {
    /// Time passed.
    Tick,
    /// The terminal has so many columns and rows.
    Size(u16, u16),
    /// A key of the keyboard or the keypad, and the monotonic milliseconds at which it was seen: on a busy machine that is
    /// earlier than its turn comes.
    Key(Key, i64),
    /// A finger pressed the button that stands for this key, at this place; seen then.
    Touch(Key, Spot, i64),
    /// A card or a code came this way.
    Card(Way, Result<CardId, CardFault>),
    /// A reader said something, with all that a technician may want to know of it.
    Heard(Heard),
    /// A card was taken away from a reader that can tell.
    CardGone {
        /// The reader's place in the config, from 0.
        index: usize,
        /// The card that was there.
        card: CardId,
    },
    /// A reader appeared or was lost; its place in the config.
    Reader {
        /// Which one, from 0.
        index: usize,
        /// Whether it is there.
        up: bool,
    },
    /// The exporter has something to say.
    Export(ExportNews),
    /// The printer's thread has something to say.
    Printer(PrinterNews),
    /// A stick with the configured label came or went.
    Stick(StickNews),
    /// A check-up is over.
    Checkup(Checkup),
    /// The day was judged anew: it is another, or so many operations wait to be looked at because their clock was wrong.
    Day(Today, usize),
    /// The technician changed the config and had it read again.
    Reloaded,
    /// The ledger answered an effect.
    Answer(Answer),
}

/// Where a button stood, in cells from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Its first column.
    pub column: u16,
    /// Its first row.
    pub row: u16,
    /// So many columns.
    pub width: u16,
    /// So many rows.
    pub height: u16,
}

/// What the ledger said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Whose card it is.
    Statement(Result<Statement, Refusal>),
    /// The rewards that this person cannot have now, and why.
    Shelf(BTreeMap<ItemCode, Refusal>),
    /// What a command would come to.
    Priced(Result<Priced, Refusal>),
    /// It is on disk.
    Booked(Result<Booked, Refusal>),
    /// Whose card it is that was put down for a task.
    Person(Result<Member, Refusal>),
    /// Who was found, each with the number at this station.
    People(Vec<(Member, i64)>),
    /// The oldest hold of the session's account that waits, where there is one.
    OwnHold(Option<Booked>),
    /// Whose badge it is, and how it was shown.
    Badge(Result<Shown, Refusal>),
    /// The PIN was right.
    SignedIn(Result<Staff, Refusal>),
    /// Wrong PINs on colleagues' badges of which this person has not read yet.
    TriedPins(Vec<TriedPins>),
    /// A page of the passbook.
    Passbook(PassbookPage),
    /// The holds that wait for an attendant, oldest first.
    OpenHolds(Vec<OpenHold>),
    /// The operations that were asked for, newest first.
    Operations(Vec<PastOperation>),
    /// A receipt is on its way to the printer, for the first time or once more.
    Queued(Seq),
    /// A receipt could not be put into the printer's queue. The booking stands.
    NotQueued(Seq),
    /// What stands on disk about exports.
    Exports(ExportStatus),
    /// What became of a changed setting.
    Setting(SettingKept),
    /// Why the ledger can only be looked at, or that it can be written again.
    Shut(Option<StationFault>),
    /// The ledger cannot be written or read.
    Failed(StationFault),
}

/// What became of a changed setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingKept {
    /// It stands in the file, was checked, and is in force.
    Written,
    /// The config is built in, so there is no file.
    BuiltIn,
    /// The file cannot be written by this user.
    ReadOnly {
        /// Which file.
        path: String,
    },
    /// It was not written, for another reason; the file is as it was.
    Failed {
        /// Which file.
        path: String,
        /// Why.
        why: Text,
    },
}

/// Why the station must stop, or can only be looked at; what was announced before is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StationFault {
    /// No space is left.
    DiskFull,
    /// The disk refuses writing.
    ReadOnly,
    /// The ledger file is damaged.
    Corrupt,
    /// Another program keeps the ledger to itself.
    Locked,
    /// Anything else; the technician's message says what.
    Other,
}

impl Answer {
    /// Says whether it tells of a card that nobody has, or that is no badge where one is wanted.
    pub fn is_of_an_unknown_card(&self) -> bool {
        if let Self::Statement(Err(refusal)) | Self::Person(Err(refusal)) = self {
            return refusal.is("card-unknown");
        }
        if let Self::Badge(Err(refusal)) = self {
            return refusal.is("not-staff");
        }
        false
    }
}
