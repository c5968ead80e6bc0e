//! What hands do in a script: cards, badges, keys, fingers, at a reader, at the printer, with the stick.

use crate::app::{Event, Key, Way};
use crate::domain::{CardFault, CardId, Fact, Seq, Text, Via};
use crate::shell::script::device::{AtPrinter, AtReader};
use crate::shell::script::step::{Failed, Hand, Means, StickStep};
use crate::shell::script::{PACE_MS, Player};
use crate::sim::{Act, Fault};
use crate::view::{Contact, Felt, Finger};
use crate::wire::{Decoder, Seen, text};

/// The pace of digits at a PIN pad.
const DIGIT_MS: i64 = 300;
/// How long a finger stays.
const TOUCH_MS: i64 = 90;
/// How long a hand holds a card to a reader.
const TAP_MS: i64 = 400;
/// A frame of a 125 kHz reader takes 14 ms.
const MIDDLE_MS: i64 = 7;
/// Until it is mended.
const FOR_EVER_MS: i64 = i64::MAX / 2;

impl Player {
    pub(super) fn hand(&mut self, hand: &Hand) -> Result<(), Failed> {
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

    fn badge(&self, id: &str) -> Result<CardId, Failed> {
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
    fn choose(&mut self, label: &str) -> Result<(), Failed> {
        let mut seen = Vec::new();
        loop {
            let now = self.now;
            let station = self.station()?;
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
                return Err(format!("no choice `{label}`; there are {}", seen.join(", ")).into());
            };
            self.event(Event::Key(on, now.mono_ms));
            self.pass(PACE_MS);
        }
    }

    /// Records points at the desk: from its menu, or from the first question of that task.
    fn record(&mut self, card: &str, rule: &str, times: &str) -> Result<(), Failed> {
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
    fn choose_text(&mut self, label: &Text) -> Result<(), Failed> {
        let now = self.now;
        let station = self.station()?;
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

    fn touch_label(&mut self, label: &str) -> Result<(), Failed> {
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

    /// A hand at a reader: a second after the last one, and as long as a tap takes.
    pub(super) fn at_reader(&mut self, index: usize, act: &AtReader) -> Result<(), Failed> {
        let acts = match act {
            // Plugs move between two hands, not instead of one.
            AtReader::Out => {
                self.plug(index, &Act::Break(Fault::Unplug, FOR_EVER_MS));
                return Ok(());
            }
            AtReader::Back => {
                self.plug(index, &Act::Mend(Fault::Unplug));
                return Ok(());
            }
            AtReader::Card(card, fault) => {
                let fault = fault.map(|fault| Act::Break(fault, TAP_MS));
                fault.into_iter().chain([Act::Put(card.clone())]).collect()
            }
            AtReader::Lies(card, _) | AtReader::Cut(card) => vec![Act::Put(card.clone())],
            AtReader::Ill(fault, ms) => vec![Act::Break(*fault, *ms)],
        };
        self.pass(PACE_MS);
        let lies_ms = match act {
            AtReader::Lies(_, ms) => Some(*ms),
            AtReader::Card(..) | AtReader::Cut(_) => Some(TAP_MS),
            AtReader::Out | AtReader::Back | AtReader::Ill(..) => None,
        };
        let take_ms = lies_ms.map(|ms| self.now.mono_ms.saturating_add(ms));
        self.do_at(index, &acts)?;
        if let Some(reader) = self.readers.get_mut(index) {
            reader.take_ms = take_ms.or(reader.take_ms);
        }
        if matches!(act, AtReader::Cut(_)) {
            self.pass(MIDDLE_MS);
            self.plug(index, &Act::Break(Fault::Unplug, FOR_EVER_MS));
        }
        self.pass(TAP_MS);
        Ok(())
    }

    /// Holds a typed card to the first simulated reader of the config that can read it.
    pub(super) fn put(&mut self, card: &CardId) -> bool {
        let now_ms = self.now.mono_ms;
        let act = Act::Put(card.as_str().to_owned());
        let settings = self.config.station.readers.iter();
        for (reader, setting) in self.readers.iter_mut().zip(settings) {
            if setting.port.sim().is_some() && reader.device.act(&act, now_ms) {
                reader.take_ms = Some(now_ms.saturating_add(TAP_MS));
                return true;
            }
        }
        false
    }

    /// Moves a plug; of a reader that the station does not have, nothing is heard.
    fn plug(&mut self, index: usize, act: &Act) {
        let now_ms = self.now.mono_ms;
        if let Some(reader) = self.readers.get_mut(index) {
            reader.device.act(act, now_ms);
        }
        self.listen();
    }

    fn do_at(&mut self, index: usize, acts: &[Act]) -> Result<(), Failed> {
        let now_ms = self.now.mono_ms;
        let reader = self.readers.get_mut(index);
        let reader = reader.ok_or_else(|| format!("there is no reader {}", index + 1))?;
        for act in acts {
            if !reader.device.act(act, now_ms) {
                let name = reader.device.kind().name();
                return Err(format!("sim:{name} cannot do this: {act:?}").into());
            }
        }
        self.listen();
        Ok(())
    }

    /// Raw bytes on the line of a 125 kHz reader, then silence; no time passes.
    pub(super) fn garbage(&mut self, bytes: &[u8]) {
        let mut decoder = Decoder::em4100();
        let way = self.way(Means::Card);
        let now_ms = self.now.mono_ms;
        let mut reads = decoder.push(bytes, now_ms);
        let silent_ms = decoder.next_wake_ms().unwrap_or(now_ms);
        reads.extend(decoder.tick(silent_ms));
        for read in reads {
            match read.seen {
                Seen::Card(card) => self.event(Event::Card(way, Ok(card))),
                Seen::Fault(fault) => self.event(Event::Card(way, Err(fault.into()))),
                Seen::Removed(_) => {}
            }
        }
    }

    /// A hand at the printer.
    pub(super) fn at_printer(&mut self, act: AtPrinter) {
        let act = match act {
            AtPrinter::Ill(fault) => Act::Break(fault, FOR_EVER_MS),
            AtPrinter::Back => Act::MendAll,
        };
        self.printer.device.act(&act, self.now.mono_ms);
        self.print_waiting();
    }

    /// The stick comes, goes, or comes back from the town without what was on it.
    pub(super) fn stick(&mut self, what: StickStep) -> Result<(), Failed> {
        match what {
            StickStep::In => self.world.plug(&self.config, true)?,
            StickStep::Out => self.world.plug(&self.config, false)?,
            StickStep::Emptied => self.world.empty_stick()?,
        }
        self.look();
        Ok(())
    }

    /// The town says that it has everything up to an operation; without one, up to the end of the newest
    /// bundle. The test speaks for the town, with the hash that is the ledger's own.
    pub(super) fn acknowledge(&mut self, seq: Option<i64>) -> Result<(), Failed> {
        let now = self.now;
        let store = self.station()?.store();
        let newest = store.export_status()?;
        let seq = seq.map(Seq::new).or(newest.last.map(|last| last.to));
        let seq = seq.ok_or("nothing was exported yet")?;
        let hash = store.hash_at(seq)?;
        let hash = hash.ok_or_else(|| format!("the ledger has no operation {seq}"))?;
        let taken = store.acknowledge(&now, seq, &hash)?;
        taken.map_err(|fault| fault.to_string())?;
        Ok(())
    }
}
