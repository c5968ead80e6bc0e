//! Readers under a script: simulated devices, the real decoders, and virtual time between them.

use crate::app::{Event, Heard};
use crate::config::{ReaderFormat, ReaderSetting, Station};
use crate::domain::SimKind;
use crate::shell::reader::decoder;
use crate::sim::{Act, Device};
use crate::wire::{Decoder, Presence, Read, Seen};

/// More bytes than a line delivers at once.
const PIECE: usize = 4_096;

/// A reader of the station, played.
pub(super) struct SimReader {
    pub(super) device: Device,
    decoder: Decoder,
    presence: Presence,
    plugged: bool,
    /// What was told last.
    up: bool,
    /// When the card is taken away.
    pub(super) take_ms: Option<i64>,
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
    /// The readers of a station, just switched on where they are not of the config before. What was not changed goes
    /// on, and a device that still fits stays as it is.
    pub(super) fn all(
        station: &Station,
        (old, before): (Vec<Self>, &Station),
        now_ms: i64,
    ) -> Vec<Self> {
        let mut old = old.into_iter().zip(&before.readers);
        let by = |setting: &ReaderSetting| match old.next() {
            Some((reader, was)) if was == setting && before.township == station.township => reader,
            Some((reader, _)) if reader.device.kind() == kind(setting.format) => Self {
                up: reader.up,
                take_ms: reader.take_ms,
                ..Self::new(reader.device, setting, station, now_ms)
            },
            Some(_) | None => {
                Self::new(Device::new(kind(setting.format)), setting, station, now_ms)
            }
        };
        station.readers.iter().map(by).collect()
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
    pub(super) fn next_ms(&self) -> Option<i64> {
        let wake_ms = self.decoder.next_wake_ms().filter(|_| self.plugged);
        let all = [self.take_ms, self.device.next_ms(), wake_ms];
        all.into_iter().flatten().min()
    }

    /// Does what the thread of a reader does, for this moment.
    pub(super) fn work(&mut self, index: usize, now_ms: i64) -> Vec<Event> {
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
