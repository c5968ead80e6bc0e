//! The technician's screen of readers: what each sends, live. What it holds goes when it is left.

use crate::app::scene::{Scene, Turn};
use crate::app::screens::turned;
use crate::app::{Desk, Detective, Key, PrinterSetup, Screen};
use crate::config::{ReaderFormat, ReaderSetting};
use crate::domain::{CardBits, CardId, Sighting, Staff};
use crate::wire::{FrameFault, Raw, sent_text};
use std::collections::VecDeque;

/// So much is kept of what readers said: more than any screen shows.
const MOST_HEARD: usize = 16;

/// Something that a reader said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The reader's place in the config, from 0.
    pub index: usize,
    /// The card, or why it is none.
    pub read: Result<CardId, FrameFault>,
    /// The bytes that said so.
    pub raw: Raw,
    /// Monotonic milliseconds at which it was said.
    pub at_ms: i64,
}

impl Heard {
    /// What it says of a card, as the reader is configured.
    pub(super) fn sighting(&self, setting: &ReaderSetting) -> Sighting {
        let card = self.read.clone().ok();
        match setting.format {
            ReaderFormat::Em4100 => Sighting {
                card,
                bits: Some(CardBits::Chip),
                text: None,
            },
            ReaderFormat::Pn532 | ReaderFormat::Pcsc => Sighting {
                card,
                bits: Some(CardBits::Uid),
                text: None,
            },
            ReaderFormat::Lines | ReaderFormat::Gm65 | ReaderFormat::Wedge => Sighting {
                card,
                bits: setting
                    .line
                    .number
                    .and_then(|number| CardBits::of(number.form)),
                text: sent_text(self.raw.bytes(), &setting.line.prefix, &setting.line.suffix),
            },
        }
    }
}

/// The screen of readers, one a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Devices {
    /// Who is signed in.
    pub staff: Staff,
    /// Which reader, its place in the config.
    pub page: usize,
    /// What was said, oldest first.
    pub heard: VecDeque<Heard>,
}

impl Devices {
    /// The choice that finds out the form of a reader's numbers.
    pub const DETECTIVE: u8 = 1;
    /// The choice that sets the printer up.
    pub const PRINTER: u8 = 2;

    pub(crate) fn new(staff: Staff) -> Self {
        Self {
            staff,
            page: 0,
            heard: VecDeque::new(),
        }
    }

    /// What the reader in front said, newest first, with the milliseconds since what it said before.
    pub fn shown(&self) -> Vec<(&Heard, Option<i64>)> {
        let own = self.heard.iter().filter(|heard| heard.index == self.page);
        let own: Vec<&Heard> = own.rev().collect();
        let before = own.iter().skip(1).map(|heard| Some(heard.at_ms));
        let gaps = own.iter().zip(before.chain([None]));
        gaps.map(|(heard, before)| (*heard, before.map(|at| heard.at_ms.saturating_sub(at))))
            .collect()
    }

    /// Keeps what was said and turns to its reader.
    pub(crate) fn heard(&mut self, heard: Heard) -> Turn {
        self.page = heard.index;
        if self.heard.len() >= MOST_HEARD {
            self.heard.pop_front();
        }
        self.heard.push_back(heard);
        Turn::stay()
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        let readers = scene.config.station.readers.len();
        if let Some(page) = turned(key, self.page, readers) {
            self.page = page;
            return Turn::stay();
        }
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(Self::DETECTIVE) if readers > 0 => {
                Turn::go(Screen::Detective(Detective::new(self.staff.clone())))
            }
            Key::Digit(Self::PRINTER) => {
                let printer = scene.config.printer.clone();
                Turn::go(Screen::PrinterSetup(PrinterSetup::new(
                    self.staff.clone(),
                    printer,
                )))
            }
            Key::Digit(_)
            | Key::Enter
            | Key::Help
            | Key::Finish
            | Key::Language
            | Key::Theme
            | Key::Aid(_) => Turn::stay(),
        }
    }
}
