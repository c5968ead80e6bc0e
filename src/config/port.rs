//! Where a device is plugged in, or which one is played, and the speed of its line.

use crate::config::kind::{Kind, Whole};
use crate::config::suggest::nearest;
use crate::config::table::Value;
use crate::domain::{SimKind, Text, is_hostile};
use serde_json::{Value as Json, json};
use std::fmt;

/// The longest path of a port, in bytes.
const MAX_PORT: usize = 200;
/// What stands before the name of a device that is played.
const SIM: &str = "sim:";
/// What stands before a part of the name of a PC/SC reader.
const PCSC: &str = "pcsc:";
/// Where the kernel has its input devices.
const INPUT: &str = "/dev/input/";

/// A port as the config names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Port(String);

impl Port {
    /// Takes an absolute path of at most 200 bytes, `sim:` and the name of a reader or scanner, or `pcsc:` and part of a
    /// reader's name or `*`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() <= MAX_PORT && !text.chars().any(is_hostile);
        let port = Self(text.to_owned());
        let named = text.starts_with('/') || port.pcsc().is_some_and(|name| !name.is_empty());
        let played = port.sim().is_some_and(|kind| kind != SimKind::Printer);
        (sound && named || played).then_some(port)
    }

    /// The port of a device that the program plays; `None` for the printer, which no reader is.
    pub fn of(kind: SimKind) -> Option<Self> {
        Self::parse(&format!("{SIM}{}", kind.name()))
    }

    /// The port as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which device the program plays here; `None` for a real one.
    pub fn sim(&self) -> Option<SimKind> {
        SimKind::parse(self.0.strip_prefix(SIM)?)
    }

    /// Says whether what is typed is held to the device that is played here.
    pub fn is_typed(&self, typed_cards: bool) -> bool {
        typed_cards && self.sim().is_some()
    }

    /// The part of a PC/SC reader's name that is looked for, `*` for the first; `None` for another port.
    pub fn pcsc(&self) -> Option<&str> {
        self.0.strip_prefix(PCSC)
    }

    /// Says whether a PC/SC reader of this name is meant. The first one that is, is taken.
    pub fn means(&self, reader: &str) -> bool {
        self.pcsc()
            .is_some_and(|part| part == "*" || reader.contains(part))
    }

    /// Says whether it is a keyboard or the like, in `/dev/input`.
    pub fn is_input(&self) -> bool {
        self.0.starts_with(INPUT)
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The port of a reader.
pub(super) struct ReaderPort;

impl ReaderPort {
    /// What may be played.
    fn played() -> impl Iterator<Item = &'static str> + Clone {
        let readers = SimKind::ALL.iter().map(|(_, name)| *name);
        readers.filter(|name| *name != SimKind::Printer.name())
    }
}

impl Kind for ReaderPort {
    type Read<'a> = Port;

    fn read(&self, value: Value<'_>) -> Option<Port> {
        let text = value.text()?;
        let port = Port::parse(text);
        if port.is_some() {
            return port;
        }
        let Some(name) = text.strip_prefix(SIM) else {
            value.wrong(Text::of("right-port"));
            return None;
        };
        if let Some(guess) = nearest(name, Self::played()) {
            value.wrong(Text::of("right-meant").word("guess", format!("{SIM}{guess}")));
        } else {
            let all: Vec<String> = Self::played().map(|name| format!("{SIM}{name}")).collect();
            value.wrong(Text::of("right-one-of").word("words", all.join(", ")));
        }
        None
    }

    fn schema(&self) -> Json {
        let played: Vec<&str> = Self::played().collect();
        let pattern = format!("^(/.*|{PCSC}.+|{SIM}({}))$", played.join("|"));
        json!({ "type": "string", "maxLength": MAX_PORT, "pattern": pattern })
    }
}

/// A speed that serial readers and printers use, in bits a second.
pub(super) struct Baud;

/// The speeds.
const BAUDS: [u32; 8] = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200];

impl Kind for Baud {
    type Read<'a> = u32;

    fn read(&self, value: Value<'_>) -> Option<u32> {
        let speed = Whole(1..=i64::from(u32::MAX)).read(value)?;
        let known = BAUDS.into_iter().find(|baud| i64::from(*baud) == speed);
        if known.is_none() {
            let all = BAUDS.map(|baud| baud.to_string());
            value.wrong(Text::of("right-one-of").word("words", all.join(", ")));
        }
        known
    }

    fn schema(&self) -> Json {
        json!({ "type": "integer", "enum": BAUDS })
    }
}
