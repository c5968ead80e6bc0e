//! What hands do in a script: cards, badges, keys, fingers.

use crate::app::{Event, Key, Way};
use crate::domain::{CardFault, CardId, Via};
use crate::shell::script::step::{Hand, Means};
use crate::shell::script::{PACE_MS, Player};
use crate::view::{Contact, Felt, Finger};
use crate::wire::text;

/// The pace of digits at a PIN pad.
const DIGIT_MS: i64 = 300;
/// How long a finger stays.
const TOUCH_MS: i64 = 90;

impl Player {
    pub(super) fn hand(&mut self, hand: &Hand) -> Result<(), String> {
        match hand {
            Hand::Tap(means, bytes) => {
                let read = text(bytes, &self.config.station.township);
                let way = self.way(*means);
                self.event(Event::Card(way, read.map_err(CardFault::from)));
            }
            Hand::Badge(id) => {
                let badge = self.badge(id)?;
                let way = self.way(Means::Card);
                self.event(Event::Card(way, Ok(badge)));
            }
            Hand::Press(keys) => self.press(keys, PACE_MS),
            Hand::Pin(digits) => {
                let digits = digits.bytes().map(|b| Key::Digit(b.wrapping_sub(b'0')));
                let keys: Vec<Key> = digits.chain([Key::Enter]).collect();
                self.press(&keys, DIGIT_MS);
            }
            Hand::TouchLabel(label) => self.touch_label(label)?,
            Hand::TouchCell(column, row) => self.touch((column - 1, row - 1)),
            Hand::Finger(finger, (column, row)) => self.feel(*finger, (column - 1, row - 1)),
        }
        Ok(())
    }

    /// The way of what is shown so; a station without such a reader has only its keyboard.
    pub(super) fn way(&self, means: Means) -> Way {
        let wanted = match means {
            Means::Card => None,
            Means::Scan => Some(Via::Scanner),
            Means::Burst => return Way::Burst,
            Means::Typed => return Way::Typed,
        };
        let readers = 0..self.config.station.readers.len();
        let mut ways = readers.map(Way::Reader);
        ways.find(|way| way.via(&self.config) == wanted)
            .unwrap_or(Way::Burst)
    }

    fn badge(&self, id: &str) -> Result<CardId, String> {
        let entry = self
            .config
            .staff
            .iter()
            .find(|entry| entry.staff.id.as_str() == id);
        let entry = entry.ok_or_else(|| format!("staff.toml has no {id}"))?;
        Ok(entry.badge.clone())
    }

    fn press(&mut self, keys: &[Key], pace_ms: i64) {
        for (place, key) in keys.iter().enumerate() {
            if place > 0 {
                self.pass(pace_ms);
            }
            self.event(Event::Key(*key, self.now.mono_ms));
        }
    }

    fn touch_label(&mut self, label: &str) -> Result<(), String> {
        let page = self.page();
        let button = page.buttons().find(|button| button.label == label);
        let button = button.or_else(|| page.buttons().find(|b| b.label.contains(label)));
        let at = button.map(|button| button.at).ok_or_else(|| {
            let labels: Vec<&str> = page.buttons().map(|b| b.label.as_str()).collect();
            format!("no button `{label}`; there are {}", labels.join(", "))
        })?;
        self.touch((at.x + at.width / 2, at.y + at.height / 2));
        Ok(())
    }

    fn touch(&mut self, at: (u16, u16)) {
        self.feel(Finger::Down, at);
        self.pass(TOUCH_MS);
        self.feel(Finger::Up, at);
    }

    fn feel(&mut self, finger: Finger, at: (u16, u16)) {
        let page = self.page();
        let scroll_is_tap = self.config.station.screen.scroll_is_tap;
        let contact = Contact {
            finger,
            at,
            mono_ms: self.now.mono_ms,
        };
        let felt = self.touch.feel(contact, &page, scroll_is_tap);
        match felt {
            Felt::Press(key, spot) => {
                self.event(Event::Touch(key, spot, self.now.mono_ms));
            }
            Felt::Miss | Felt::Nothing => {}
        }
    }
}
