//! `station.toml`: where the station stands, its screen, its disk, its readers.

use crate::config::code::{CODE, Unique};
use crate::config::label::{bilingual, label};
use crate::config::read::{Form, Table, Value};
use crate::domain::{Bilingual, Check, StationId, TownshipCode, is_hostile};

/// The most cells of the station's, the village's and a reader's name.
const NAME_CELLS: usize = 20;
/// The most readers on one station.
const MAX_READERS: usize = 4;
/// The longest path of a port, in bytes.
const MAX_PORT: usize = 200;
/// Speeds that serial readers and printers use, in bits a second.
const BAUDS: [u32; 8] = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200];
/// The speed of a reader or printer that names none.
pub(super) const BAUD: u32 = 9600;
/// Free disk that a station keeps where the config names none, in MiB.
const MIN_FREE_MIB: i64 = 200;

/// One station and how its terminal behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// The town it belongs to.
    pub township: TownshipCode,
    /// Its code, unique in the town.
    pub id: StationId,
    /// Its name, at most 20 cells.
    pub name: Bilingual,
    /// The village's name, at most 20 cells.
    pub village: Bilingual,
    /// Whom to call when the terminal fails: digits, `+`, `-` and blanks.
    pub technician_phone: Option<String>,
    /// How long the screens wait.
    pub screen: ScreenSetting,
    /// Below this much free disk, new redemptions are refused, in MiB.
    pub min_free_mib: u64,
    /// The card readers and scanners, at most 4.
    pub readers: Vec<ReaderSetting>,
}

/// How long the screens wait and what they let a person type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenSetting {
    /// Seconds without a touch after which the screen asks whether anyone is there, 15 to 600.
    pub idle_secs: i64,
    /// Seconds without an answer after which everything private leaves the screen, 5 to 120.
    pub ask_secs: i64,
    /// Seconds that the last screen of a redemption stays, 3 to 60.
    pub done_secs: i64,
    /// Seconds that a confirmed redemption stays on the screen for the attendant, 30 to 3600.
    pub waiting_secs: i64,
    /// Milliseconds after a change of screen in which neither key nor touch counts, 0 to 2000. What
    /// else keeps trembling fingers from acting is measured by it: see the methods.
    pub deaf_ms: i64,
    /// Says whether a step of a wheel is a touch that the terminal misread: a kiosk has no wheel.
    pub scroll_is_tap: bool,
    /// Says whether a card number may be typed on the keyboard.
    pub typed_cards: bool,
}

impl Default for ScreenSetting {
    fn default() -> Self {
        Self {
            idle_secs: 90,
            ask_secs: 30,
            done_secs: 8,
            waiting_secs: 300,
            deaf_ms: 500,
            scroll_is_tap: true,
            typed_cards: false,
        }
    }
}

impl ScreenSetting {
    /// Milliseconds after a press in which nothing else counts on the same screen: 400 usually.
    /// Source: a second touch that a person means comes later than that.
    pub const fn deaf_after_press_ms(&self) -> i64 {
        self.deaf_ms * 4 / 5
    }

    /// Milliseconds in which the same digit, typed with a finger, is one digit: 250 usually.
    pub const fn same_digit_ms(&self) -> i64 {
        self.deaf_ms / 2
    }

    /// Milliseconds after which a step that cannot be undone may be taken: 1000 usually, time
    /// enough to see that the screen is another one.
    pub const fn arming_ms(&self) -> i64 {
        self.deaf_ms * 2
    }
}

/// A card reader or scanner on a serial port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderSetting {
    /// The name on the device screen, unique.
    pub name: String,
    /// The path of the port, unique.
    pub port: String,
    /// What it sends.
    pub format: ReaderFormat,
    /// Its speed, in bits a second.
    pub baud: u32,
}

/// What a reader sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReaderFormat {
    /// Framed 125 kHz card numbers: STX, ten hex digits, checksum, ETX.
    Em4100,
    /// One card number or code a line.
    Lines,
}

impl ReaderFormat {
    /// Every format with its name in the config.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Em4100, "em4100"), (Self::Lines, "lines")];

    /// What sends it: a card reader or a scanner.
    pub const fn device(self) -> Check {
        match self {
            Self::Em4100 => Check::Card,
            Self::Lines => Check::Scanner,
        }
    }
}

pub(super) const FILE: Form = Form {
    title: "station.toml",
    keys: &[
        "station", "screen", "disk", "reader", "printer", "export", "sink",
    ],
};
const STATION: Form = Form {
    title: "[station]",
    keys: &["township", "id", "name", "village", "technician-phone"],
};
const SCREEN: Form = Form {
    title: "[screen]",
    keys: &[
        "idle-secs",
        "ask-secs",
        "done-secs",
        "waiting-secs",
        "deaf-ms",
        "scroll-is-tap",
        "typed-cards",
    ],
};
const DISK: Form = Form {
    title: "[disk]",
    keys: &["min-free-mib"],
};
const READER: Form = Form {
    title: "[[reader]]",
    keys: &["name", "port", "format", "baud"],
};

/// Reads the whole file. Every key is read before the first `?`.
pub(super) fn station(file: &Table<'_>) -> Option<Station> {
    let place = file.need("station").and_then(|v| v.table(&STATION));
    let need = |key| place.as_ref().and_then(|table| table.need(key));
    let township = need("township").and_then(|v| v.parsed(TownshipCode::parse, CODE));
    let id = need("id").and_then(|v| v.parsed(StationId::parse, CODE));
    let name = need("name").and_then(|v| bilingual(v, NAME_CELLS));
    let village = need("village").and_then(|v| bilingual(v, NAME_CELLS));
    let phone = place
        .as_ref()
        .and_then(|table| table.get("technician-phone"))
        .and_then(phone);
    let screen = file.table("screen", &SCREEN);
    let screen = screen.map_or_else(ScreenSetting::default, |table| self::screen(&table));
    let min_free_mib = file
        .table("disk", &DISK)
        .and_then(|table| table.get("min-free-mib"))
        .map_or(Some(MIN_FREE_MIB), |v| v.whole(0..=100_000))
        .and_then(|mib| u64::try_from(mib).ok());
    let readers = readers(file);
    Some(Station {
        township: township?,
        id: id?,
        name: name?,
        village: village?,
        technician_phone: phone,
        screen,
        min_free_mib: min_free_mib?,
        readers,
    })
}

fn phone(value: Value<'_>) -> Option<String> {
    let phone = |text: &str| {
        let fits = (3..=NAME_CELLS).contains(&text.len());
        let sign = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b' ');
        (fits && text.bytes().all(sign)).then(|| text.to_owned())
    };
    value.parsed(phone, "write 3 to 20 digits, + - or blanks")
}

fn screen(table: &Table<'_>) -> ScreenSetting {
    let usual = ScreenSetting::default();
    let number = |key, least, most, usual| {
        let value = table.get(key);
        value.and_then(|v| v.whole(least..=most)).unwrap_or(usual)
    };
    let flag = |key, usual| table.get(key).and_then(Value::flag).unwrap_or(usual);
    ScreenSetting {
        idle_secs: number("idle-secs", 15, 600, usual.idle_secs),
        ask_secs: number("ask-secs", 5, 120, usual.ask_secs),
        done_secs: number("done-secs", 3, 60, usual.done_secs),
        waiting_secs: number("waiting-secs", 30, 3600, usual.waiting_secs),
        deaf_ms: number("deaf-ms", 0, 2000, usual.deaf_ms),
        scroll_is_tap: flag("scroll-is-tap", usual.scroll_is_tap),
        typed_cards: flag("typed-cards", usual.typed_cards),
    }
}

fn readers(file: &Table<'_>) -> Vec<ReaderSetting> {
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
        .filter_map(|table| reader(table, &mut names, &mut ports))
        .collect()
}

/// Reads one reader. Every key is read before the first `?`.
fn reader(table: &Table<'_>, names: &mut Unique, ports: &mut Unique) -> Option<ReaderSetting> {
    let name = table.need("name").and_then(|v| {
        let name = label(v, NAME_CELLS)?;
        names.claim(v, &format!("reader name \"{name}\""), &name);
        Some(name)
    });
    let port = table.need("port").and_then(|v| {
        let port = v.parsed(port, "write a path such as /dev/serial/by-id/usb-1a86")?;
        ports.claim(v, "this port", &port);
        Some(port)
    });
    let format = table
        .need("format")
        .and_then(|v| v.choice(&ReaderFormat::ALL));
    let baud = table.get("baud").map_or(Some(BAUD), baud);
    Some(ReaderSetting {
        name: name?,
        port: port?,
        format: format?,
        baud: baud?,
    })
}

fn port(text: &str) -> Option<String> {
    let fits = text.len() <= MAX_PORT && text.starts_with('/');
    (fits && !text.chars().any(is_hostile)).then(|| text.to_owned())
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
