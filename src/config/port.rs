//! Where a device is plugged in, or which one is played.

use crate::config::read::Value;
use crate::config::suggest::nearest;
use crate::domain::{SimKind, is_hostile};
use std::fmt;

/// The longest path of a port, in bytes.
const MAX_PORT: usize = 200;
/// What stands before the name of a device that is played.
const SIM: &str = "sim:";

/// A port as the config names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Port(String);

impl Port {
    /// What a port may be, for a fault.
    const RIGHT: &'static str = "write a path such as /dev/serial/by-id/usb-1a86";

    /// Takes an absolute path of at most 200 bytes, or `sim:` and the name of a reader or scanner; anything else is
    /// `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.len() <= MAX_PORT && text.starts_with('/') && !text.chars().any(is_hostile);
        let port = Self(text.to_owned());
        let played = port.sim().is_some_and(|kind| kind != SimKind::Printer);
        (path || played).then_some(port)
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
