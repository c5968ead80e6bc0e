//! Exports on disk: what lies in the outbox and in the sinks, and what the ledger tells of it.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops at the first surprise; names are written as they are compared"
)]

use crate::exporting::{Exporting, bundles, covered, failure, sink};
use crate::folder::names;
use crate::forge::unguarded;
use crate::station::{assert_clean, noon};
#[cfg(feature = "seal")]
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::Path;
use wenming::bundle::{BundleName, LedgerState};
use wenming::domain::{BundleNote, ChainHash, ExportNews, ExportWhy, Seq, SinkFault, SinkState};
use wenming::shell::export::{Disk, station_key, waiting};
use wenming::store::Store;

/// The bundles that were told of.
fn written(news: &[ExportNews]) -> Vec<BundleNote> {
    let note = |one: &ExportNews| match one {
        ExportNews::Written(note) => Some(note.clone()),
        _ => None,
    };
    news.iter().filter_map(note).collect()
}

fn acknowledge(station: &Exporting, seq: i64) {
    let hash: String = station
        .dir
        .plain()
        .query_row("SELECT hash FROM operation WHERE seq = ?1", [seq], |row| {
            row.get(0)
        })
        .unwrap();
    let mut store = Store::open(station.dir.path()).unwrap();
    let hash = ChainHash::parse(&hash).unwrap();
    store
        .acknowledge(&noon(), Seq::new(seq), &hash)
        .unwrap()
        .unwrap();
}

fn head(station: &Exporting) -> i64 {
    station.dir.number("SELECT max(seq) FROM operation")
}

/// The only bundle there.
fn only(dir: &Path) -> (String, String) {
    let all = bundles(dir);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().unwrap()
}

#[test]
fn a_bundle_is_in_the_outbox_in_the_ledger_and_at_every_sink() {
    let station = Exporting::new();
    let before = head(&station);
    let news = station.run_on(Box::new(Disk), ExportWhy::Schedule);
    assert_eq!(failure(&news), None);
    let (name, sha256) = only(&station.outbox());
    assert_eq!(
        name,
        format!("VPB1-YUNDAO-HY01-i01-0000000001-{before:010}.tar.zst")
    );
    let notes = written(&news);
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].from.get(), notes[0].to.get()), (1, before));
    assert_eq!((notes[0].why, notes[0].clean), (ExportWhy::Schedule, true));
    assert_eq!(notes[0].file, name);
    assert_eq!(station.recorded()[&name], [sha256]);
    assert_eq!(head(&station), before + 1);
    let opened = station.opened(&station.outbox().join(&name));
    assert_eq!(opened.manifest.header.ledger, LedgerState::Whole);
    assert_eq!(opened.operations.len(), usize::try_from(before).unwrap());
    let beat = |key: &str| opened.heartbeat.get(key).unwrap_or("none").to_owned();
    assert_eq!(beat("reader.1"), "up");
    assert_eq!(beat("reader.2"), "lost");
    assert_eq!(
        (beat("cards.unknown"), beat("cards.rests")),
        ("41".to_owned(), "2".to_owned())
    );
    assert_eq!(beat("holds.open"), "0");
    assert_eq!(beat("since.award"), "2");
    assert_eq!(beat("clock.mono-ms"), "1000");
    let all: Vec<String> = opened
        .heartbeat
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let all = all.join("\n");
    for private in ["张三友", "李四", "00000001", "1234"] {
        assert!(!all.contains(private), "{all}");
    }
    assert!(news.contains(&ExportNews::MayRemove));
    station.assert_right();
    for dir in [station.share(), station.stick()] {
        assert_eq!(bundles(&dir), bundles(&station.outbox()));
    }
}

#[test]
fn every_run_goes_on_where_the_last_ended_and_nothing_is_written_twice() {
    let station = Exporting::new();
    station.run();
    let first = only(&station.outbox());
    let before = fs::metadata(station.share().join(&first.0)).unwrap();
    let second_from = head(&station);
    station.happen();
    let second_to = head(&station);
    let news = station.run();
    let notes = written(&news);
    assert_eq!(
        (notes[0].from.get(), notes[0].to.get()),
        (second_from, second_to)
    );
    // Also where nothing happened but the export itself, there is a sign of life.
    station.run();
    assert_eq!(bundles(&station.outbox()).len(), 3);
    let after = fs::metadata(station.share().join(&first.0)).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    station.assert_right();
}

#[test]
fn what_the_town_has_leaves_the_outbox_and_stays_at_the_sinks() {
    let station = Exporting::new();
    station.run();
    let (first, _) = only(&station.outbox());
    let first_to = BundleName::parse(&first).unwrap().to.get();
    station.run();
    // A word for less than a whole bundle keeps the bundle.
    acknowledge(&station, first_to - 1);
    station.run();
    assert!(bundles(&station.outbox()).contains_key(&first));
    acknowledge(&station, first_to);
    station.run();
    assert!(!bundles(&station.outbox()).contains_key(&first));
    assert!(bundles(&station.share()).contains_key(&first));
    assert_eq!(covered(&station.outbox(), first_to), head(&station) - 1);
    station.assert_right();
    // Where the town has everything, one sign of life is left.
    acknowledge(&station, head(&station));
    station.run();
    assert_eq!(bundles(&station.outbox()).len(), 1);
    station.assert_right();
    let store = Store::open_existing(station.dir.path()).unwrap();
    let list = waiting(&store, &station.setup.origin).unwrap();
    assert_eq!(list.len(), 1);
    assert!(list[0].recorded);
}

#[test]
fn an_outbox_that_vanished_is_filled_again() {
    let station = Exporting::new();
    station.run();
    station.happen();
    station.run();
    let at_the_share = bundles(&station.share());
    fs::remove_dir_all(station.outbox()).unwrap();
    let news = station.run();
    assert_eq!(failure(&news), None);
    assert_eq!(written(&news)[0].from.get(), 1);
    station.assert_right();
    // What the sinks had is still there, byte for byte.
    let now = bundles(&station.share());
    assert!(
        at_the_share
            .iter()
            .all(|(name, sha256)| now.get(name) == Some(sha256))
    );
}

#[test]
fn a_damaged_bundle_is_put_aside_and_packed_again() {
    let station = Exporting::new();
    station.run();
    let (name, _) = only(&station.outbox());
    let path = station.outbox().join(&name);
    let mut bytes = fs::read(&path).unwrap();
    bytes[200] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let news = station.run();
    assert_eq!(failure(&news), None);
    assert_eq!(
        fs::read(station.outbox().join(format!("{name}.wrong"))).unwrap(),
        bytes
    );
    assert_eq!(written(&news)[0].from.get(), 1);
    station.assert_right();
    // So is one that was cut off.
    let (newest, _) = bundles(&station.outbox()).into_iter().next_back().unwrap();
    fs::write(station.outbox().join(newest), b"").unwrap();
    station.run();
    station.assert_right();
}

#[test]
fn what_an_interrupted_run_left_is_swept_or_taken_up() {
    let station = Exporting::new();
    // The record of a bundle is lost when the power goes between its name and the commit.
    let ledger = fs::read(station.dir.database()).unwrap();
    station.run();
    let (name, sha256) = only(&station.outbox());
    fs::remove_dir_all(station.around.path().join("share/up")).unwrap();
    let back = |bytes: &[u8]| {
        for beside in ["station.db-wal", "station.db-shm"] {
            fs::remove_file(station.dir.path().join(beside)).unwrap_or_default();
        }
        fs::write(station.dir.database(), bytes).unwrap();
    };
    back(&ledger);
    let part = station.outbox().join(format!("{name}.part"));
    fs::write(&part, b"half").unwrap();
    let others = station
        .outbox()
        .join("VPB1-YUNDAO-HY02-i01-0000000001-0000000009.tar.zst.part");
    fs::write(&others, b"half").unwrap();
    let news = station.run();
    assert_eq!(failure(&news), None);
    assert_eq!(station.recorded()[&name], [sha256]);
    assert!(!part.exists());
    assert!(others.exists());
    fs::remove_file(others).unwrap();
    station.assert_right();

    // A bundle of another log, though signed by our key, is not ours.
    back(&ledger);
    station.happen();
    fs::remove_dir_all(station.outbox()).unwrap();
    station.run();
    let (name, _) = only(&station.outbox());
    back(&ledger);
    let mut store = Store::open(station.dir.path()).unwrap();
    store.clock_fault(&noon(), 99).unwrap();
    drop(store);
    fs::remove_dir_all(station.around.path().join("share/up")).unwrap();
    fs::remove_dir_all(station.around.path().join("mounted/up")).unwrap();
    station.run();
    assert!(names(&station.outbox()).contains(&format!("{name}.wrong")));
    station.assert_right();
}

#[test]
fn a_stranger_under_our_name_is_put_aside_at_a_sink() {
    let station = Exporting::new();
    let name = format!(
        "VPB1-YUNDAO-HY01-i01-0000000001-{:010}.tar.zst",
        head(&station)
    );
    fs::create_dir_all(station.share()).unwrap();
    fs::write(station.share().join(&name), b"stranger").unwrap();
    fs::write(station.share().join("notes.txt"), b"kept").unwrap();
    station.run();
    let aside = station.share().join(format!("{name}.wrong"));
    assert_eq!(fs::read(aside).unwrap(), b"stranger");
    assert_eq!(
        fs::read(station.share().join("notes.txt")).unwrap(),
        b"kept"
    );
    station.assert_right();
}

#[test]
fn a_ledger_that_is_not_clean_travels_marked() {
    let station = Exporting::new();
    station.run();
    // Whoever forges puts the guard back: without it nothing would be written any more.
    unguarded(
        &station.dir.plain(),
        &["operation_update"],
        "UPDATE operation SET actor = 'X' WHERE seq = 9",
    );
    let news = station.run();
    assert_eq!(failure(&news), None);
    let note = written(&news).remove(0);
    assert!(!note.clean);
    let sql = "SELECT json_extract(body, '$.what.clean') FROM operation ORDER BY seq DESC LIMIT 1";
    assert_eq!(station.dir.number(sql), 0);
    let name = BundleName::parse(&note.file).unwrap();
    let key = station_key(station.dir.path()).unwrap().unwrap().public();
    let bytes = fs::read(station.share().join(&note.file)).unwrap();
    let opened = wenming::bundle::open(&bytes, &key, &station.setup.origin, &name).unwrap();
    assert_eq!(opened.manifest.header.ledger, LedgerState::Damaged);
}

#[test]
fn a_log_with_a_gap_travels_as_far_as_it_goes() {
    let station = Exporting::new();
    let gap = "DELETE FROM operation WHERE seq = 9";
    unguarded(&station.dir.plain(), &["operation_delete"], gap);
    let news = station.run();
    assert_eq!(failure(&news), None);
    let ranges: Vec<_> = written(&news)
        .iter()
        .map(|note| (note.from.get(), note.to.get(), note.clean))
        .collect();
    assert_eq!(ranges, [(1, 8, false), (10, head(&station) - 2, false)]);
    station.run();
    let (last, _) = bundles(&station.outbox()).into_iter().next_back().unwrap();
    assert_eq!(
        BundleName::parse(&last).unwrap().to.get(),
        head(&station) - 1
    );
    assert!(
        names(&station.outbox())
            .iter()
            .all(|name| !name.ends_with(".wrong"))
    );
}

#[test]
fn without_a_key_nothing_is_written_and_the_reason_is_said() {
    let station = Exporting::new();
    fs::remove_file(station.dir.path().join("keys/station.key")).unwrap();
    let before = head(&station);
    let news = station.run();
    assert!(failure(&news).unwrap().contains("wenming keys"));
    assert_eq!(head(&station), before);
    assert!(!station.outbox().exists());
}

#[test]
fn the_stick_is_found_by_its_label_alone() {
    let station = Exporting::new();
    let refused = |fault| SinkState::Failed(fault);
    let device = station.device("mounted");
    for (sticks, want) in [
        (vec![], refused(SinkFault::Absent)),
        (
            vec![("sdb1", "8:17", "mounted", "ro")],
            refused(SinkFault::ReadOnly),
        ),
        (
            vec![
                ("sdb1", "8:17", "mounted", "rw"),
                ("sdc1", "8:33", "share", "rw"),
            ],
            refused(SinkFault::Ambiguous),
        ),
        // It was pulled out after the tables were read: the folder lies on another disk.
        (
            vec![("sdb1", "8:17", "mounted", "rw")],
            refused(SinkFault::Absent),
        ),
        // One stick that is mounted twice is one stick.
        (
            vec![
                ("sdb1", device.as_str(), "nowhere", "ro"),
                ("sdb1", device.as_str(), "mounted", "rw"),
            ],
            SinkState::Done,
        ),
    ] {
        station.plug(&sticks);
        let news = station.run();
        assert_eq!(sink(&news, 1), want, "{sticks:?}");
        assert_eq!(
            news.contains(&ExportNews::MayRemove),
            want == SinkState::Done
        );
        assert_eq!(sink(&news, 0), SinkState::Done);
    }
    let entries = fs::read_dir(station.around.path().join("udev")).unwrap();
    for entry in entries {
        fs::write(entry.unwrap().path(), "E:ID_FS_LABEL_ENC=OTHER\n").unwrap();
    }
    fs::remove_file(station.around.path().join("by-label/VPB")).unwrap();
    assert_eq!(sink(&station.run(), 1), refused(SinkFault::Absent));
    // A directory that is not there is never made: it is a share that is not mounted.
    fs::rename(
        station.around.path().join("share"),
        station.around.path().join("away"),
    )
    .unwrap();
    assert_eq!(sink(&station.run(), 0), refused(SinkFault::Absent));
    assert!(!station.around.path().join("share").exists());
}

#[cfg(feature = "seal")]
#[test]
fn a_sealed_bundle_is_opened_by_the_town_alone() {
    // A key of one byte over and over, for tests alone.
    let identity = wenming::bundle::Identity::parse(
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
    );
    let identity = identity.unwrap();
    let mut station = Exporting::new();
    station.setup.recipient = Some(identity.recipient().to_string());
    let news = station.run();
    assert_eq!(failure(&news), None);
    station.run();
    assert_eq!(bundles(&station.outbox()).len(), 2);
    for (name, sha256) in bundles(&station.outbox()) {
        assert!(name.ends_with(".tar.zst.age"));
        let bytes = fs::read(station.share().join(&name)).unwrap();
        assert_eq!(wenming::domain::hex(&Sha256::digest(&bytes)), sha256);
        let key = station_key(station.dir.path()).unwrap().unwrap().public();
        let name = BundleName::parse(&name).unwrap();
        let opened = identity.open(&bytes).unwrap();
        wenming::bundle::open(&opened, &key, &station.setup.origin, &name).unwrap();
    }
    station.setup.recipient = Some("age1nobody".to_owned());
    assert!(failure(&station.run()).unwrap().contains("recipient"));
}

#[test]
fn two_exports_at_once_wait_for_each_other() {
    let station = Exporting::new();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let news = station.run();
                assert_eq!(failure(&news), None);
            });
        }
    });
    assert_eq!(station.dir.count("bundle-written"), 3);
    station.assert_right();
}

#[test]
fn progress_only_grows_and_ends_full() {
    let station = Exporting::used();
    let news = station.run();
    let sinks_from = news
        .iter()
        .rposition(|one| matches!(one, ExportNews::Written(_)))
        .unwrap();
    let (mut last, mut full) = (0, false);
    for one in &news[sinks_from..] {
        if let ExportNews::Progress { done, total } = one {
            assert!(
                *done > last && done <= total,
                "{done} of {total} after {last}"
            );
            (last, full) = (*done, done == total);
        }
    }
    assert!(full);
}

#[test]
fn fifty_thousand_operations_are_one_bundle_and_the_next_is_another() {
    const MANY: i64 = 50_010;
    let station = Exporting::new();
    let conn = station.dir.plain();
    let (first, mut prev): (i64, String) = conn
        .query_row(
            "SELECT seq, hash FROM operation ORDER BY seq DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    conn.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut insert = conn
        .prepare(
            "INSERT INTO operation(seq, op_id, kind, actor, wall_ms, boot, mono_ms, nlegs, body, prev, hash)
             VALUES (?1, ?2, 'clock-fault', 'STATION', 7, zeroblob(16), 5, 0, ?3, ?4, ?5)",
        )
        .unwrap();
    let boot = "00".repeat(16);
    for seq in first + 1..=MANY {
        let id = format!("{seq:032x}");
        let body = format!(
            r#"{{"actor":"STATION","boot":"{boot}","kind":"clock-fault","legs":[],"mono":5,"op":"{id}","seq":{seq},"v":1,"wall":7,"what":{{"jump":1}}}}"#
        );
        let hash = wenming::domain::chain_hash(&prev, &body);
        let op_id = [&[0; 8][..], &seq.to_be_bytes()].concat();
        insert.execute((seq, op_id, &body, &prev, &hash)).unwrap();
        prev = hash;
    }
    conn.execute_batch("COMMIT").unwrap();
    let news = station.run();
    assert_eq!(failure(&news), None);
    let ranges: Vec<_> = written(&news)
        .iter()
        .map(|note| (note.from.get(), note.to.get()))
        .collect();
    assert_eq!(ranges, [(1, 50_000), (50_001, MANY)]);
    assert_clean(&Store::open_existing(station.dir.path()).unwrap());
    // Packed again under a name that the sinks have with other bytes, theirs are as good.
    fs::remove_dir_all(station.outbox()).unwrap();
    let before = bundles(&station.share());
    let news = station.run();
    assert_eq!(sink(&news, 0), SinkState::Done);
    let now = bundles(&station.share());
    assert!(
        before
            .iter()
            .all(|(name, sha256)| now.get(name) == Some(sha256))
    );
    assert!(
        names(&station.share())
            .iter()
            .all(|name| !name.ends_with(".wrong"))
    );
}
