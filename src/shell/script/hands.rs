//! What hands do in a script: cards, badges, keys, fingers.

use crate::app::{Event, Key, Way};
use crate::domain::{CardFault, CardId, Fact, Text, Via};
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
            Hand::Sign(id, pin) => {
                self.hand(&Hand::Badge(id.clone()))?;
                if self.screen_name()? == "pin-pad" {
                    self.pass(PACE_MS);
                    self.digits(pin);
                }
            }
            Hand::Choose(label) => self.choose(label)?,
            Hand::Record(card, rule, times) => self.record(card, rule, times)?,
            Hand::Press(keys) => self.press(keys, PACE_MS),
            Hand::Pin(digits) => self.digits(digits),
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

    /// Types digits, and Enter.
    fn digits(&mut self, digits: &str) {
        let digits = digits.bytes().map(|b| Key::Digit(b.wrapping_sub(b'0')));
        let keys: Vec<Key> = digits.chain([Key::Enter]).collect();
        self.press(&keys, DIGIT_MS);
    }

    /// Presses the key of the choice with this label, else of one that contains it; turns pages until it is there.
    fn choose(&mut self, label: &str) -> Result<(), String> {
        let mut seen = Vec::new();
        loop {
            let now = self.now;
            let station = self.station().map_err(|error| error.to_string())?;
            let panel = station.model.panel(station.config(), &now);
            let view = station.view(&now);
            let choices = panel.choices.iter();
            let choices: Vec<(Key, String)> = choices
                .map(|choice| (choice.key, view.tell(&choice.label)))
                .filter(|(_, label)| !label.is_empty())
                .collect();
            let exact = choices.iter().find(|(_, own)| own == label);
            let found = exact.or_else(|| choices.iter().find(|(_, own)| own.contains(label)));
            if let Some((key, _)) = found {
                self.event(Event::Key(*key, now.mono_ms));
                return Ok(());
            }
            let on = Text::of("page-on");
            let on = panel.choices.iter().find(|choice| choice.label == on);
            let on = on.map(|choice| choice.key);
            seen.extend(choices.into_iter().map(|(_, label)| label));
            let Some(on) = on else {
                return Err(format!(
                    "no choice `{label}`; there are {}",
                    seen.join(", ")
                ));
            };
            self.event(Event::Key(on, now.mono_ms));
            self.pass(PACE_MS);
        }
    }

    /// Records points at the desk: from its menu, or from the first question of that task.
    fn record(&mut self, card: &str, rule: &str, times: &str) -> Result<(), String> {
        let known = self
            .config
            .rules
            .iter()
            .find(|own| own.code.as_str() == rule);
        let rule = known
            .cloned()
            .ok_or_else(|| format!("rules.toml has no {rule}"))?;
        let category = Fact::Variant(rule.category.name());
        let category = Text::of("rule-category").fact("category", category);
        let rule = Text::row([Fact::Named(rule.name)]);
        if self.screen_name()? == "desk" {
            self.choose_text(&Text::of("task-record"))?;
        }
        self.hand(&Hand::Tap(Means::Card, card.as_bytes().to_vec()))?;
        self.pass(PACE_MS);
        self.choose_text(&category)?;
        self.choose_text(&rule)?;
        self.digits(times);
        self.pass(PACE_MS);
        self.choose_text(&Text::of("task-yes"))
    }

    /// Chooses what says this, and takes its time.
    fn choose_text(&mut self, label: &Text) -> Result<(), String> {
        let now = self.now;
        let station = self.station().map_err(|error| error.to_string())?;
        let label = station.view(&now).tell(label);
        self.choose(&label)?;
        self.pass(PACE_MS);
        Ok(())
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
