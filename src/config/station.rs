//! `station.toml`: where the station stands, its screen, its disk.

use crate::config::code::CODE;
use crate::config::label::bilingual;
use crate::config::read::{Form, Table, Value};
use crate::config::reader::{ReaderSetting, readers};
use crate::domain::{Bilingual, SimKind, StationId, TownshipCode};

/// The most cells of the station's and the village's name.
const NAME_CELLS: usize = 20;
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

impl Station {
    /// The readers that the program plays, so that a typed card can be held to one of them.
    pub fn simulated(&self) -> Vec<SimKind> {
        let played = self.readers.iter().filter_map(|reader| reader.port.sim());
        played.collect()
    }
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

pub(super) const FILE: Form = Form {
    title: "station.toml",
    keys: &[
        "station", "screen", "disk", "reader", "printer", "voice", "help", "export", "sink",
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
    let readers = readers(file, screen.typed_cards);
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
