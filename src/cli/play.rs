//! `wenming play`: a scripted session against the real app and a real ledger.

use crate::cli::demo::Throwaway;
use crate::cli::{Failure, Size, built_in, failed_at, print, read_config, seed_village};
use crate::disk;
use crate::shell::script::Player;
use crate::store::lock_kiosk;
use chrono::{DateTime, FixedOffset, TimeZone as _};
use clap::Args;
use std::path::PathBuf;

/// The longest script, in bytes: more than a station's whole log.
const LONGEST: u64 = 16 << 20;

/// Arguments of `wenming play`.
#[derive(Args, Debug)]
pub(super) struct Play {
    /// The script; its words stand in docs/SESSIONS.md
    #[arg(value_name = "SCRIPT")]
    script: PathBuf,
    /// A config folder; without it, the example station
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// A data folder to go on with; without it, a throwaway one with the example village
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Play {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let script = disk::read_text(&self.script, LONGEST)
            .map_err(|error| failed_at(&self.script, &error))?;
        let mut config = match &self.config {
            Some(dir) => read_config(dir)?,
            None => built_in()?,
        };
        let throwaway = Throwaway::new()?;
        let (village, world) = (throwaway.0.join("data"), throwaway.0.join("world"));
        // A script books as a kiosk does, and at its own time: never beside one.
        let _alone = self.data.as_deref().map(lock_kiosk).transpose()?;
        let data = if let Some(dir) = &self.data {
            dir.as_path()
        } else {
            seed_village(&village, &mut config, Size::Village)?;
            &village
        };
        let mut player = Player::new(config, data, &world, start()?)?;
        if let Some(dir) = &self.config {
            player.own(dir).map_err(Failure::from)?;
        }
        let printed = player
            .play(&script)
            .map_err(|error| Failure::from(format!("{}: {error}", self.script.display())))?;
        print(printed.trim_end());
        Ok(())
    }
}

/// The virtual moment at which every script starts: Saturday 2026-11-21, 9:00.
fn start() -> Result<DateTime<FixedOffset>, Failure> {
    let zone = FixedOffset::east_opt(8 * 3_600);
    let at = zone.and_then(|zone| zone.with_ymd_and_hms(2026, 11, 21, 9, 0, 0).single());
    at.ok_or_else(|| Failure::from("no such moment"))
}
