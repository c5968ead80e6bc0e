//! `wenming device list`: the ports of this computer, by names that stay when a plug moves.

use crate::cli::print;
use crate::config::load;
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Serial,
    Printer,
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

    /// The group that may use it on Debian.
    const fn group(self) -> &'static str {
        match self {
            Self::Serial => "dialout",
            Self::Printer => "lp",
            Self::Input => "input",
        }
    }
}

/// The serial ports of this computer, each by the name to write into the config.
pub(super) fn serial_ports(dev: &Path) -> Vec<PathBuf> {
    let ports = ports(dev);
    let serial = ports.iter().filter(|(_, port)| port.kind == Kind::Serial);
    serial
        .map(|(device, port)| port.best().unwrap_or(device).clone())
        .collect()
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

impl List {
    pub(super) fn run(&self) {
        let mut ports = ports(&self.dev);
        // A config that is not there or not right yet must not stop anybody from looking for a port.
        let readers = load(&self.config)
            .map(|config| config.station.readers)
            .unwrap_or_default();
        let mut missing = Vec::new();
        for reader in readers {
            let path = Path::new(reader.port.as_str());
            let device = fs::canonicalize(path).ok();
            match device.and_then(|device| ports.get_mut(&device)) {
                Some(port) => port.reader = Some(reader.name),
                None if path.exists() => {}
                None => missing.push((reader.name, reader.port.as_str().to_owned())),
            }
        }
        if self.json {
            print(&json(&ports, &missing).to_string());
        } else {
            print(&text(&ports, &missing));
        }
    }
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

fn text(ports: &BTreeMap<PathBuf, Port>, missing: &[(String, String)]) -> String {
    let mut lines = Vec::new();
    for (device, port) in ports {
        let best = port.best().unwrap_or(device);
        let mut line = format!("{:<8} {}", port.kind.name(), best.display());
        if best != device {
            line = format!("{line} = {}", device.display());
        }
        if let Some(reader) = &port.reader {
            line = format!("{line}, used by reader \"{reader}\"");
        }
        if !port.allowed {
            let group = port.kind.group();
            line = format!("{line}, no right: add the station's user to the group {group}");
        }
        lines.push(line);
    }
    for (reader, port) in missing {
        lines.push(format!("missing  {port}, of reader \"{reader}\""));
    }
    if lines.is_empty() {
        lines.push("no device is plugged in".to_owned());
    }
    lines.join("\n")
}

fn json(ports: &BTreeMap<PathBuf, Port>, missing: &[(String, String)]) -> Value {
    let ports = ports.iter().map(|(device, port)| {
        json!({
            "device": device.display().to_string(),
            "kind": port.kind.name(),
            "name": port.best().unwrap_or(device).display().to_string(),
            "names": port.names.iter().map(|n| n.display().to_string()).collect::<Vec<_>>(),
            "allowed": port.allowed,
            "reader": port.reader,
        })
    });
    let missing = missing
        .iter()
        .map(|(reader, port)| json!({ "reader": reader, "port": port }));
    json!({ "ports": ports.collect::<Vec<_>>(), "missing": missing.collect::<Vec<_>>() })
}
