//! Readers under a script: simulated devices, the real decoders, and virtual time between them.

use crate::app::{Event, Heard};
use crate::config::{ReaderFormat, ReaderSetting, Station};
use crate::domain::{CardId, SimKind};
use crate::shell::reader::decoder;
use crate::shell::script::device::AtReader;
use crate::shell::script::step::Means;
use crate::shell::script::{PACE_MS, Player};
use crate::sim::{Act, Device, Fault};
use crate::wire::{Decoder, Presence, Read, Seen};

/// How long a hand holds a card to a reader.
const TAP_MS: i64 = 400;
/// A frame of a 125 kHz reader takes 14 ms.
const MIDDLE_MS: i64 = 7;
/// Until it is mended.
const FOR_EVER_MS: i64 = i64::MAX / 2;
/// More bytes than a line delivers at once.
const PIECE: usize = 4_096;

/// A reader of the station, played.
pub(super) struct SimReader {
    device: Device,
    decoder: Decoder,
    presence: Presence,
    plugged: bool,
    /// What was told last.
    up: bool,
    /// When the card is taken away.
    take_ms: Option<i64>,
}

/// The device that speaks a format.
const fn kind(format: ReaderFormat) -> SimKind {
    match format {
        ReaderFormat::Em4100 => SimKind::Rdm6300,
        // What a PC/SC reader reads, a PN532 reads as well.
        ReaderFormat::Pn532 | ReaderFormat::Pcsc => SimKind::Pn532,
        ReaderFormat::Gm65 | ReaderFormat::Lines | ReaderFormat::Wedge => SimKind::Gm65,
    }
}

impl SimReader {
    /// All readers of a station, just switched on.
    pub(super) fn all(station: &Station) -> Vec<Self> {
        let readers = station.readers.iter();
        readers
            .map(|setting| Self::new(Device::new(kind(setting.format)), setting, station, 0))
            .collect()
    }

    /// A device whose line is opened now, and what its bytes mean by the config.
    fn new(device: Device, setting: &ReaderSetting, station: &Station, now_ms: i64) -> Self {
        let mut decoder = match setting.format {
            ReaderFormat::Pcsc => Decoder::pn532(),
            ReaderFormat::Em4100
            | ReaderFormat::Lines
            | ReaderFormat::Pn532
            | ReaderFormat::Gm65
            | ReaderFormat::Wedge => decoder(setting, &station.township),
        };
        decoder.restart(now_ms);
        Self {
            device,
            presence: decoder.presence(),
            decoder,
            plugged: true,
            up: false,
            take_ms: None,
        }
    }

    /// When something happens by itself.
    fn next_ms(&self) -> Option<i64> {
        let wake_ms = self.decoder.next_wake_ms().filter(|_| self.plugged);
        let all = [self.take_ms, self.device.next_ms(), wake_ms];
        all.into_iter().flatten().min()
    }

    /// Does what the thread of a reader does, for this moment.
    fn work(&mut self, index: usize, now_ms: i64) -> Vec<Event> {
        let mut events = Vec::new();
        if self.take_ms.is_some_and(|at| at <= now_ms) {
            self.take_ms = None;
            self.device.act(&Act::Take, now_ms);
        }
        let plugged = self.device.is_plugged(now_ms);
        if plugged != self.plugged {
            self.plugged = plugged;
            self.decoder.restart(now_ms);
        }
        let lost = !plugged || self.decoder.is_lost();
        if lost && self.up {
            self.up = false;
            events.push(Event::Reader { index, up: false });
        }
        if lost {
            self.decoder.restart(now_ms);
        }
        if !plugged {
            return events;
        }
        let said = self.device.say(now_ms, PIECE);
        let reads = if said.is_empty() {
            self.decoder.tick(now_ms)
        } else {
            self.decoder.push(&said, now_ms)
        };
        let out = self.decoder.outgoing();
        self.device.hear(&out, now_ms);
        if !self.up && self.decoder.is_ready() {
            self.up = true;
            events.push(Event::Reader { index, up: true });
        }
        events.extend(
            reads
                .into_iter()
                .filter_map(|r| self.event(index, r, now_ms)),
        );
        events
    }

    fn event(&mut self, index: usize, read: Read, now_ms: i64) -> Option<Event> {
        let heard = |read, raw| {
            Event::Heard(Heard {
                index,
                read,
                raw,
                at_ms: now_ms,
            })
        };
        match read.seen {
            Seen::Card(card) => self
                .presence
                .fresh(&card, now_ms)
                .then(|| heard(Ok(card), read.raw)),
            Seen::Fault(fault) => self
                .presence
                .fault(now_ms)
                .then(|| heard(Err(fault), read.raw)),
            Seen::Removed(card) => {
                self.presence.gone(&card);
                Some(Event::CardGone { index, card })
            }
        }
    }
}

impl Player {
    /// Listens by the config in force; `before` is the station of the one before. What was not changed goes on, and a
    /// device that still fits stays as it is.
    pub(super) fn listen_by(&mut self, before: &Station) {
        let now_ms = self.now.mono_ms;
        let station = &self.config.station;
        let old = std::mem::take(&mut self.readers);
        let mut old = old.into_iter().zip(&before.readers);
        for setting in &station.readers {
            let fits = |device: &Device| device.kind() == kind(setting.format);
            let reader = match old.next() {
                Some((reader, was)) if was == setting && before.township == station.township => {
                    reader
                }
                Some((reader, _)) if fits(&reader.device) => SimReader {
                    up: reader.up,
                    take_ms: reader.take_ms,
                    ..SimReader::new(reader.device, setting, station, now_ms)
                },
                Some(_) | None => {
                    SimReader::new(Device::new(kind(setting.format)), setting, station, now_ms)
                }
            };
            self.readers.push(reader);
        }
        self.listen();
    }

    /// Lets time pass; what readers say in it comes at its moment.
    pub(super) fn pass(&mut self, ms: i64) {
        let end_ms = self.now.mono_ms.saturating_add(ms);
        loop {
            let next = self.readers.iter().filter_map(SimReader::next_ms).min();
            // A moment that has passed is made up for a millisecond later: time never stands.
            let next = next.map(|at| at.max(self.now.mono_ms.saturating_add(1)));
            let Some(at_ms) = next.filter(|at| *at <= end_ms) else {
                break;
            };
            self.advance(at_ms);
            self.listen();
        }
        self.advance(end_ms);
    }

    /// Takes what readers say at this moment.
    pub(super) fn listen(&mut self) {
        let now_ms = self.now.mono_ms;
        let readers = self.readers.iter_mut().enumerate();
        let events: Vec<Event> = readers
            .flat_map(|(index, reader)| reader.work(index, now_ms))
            .collect();
        for event in events {
            self.event(event);
        }
    }

    /// A hand at a reader: a second after the last one, and as long as a tap takes.
    pub(super) fn at_reader(&mut self, index: usize, act: &AtReader) -> Result<(), String> {
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

    fn do_at(&mut self, index: usize, acts: &[Act]) -> Result<(), String> {
        let now_ms = self.now.mono_ms;
        let reader = self.readers.get_mut(index);
        let reader = reader.ok_or_else(|| format!("there is no reader {}", index + 1))?;
        for act in acts {
            if !reader.device.act(act, now_ms) {
                let name = reader.device.kind().name();
                return Err(format!("sim:{name} cannot do this: {act:?}"));
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
}
