//! The four TOML files of a station and the fifth that it may do without, read into checked values. Every fault at once, with its place.
//!
//! `page` takes a file apart, `read` gives typed values of its tree; one file each for what they
//! mean: `station`, `catalogue`, `rules`, `staff`, `notices`; of `station.toml` the readers stand apart in `reader` and `port`,
//! the printer in `printer`, voice and help in `voice`, the exports in `export`, `schedule` and `sink`. Nothing changes after loading.

mod catalogue;
mod code;
mod edit;
mod examine;
mod export;
mod fault;
mod hours;
mod label;
mod notices;
mod page;
mod port;
mod prices;
mod printer;
mod published;
mod read;
mod reader;
mod recipient;
mod rules;
mod schedule;
mod sink;
mod staff;
mod station;
mod suggest;
mod voice;

pub use edit::{ChangeFault, SettingChange, proposed};
pub use export::ExportSetting;
pub use fault::Fault;
pub use notices::{Activity, ActivityDay, Announcement, Honour, Notices};
pub use port::Port;
pub use printer::{PrinterPort, PrinterSetting};
pub use published::Published;
pub use reader::{LineSetting, ReaderFormat, ReaderSetting, ScannerAsk};
pub use schedule::{Schedule, ScheduleFault};
pub use sink::{SinkKind, SinkSetting};
pub use station::{ScreenSetting, Station};
pub use voice::{FILE_WORD, SOUND_WORD, Sounds, VoiceSetting};

use crate::domain::{Catalogue, Rule, StaffEntry};
use examine::{examine, text_of};
use std::path::Path;

/// Everything a station is told, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The station and its terminal.
    pub station: Station,
    /// The receipt printer, where there is one.
    pub printer: Option<PrinterSetting>,
    /// What is heard, and who is called.
    pub voice: VoiceSetting,
    /// When and where to the ledger is exported.
    pub export: ExportSetting,
    /// What points buy.
    pub catalogue: Catalogue,
    /// What earns and what costs points, in the order of the file.
    pub rules: Vec<Rule>,
    /// Who works here, at least one.
    pub staff: Vec<StaffEntry>,
    /// What the idle screen tells in turn.
    pub notices: Notices,
}

/// The texts of the files.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `station.toml`.
    pub station: &'a str,
    /// `catalogue.toml`.
    pub catalogue: &'a str,
    /// `rules.toml`.
    pub rules: &'a str,
    /// `staff.toml`.
    pub staff: &'a str,
    /// `notices.toml`; empty for none.
    pub notices: &'a str,
}

/// Reads the config folder of a station.
///
/// # Errors
///
/// Every fault of all files, in the order station, catalogue, rules, staff, notices and of their lines.
pub fn load(dir: &Path) -> Result<Config, Vec<Fault>> {
    with_station(dir, text_of(&dir.join("station.toml")))
}

/// Reads the config folder of a station with another text of `station.toml`.
///
/// # Errors
///
/// As [`load`].
fn load_with(dir: &Path, station: &str) -> Result<Config, Vec<Fault>> {
    with_station(dir, Ok(station.to_owned()))
}

fn with_station(dir: &Path, station: Result<String, Fault>) -> Result<Config, Vec<Fault>> {
    let text = |name| text_of(&dir.join(name));
    build(
        dir,
        [
            station,
            text("catalogue.toml"),
            text("rules.toml"),
            text("staff.toml"),
            optional(&dir.join("notices.toml")),
        ],
    )
}

/// Reads a config from texts, as [`load`] does from a folder.
///
/// # Errors
///
/// Every fault of all texts, with the bare names of the files.
pub fn parse(sources: Sources<'_>) -> Result<Config, Vec<Fault>> {
    let texts = [
        sources.station,
        sources.catalogue,
        sources.rules,
        sources.staff,
        sources.notices,
    ];
    build(Path::new(""), texts.map(|text| Ok(text.to_owned())))
}

fn build(dir: &Path, texts: [Result<String, Fault>; 5]) -> Result<Config, Vec<Fault>> {
    let [station, catalogue, rules, staff, notices] = texts;
    let mut faults = Vec::new();
    let station = readable(station, &mut faults).and_then(|text| {
        let file = dir.join("station.toml");
        examine(&file, &text, &station::FILE, &mut faults, |table| {
            let beside = (
                printer::printer(table),
                voice::voice(table),
                export::export(table),
            );
            station::station(table).map(|station| (station, beside))
        })
    });
    let catalogue = readable(catalogue, &mut faults).and_then(|text| {
        let file = dir.join("catalogue.toml");
        examine(&file, &text, &catalogue::FILE, &mut faults, |table| {
            Some(catalogue::catalogue(table))
        })
    });
    let rules = readable(rules, &mut faults).and_then(|text| {
        let file = dir.join("rules.toml");
        examine(&file, &text, &rules::FILE, &mut faults, |table| {
            Some(rules::rules(table))
        })
    });
    let staff = readable(staff, &mut faults).and_then(|text| {
        let file = dir.join("staff.toml");
        examine(&file, &text, &staff::FILE, &mut faults, |table| {
            Some(staff::staff(table))
        })
    });
    let notices = readable(notices, &mut faults).and_then(|text| {
        let file = dir.join("notices.toml");
        examine(&file, &text, &notices::FILE, &mut faults, |table| {
            Some(notices::notices(table))
        })
    });
    match (station, catalogue, rules, staff, notices) {
        (
            Some((station, (printer, voice, export))),
            Some(catalogue),
            Some(rules),
            Some(staff),
            Some(notices),
        ) if faults.is_empty() => Ok(Config {
            station,
            printer,
            voice,
            export,
            catalogue,
            rules,
            staff,
            notices,
        }),
        _ => Err(faults),
    }
}

/// The text of a file that may be left out.
fn optional(file: &Path) -> Result<String, Fault> {
    match file.try_exists() {
        Ok(false) => Ok(String::new()),
        Ok(true) | Err(_) => text_of(file),
    }
}

fn readable(text: Result<String, Fault>, faults: &mut Vec<Fault>) -> Option<String> {
    text.map_err(|fault| faults.push(fault)).ok()
}
