//! `[printer]` in `station.toml`: where receipts are printed, and on what paper.

use crate::config::fields::form;
use crate::config::kind::{Choice, Flag, Parsed};
use crate::config::port::Baud;
use crate::domain::{Text, is_hostile};
use crate::wire::paper::{Cut, PROFILES, Profile, QrPrint};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};

/// The speed of a printer that names none, in bits a second.
const BAUD: u32 = 9600;
/// The longest port, in bytes.
const MAX_PORT: usize = 200;
const PORT: Parsed<PrinterPort> = Parsed {
    pattern: r"^((file:)?/.+|tcp:([0-9.]+|\[[0-9A-Fa-f:.%]+\]):[0-9]{1,5}|sim:printer)$",
    right: Text::of("right-printer"),
    parse: PrinterPort::parse,
};
/// The printer that the program plays.
const SIM: &str = "sim:printer";

/// The receipt printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterSetting {
    /// Where its line is.
    pub port: PrinterPort,
    /// Bits a second; only on a serial line.
    pub baud: u32,
    /// The profile's name in the config.
    pub name: &'static str,
    /// What it can do.
    pub profile: Profile,
}

/// Where a printer's line is. The one place that reads such a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterPort {
    /// A device file: a serial line, or `/dev/usb/lp*` of the kernel's printer driver.
    Device(PathBuf),
    /// A printer on the network, raw, usually port 9100. An address, no name: looking one up can take minutes.
    Tcp(SocketAddr),
    /// A file that grows, for trials.
    File(PathBuf),
    /// A printer that the program plays.
    Sim,
}

impl PrinterPort {
    /// Reads a port; `None` for anything that is none.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_PORT || text.chars().any(is_hostile) {
            return None;
        }
        if let Some(address) = text.strip_prefix("tcp:") {
            let address: SocketAddr = address.parse().ok()?;
            return (address.port() > 0).then_some(Self::Tcp(address));
        }
        if text == SIM {
            return Some(Self::Sim);
        }
        if let Some(path) = text.strip_prefix("file:") {
            return absolute(path).map(Self::File);
        }
        absolute(text).map(Self::Device)
    }
}

impl fmt::Display for PrinterPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device(path) => write!(f, "{}", path.display()),
            Self::Tcp(address) => write!(f, "tcp:{address}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Sim => f.write_str(SIM),
        }
    }
}

fn absolute(text: &str) -> Option<PathBuf> {
    let path = Path::new(text);
    let up = path.components().any(|part| part == Component::ParentDir);
    let named = path.file_name().is_some();
    (path.is_absolute() && named && !up).then(|| path.to_owned())
}

impl PrinterSetting {
    /// A printer of a named profile at a port; `None` when no profile has that name.
    pub fn of(port: PrinterPort, name: &str) -> Option<Self> {
        let (profile, name) = PROFILES.into_iter().find(|(_, known)| *known == name)?;
        Some(Self {
            port,
            baud: BAUD,
            name,
            profile,
        })
    }
}

form! {
    /// The receipt printer.
    PRINTER "[printer]" fn printer(table) -> PrinterSetting {
        /// A device such as /dev/usb/lp0, tcp:192.168.1.50:9100, file:/a/path, or sim:printer.
        port "port": PORT, need;
        /// Its paper: 58mm has 32 cells a line, 80mm 48, 42col 42.
        profile "profile": Choice(&PROFILES.map(|(_, name)| (name, name))), need;
        /// Its speed in bits a second, on a serial line only; 9600 without.
        baud "baud": Baud, usual(BAUD);
        /// Who draws QR codes: the printer itself, or the program as a picture.
        qr "qr": Choice(&QrPrint::ALL), may;
        /// The font has every character of GB 18030.
        four_byte "gb18030": Flag, may;
        /// What ends a slip.
        cut "cut": Choice(&Cut::ALL), may;
    } => {
        let mut setting = PrinterSetting::of(port, profile)?;
        let profile = &mut setting.profile;
        profile.qr = qr.unwrap_or(profile.qr);
        profile.cut = cut.unwrap_or(profile.cut);
        profile.four_byte = four_byte.unwrap_or(profile.four_byte);
        PrinterSetting { baud, ..setting }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_read_and_said_again() {
        for text in [
            "/dev/usb/lp0",
            "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0",
            "tcp:192.168.1.50:9100",
            "tcp:[fe80::1]:9100",
            "file:/var/lib/wenming/slips.bin",
            "sim:printer",
        ] {
            let port = PrinterPort::parse(text).unwrap();
            assert_eq!(port.to_string(), text);
        }
        for text in [
            "",
            "lp0",
            "/",
            "/dev/../etc/passwd",
            "tcp:printer:9100",
            "tcp:192.168.1.50",
            "tcp:192.168.1.50:0",
            "file:slips.bin",
            "sim:rdm6300",
            "file:",
            "/dev/\u{202e}lp0",
        ] {
            assert_eq!(PrinterPort::parse(text), None, "{text}");
        }
    }
}
