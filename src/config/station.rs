//! `station.toml`: where the station stands, its screen, its disk.

use crate::config::code::coded;
use crate::config::export::{EXPORT, ExportSetting, export};
use crate::config::fields::form;
use crate::config::kind::{Flag, InPoints, Parsed, Sub, Whole};
use crate::config::label::Both;
use crate::config::printer::{PRINTER, PrinterSetting, printer};
use crate::config::reader::{READERS, ReaderSetting, readers};
use crate::config::sink::{SINKS, sinks};
use crate::config::voice::{HELP, VOICE, VoiceSetting, help, voice};
use crate::domain::{Bilingual, Points, SimKind, StationId, Text, TownshipCode};

/// The most cells of the station's and the village's name.
const NAME_CELLS: usize = 20;
/// Points that one member of staff corrects alone where the config names none: a sack of rice.
const ALONE: Points = Points::new(100);
/// Free disk that a station keeps where the config names none, in MiB.
const MIN_FREE_MIB: u64 = 200;

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
    /// One member of staff corrects so many points alone; of more, two sign.
    pub alone: Points,
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

/// What a station has that says nothing else.
const USUAL: ScreenSetting = ScreenSetting {
    idle_secs: 90,
    ask_secs: 30,
    done_secs: 20,
    waiting_secs: 300,
    deaf_ms: 500,
    scroll_is_tap: true,
    typed_cards: false,
};

impl Default for ScreenSetting {
    fn default() -> Self {
        USUAL
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

/// What the whole file tells.
pub(super) struct StationFile {
    pub(super) station: Station,
    pub(super) printer: Option<PrinterSetting>,
    pub(super) voice: VoiceSetting,
    pub(super) export: ExportSetting,
}

form! {
    /// One station: who it is, how its terminal behaves, which devices it has, where its exports go.
    FILE "station.toml" fn file(table) -> StationFile {
        /// Who the station is.
        station "station": Sub(&STATION), need => |_, table| station(&table);
        /// How long the screens wait and what they let a person type.
        screen "screen": Sub(&SCREEN), usual(USUAL) => |_, table| screen(&table);
        /// What the staff may do alone.
        alone "desk": Sub(&DESK), usual(ALONE) => |_, table| desk(&table);
        /// How much room the disk must have.
        min_free_mib "disk": Sub(&DISK), usual(MIN_FREE_MIB) => |_, table| disk(&table);
        /// A card reader or scanner, at most 4.
        readers "reader": READERS, usual(Vec::new()) => |_, all| {
            Some(readers(&all, screen.unwrap_or(USUAL).typed_cards))
        };
        /// The receipt printer.
        printer "printer": Sub(&PRINTER), may => |_, table| printer(&table);
        /// What speaks and sounds; without it the station is silent.
        voice "voice": Sub(&VOICE), usual(VoiceSetting::default()) => |_, table| voice(&table);
        /// What is run when a resident calls for help.
        help "help": Sub(&HELP), may => |_, table| help(&table);
        /// When the ledger is exported, and for whose eyes.
        export "export": Sub(&EXPORT), usual(ExportSetting::default()) => |_, table| export(&table);
        /// Where bundles go beside the outbox, at most 4.
        sinks "sink": SINKS, usual(Vec::new()) => |_, all| Some(sinks(&all));
    } => StationFile {
        station: Station { screen, alone, min_free_mib, readers, ..station },
        printer,
        voice: VoiceSetting { help, ..voice },
        export: ExportSetting { sinks, ..export },
    }
}

form! {
    /// Who the station is.
    STATION "[station]" fn station(table) -> Station {
        /// The town's code.
        township "township": coded(TownshipCode::parse), need;
        /// The station's code, unique in the town.
        id "id": coded(StationId::parse), need;
        /// The station's name, at most 20 cells; a Chinese character takes 2.
        name "name": Both(NAME_CELLS), need;
        /// The village's name, at most 20 cells.
        village "village": Both(NAME_CELLS), need;
        /// Whom to call when the terminal fails: digits, + - and blanks.
        technician_phone "technician-phone": PHONE, may;
    } => Station {
        township, id, name, village, technician_phone,
        screen: USUAL, alone: ALONE, min_free_mib: MIN_FREE_MIB, readers: Vec::new(),
    }
}

form! {
    /// How long the screens wait and what they let a person type.
    SCREEN "[screen]" fn screen(table) -> ScreenSetting {
        /// Seconds without a touch after which the screen asks whether anyone is there; 90 without.
        idle_secs "idle-secs": Whole(15..=600), usual(USUAL.idle_secs);
        /// Seconds without an answer after which everything private leaves the screen; 30 without.
        ask_secs "ask-secs": Whole(5..=120), usual(USUAL.ask_secs);
        /// Seconds that the last screen of a redemption stays; 20 without: five lines and three figures for slow eyes.
        done_secs "done-secs": Whole(3..=60), usual(USUAL.done_secs);
        /// Seconds that a confirmed redemption stays on the screen for the attendant; 300 without.
        waiting_secs "waiting-secs": Whole(30..=3600), usual(USUAL.waiting_secs);
        /// Milliseconds after a change of screen in which neither key nor touch counts; 500 without.
        deaf_ms "deaf-ms": Whole(0..=2000), usual(USUAL.deaf_ms);
        /// A step of a wheel is a touch that the terminal misread; true without.
        scroll_is_tap "scroll-is-tap": Flag, usual(USUAL.scroll_is_tap);
        /// A card number may be typed on the keyboard; false without.
        typed_cards "typed-cards": Flag, usual(USUAL.typed_cards);
    }
}

form! {
    /// What the staff may do alone.
    DESK "[desk]" fn desk(table) -> Points {
        /// A correction of more points is signed by two members of staff; 100 without.
        alone "alone-points": InPoints(0..=1_000_000), usual(ALONE);
    } => alone
}

form! {
    /// How much room the disk must have.
    DISK "[disk]" fn disk(table) -> u64 {
        /// Below this many MiB of free disk, new redemptions are refused; 200 without.
        mib "min-free-mib": Whole(0..=100_000), may;
    } => mib.map_or(Some(MIN_FREE_MIB), |mib| u64::try_from(mib).ok())?
}

/// A telephone number.
const PHONE: Parsed<String> = Parsed {
    pattern: "^[0-9+ -]{3,20}$",
    right: Text::of("right-phone"),
    parse: |text| {
        let fits = (3..=20).contains(&text.len());
        let sign = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b' ');
        (fits && text.bytes().all(sign)).then(|| text.to_owned())
    },
};
