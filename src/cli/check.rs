//! `wenming check`: every fault of the config at once, and what of the example is still in use.

use crate::cli::{Failure, count, print, read_config};
use crate::config::Published;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// The folder with station.toml, catalogue.toml, rules.toml and staff.toml
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    config: PathBuf,
}

impl Check {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let config = read_config(&self.config)?;
        print(&format!(
            "{}: {} {}, {}, {}, {}, {}: no faults",
            self.config.display(),
            config.station.township,
            config.station.id,
            count(config.catalogue.items.len(), "reward"),
            count(config.rules.len(), "rule"),
            count(config.staff.len(), "badge"),
            count(config.station.readers.len(), "reader"),
        ));
        let published = Published::of(&config);
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
        Ok(())
    }
}
