//! Where a device is plugged in, or which one is played.

use crate::config::read::Value;
use crate::config::suggest::nearest;
use crate::domain::{SimKind, is_hostile};
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
    /// What a port may be, for a fault.
    const RIGHT: &'static str = "write a path such as /dev/serial/by-id/usb-1a86";

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

/// Reads the port of a reader; what is wrong is noted.
pub(super) fn port(value: Value<'_>) -> Option<Port> {
    let text = value.text()?;
    let Some(name) = text.strip_prefix(SIM) else {
        return value.parsed(Port::parse, Port::RIGHT);
    };
    let port = Port::parse(text);
    if port.is_none() {
        let readers = || {
            let readers = SimKind::ALL.iter().map(|(_, name)| *name);
            readers.filter(|name| *name != SimKind::Printer.name())
        };
        if let Some(guess) = nearest(name, readers()) {
            value.wrong(format_args!("did you mean \"{SIM}{guess}\"?"));
        } else {
            let all: Vec<String> = readers().map(|name| format!("{SIM}{name}")).collect();
            value.wrong(format_args!("write one of {}", all.join(", ")));
        }
    }
    port
}
