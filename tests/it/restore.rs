//! A copy that becomes the ledger again: checked, whole or not at all, and never with the numbers of another disk.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use crate::folder::{copy_all, names};
use crate::harness::{
    Kiosk, PATIENCE, Room, SMALL, WENMING, assert_clean, number, plain, text, wenming,
};
use rustix::process::Signal;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// How often the program is killed at each moment while it puts a copy back.
const KILLS: usize = 6;

fn said(output: &Output) -> (Option<i32>, String, String) {
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, errors) = (words(&output.stdout), words(&output.stderr));
    (output.status.code(), out, errors)
}

/// A village with a copy of its ledger, in a folder beside it.
fn copied() -> (Room, PathBuf) {
    let room = Room::village();
    let copies = room.path().join("copies");
    fs::create_dir(&copies).unwrap();
    let data = room.data();
    let ran = wenming(&["backup", text(&copies), "--data", text(&data)]);
    assert!(ran.status.success(), "{ran:?}");
    let copy = fs::read_dir(&copies).unwrap().next().unwrap().unwrap();
    (room, copy.path())
}

fn restore(copy: &Path, data: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let args = ["restore", text(copy), "--data", text(data)];
    said(&wenming(&[&args, more].concat()))
}

/// The kiosk in a terminal, with the room's config and another data folder.
fn kiosk_in(room: &Room, data: &Path) -> Kiosk {
    let config = room.config();
    let args = ["kiosk", "--config", text(&config), "--data", text(data)];
    Kiosk::spawn(room, &args.map(OsStr::new), SMALL)
}

/// The newest operation: its kind and what it says.
fn newest(data: &Path) -> (String, i64) {
    plain(data)
        .query_row(
            "SELECT kind, coalesce(n, 0) FROM operation ORDER BY seq DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap()
}

#[test]
fn a_copy_goes_into_an_empty_folder_and_says_which_keys_are_missing() {
    let (room, copy) = copied();
    let fresh = room.path().join("new/data");
    let (code, out, errors) = restore(&copy, &fresh, &[]);
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{out}");
    for word in [
        "restored and checked",
        "disk 2",
        "i2",
        "card.key is missing",
        "station.key is missing",
        "wenming keys --data",
    ] {
        assert!(out.contains(word), "{word}: {out}");
    }
    assert_eq!(newest(&fresh), ("restored".to_owned(), 2));
    let (was, is) = (room.assert_clean(), assert_clean(&fresh));
    let operations = |answer: &serde_json::Value| answer["operations"].as_i64().unwrap();
    assert_eq!(operations(&is), operations(&was) + 1);
    let points = "SELECT sum(credits - debits - held) FROM balance JOIN account a ON a.id = account
                   WHERE unit = 1 AND a.kind = 'resident'";
    assert_eq!(
        number(&plain(&fresh), points),
        number(&room.plain(), points)
    );
    let own = ["export.lock", "kiosk.lock", "setup.lock", "station.db"];
    assert_eq!(names(&fresh), own);

    // Without the key no kiosk starts and none is made; with it, it does.
    let mut kiosk = kiosk_in(&room, &fresh);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(1), "{}", kiosk.errors());
    assert!(
        kiosk.errors().contains("card key is missing"),
        "{}",
        kiosk.errors()
    );
    assert!(!fresh.join("keys/card.key").exists());
    copy_all(&room.data().join("keys"), &fresh.join("keys"));
    let mut kiosk = kiosk_in(&room, &fresh);
    kiosk.wait_for("您好，欢迎来到积分银行");
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0), "{}", kiosk.errors());
    // Another disk from the same copy must have another number, and only who restores knows that.
    let third = room.path().join("third");
    let (code, out, _) = restore(&copy, &third, &["--incarnation", "3"]);
    assert_eq!((code, newest(&third).1), (Some(0), 3), "{out}");
}

#[test]
fn bundles_after_a_restore_bear_the_new_number() {
    let (room, copy) = copied();
    let data = room.data();
    let keys = data.join("keys");
    let export = |data: &Path| {
        let config = room.config();
        let ran = wenming(&[
            "export",
            "now",
            "--config",
            text(&config),
            "--data",
            text(data),
        ]);
        let (code, out, errors) = said(&ran);
        assert_eq!(code, Some(0), "{out}{errors}");
    };
    export(&data);
    let before = names(&data.join("outbox"));
    assert!(
        before.iter().all(|name| name.contains("-i01-")),
        "{before:?}"
    );

    // In the same place: what was there is kept, keys stay, and its bundles are not taken for those of the new disk.
    let (code, out, errors) = restore(&copy, &data, &["--replace"]);
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{out}");
    assert!(
        out.contains("replaced-1") && !out.contains("missing"),
        "{out}"
    );
    assert_eq!(names(&data.join("replaced-1/outbox")), before);
    assert!(keys.join("card.key").exists());
    export(&data);
    let after = names(&data.join("outbox"));
    assert!(after.iter().all(|name| name.contains("-i02-")), "{after:?}");
    let listed = wenming(&[
        "export",
        "list",
        "--config",
        text(&room.config()),
        "--data",
        text(&data),
    ]);
    assert!(said(&listed).1.contains("-i02-"), "{listed:?}");
    // Each time one more, whatever the copy says.
    assert_eq!(restore(&copy, &data, &["--replace"]).0, Some(0));
    assert_eq!(newest(&data), ("restored".to_owned(), 3));
    assert_clean(&data);
    assert_clean(&data.join("replaced-1"));
    assert_clean(&data.join("replaced-2"));
}

#[test]
fn what_is_no_sound_copy_or_has_no_place_changes_nothing() {
    let (room, copy) = copied();
    let fresh = room.path().join("fresh");
    let damaged = room.path().join("damaged.db");
    let mut bytes = fs::read(&copy).unwrap();
    fs::write(room.path().join("text.db"), "no ledger").unwrap();
    // A digit of a body in the middle of the file, which no page notices.
    let place = bytes
        .windows(9)
        .rposition(|part| part == b"\"amount\":")
        .unwrap();
    bytes[place + 9] = if bytes[place + 9] == b'9' { b'8' } else { b'9' };
    fs::write(&damaged, bytes).unwrap();
    let kiosk = room.open();
    for (file, why) in [
        (room.path().join("none.db"), "No such file"),
        (room.path().join("text.db"), "not a ledger"),
        (damaged, "in the copy, the first: "),
        (room.data().join("station.db"), "in use, not a copy"),
    ] {
        let (code, out, errors) = restore(&file, &fresh, &[]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{}", file.display());
        assert!(errors.contains(why), "{}: {errors}", file.display());
        assert!(!fresh.exists(), "{}", file.display());
    }
    let (code, _, errors) = restore(&copy, &room.data(), &["--replace"]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("another kiosk is running"), "{errors}");
    drop(kiosk);
    let was = room.assert_clean();
    drop(wenming::store::lock_export(&room.data(), Duration::ZERO, &mut |_| {}).unwrap());
    let before = names(&room.data());
    let (code, _, errors) = restore(&copy, &room.data(), &[]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("--replace"), "{errors}");
    assert_eq!(room.assert_clean().get("head_hash"), was.get("head_hash"));
    assert_eq!(names(&room.data()), before);
    for wrong in [&["restore"][..], &["restore", "x", "--incarnation", "0"]] {
        assert_eq!(wenming(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

/// Every state that a cut can leave after the copy counts, laid out by hand.
#[test]
fn a_restore_that_was_cut_is_finished_by_whoever_opens_the_ledger() {
    let (room, copy) = copied();
    let done = room.path().join("done");
    assert_eq!(restore(&copy, &done, &[]).0, Some(0));
    let head = assert_clean(&done).get("head_hash").cloned();
    fs::remove_file(room.data().join("station.db-wal")).unwrap_or_default();
    for steps in 0..4 {
        let data = room.path().join(format!("cut-{steps}"));
        let ready = data.join("restore.now");
        fs::create_dir_all(ready.join("before")).unwrap();
        let place = |from: &Path, to: PathBuf| {
            fs::copy(from, to).unwrap();
        };
        let (old, new) = (room.data().join("station.db"), done.join("station.db"));
        // The write log of the old one must never meet the new one.
        let log = |dir: &Path| fs::write(dir.join("station.db-wal"), "of the old one").unwrap();
        match steps {
            0 => {
                fs::remove_dir(ready.join("before")).unwrap();
                place(&old, data.join("station.db"));
                log(&data);
                place(&new, ready.join("station.db"));
            }
            1 => {
                place(&old, ready.join("before/station.db"));
                log(&data);
                place(&new, ready.join("station.db"));
            }
            2 => {
                place(&old, ready.join("before/station.db"));
                log(&ready.join("before"));
                place(&new, data.join("station.db"));
            }
            _ => {
                place(&new, data.join("station.db"));
                fs::rename(ready.join("before"), data.join("replaced-1")).unwrap();
            }
        }
        for dir in ["", "restore.now", "restore.now/before"] {
            for file in ["station.db", "station.db-wal"] {
                let path = data.join(dir).join(file);
                if path.exists() {
                    crate::station::chmod(&path, 0o600);
                }
            }
        }
        assert_eq!(
            assert_clean(&data).get("head_hash").cloned(),
            head,
            "{steps}"
        );
        assert!(!ready.exists(), "{steps}");
        assert!(data.join("replaced-1").is_dir(), "{steps}");
        if steps < 3 {
            let kept = data.join("replaced-1");
            assert_eq!(
                fs::read(kept.join("station.db")).unwrap(),
                fs::read(&old).unwrap()
            );
            assert!(kept.join("station.db-wal").exists(), "{steps}");
        }
    }
}

#[test]
fn a_kill_leaves_the_old_ledger_or_the_new_one() {
    let (room, copy) = copied();
    let data = room.data();
    fs::create_dir(data.join("outbox")).unwrap();
    let whole = fs::metadata(&copy).unwrap().len();
    let part = data.join("restore.part");
    let is_copied = || {
        let copied = fs::metadata(part.join("station.db"));
        copied.is_ok_and(|file| file.len() >= whole)
    };
    let (mut old, mut new) = (0, 0);
    // What the disk shows when it is killed, in the order in which it comes; the last is its end.
    for moment in 0..6 {
        for kill in 0..KILLS {
            let (_, number) = newest_restore(&data);
            let kept = names(&data).len();
            let mut child = Command::new(WENMING)
                .args(["restore", text(&copy), "--replace", "--data", text(&data)])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let is_there = || match moment {
                0 => true,
                1 => part.exists(),
                2 => is_copied(),
                3 => data.join("restore.now").exists(),
                4 => names(&data).len() > kept + 1,
                _ => false,
            };
            while child.try_wait().unwrap().is_none() && !is_there() {
                thread::yield_now();
            }
            child.kill().unwrap();
            child.wait().unwrap();
            assert_clean(&data);
            let (is, after) = newest_restore(&data);
            assert!(
                after == number || (after == number + 1 && is),
                "{moment}, {kill}: {after}"
            );
            if after == number {
                old += 1;
            } else {
                new += 1;
            }
            assert!(!data.join("restore.now").exists(), "{moment}, {kill}");
        }
    }
    assert!(old > 0 && new >= KILLS, "{old} old, {new} new");
    assert_eq!(restore(&copy, &data, &["--replace"]).0, Some(0));
    assert!(!data.join("restore.part").exists());
}

/// Whether the newest operation is a restore, and its number; 1 for none.
fn newest_restore(data: &Path) -> (bool, i64) {
    let sql = "SELECT coalesce((SELECT n FROM operation WHERE kind = 'restored' ORDER BY seq DESC LIMIT 1), 1)";
    (newest(data).0 == "restored", number(&plain(data), sql))
}

#[test]
fn a_technician_is_answered_in_the_language_of_the_locale() {
    let (room, copy) = copied();
    let fresh = room.path().join("fresh");
    let args = ["restore", text(&copy), "--data", text(&fresh)];
    for (locale, lang, want) in [
        ("C.UTF-8", None, "恢复好了"),
        ("zh_CN.UTF-8", None, "恢复好了"),
        ("en_GB.UTF-8", None, "restored and checked"),
        ("en_GB.UTF-8", Some("zh"), "恢复好了"),
        ("zh_CN.UTF-8", Some("en"), "restored and checked"),
    ] {
        let mut command = Command::new(WENMING);
        command.env("LC_ALL", locale).args(args);
        command.args(lang.into_iter().flat_map(|lang| ["--lang", lang]));
        let (code, out, errors) = said(&command.output().unwrap());
        assert_eq!(code, Some(0), "{errors}");
        assert!(out.contains(want), "{locale} {lang:?}: {out}");
        // The failure, too.
        let (code, _, errors) = said(&command.output().unwrap());
        assert_eq!(code, Some(1));
        let is_english = want.is_ascii();
        assert_eq!(
            errors.contains("nothing was changed"),
            is_english,
            "{errors}"
        );
        assert_eq!(errors.contains("什么都没有改"), !is_english, "{errors}");
        fs::remove_dir_all(&fresh).unwrap();
    }
}

/// Whoever has the old ledger open would go on to write in it after it was put aside.
#[test]
fn a_ledger_that_another_program_uses_is_not_replaced() {
    let (room, copy) = copied();
    let data = room.data();
    let refused = |why: &str| {
        let (code, out, errors) = restore(&copy, &data, &["--replace"]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{errors}");
        assert!(errors.contains(why), "{why}: {errors}");
        assert!(errors.contains("nothing was changed"), "{errors}");
        assert!(!data.join("restore.part").exists() && !data.join("replaced-1").exists());
    };
    let exports = wenming::store::lock_export(&data, Duration::ZERO, &mut |_| {}).unwrap();
    refused("export.lock");
    drop(exports);
    // A command that writes, and one that only looks.
    for open in [
        wenming::store::Store::open,
        wenming::store::Store::open_existing,
    ] {
        let store = open(&data).unwrap();
        refused("another program has this ledger open");
        drop(store);
    }
    assert_eq!(restore(&copy, &data, &["--replace"]).0, Some(0));
    assert_clean(&data);
    assert_clean(&data.join("replaced-1"));
}

/// A damaged ledger does not say which disk it was; the next number after the copy's may be one that it has given out.
#[test]
fn a_ledger_that_cannot_tell_its_number_is_replaced_by_a_given_one_only() {
    let (room, copy) = copied();
    let data = room.data();
    let place = data.join("station.db");
    for damage in [&b"no ledger at all"[..], b""] {
        fs::write(&place, damage).unwrap();
        for beside in ["station.db-wal", "station.db-shm"] {
            fs::remove_file(data.join(beside)).unwrap_or_default();
        }
        let (code, _, errors) = restore(&copy, &data, &["--replace"]);
        assert_eq!(code, Some(1), "{errors}");
        assert!(errors.contains("--incarnation"), "{errors}");
        assert_eq!(fs::read(&place).unwrap(), damage);
        let (code, _, errors) = restore(&copy, &data, &["--replace", "--incarnation", "5"]);
        assert_eq!((code, errors.as_str()), (Some(0), ""));
        assert_eq!(newest(&data), ("restored".to_owned(), 5));
    }
    assert_clean(&data);
}

/// A copy whose pages are damaged says nothing of the station's own ledger.
#[test]
fn a_damaged_copy_is_not_told_as_a_damaged_ledger() {
    let (room, copy) = copied();
    let whole = fs::read(&copy).unwrap();
    fs::write(&copy, &whole[..whole.len() / 2]).unwrap();
    let data = room.data();
    let fresh = room.path().join("fresh");
    let copies = copy.parent().unwrap();
    let backup = said(&wenming(&["backup", text(copies), "--data", text(&data)]));
    for (code, _, errors) in [restore(&copy, &fresh, &[]), backup] {
        assert_eq!(code, Some(1), "{errors}");
        assert!(
            errors.contains("nothing is wrong with the station's ledger"),
            "{errors}"
        );
        assert!(!errors.contains("Stop redemptions"), "{errors}");
    }
    room.assert_clean();
}
