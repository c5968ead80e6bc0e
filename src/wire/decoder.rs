//! The one decoder a reader thread holds, whatever its device speaks.

use crate::domain::{CardId, Form, TownshipCode, forms_of_chip, forms_of_printed, forms_of_uid};
use crate::domain::{NumberForm, NumberReading};
use crate::wire::apdu::Pcsc;
use crate::wire::idcard::{Filtered, IdCards, MARK};
use crate::wire::pn532::Pn532;
use crate::wire::{Em4100, FrameFault, Gm65, LineForm, Lines, Presence, Raw, Read, Seen, Talk};

/// Turns the bytes of one device into cards, and says what to write to the device.
///
/// Whoever holds it hands in what came ([`Self::push`]), says what time it is after every wait ([`Self::tick`], at
/// [`Self::next_wake_ms`] at the latest), and writes what it wants to be written ([`Self::outgoing`]). How the bytes
/// were cut into reads does not matter: serial lines deliver 1 to 64 at a time. Times are milliseconds of any
/// monotonic clock.
pub struct Decoder {
    device: Device,
    /// The bytes since the last read that was given.
    raw: Raw,
    idcards: IdCards,
    /// When the last byte came, while something may be begun.
    last_ms: Option<i64>,
}

/// What a device speaks.
enum Device {
    Em4100(Em4100),
    Lines(Lines),
    Gm65(Gm65),
    Pn532(Box<Pn532>),
    Pcsc(Pcsc),
}

impl Decoder {
    /// Frames of the RDM6300 family, and of ID-12 and ID-20.
    pub fn em4100() -> Self {
        Self::new(Device::Em4100(Em4100::new()))
    }

    /// Plain text lines; resident codes must be of this town.
    pub fn lines(town: TownshipCode) -> Self {
        Self::lines_as(LineForm::plain(town))
    }

    /// Text lines that look as given.
    pub fn lines_as(form: LineForm) -> Self {
        Self::new(Device::Lines(Lines::new(form)))
    }

    /// A scanner of the GROW family.
    pub fn gm65(form: LineForm, talk: Talk) -> Self {
        Self::new(Device::Gm65(Gm65::new(form, talk)))
    }

    /// A PN532.
    pub fn pn532() -> Self {
        Self::new(Device::Pn532(Box::default()))
    }

    /// A PC/SC reader, whose thread asks each card itself; see [`crate::wire::PcscEvent`].
    pub fn pcsc() -> Self {
        Self::new(Device::Pcsc(Pcsc::default()))
    }

    const fn new(device: Device) -> Self {
        Self {
            device,
            raw: Raw::empty(),
            idcards: IdCards::new(),
            last_ms: None,
        }
    }

    /// The line was opened: whatever was begun is forgotten, and the conversation, where there is one, begins.
    pub fn restart(&mut self, mono_ms: i64) {
        self.raw.clear();
        self.idcards.gap();
        self.last_ms = None;
        match &mut self.device {
            Device::Em4100(frames) => drop(frames.gap()),
            Device::Lines(lines) => lines.forget(),
            Device::Gm65(scanner) => scanner.restart(mono_ms),
            Device::Pn532(chip) => chip.restart(mono_ms),
            Device::Pcsc(events) => events.restart(),
        }
    }

    /// Takes bytes as they came and gives what they complete, in order.
    pub fn push(&mut self, bytes: &[u8], mono_ms: i64) -> Vec<Read> {
        if !bytes.is_empty() {
            self.last_ms = Some(mono_ms);
        }
        let reads = bytes.iter().map(|byte| self.byte(*byte, mono_ms));
        reads.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    fn byte(&mut self, byte: u8, mono_ms: i64) -> Vec<Read> {
        self.raw.push(byte);
        if !matches!(self.device, Device::Pn532(_) | Device::Pcsc(_)) {
            match self.idcards.byte(byte) {
                Filtered::Pass => {}
                Filtered::Found => {
                    self.forget();
                    return vec![Read {
                        seen: Seen::Fault(FrameFault::IdCardReader),
                        raw: Raw::new(&MARK),
                    }];
                }
                Filtered::Dropped => {
                    self.raw.clear();
                    return Vec::new();
                }
            }
        }
        let seen = match &mut self.device {
            Device::Em4100(frames) => frames.byte(byte).map(seen).into_iter().collect(),
            Device::Lines(lines) => lines.byte(byte).map(seen).into_iter().collect(),
            Device::Gm65(scanner) => scanner.byte(byte).into_iter().map(seen).collect(),
            Device::Pn532(chip) => chip.byte(byte, mono_ms),
            Device::Pcsc(events) => events.byte(byte).into_iter().collect(),
        };
        self.reads(seen)
    }

    /// Time has passed and nothing came: ends or forgets what was begun, asks again what was not answered.
    ///
    /// It must not be called while bytes wait to be pushed: their silence would be ours, not the line's.
    pub fn tick(&mut self, mono_ms: i64) -> Vec<Read> {
        let mut reads = Vec::new();
        if self.gap_at_ms().is_some_and(|at| at <= mono_ms) {
            self.last_ms = None;
            reads = self.gap(mono_ms);
            self.raw.clear();
        }
        match &mut self.device {
            Device::Em4100(_) | Device::Lines(_) | Device::Pcsc(_) => {}
            Device::Gm65(scanner) => scanner.tick(mono_ms),
            Device::Pn532(chip) => chip.tick(mono_ms),
        }
        reads
    }

    fn gap(&mut self, mono_ms: i64) -> Vec<Read> {
        self.idcards.gap();
        let by_length = matches!(self.raw.bytes(), [0x03, len, data @ ..]
            if usize::from(*len) == data.len() && data.len() >= CardId::MIN);
        let seen = match &mut self.device {
            Device::Lines(_) | Device::Gm65(_) if by_length => {
                self.forget_begun();
                vec![Seen::Fault(FrameFault::ProtocolMode)]
            }
            Device::Em4100(frames) => frames.gap().map(Seen::Fault).into_iter().collect(),
            Device::Lines(lines) => lines.gap().map(seen).into_iter().collect(),
            Device::Gm65(scanner) => scanner.gap().into_iter().map(seen).collect(),
            Device::Pn532(chip) => chip.gap(mono_ms),
            Device::Pcsc(events) => {
                events.forget();
                Vec::new()
            }
        };
        self.reads(seen)
    }

    fn reads(&mut self, seen: Vec<Seen>) -> Vec<Read> {
        let with_raw = |seen| Read {
            seen,
            raw: std::mem::take(&mut self.raw),
        };
        seen.into_iter().map(with_raw).collect()
    }

    fn forget(&mut self) {
        self.raw.clear();
        self.forget_begun();
    }

    fn forget_begun(&mut self) {
        match &mut self.device {
            Device::Em4100(frames) => drop(frames.gap()),
            Device::Lines(lines) => lines.forget(),
            Device::Gm65(scanner) => scanner.forget(),
            Device::Pn532(_) => {}
            Device::Pcsc(events) => events.forget(),
        }
    }

    /// What to write to the line now. Empty for every device that only talks.
    pub fn outgoing(&mut self) -> Vec<u8> {
        match &mut self.device {
            Device::Em4100(_) | Device::Lines(_) | Device::Pcsc(_) => Vec::new(),
            Device::Gm65(scanner) => scanner.outgoing(),
            Device::Pn532(chip) => chip.outgoing(),
        }
    }

    /// When to call [`Self::tick`] at the latest; `None` while nothing is begun or asked.
    pub fn next_wake_ms(&self) -> Option<i64> {
        let asked = match &self.device {
            Device::Em4100(_) | Device::Lines(_) | Device::Pcsc(_) => None,
            Device::Gm65(scanner) => scanner.next_wake_ms(),
            Device::Pn532(chip) => chip.next_wake_ms(),
        };
        [self.gap_at_ms(), asked].into_iter().flatten().min()
    }

    fn gap_at_ms(&self) -> Option<i64> {
        self.last_ms.map(|last| last.saturating_add(self.gap_ms()))
    }

    /// After how many milliseconds of silence what was begun will not be finished.
    ///
    /// A frame of 14 bytes takes 15 ms at 9600 baud, so 50; a PN532 pauses between ACK and answer only, so 100;
    /// scanners pause between blocks of USB, so 150.
    const fn gap_ms(&self) -> i64 {
        match self.device {
            Device::Em4100(_) => 50,
            Device::Pn532(_) | Device::Pcsc(_) => 100,
            Device::Lines(_) | Device::Gm65(_) => 150,
        }
    }

    /// Says whether the device has answered, where it must; before that a line is open but the reader is not there.
    pub fn is_ready(&self) -> bool {
        match &self.device {
            Device::Em4100(_) | Device::Lines(_) | Device::Pcsc(_) => true,
            Device::Gm65(scanner) => scanner.is_ready(),
            Device::Pn532(chip) => chip.is_ready(),
        }
    }

    /// Says whether a device that must answer no longer does: the line should be closed and opened anew.
    pub fn is_lost(&self) -> bool {
        match &self.device {
            Device::Em4100(_) | Device::Lines(_) | Device::Pcsc(_) => false,
            Device::Gm65(scanner) => scanner.is_lost(),
            Device::Pn532(chip) => chip.is_lost(),
        }
    }

    /// The memory that makes one report of a card that lies on this device.
    ///
    /// RDM6300 repeats about every 65 ms while the card is there, a PN532 is asked every 120 and misses one now and
    /// then, scanners in continuous mode repeat about once a second.
    pub fn presence(&self) -> Presence {
        match self.device {
            Device::Em4100(_) => Presence::new(500),
            Device::Pn532(_) | Device::Pcsc(_) => Presence::new(1_000),
            Device::Lines(_) | Device::Gm65(_) => Presence::new(1_500),
        }
    }

    /// The numbers under which a card of this device is known, as far as its bits were read.
    pub fn forms(&self, card: &CardId) -> Vec<Form> {
        let of_text = |form: &LineForm| match form.number {
            Some(NumberReading { form, .. }) => forms_of(form, card),
            None => vec![("text", card.as_str().to_owned())],
        };
        match &self.device {
            Device::Em4100(_) => forms_of_chip(card),
            Device::Pn532(_) | Device::Pcsc(_) => forms_of_uid(card),
            Device::Lines(lines) => of_text(lines.form()),
            Device::Gm65(scanner) => of_text(scanner.form()),
        }
    }
}

fn forms_of(form: NumberForm, card: &CardId) -> Vec<Form> {
    match form {
        NumberForm::Hex10 | NumberForm::Dec13 | NumberForm::Dec12 => forms_of_chip(card),
        NumberForm::Dec10 | NumberForm::Halves => forms_of_printed(card),
        NumberForm::Uid => forms_of_uid(card),
        NumberForm::Dec8 | NumberForm::Site => Vec::new(),
    }
}

fn seen(read: Result<CardId, FrameFault>) -> Seen {
    match read {
        Ok(card) => Seen::Card(card),
        Err(fault) => Seen::Fault(fault),
    }
}
