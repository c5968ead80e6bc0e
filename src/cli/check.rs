//! `wenming check`: every fault of the config at once, and what of the example is still in use.

use crate::cli::{Failure, count, print, read_config};
use crate::config::{Config, Published, ReaderFormat, ReaderSetting};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `wenming check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// The folder with station.toml, catalogue.toml, rules.toml and staff.toml
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    config: PathBuf,
}

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        report(&self.config, &read_config(&self.config)?);
        Ok(())
    }
}

/// Says what a config without faults has, and what of it is doubtful.
pub(super) fn report(dir: &Path, config: &Config) {
    print(&format!(
        "{}: {} {}, {}, {}, {}, {}: no faults",
        dir.display(),
        config.station.township,
        config.station.id,
        count(config.catalogue.items.len(), "reward"),
        count(config.rules.len(), "rule"),
        count(config.staff.len(), "badge"),
        count(config.station.readers.len(), "reader"),
    ));
    let published = Published::of(config);
    for (what, who, remedy) in [
        ("PIN", &published.pins, "replace it with `wenming pin`"),
        ("badge", &published.badges, "put in a card of your own"),
    ] {
        for id in who {
            print(&format!(
                "warning: the {what} of {id} is the published example's; {remedy}"
            ));
        }
    }
    for reader in &config.station.readers {
        if let Some(why) = doubt(reader, config.station.screen.typed_cards) {
            print(&format!(
                "warning: reader \"{}\": `badges = true`, but {why}; then a badge always asks for the PIN",
                reader.name
            ));
        }
    }
}

/// Why badges should not count at a reader at which they do, with what to do.
fn doubt(reader: &ReaderSetting, typed_cards: bool) -> Option<&'static str> {
    if !reader.badges {
        return None;
    }
    match reader.format {
        ReaderFormat::Em4100 | ReaderFormat::Pn532 | ReaderFormat::Pcsc => {
            reader.port.is_typed(typed_cards).then_some(
                "with `typed-cards = true` anybody can type a badge's number to a simulated reader: take it out",
            )
        }
        ReaderFormat::Gm65 => Some(
            "it is a scanner, and anybody can print a badge's number or show it on a phone: take it out",
        ),
        ReaderFormat::Wedge => Some(
            "it is a keyboard to the station, and anybody can print or type a badge's number: take it out",
        ),
        ReaderFormat::Lines => Some(
            "nobody can tell by lines whether they come from a card reader; if it can read a printed code, take it out",
        ),
    }
}
