//! Everything that can be wanted; `shell` performs it, in order.

use crate::app::Way;
use crate::config::{PrinterSetting, SettingChange};
use crate::domain::{
    AccountId, CardId, ExportWhy, ItemCode, Lang, Look, Prompt, Seq, ShownBy, Sound, StaffId, Tally,
};
use crate::services::{Command, Order, Signature};
use std::fmt;
use zeroize::Zeroizing;

/// Something the shell shall do. Each one that asks the ledger is answered by one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask whose card this is.
    LoadStatement(CardId),
    /// Hold this card to a simulated reader, from which it comes back as every card does.
    PutCard(CardId),
    /// Ask an account's standing again.
    RefreshStatement(AccountId),
    /// Ask what each of these rewards, with how it would be taken, is refused for.
    LoadShelf(Signature, Vec<(ItemCode, Command)>),
    /// Ask what a command would come to, and draw its idempotency key.
    Price(Signature, Command),
    /// Write it into the log.
    Book(Order),
    /// Ask whose card this is, while a task needs a person.
    FindPerson(CardId),
    /// Ask who has this number, or a name that begins with these letters' digits, while a task needs a person.
    FindPeople(String),
    /// Ask whose badge this is, and whether it may act on this account.
    CheckBadge {
        /// The badge.
        card: CardId,
        /// How it was shown.
        by: ShownBy,
        /// The account that is acted upon.
        account: Option<AccountId>,
    },
    /// Check a PIN.
    SignIn {
        /// Whose.
        staff: StaffId,
        /// How the badge was shown.
        by: ShownBy,
        /// As typed.
        pin: TypedPin,
    },
    /// Ask for wrong PINs on colleagues' badges, for this person who has just signed in.
    LoadTriedPins(StaffId),
    /// Tell the technician that so many unknown cards came this way that it rests.
    Rest(Way),
    /// Ask for a page of the passbook.
    LoadPassbook {
        /// Whose.
        account: AccountId,
        /// Which page, from 0 for the newest.
        page: usize,
    },
    /// Keep with an account how its resident likes the screen. Nothing answers but a failure.
    KeepLook {
        /// Whose.
        account: AccountId,
        /// The language and the colours.
        look: Look,
    },
    /// Ask for the hold of an account that waits, so that its resident may still call it off.
    FindHold(AccountId),
    /// Ask for the open holds.
    LoadHolds,
    /// Ask for operations, newest first.
    LoadOperations(Which),
    /// Write the receipt of a post to the spool and have it printed; copy 0 is the first slip, reprints count from 1.
    /// Only ever after the post, or the reprint, is on disk.
    Slip(Seq, i64),
    /// Ask what stands on disk about exports.
    LoadExports,
    /// Export, beside everything else. It is answered by news, of which the last is always `Ended`.
    Export(ExportWhy),
    /// Check up on the station, beside everything else. It is answered by `Event::Checkup`.
    CheckUp,
    /// Write a setting into the config, check it and read it again. It is answered by `Answer::Setting`.
    ChangeSetting(SettingChange),
    /// Print a test sheet on a printer as it is tried. The printer's news say how it is.
    PrintSheet(PrinterSetting),
    /// Make something heard, beside everything else. Nothing answers.
    Aloud(Aloud),
    /// Close the program, as a technician asked.
    Exit,
}

/// Which operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The last that moved something, and older ones whose receipt has not come out.
    Last,
    /// The last of a tally.
    In(Tally),
    /// The last of an account.
    Of(AccountId),
    /// The one with this number, where there is one.
    One(Seq),
}

/// Something to be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aloud {
    /// This is said, in the language in front; it ends what is being said.
    Say(Prompt, Lang),
    /// Nothing more is said.
    Hush,
    /// A sound.
    Sound(Sound),
    /// Somebody shall come.
    Call,
}

/// Digits typed at a PIN pad, right or wrong; wiped from memory after use, never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedPin(Zeroizing<String>);

impl TypedPin {
    /// Appends a digit; beyond twelve nothing is kept, it is too long for a PIN anyway.
    pub fn push(&mut self, digit: u8) {
        if self.len() < 12 && digit <= 9 {
            self.0.push(char::from(b'0'.saturating_add(digit)));
        }
    }

    /// Takes back the last digit; false when there is none.
    pub fn rub_out(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// How many digits were typed.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Says whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The digits, for the check only.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TypedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPin(*)")
    }
}
