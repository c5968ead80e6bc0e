//! What comes from the terminal: keys, touches, and characters that turn out to be a scan.

use super::Kiosk;
use crate::app::{Event, Way};
use crate::domain::{CardFault, Now};
use crate::shell::glass::contact;
use crate::shell::keys::{CONTROL, Stroke, character, meaning, stroke};
use crate::shell::station::Exit;
use crate::view::Felt;
use crate::wire::{Pointer, TtyInput, Typed, text};

impl Kiosk {
    pub(super) fn terminal(&mut self, now: &Now, input: TtyInput, seen_ms: i64) {
        let stroke = match input {
            TtyInput::Char(c) => character(c),
            TtyInput::Key(key) => stroke(key),
            TtyInput::Unknown => Stroke::Char(CONTROL),
            TtyInput::Pointer(pointer) => return self.pointer(now, pointer, seen_ms),
        };
        match stroke {
            Stroke::Char(c) => self.character(now, c, seen_ms),
            Stroke::Key(key) => {
                if let Some(typed) = self.wedge.release(seen_ms) {
                    self.typed(now, typed);
                }
                self.station.handle(now, Event::Key(key, seen_ms));
            }
            Stroke::Interrupt if self.demo.is_some() => self.ended = Some(Exit::Asked),
            Stroke::Interrupt => self.character(now, CONTROL, seen_ms),
            Stroke::Nothing => {}
        }
    }

    fn character(&mut self, now: &Now, c: char, seen_ms: i64) {
        for typed in self.wedge.key(c, seen_ms) {
            self.typed(now, typed);
        }
    }

    fn pointer(&mut self, now: &Now, pointer: Pointer, seen_ms: i64) {
        let Some(contact) = contact(pointer, seen_ms) else {
            return;
        };
        let scroll_is_tap = self.station.config().station.screen.scroll_is_tap;
        let felt = self.touch.feel(contact, &self.page, scroll_is_tap);
        match felt {
            Felt::Press(key, spot) => self.station.handle(now, Event::Touch(key, spot, seen_ms)),
            Felt::Miss | Felt::Nothing => {}
        }
    }

    /// Characters that turned out to be a person's keys, or a scan.
    pub(super) fn typed(&mut self, now: &Now, typed: Typed) {
        match typed {
            Typed::Burst(burst) => {
                let town = self.station.config().station.township.clone();
                let read = text(burst.as_bytes(), &town).map_err(CardFault::from);
                self.station.handle(now, Event::Card(Way::Burst, read));
            }
            Typed::Keys(keys) => {
                for (c, seen_ms) in keys {
                    if let Some(key) = meaning(c) {
                        self.station.handle(now, Event::Key(key, seen_ms));
                    }
                }
            }
            Typed::TooLong => {
                let fault = CardFault::TooLong;
                self.station
                    .handle(now, Event::Card(Way::Burst, Err(fault)));
            }
        }
    }
}
