//! The whole config: the files of a folder, or their texts, read into checked values.

use crate::config::export::ExportSetting;
use crate::config::fault::{Fault, Found};
use crate::config::file::{examine, text_of};
use crate::config::form::Form;
use crate::config::notices::{self, Notices};
use crate::config::printer::PrinterSetting;
use crate::config::station::{self, Station};
use crate::config::table::Table;
use crate::config::voice::VoiceSetting;
use crate::config::{catalogue, rules, staff};
use crate::domain::{Books, Catalogue, Rule, StaffEntry, Text};
use chrono::NaiveDate;
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

/// A config folder as someone who checks it wants to know it.
#[derive(Debug)]
pub struct Survey {
    /// The config, or its faults, as [`load`] gives them.
    pub config: Result<Config, Vec<Fault>>,
    /// What is allowed and better otherwise, in the same order; also of a config with faults.
    pub doubts: Vec<Fault>,
}

/// Reads the config folder of a station.
///
/// # Errors
///
/// Every fault of all files, in the order station, catalogue, rules, staff, notices and of their lines.
pub fn load(dir: &Path) -> Result<Config, Vec<Fault>> {
    with_station(dir, text_of(&dir.join("station.toml")), None).config
}

/// Reads the config folder of a station and says what is doubtful in it as well, on that day.
pub fn survey(dir: &Path, day: NaiveDate) -> Survey {
    with_station(dir, text_of(&dir.join("station.toml")), Some(day))
}

/// Reads the config folder of a station with another text of `station.toml`.
///
/// # Errors
///
/// As [`load`].
pub(super) fn load_with(dir: &Path, station: &str) -> Result<Config, Vec<Fault>> {
    with_station(dir, Ok(station.to_owned()), None).config
}

fn with_station(dir: &Path, station: Result<String, Fault>, day: Option<NaiveDate>) -> Survey {
    if dir.is_file() {
        let (wrong, right) = (Text::of("fault-no-folder"), Text::of("right-folder"));
        let fault = Fault::of_file(dir, wrong, right);
        return Survey {
            config: Err(vec![fault]),
            doubts: Vec::new(),
        };
    }
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
        day,
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
    build(Path::new(""), texts.map(|text| Ok(text.to_owned())), None).config
}

fn build(dir: &Path, texts: [Result<String, Fault>; 5], day: Option<NaiveDate>) -> Survey {
    let [station, catalogue, rules, staff, notices] = texts;
    let mut found = Found::default();
    let all = &mut found;
    let station = part(dir, station, &station::FILE, station::file, all);
    let catalogue = part(dir, catalogue, &catalogue::FILE, catalogue::catalogue, all);
    let rules = part(
        dir,
        rules,
        &rules::FILE,
        |table| rules::file(table, day),
        all,
    );
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
    let Found { faults, doubts } = found;
    let config = Some(())
        .filter(|()| faults.is_empty())
        .and_then(|()| config());
    Survey {
        config: config.ok_or(faults),
        doubts,
    }
}

/// One file: its text, or why there is none, read with the faults of all.
fn part<T>(
    dir: &Path,
    text: Result<String, Fault>,
    form: &'static Form,
    read: impl FnOnce(&Table<'_>) -> Option<T>,
    all: &mut Found,
) -> Option<T> {
    let text = text.map_err(|fault| all.faults.push(fault)).ok()?;
    examine(&dir.join(form.title), &text, form, all, read)
}

/// The text of a file that may be left out.
fn optional(file: &Path) -> Result<String, Fault> {
    match file.try_exists() {
        Ok(false) => Ok(String::new()),
        Ok(true) | Err(_) => text_of(file),
    }
}
