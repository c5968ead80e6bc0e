//! Why the port of a reader is not open, for the technician.

use crate::config::Port;
use crate::domain::clean;
use std::io::{self, ErrorKind};

/// The longest text of the system that is passed on, in characters.
const WHY_CHARS: usize = 120;

/// Why a port is not open.
pub(super) struct Loss {
    /// The system's words, made clean, and what to do where that is known.
    pub(super) why: String,
    /// A right is missing.
    pub(super) denied: bool,
}

impl Loss {
    pub(super) fn new(error: &io::Error, port: &Port) -> Self {
        let why = clean(&error.to_string(), WHY_CHARS);
        let denied = error.kind() == ErrorKind::PermissionDenied;
        let advice = if denied && port.is_input() {
            ": give this one device to the station's user (docs/DEVICES.md)"
        } else if denied {
            ": add the station's user to the group dialout"
        } else {
            ""
        };
        Self {
            why: format!("{why}{advice}"),
            denied,
        }
    }

    /// The line is open, but nobody answers there.
    pub(super) fn silent() -> Self {
        Self {
            why: "no answer: are format, baud and cable right?".to_owned(),
            denied: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_says_what_to_do_and_carries_no_escape() {
        let denied = serialport::ErrorKind::Io(ErrorKind::PermissionDenied);
        let gone = serialport::ErrorKind::NoDevice;
        for (port, error, want) in [
            (
                "/dev/input/event3",
                serialport::Error::new(denied, "Permission denied"),
                "Permission denied: give this one device to the station's user (docs/DEVICES.md)",
            ),
            (
                "/dev/ttyUSB0",
                serialport::Error::new(denied, "Permission denied"),
                "Permission denied: add the station's user to the group dialout",
            ),
            (
                "/dev/ttyUSB0",
                serialport::Error::new(gone, "gone\u{1b}[2J\n"),
                "gone[2J",
            ),
        ] {
            let port = Port::parse(port).unwrap();
            assert_eq!(Loss::new(&error.into(), &port).why, want);
        }
    }
}
