//! `wenming check`: every fault of the config at once.

use crate::cli::{Failure, count, print, read_config};
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
        Ok(())
    }
}
