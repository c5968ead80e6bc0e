//! The whole config: the files of a folder, or their texts, read into checked values.

use crate::config::export::ExportSetting;
use crate::config::fault::Fault;
use crate::config::file::{examine, text_of};
use crate::config::form::Form;
use crate::config::notices::{self, Notices};
use crate::config::printer::PrinterSetting;
use crate::config::station::{self, Station};
use crate::config::table::Table;
use crate::config::voice::VoiceSetting;
use crate::config::{catalogue, rules, staff};
use crate::domain::{Books, Catalogue, Rule, StaffEntry};
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

impl Config {
    /// What decides at the station.
    pub fn books(&self) -> Books<'_> {
        Books {
            catalogue: &self.catalogue,
            rules: &self.rules,
            alone: self.station.alone,
        }
    }
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
pub(super) fn load_with(dir: &Path, station: &str) -> Result<Config, Vec<Fault>> {
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
    let all = &mut faults;
    let station = part(dir, station, &station::FILE, station::file, all);
    let catalogue = part(dir, catalogue, &catalogue::FILE, catalogue::catalogue, all);
    let rules = part(dir, rules, &rules::FILE, rules::file, all);
    let staff = part(dir, staff, &staff::FILE, staff::file, all);
    let notices = part(dir, notices, &notices::FILE, notices::notices, all);
    let config = || {
        let (file, catalogue, rules) = (station?, catalogue?, rules?);
        Some(Config {
            station: file.station,
            printer: file.printer,
            voice: file.voice,
            export: file.export,
            catalogue,
            rules,
            staff: staff?,
            notices: notices?,
        })
    };
    if faults.is_empty()
        && let Some(config) = config()
    {
        return Ok(config);
    }
    Err(faults)
}

/// One file: its text, or why there is none, read with the faults of all.
fn part<T>(
    dir: &Path,
    text: Result<String, Fault>,
    form: &'static Form,
    read: fn(&Table<'_>) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let text = text.map_err(|fault| faults.push(fault)).ok()?;
    examine(&dir.join(form.title), &text, form, faults, read)
}

/// The text of a file that may be left out.
fn optional(file: &Path) -> Result<String, Fault> {
    match file.try_exists() {
        Ok(false) => Ok(String::new()),
        Ok(true) | Err(_) => text_of(file),
    }
}
