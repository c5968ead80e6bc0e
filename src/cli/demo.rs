//! `wenming demo`: a throwaway station for a newcomer.

use crate::cli::{FIRST_CODE, Failure, VILLAGE_CARDS, built_in, chosen, seed_until, tell_the_day};
use crate::config::{
    Config, Port, PrinterPort, PrinterSetting, ReaderFormat, ReaderSetting, Schedule, SinkKind,
    SinkSetting,
};
use crate::disk;
use crate::domain::SimKind;
use crate::shell::clock::Clock;
use crate::shell::kiosk::{Start, run};
use crate::shell::sim::bench;
use crate::store::KeyFile;
use crate::view;
use crate::wire::make_code;
use std::path::PathBuf;

/// The staff of the example, with the PINs that its config names as examples.
const PINS: [(&str, &str); 3] = [("A001", "135790"), ("M001", "246813"), ("T001", "975310")];

/// How often the demo exports: every two minutes.
const EVERY: &str = "*/2 * * * *";

/// The paper of the demo's printer.
const PAPER: &str = "58mm";

/// Runs it until somebody ends it.
pub(super) fn demo() -> Result<(), Failure> {
    let mut config = built_in()?;
    config.station.screen.typed_cards = true;
    config.station.readers = readers();
    config.printer = PrinterSetting::of(PrinterPort::Sim, PAPER);
    config.station.min_free_mib = 0;
    let dir = Throwaway::new()?;
    let now = Clock::start().now();
    seed_until(&dir.0, &mut config, &now)?;
    tell_the_day(&dir.0, &config, &now)?;
    let exports = dir.0.join("exports");
    disk::make_dir_synced(&exports)?;
    disk::copy(
        &KeyFile::Public.path(&dir.0),
        &exports.join("station.pub"),
        4096,
    )?;
    config.export.schedule = Schedule::parse(&[EVERY])?;
    config.export.sinks = vec![SinkSetting {
        name: "demo".to_owned(),
        kind: SinkKind::Directory {
            path: exports.clone(),
        },
    }];
    let paper = dir.0.join("paper");
    bench().lay_slips(paper.clone());
    let town = &config.station.township;
    let demo = view::Demo {
        card: VILLAGE_CARDS[0].card.to_owned(),
        code: make_code(town, FIRST_CODE.trim_start_matches('Q')).unwrap_or_default(),
        staff: staff(&config),
        receipts: paper.display().to_string(),
        exports: exports.display().to_string(),
    };
    Ok(run(Start {
        config,
        config_dir: None,
        data: &dir.0,
        demo: Some(demo),
        lang: chosen(),
    })?)
}

/// The staff whose PINs are known.
fn staff(config: &Config) -> Vec<view::DemoStaff> {
    let entry = |(id, pin): (&str, &str)| {
        let mut staff = config.staff.iter();
        let entry = staff.find(|entry| entry.staff.id.as_str() == id)?;
        Some(view::DemoStaff {
            id: entry.staff.id.clone(),
            badge: entry.badge.as_str().to_owned(),
            pin: pin.to_owned(),
        })
    };
    PINS.into_iter().filter_map(entry).collect()
}

/// A reader of each kind, all played by the program: what is typed is held to the one that can read it.
fn readers() -> Vec<ReaderSetting> {
    let reader = |(kind, format): (SimKind, ReaderFormat)| {
        let port = Port::of(kind)?;
        Some(ReaderSetting::plain(kind.name(), port, format))
    };
    let all = [
        (SimKind::Rdm6300, ReaderFormat::Em4100),
        (SimKind::Pn532, ReaderFormat::Pn532),
        (SimKind::Gm65, ReaderFormat::Gm65),
    ];
    all.into_iter().filter_map(reader).collect()
}

/// Names of its folder that the demo tries.
const FOLDERS: u32 = 100;

/// A folder of its own that goes with the program.
pub(super) struct Throwaway(pub(super) PathBuf);

impl Throwaway {
    pub(super) fn new() -> std::io::Result<Self> {
        // One that is there already is not ours to use or to remove: whoever can write there may have put it there.
        for n in 0..FOLDERS {
            let number = std::process::id().saturating_add(n);
            let dir = std::env::temp_dir().join(format!("wenming-{number}"));
            if disk::make_dir_synced(&dir)? {
                return Ok(Self(dir));
            }
        }
        let why = format!("{}: no free name", std::env::temp_dir().display());
        Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, why))
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed from a temporary folder is the system's to sweep.
        std::fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Throwaway, seed_until};
    use crate::cli::example_config;
    use crate::domain::{Now, Phase};
    use crate::store::Store;
    use crate::words::station_time;
    use chrono::{TimeDelta, Timelike as _};

    #[test]
    fn the_village_of_the_demo_has_lived_until_today_and_by_day() {
        let (dir, mut config) = (Throwaway::new().unwrap(), example_config().unwrap());
        let now = Now {
            wall: "2026-11-27T20:00:00+08:00".parse().unwrap(),
            mono_ms: 0,
        };
        seed_until(&dir.0, &mut config, &now).unwrap();
        let last = Store::open(&dir.0).unwrap().last_operations(60).unwrap();
        let walls = last.iter().map(|past| station_time(past.wall_ms).unwrap());
        let walls: Vec<_> = walls.collect();
        let newest = *walls.iter().max().unwrap();
        assert!(
            newest <= now.wall && newest > now.wall - TimeDelta::days(4),
            "{newest}"
        );
        assert!(walls.iter().all(|wall| (8..18).contains(&wall.hour())));
        let posts = last.iter().filter(|past| past.kind.phase() == Phase::Post);
        assert!(posts.count() >= 5, "{last:?}");
    }
}
