//! One simulated device, whichever it is: what a hand does to it, what the host hears from it and says to it.

use crate::domain::SimKind;
use crate::sim::faults::{Fault, Faults, Noise};
use crate::sim::gm65::Gm65;
use crate::sim::pipe::Pipe;
use crate::sim::pn532::Pn532;
use crate::sim::printer::Printer;
use crate::sim::rdm6300::{Rdm6300, SUM_FROM_END};

/// Noise comes in gusts of up to 24 bytes, so many milliseconds apart.
const GUST_MS: i64 = 25;
/// The most bytes of a gust: 9600 bits a second carry as many in that time.
const GUST: u8 = 24;

/// What a hand does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Puts a card on the reader, or holds a code to the scanner; it stays until [`Act::Take`].
    Put(String),
    /// Takes it away.
    Take,
    /// Breaks something for so many milliseconds.
    Break(Fault, i64),
    /// Mends one thing.
    Mend(Fault),
    /// Mends everything.
    MendAll,
}

enum Body {
    Rdm6300(Rdm6300),
    Pn532(Box<Pn532>),
    Gm65(Gm65),
    Printer(Printer),
}

/// A simulated device. Times are milliseconds of any monotonic clock.
pub struct Device {
    kind: SimKind,
    body: Body,
    pipe: Pipe,
    faults: Faults,
    noise: Noise,
    /// When the next gust of noise comes, while there is a storm.
    gust_ms: i64,
    was_out: bool,
}

impl Device {
    /// A device that has just been switched on; nothing lies on it, nothing is wrong with it.
    pub fn new(kind: SimKind) -> Self {
        // 9600 bits a second carry a byte in 1 ms; the USB of a PN532 delivers a frame at once.
        let serial = || Pipe::paced(1);
        let (body, pipe) = match kind {
            SimKind::Rdm6300 => (Body::Rdm6300(Rdm6300::default()), serial()),
            SimKind::Pn532 => (Body::Pn532(Box::new(Pn532::new())), Pipe::default()),
            SimKind::Gm65 => (Body::Gm65(Gm65::default()), serial()),
            SimKind::Printer => (Body::Printer(Printer::default()), Pipe::default()),
        };
        Self {
            kind,
            body,
            pipe,
            faults: Faults::default(),
            noise: Noise::new(),
            gust_ms: 0,
            was_out: false,
        }
    }

    /// Which device it is.
    pub const fn kind(&self) -> SimKind {
        self.kind
    }

    /// Does what a hand does; false where this device cannot: a card that it cannot read, a fault that it cannot have.
    pub fn act(&mut self, act: &Act, now_ms: i64) -> bool {
        self.work(now_ms);
        let done = match act {
            Act::Put(text) => match &mut self.body {
                Body::Rdm6300(reader) => reader.put(text, now_ms),
                Body::Pn532(chip) => chip.put(text),
                Body::Gm65(scanner) => scanner.put(text, now_ms),
                Body::Printer(_) => false,
            },
            Act::Take => {
                match &mut self.body {
                    Body::Rdm6300(reader) => reader.take(),
                    Body::Pn532(chip) => chip.take(),
                    Body::Gm65(scanner) => scanner.take(),
                    Body::Printer(_) => {}
                }
                !matches!(self.body, Body::Printer(_))
            }
            Act::Break(fault, for_ms) => {
                let suits = fault.suits(self.kind);
                if suits {
                    self.faults.begin(*fault, now_ms, *for_ms);
                    self.gust_ms = now_ms;
                }
                suits
            }
            Act::Mend(fault) => {
                self.faults.end(*fault);
                true
            }
            Act::MendAll => {
                self.faults.clear();
                true
            }
        };
        self.work(now_ms);
        done
    }

    /// Says whether its plug is in: only then a line to it can be opened or used.
    pub fn is_plugged(&mut self, now_ms: i64) -> bool {
        self.work(now_ms);
        !self.was_out
    }

    /// A line was opened: what waited in it is gone.
    pub fn open(&mut self, now_ms: i64) {
        self.work(now_ms);
        self.pipe.clear();
    }

    /// Takes bytes that the host writes, and says how many of them; a printer can be full, or slow.
    pub fn hear(&mut self, bytes: &[u8], now_ms: i64) -> usize {
        self.work(now_ms);
        if self.was_out {
            return 0;
        }
        let slow = self.faults.is(Fault::Slow, now_ms);
        match &mut self.body {
            Body::Rdm6300(_) => bytes.len(),
            Body::Pn532(chip) => {
                for (at_ms, frame) in chip.hear(bytes, now_ms, &self.faults) {
                    self.pipe.send(&frame, at_ms, slow);
                }
                bytes.len()
            }
            Body::Gm65(scanner) => {
                let answers = scanner.hear(bytes, now_ms);
                self.pipe.send(&answers, now_ms, slow);
                bytes.len()
            }
            Body::Printer(printer) => {
                let (taken, answers) = printer.hear(bytes, now_ms, &self.faults);
                self.pipe.send(&answers, now_ms, slow);
                taken
            }
        }
    }

    /// Gives what has arrived at the host by now, so many bytes at most.
    pub fn say(&mut self, now_ms: i64, most: usize) -> Vec<u8> {
        self.work(now_ms);
        self.pipe.take(now_ms, most)
    }

    /// When [`Self::say`] has more to give; `None` until a hand or the host does something.
    pub fn next_ms(&self) -> Option<i64> {
        let due = match &self.body {
            Body::Rdm6300(reader) => reader.next_ms(),
            Body::Pn532(chip) => chip.next_ms(),
            Body::Gm65(scanner) => scanner.next_ms(),
            Body::Printer(_) => None,
        };
        let gust = self
            .faults
            .is(Fault::Storm, self.gust_ms)
            .then_some(self.gust_ms);
        if self.was_out {
            return None;
        }
        [due, gust, self.pipe.next_ms()].into_iter().flatten().min()
    }

    /// The slips that came out of a printer since the last call, as text.
    pub fn slips(&mut self, now_ms: i64) -> Vec<String> {
        self.work(now_ms);
        match &mut self.body {
            Body::Printer(printer) => printer.slips(),
            Body::Rdm6300(_) | Body::Pn532(_) | Body::Gm65(_) => Vec::new(),
        }
    }

    /// Lets everything happen that is due by now.
    fn work(&mut self, now_ms: i64) {
        let out = self.faults.is(Fault::Unplug, now_ms);
        if out != self.was_out {
            self.was_out = out;
            self.pipe.clear();
            match &mut self.body {
                Body::Pn532(chip) => chip.power_on(),
                Body::Gm65(scanner) => scanner.power_on(),
                Body::Printer(printer) => printer.power_on(),
                Body::Rdm6300(_) => {}
            }
        }
        let slow = self.faults.is(Fault::Slow, now_ms);
        loop {
            let said = match &mut self.body {
                Body::Rdm6300(reader) => reader
                    .due(now_ms)
                    .map(|(at_ms, frame)| (at_ms, self.faults.spoil(&frame, SUM_FROM_END, at_ms))),
                Body::Pn532(chip) => chip.look(now_ms, &self.faults),
                Body::Gm65(scanner) => scanner.due(now_ms).map(|(at_ms, line)| {
                    let line = unreadable(line, self.faults.is(Fault::BadChecksum, at_ms));
                    (at_ms, self.faults.spoil(&line, 0, at_ms))
                }),
                Body::Printer(printer) => {
                    let answers = printer.work(now_ms, &self.faults);
                    (!answers.is_empty()).then_some((now_ms, answers))
                }
            };
            let Some((at_ms, bytes)) = said else { break };
            if !out {
                self.pipe.send(&bytes, at_ms, slow);
            }
        }
        self.blow(now_ms, out);
    }

    fn blow(&mut self, now_ms: i64, out: bool) {
        // Nobody has listened for long: that noise is gone.
        self.gust_ms = self.gust_ms.max(now_ms.saturating_sub(1_000));
        while self.gust_ms <= now_ms && self.faults.is(Fault::Storm, self.gust_ms) {
            let count = self.noise.byte() % GUST;
            let gust: Vec<u8> = (0..=count).map(|_| self.noise.byte()).collect();
            if !out {
                self.pipe.send(&gust, self.gust_ms, false);
            }
            self.gust_ms = self.gust_ms.saturating_add(GUST_MS);
        }
    }
}

/// A text has no checksum; a byte that no encoding has spoils it as surely.
fn unreadable(mut line: Vec<u8>, spoilt: bool) -> Vec<u8> {
    let middle = line.len() / 2;
    if let Some(byte) = line.get_mut(middle).filter(|_| spoilt) {
        *byte = 0xFF;
    }
    line
}
