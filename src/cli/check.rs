//! `wenming check`: every fault of the config at once, what is doubtful in it, and what of the example is still in use.

use crate::cli::{Failure, named, say};
use crate::config::{ActivityDay, Config, Published, ReaderFormat, ReaderSetting, survey};
use crate::domain::{Bilingual, Category, Fact, Text};
use crate::shell::clock::Clock;
use chrono::NaiveDate;
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `wenming check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// The folder with station.toml, catalogue.toml, rules.toml and staff.toml
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    config: PathBuf,
    /// The day on which a changed rule book is put in its place, today without
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<NaiveDate>,
}

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let day = self.day.unwrap_or_else(|| Clock::start().now().date());
        let survey = survey(&self.config, day);
        for doubt in &survey.doubts {
            warn(doubt.told());
        }
        let config = survey.config.map_err(|faults| named(&faults))?;
        report(&self.config, &config, day);
        Ok(())
    }
}

/// Says of a config without faults what it has, and what of it is doubtful.
pub(super) fn report(dir: &Path, config: &Config, day: NaiveDate) {
    let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    say(&Text::of("warn-done")
        .word("path", dir.display())
        .word("township", &config.station.township)
        .word("station", &config.station.id)
        .word("rewards", many(config.catalogue.items.len()))
        .word("rules", many(config.rules.len()))
        .word("badges", many(config.staff.len()))
        .word("readers", many(config.station.readers.len())));
    warnings(config, day).into_iter().for_each(warn);
}

fn warn(what: Text) {
    say(&Text::of("warn-warning").fact("what", what.into()));
}

/// What is right and yet hardly meant.
fn warnings(config: &Config, today: NaiveDate) -> Vec<Text> {
    let published = Published::of(config);
    let mut all = Vec::new();
    for (id, who) in [
        ("warn-pin", &published.pins),
        ("warn-badge", &published.badges),
    ] {
        all.extend(who.iter().map(|who| Text::of(id).word("who", who)));
    }
    let readers = &config.station.readers;
    for reader in readers {
        if let Some(why) = doubt(reader, config.station.screen.typed_cards) {
            let text = Text::of("warn-badges").word("reader", &reader.name);
            all.push(text.fact("why", Text::of(why).into()));
        }
    }
    let printer = config
        .printer
        .iter()
        .map(|printer| printer.port.to_string());
    let ports = readers.iter().map(|reader| reader.port.as_str().to_owned());
    for port in ports.chain(printer).filter(|port| wanders(port)) {
        all.push(Text::of("warn-port").word("port", port));
    }
    let catalogue = &config.catalogue;
    if catalogue.items.is_empty() {
        all.push(Text::of("warn-no-rewards"));
    }
    let empty = |category: &&Category| catalogue.items_in(&category.code).next().is_none();
    for category in catalogue.categories.iter().filter(empty) {
        all.push(Text::of("warn-empty").word("code", &category.code));
    }
    let notices = &config.notices;
    let over = |day: Option<NaiveDate>| day.filter(|day| *day < today);
    for notice in &notices.announcements {
        if let Some(day) = over(notice.until) {
            all.push(past(&notice.text, day));
        }
    }
    for activity in &notices.activities {
        if let ActivityDay::Day(day) = activity.on
            && day < today
        {
            all.push(past(&activity.text, day));
        }
    }
    all
}

fn past(text: &Bilingual, day: NaiveDate) -> Text {
    Text::of("warn-past")
        .fact("text", Fact::Named(text.clone()))
        .word("day", day)
}

/// Says whether a port has its name by the order in which devices were plugged in.
fn wanders(port: &str) -> bool {
    ["/dev/ttyUSB", "/dev/ttyACM"]
        .iter()
        .any(|start| port.starts_with(start))
}

/// Why badges should not count at a reader at which they do: the id of the sentence.
fn doubt(reader: &ReaderSetting, typed_cards: bool) -> Option<&'static str> {
    if !reader.badges {
        return None;
    }
    match reader.format {
        ReaderFormat::Em4100 | ReaderFormat::Pn532 | ReaderFormat::Pcsc => {
            reader.port.is_typed(typed_cards).then_some("warn-typed")
        }
        ReaderFormat::Gm65 => Some("warn-scanner"),
        ReaderFormat::Wedge => Some("warn-keyboard"),
        ReaderFormat::Lines => Some("warn-lines"),
    }
}
