//! `[[reader]]` in `station.toml`: the card readers and scanners.

use crate::config::code::Unique;
use crate::config::label::label;
use crate::config::port::{Port, port};
use crate::config::read::{Form, Table, Value};
use crate::domain::{Check, NumberForm, NumberReading, SimKind};

/// The most cells of a reader's name.
const NAME_CELLS: usize = 20;
/// The most readers on one station.
const MAX_READERS: usize = 4;
/// The longest prefix and suffix of a scanner, in bytes. Source: GM65 manual, chapter 6.
const MAX_AFFIX: usize = 15;
/// Speeds that serial readers and printers use, in bits a second.
const BAUDS: [u32; 8] = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200];

/// A card reader or scanner on a serial port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderSetting {
    /// The name on the device screen, unique.
    pub name: String,
    /// The port, unique.
    pub port: Port,
    /// What it sends.
    pub format: ReaderFormat,
    /// Its speed, in bits a second; 0 where there is no such thing.
    pub baud: u32,
    /// How its lines look; only of `lines`, `gm65` and `wedge`.
    pub line: LineSetting,
    /// What is said to a scanner; only of `gm65`.
    pub ask: ScannerAsk,
    /// The card stays in it during the session, and taking it out ends the session; only of `pn532` and `pcsc`.
    pub holds_card: bool,
    /// A badge counts here: it is the badge itself, and no number that anybody can print or type.
    pub badges: bool,
}

impl ReaderSetting {
    /// A reader as its maker set it, of which the config says no more than it must.
    pub fn plain(name: &str, port: Port, format: ReaderFormat) -> Self {
        Self {
            name: name.to_owned(),
            port,
            format,
            baud: format.baud(),
            line: LineSetting::default(),
            ask: ScannerAsk::default(),
            holds_card: false,
            badges: format.reads_chips(),
        }
    }
}

/// What a reader sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReaderFormat {
    /// Framed 125 kHz card numbers: STX, ten hex digits, checksum, ETX.
    Em4100,
    /// One card number or code a line.
    Lines,
    /// A PN532 chip, which must be asked for 13.56 MHz cards.
    Pn532,
    /// A scanner of the GROW family: lines, with answers to commands among them.
    Gm65,
    /// A reader or scanner that types like a keyboard, in `/dev/input`, and is taken from everybody else.
    Wedge,
    /// A reader that pcscd drives.
    Pcsc,
}

impl ReaderFormat {
    /// Every format with its name in the config.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Em4100, "em4100"),
        (Self::Lines, "lines"),
        (Self::Pn532, "pn532"),
        (Self::Gm65, "gm65"),
        (Self::Wedge, "wedge"),
        (Self::Pcsc, "pcsc"),
    ];

    /// What sends it: a card reader or a scanner.
    pub const fn device(self) -> Check {
        match self {
            Self::Em4100 | Self::Pn532 | Self::Pcsc => Check::Card,
            Self::Lines | Self::Gm65 | Self::Wedge => Check::Scanner,
        }
    }

    /// Says whether it reads chips, so that somebody must hold a card to it. Lines may come from anything.
    pub const fn reads_chips(self) -> bool {
        match self {
            Self::Em4100 | Self::Pn532 | Self::Pcsc => true,
            Self::Lines | Self::Gm65 | Self::Wedge => false,
        }
    }

    /// The speed of a reader that names none, in bits a second: the makers' own.
    pub const fn baud(self) -> u32 {
        match self {
            Self::Em4100 | Self::Lines | Self::Gm65 => 9600,
            Self::Pn532 => 115_200,
            Self::Wedge | Self::Pcsc => 0,
        }
    }

    /// The format to write instead where a device that is played speaks another.
    const fn misfit(self, kind: SimKind) -> Option<&'static str> {
        match (kind, self) {
            (
                SimKind::Rdm6300,
                Self::Lines | Self::Pn532 | Self::Gm65 | Self::Wedge | Self::Pcsc,
            ) => Some("sim:rdm6300 speaks \"em4100\""),
            (
                SimKind::Pn532,
                Self::Em4100 | Self::Lines | Self::Gm65 | Self::Wedge | Self::Pcsc,
            ) => Some("sim:pn532 speaks \"pn532\""),
            (SimKind::Gm65, Self::Em4100 | Self::Pn532 | Self::Wedge | Self::Pcsc) => {
                Some("sim:gm65 speaks \"gm65\" or \"lines\"")
            }
            (SimKind::Rdm6300, Self::Em4100)
            | (SimKind::Pn532, Self::Pn532)
            | (SimKind::Gm65, Self::Gm65 | Self::Lines)
            | (
                SimKind::Printer,
                Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 | Self::Wedge | Self::Pcsc,
            ) => None,
        }
    }

    /// The keys that only this format has.
    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Em4100 => &["baud"],
            Self::Lines => &LINE_KEYS,
            Self::Pn532 => &["baud", "holds-card"],
            Self::Gm65 => &SCANNER_KEYS,
            Self::Wedge => &WEDGE_KEYS,
            Self::Pcsc => &["holds-card"],
        }
    }

    /// What is wrong with the port of this format, or with this program; `None` where both fit.
    fn unfit(self, port: &Port) -> Option<&'static str> {
        if let Some(kind) = port.sim() {
            return self.misfit(kind);
        }
        match self {
            Self::Wedge if !cfg!(feature = "evdev") => {
                Some("this program was built without `evdev` (docs/DEVICES.md)")
            }
            Self::Pcsc if !cfg!(feature = "pcsc") => {
                Some("this program was built without `pcsc` (docs/DEVICES.md)")
            }
            Self::Wedge if !port.is_input() => {
                Some("its `port` is /dev/input/by-id/ and a name that ends with -event-kbd")
            }
            Self::Pcsc if port.pcsc().is_none() => {
                Some("its `port` is \"pcsc:*\", or pcsc: and a part of the reader's name")
            }
            Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 if port.is_input() => {
                Some("a port in /dev/input is for \"wedge\"")
            }
            Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 if port.pcsc().is_some() => {
                Some("a port that begins with pcsc: is for \"pcsc\"")
            }
            Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 | Self::Wedge | Self::Pcsc => {
                None
            }
        }
    }
}

/// The keys that say how lines look.
const WEDGE_KEYS: [&str; 6] = ["number", "reversed", "zeros", "prefix", "suffix", "end"];
/// These, of a line with a speed.
const LINE_KEYS: [&str; 7] = [
    "baud", "number", "reversed", "zeros", "prefix", "suffix", "end",
];
/// These, and what is said to a scanner.
const SCANNER_KEYS: [&str; 8] = [
    "baud", "number", "reversed", "zeros", "prefix", "suffix", "end", "ask",
];

/// How the lines of a reader look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineSetting {
    /// The form of its card numbers; `None` takes them as they come.
    pub number: Option<NumberReading>,
    /// What stands before every line, printable ASCII.
    pub prefix: String,
    /// What stands after every line, before its end mark, printable ASCII.
    pub suffix: String,
    /// It sends no end mark: silence ends a line.
    pub gap_ends: bool,
}

/// What is said to a scanner. Without a word in the config nothing is ever written to one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScannerAsk {
    /// Nothing.
    #[default]
    Nothing,
    /// Whether it is there, every ten seconds; a GM861 answers.
    Heartbeat,
    /// To read, every three seconds; for a scanner in command mode.
    Trigger,
}

const ASKS: [(ScannerAsk, &str); 3] = [
    (ScannerAsk::Nothing, "nothing"),
    (ScannerAsk::Heartbeat, "heartbeat"),
    (ScannerAsk::Trigger, "trigger"),
];
/// What ends a line, as the config says it.
const ENDS: [(bool, &str); 2] = [(false, "mark"), (true, "gap")];

const READER: Form = Form {
    title: "[[reader]]",
    keys: &[
        "name",
        "port",
        "format",
        "baud",
        "number",
        "reversed",
        "zeros",
        "prefix",
        "suffix",
        "end",
        "ask",
        "holds-card",
        "badges",
    ],
};

/// Reads every reader of a station where card numbers may be typed or not; what is wrong is noted and left out.
pub(super) fn readers(file: &Table<'_>, typed_cards: bool) -> Vec<ReaderSetting> {
    let mut names = Unique::default();
    let mut ports = Unique::default();
    let tables = file.tables("reader", &READER);
    if let Some(table) = tables.get(MAX_READERS) {
        table.fault(
            format_args!("there are {} [[reader]]", tables.len()),
            format_args!("at most {MAX_READERS} work, take the others out"),
        );
    }
    tables
        .iter()
        .filter_map(|table| reader(table, (&mut names, &mut ports), typed_cards))
        .collect()
}

/// Reads one reader. Every key is read before the first `?`.
fn reader(
    table: &Table<'_>,
    (names, ports): (&mut Unique, &mut Unique),
    typed_cards: bool,
) -> Option<ReaderSetting> {
    let name = table.need("name").and_then(|v| {
        let name = label(v, NAME_CELLS)?;
        names.claim(v, &format!("reader name \"{name}\""), &name);
        Some(name)
    });
    let port = table.need("port").and_then(|v| {
        let port = port(v)?;
        ports.claim(v, "this port", port.as_str());
        Some(port)
    });
    let format = table.need("format").and_then(|v| {
        let format = v.choice(&ReaderFormat::ALL)?;
        if let Some(right) = port.as_ref().and_then(|port| format.unfit(port)) {
            v.wrong(right);
        }
        Some(format)
    });
    let baud = table.get("baud").map(baud);
    if let Some(format) = format {
        others(table, format);
    }
    let line = line(table);
    let ask = table.get("ask").and_then(|v| v.choice(&ASKS));
    let holds_card = table.get("holds-card").and_then(Value::flag);
    let badges = table.get("badges").and_then(Value::flag);
    // What is typed is held to a simulated reader: there a number is no badge unless the config says so.
    let played = typed_cards && port.as_ref().is_some_and(|port| port.sim().is_some());
    let usual = format.is_some_and(ReaderFormat::reads_chips) && !played;
    Some(ReaderSetting {
        name: name?,
        port: port?,
        format: format?,
        baud: baud.unwrap_or_else(|| format.map(ReaderFormat::baud))?,
        line,
        ask: ask.unwrap_or_default(),
        holds_card: holds_card.unwrap_or_default(),
        badges: badges.unwrap_or(usual),
    })
}

/// Notes the keys that another format has.
fn others(table: &Table<'_>, format: ReaderFormat) {
    let formats = || ReaderFormat::ALL.iter();
    let mut seen = Vec::new();
    for key in formats().flat_map(|(other, _)| other.keys()).copied() {
        if format.keys().contains(&key) || seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let having = formats().filter(|(other, _)| other.keys().contains(&key));
        let having: Vec<_> = having.map(|(_, name)| *name).collect();
        if let Some(value) = table.get(key) {
            value.fault(
                format_args!("`{key}` is for {}", having.join(" and ")),
                "take it out, or correct `format`",
            );
        }
    }
}

fn line(table: &Table<'_>) -> LineSetting {
    let number = table.get("number").and_then(number);
    let reversed = table.get("reversed").and_then(Value::flag);
    let zeros = table.get("zeros").and_then(Value::flag);
    for key in ["reversed", "zeros"] {
        let alone = table.get("number").is_none();
        if let Some(value) = table.get(key).filter(|_| alone) {
            value.fault(
                format_args!("`{key}` says nothing without `number`"),
                "add `number = ...` or take it out",
            );
        }
    }
    let affix = |key| table.get(key).and_then(affix).unwrap_or_default();
    LineSetting {
        number: number.map(|form| NumberReading {
            form,
            reversed: reversed.unwrap_or_default(),
            zeros: zeros.unwrap_or(true),
        }),
        prefix: affix("prefix"),
        suffix: affix("suffix"),
        gap_ends: table
            .get("end")
            .and_then(|v| v.choice(&ENDS))
            .unwrap_or_default(),
    }
}

/// A form whose numbers stand for one card each.
fn number(value: Value<'_>) -> Option<NumberForm> {
    let form = value.choice(&NumberForm::ALL)?;
    if form.is_short() {
        value.wrong("24 bits are shared by 65536 cards, set the reader to 8H10D or 10H");
        return None;
    }
    Some(form)
}

fn affix(value: Value<'_>) -> Option<String> {
    let affix = |text: &str| {
        let fits = (1..=MAX_AFFIX).contains(&text.len());
        (fits && text.bytes().all(|b| b.is_ascii_graphic())).then(|| text.to_owned())
    };
    value.parsed(affix, "write 1 to 15 letters, digits or signs of ASCII")
}

pub(super) fn baud(value: Value<'_>) -> Option<u32> {
    let speed = value
        .whole(1..=i64::from(u32::MAX))
        .and_then(|baud| u32::try_from(baud).ok())?;
    if !BAUDS.contains(&speed) {
        value.wrong(format_args!(
            "write one of {}",
            BAUDS.map(|b| b.to_string()).join(", ")
        ));
        return None;
    }
    Some(speed)
}
