//! `wenming device list`: the ports of this computer, by names that stay when a plug moves.

use crate::cli::{print, told};
use crate::config::{ReaderSetting, load};
use crate::domain::{Text, clean};
use crate::shell::line::card_readers;
use clap::Args;
use rustix::fs::{Access, access};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a kind of device stands below `/dev`, best names first; how a name there begins; what it is.
const PLACES: [(&str, &str, Kind); 7] = [
    ("serial/by-id", "", Kind::Serial),
    ("serial/by-path", "", Kind::Serial),
    ("", "ttyUSB", Kind::Serial),
    ("", "ttyACM", Kind::Serial),
    ("usb", "lp", Kind::Printer),
    ("input/by-id", "", Kind::Input),
    ("input/by-path", "", Kind::Input),
];
/// The CH340 has no serial number: two of them have one name under by-id, and the last one plugged in gets it.
const NAMELESS: &str = "usb-1a86_USB_Serial-";

/// The most faults of the config that are told; `wenming check` tells all of them.
const MAX_FAULTS: usize = 4;
/// The longest name or reason that is shown, in characters.
const MAX_SHOWN: usize = 200;

/// Arguments of `wenming device list`.
#[derive(Args, Debug)]
pub(super) struct List {
    /// The folder with station.toml, to say which reader uses a port
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    config: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Where devices stand
    #[arg(long, value_name = "DIR", default_value = "/dev", hide = true)]
    dev: PathBuf,
}

/// What is plugged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A serial line.
    Serial,
    /// A printer at USB.
    Printer,
    /// A keyboard or the like.
    Input,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::Printer => "printer",
            Self::Input => "input",
        }
    }

    /// The id of its name for people.
    const fn said(self) -> &'static str {
        match self {
            Self::Serial => "list-serial",
            Self::Printer => "list-printer",
            Self::Input => "list-input",
        }
    }

    /// The group that may use it on Debian.
    const fn group(self) -> &'static str {
        match self {
            Self::Serial => "dialout",
            Self::Printer => "lp",
            Self::Input => "input",
        }
    }
}

/// The ports of a kind that this computer has, each by the name to write into the config; first those that stay.
pub(crate) fn named_ports(dev: &Path, kind: Kind) -> Vec<String> {
    let ports = ports(dev);
    let wanted = ports.iter().filter(|(_, port)| port.kind == kind);
    let names = wanted.map(|(device, port)| port.best().unwrap_or(device).display().to_string());
    let mut names: Vec<String> = names.collect();
    names.sort_by_key(|name| (!name.contains("/by-id/"), !name.contains("/by-path/")));
    names
}

/// One device under all its names.
struct Port {
    kind: Kind,
    names: Vec<PathBuf>,
    allowed: bool,
    reader: Option<String>,
}

impl Port {
    /// The name to write into the config.
    fn best(&self) -> Option<&PathBuf> {
        let shared = |path: &&PathBuf| path.display().to_string().contains(NAMELESS);
        let by_path = |path: &&PathBuf| path.display().to_string().contains("/by-path/");
        let first = self.names.first().filter(|name| !shared(name));
        first
            .or_else(|| self.names.iter().find(by_path))
            .or_else(|| self.names.first())
    }
}

/// A reader of the config whose port is nowhere, with the reason where one is known.
struct Missing {
    reader: String,
    port: String,
    why: Option<String>,
}

/// What was found.
#[derive(Default)]
struct Found {
    ports: BTreeMap<PathBuf, Port>,
    /// The readers of pcscd, with the reader of the config that uses each.
    pcsc: Vec<(String, Option<String>)>,
    /// The ports that the program plays, with the reader of the config.
    played: Vec<(String, String)>,
    missing: Vec<Missing>,
    /// What keeps the config from being read.
    faults: Vec<String>,
}

impl List {
    pub(super) fn run(&self) {
        let mut found = Found {
            ports: ports(&self.dev),
            ..Found::default()
        };
        // A program without PC/SC cannot ask, and its config has no reader that needs to know.
        let asked = card_readers();
        let names = asked.as_deref().unwrap_or_default().iter();
        found.pcsc = names.map(|name| (clean(name, MAX_SHOWN), None)).collect();
        let away = asked
            .err()
            .map(|error| clean(&error.to_string(), MAX_SHOWN));
        // A config that is not there or not right yet must not stop anybody from looking for a port.
        match load(&self.config) {
            Ok(config) => {
                for reader in config.station.readers {
                    found.place(reader, away.as_deref());
                }
            }
            Err(faults) => {
                let station = self.config.join("station.toml");
                let faults = faults
                    .iter()
                    .filter(|f| f.file == station && station.exists());
                let faults = faults.take(MAX_FAULTS).map(|fault| told(&fault.told()));
                found.faults = faults.collect();
            }
        }
        if self.json {
            print(&found.json().to_string());
        } else {
            print(&found.text());
        }
    }
}

impl Found {
    /// Finds the port of a reader.
    fn place(&mut self, reader: ReaderSetting, away: Option<&str>) {
        let port = &reader.port;
        let mut missing = |why: Option<&str>| {
            self.missing.push(Missing {
                reader: reader.name.clone(),
                port: port.as_str().to_owned(),
                why: why.map(str::to_owned),
            });
        };
        if port.sim().is_some() {
            self.played.push((port.as_str().to_owned(), reader.name));
            return;
        }
        if port.pcsc().is_some() {
            match self.pcsc.iter_mut().find(|(name, _)| port.means(name)) {
                Some((_, user)) => *user = Some(reader.name),
                None => missing(away.or(Some("pcscd has no such reader"))),
            }
            return;
        }
        let path = Path::new(port.as_str());
        let device = fs::canonicalize(path).ok();
        match device.and_then(|device| self.ports.get_mut(&device)) {
            Some(port) => port.reader = Some(reader.name),
            None if path.exists() => {}
            None => missing(None),
        }
    }

    fn text(&self) -> String {
        let mut lines = Vec::new();
        for (device, port) in &self.ports {
            let best = port.best().unwrap_or(device);
            let mut line = format!("{} {}", told(&Text::of(port.kind.said())), best.display());
            if best != device {
                line = format!("{line} = {}", device.display());
            }
            line.push_str(&used_by(port.reader.as_deref()));
            if !port.allowed {
                let group = port.kind.group();
                line.push_str(&told(&Text::of("list-no-right").word("group", group)));
            }
            lines.push(line);
        }
        for (name, reader) in &self.pcsc {
            lines.push(format!(
                "pcsc     pcsc:{name}{}",
                used_by(reader.as_deref())
            ));
        }
        for (port, reader) in &self.played {
            let word = told(&Text::of("list-played"));
            lines.push(format!("{word} {port}{}", used_by(Some(reader))));
        }
        for Missing { reader, port, why } in &self.missing {
            let why = why.as_ref().map_or(String::new(), |why| format!(": {why}"));
            let text = Text::of("list-missing").word("port", port);
            lines.push(told(&text.word("reader", reader).word("why", why)));
        }
        if lines.is_empty() {
            lines.push(told(&Text::of("list-nothing")));
        }
        let faults = self.faults.iter();
        let word = told(&Text::of("list-config"));
        lines.extend(faults.map(|fault| format!("{word} {fault}")));
        lines.join("\n")
    }

    fn json(&self) -> Value {
        let ports = self.ports.iter().map(|(device, port)| {
            json!({
                "device": device.display().to_string(),
                "kind": port.kind.name(),
                "name": port.best().unwrap_or(device).display().to_string(),
                "names": port.names.iter().map(|n| n.display().to_string()).collect::<Vec<_>>(),
                "allowed": port.allowed,
                "reader": port.reader,
            })
        });
        let pcsc = self.pcsc.iter();
        let pcsc =
            pcsc.map(|(name, reader)| json!({ "name": format!("pcsc:{name}"), "reader": reader }));
        let played = self.played.iter();
        let played = played.map(|(port, reader)| json!({ "port": port, "reader": reader }));
        let missing = self.missing.iter();
        let missing = missing.map(
            |Missing { reader, port, why }| json!({ "reader": reader, "port": port, "why": why }),
        );
        json!({
            "ports": ports.collect::<Vec<_>>(),
            "pcsc": pcsc.collect::<Vec<_>>(),
            "played": played.collect::<Vec<_>>(),
            "missing": missing.collect::<Vec<_>>(),
            "config-faults": self.faults,
        })
    }
}

fn used_by(reader: Option<&str>) -> String {
    reader.map_or(String::new(), |name| {
        told(&Text::of("list-used").word("reader", name))
    })
}

/// Every device with its names, by the device's own path.
fn ports(dev: &Path) -> BTreeMap<PathBuf, Port> {
    let mut ports: BTreeMap<PathBuf, Port> = BTreeMap::new();
    for (place, begin, kind) in PLACES {
        // A folder that is not there has no devices.
        let entries = fs::read_dir(dev.join(place)).into_iter().flatten();
        let mut names: Vec<PathBuf> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(begin))
            .map(|entry| entry.path())
            .collect();
        names.sort();
        for name in names {
            let Ok(device) = fs::canonicalize(&name) else {
                continue;
            };
            let allowed = access(&device, Access::READ_OK | Access::WRITE_OK).is_ok();
            let port = ports.entry(device).or_insert_with(|| Port {
                kind,
                names: Vec::new(),
                allowed,
                reader: None,
            });
            port.names.push(name);
        }
    }
    ports
}
