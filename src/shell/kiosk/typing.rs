//! What comes from the terminal: keys, touches, and characters that turn out to be a scan.

use super::Kiosk;
use crate::app::{Event, Way};
use crate::domain::{CardFault, Now};
use crate::shell::glass::contact;
use crate::shell::keys::{CONTROL, Stroke, meaning, stroke};
use crate::shell::station::Exit;
use crate::view::Felt;
use crate::wire::{Typed, text};
use ratatui::crossterm::event::{Event as TerminalEvent, MouseEvent};

impl Kiosk {
    pub(super) fn terminal(&mut self, now: &Now, event: &TerminalEvent, seen_ms: i64) {
        match event {
            TerminalEvent::Key(key) => match stroke(*key) {
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
            },
            TerminalEvent::Mouse(mouse) => self.mouse(now, *mouse, seen_ms),
            // A new size is seen at the next drawing; nobody pastes at a kiosk.
            TerminalEvent::Resize(..)
            | TerminalEvent::Paste(_)
            | TerminalEvent::FocusGained
            | TerminalEvent::FocusLost => {}
        }
    }

    fn character(&mut self, now: &Now, c: char, seen_ms: i64) {
        for typed in self.wedge.key(c, seen_ms) {
            self.typed(now, typed);
        }
    }

    fn mouse(&mut self, now: &Now, mouse: MouseEvent, seen_ms: i64) {
        let Some(contact) = contact(mouse, seen_ms) else {
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
