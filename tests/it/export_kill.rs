//! `wenming export now`, killed with `kill -9` at sixty moments: outbox, sinks and ledger stay right.
#![expect(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::disallowed_methods,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops at the first surprise, aims by the clock, and names are written in one way"
)]

use crate::exporting::{Exporting, bundles};
use crate::folder::names;
use crate::station::assert_clean;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use wenming::config::{SinkKind, SinkSetting};
use wenming::store::Store;

const KILLS: u32 = 60;

/// The example's config with two directories, as the station has them.
fn config(station: &mut Exporting) -> PathBuf {
    let example = wenming::cli::example_config().unwrap();
    station.setup.origin.township = example.station.township;
    station.setup.origin.station = example.station.id;
    let around = station.around.path().to_owned();
    let dir = around.join("config");
    fs::create_dir_all(&dir).unwrap();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    for name in ["station.toml", "catalogue.toml", "rules.toml", "staff.toml"] {
        fs::copy(files.join(name), dir.join(name)).unwrap();
    }
    let mut text = fs::read_to_string(dir.join("station.toml")).unwrap();
    let mut sinks = Vec::new();
    for name in ["share", "mounted"] {
        let path = around.join(name);
        text.push_str(&format!(
            "\n[[sink]]\nname = \"{name}\"\nkind = \"directory\"\npath = \"{}\"\n",
            path.display()
        ));
        sinks.push(SinkSetting {
            name: name.to_owned(),
            kind: SinkKind::Directory { path },
        });
    }
    fs::write(dir.join("station.toml"), text).unwrap();
    station.setup.sinks = sinks;
    dir
}

#[test]
fn sixty_kills_leave_everything_right() {
    let mut station = Exporting::new();
    let config = config(&mut station);
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_wenming"))
            .args(["export", "now", "--config"])
            .arg(&config)
            .arg("--data")
            .arg(station.dir.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    // How long a run takes that nobody disturbs.
    let mut whole = Duration::from_secs(5);
    for _ in 0..3 {
        let began = Instant::now();
        assert!(start().wait().unwrap().success());
        whole = whole.min(began.elapsed());
    }
    let (mut killed, mut interrupted) = (0, 0);
    for n in 0..KILLS * 10 {
        if killed == KILLS {
            break;
        }
        station.happen();
        let mut child = start();
        // Seven and sixty share no divisor: every moment has its turn, in no order.
        thread::sleep(whole * (n * 7 % KILLS) / KILLS);
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());

        assert_clean(&Store::open_existing(station.dir.path()).unwrap());
        let recorded = station.recorded();
        let outbox = bundles(&station.outbox());
        for dir in [station.outbox(), station.share(), station.stick()] {
            station.assert_sound(&dir);
            interrupted += names(&dir)
                .iter()
                .filter(|name| name.ends_with(".part"))
                .count();
        }
        // What the ledger tells of is there, byte for byte; what is sent was recorded before.
        for (name, known) in &recorded {
            assert!(
                outbox
                    .get(name)
                    .is_some_and(|sha256| known.contains(sha256)),
                "{name}"
            );
        }
        for dir in [station.share(), station.stick()] {
            for (name, sha256) in bundles(&dir) {
                assert!(recorded[&name].contains(&sha256), "{name}");
            }
        }
        interrupted += outbox
            .keys()
            .filter(|name| !recorded.contains_key(*name))
            .count();
    }
    assert_eq!(killed, KILLS);
    assert!(interrupted > 0, "no kill met a bundle half-way");
    assert!(start().wait().unwrap().success());
    station.assert_right();
    assert!(station.dir.count("bundle-written") > 5);
    let aside = names(&station.outbox());
    assert!(
        aside.iter().all(|name| !name.ends_with(".wrong")),
        "{aside:?}"
    );
}
