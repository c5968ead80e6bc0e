//! The technician's command line: what it prints where, and with which exit code it ends.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use crate::harness::{self, Room, assert_clean, number, text};
use std::fs;
use std::process::Stdio;

/// What a command said and how it ended.
struct Ran {
    code: Option<i32>,
    out: String,
    errors: String,
}

fn wenming(args: &[&str]) -> Ran {
    fed(args, "")
}

/// Runs a command with so much on its standard input; what it says.
fn fed(args: &[&str], input: &str) -> Ran {
    let output = harness::fed(args, input, Stdio::piped());
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn every_command_shows_an_example() {
    let help = wenming(&["--help"]);
    assert_eq!(help.code, Some(0));
    let (_, commands) = help.out.split_once("Commands:").unwrap();
    let (commands, _) = commands.split_once("Options:").unwrap();
    let mut names: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    for name in &names {
        let help = wenming(&[name, "--help"]);
        assert_eq!(help.code, Some(0), "{name}");
        let example = format!("Example: wenming {name}");
        assert!(help.out.contains(&example), "{}", help.out);
        assert_eq!(help.errors, "", "{name}");
    }
    names.sort_unstable();
    for name in [
        "audit", "backup", "check", "demo", "doctor", "export", "import", "init", "keys", "kiosk",
        "pin", "play", "restore", "schema", "seed",
    ] {
        assert!(names.contains(&name), "no {name} among {names:?}");
    }
}

#[test]
fn wrong_usage_is_exit_code_2_and_says_what_would_be_right() {
    for args in [
        &["frobnicate"][..],
        &["audit", "--colour"],
        &["seed", "--size", "city"],
        &["backup"],
        &["init"],
        &["play"],
        &["demo", "--lang", "fr"],
        &["doctor", "--colour"],
        &["doctor", "--explain", "1U"],
    ] {
        let ran = wenming(args);
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert_eq!(ran.out, "", "{args:?}");
        assert!(ran.errors.contains("--help"), "{args:?}: {}", ran.errors);
    }
}

#[test]
fn check_names_file_line_and_column_of_every_fault() {
    let room = Room::new();
    let config = room.config();
    let ran = wenming(&["check", "--config", text(&config)]);
    assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
    assert!(ran.out.contains("no faults"), "{}", ran.out);
    let catalogue = config.join("catalogue.toml");
    let broken = fs::read_to_string(&catalogue).unwrap();
    let broken = broken.replacen("price = 60\n", "price = -60\n", 1);
    let line = broken
        .lines()
        .position(|line| line == "price = -60")
        .unwrap()
        + 1;
    fs::write(&catalogue, broken).unwrap();
    let station = config.join("station.toml");
    let broken = fs::read_to_string(&station).unwrap();
    fs::write(&station, broken.replace("idle-secs = 90", "idle-secs = 1")).unwrap();
    let ran = wenming(&["check", "--config", text(&config)]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.errors.contains("2 faults"), "{}", ran.errors);
    assert!(
        ran.errors.contains(&format!("catalogue.toml:{line}:9: ")),
        "{}",
        ran.errors
    );
    assert!(ran.errors.contains("station.toml:"), "{}", ran.errors);
    // The kiosk itself does not take over a terminal for a config that it cannot use.
    let ran = wenming(&[
        "kiosk",
        "--config",
        text(&config),
        "--data",
        text(&room.data()),
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(
        !room.data().exists(),
        "a ledger was made for a broken config"
    );
}

/// What is right and hardly meant is told after the faults that are none.
#[test]
fn check_warns_of_what_leads_nowhere() {
    let room = Room::new();
    let config = room.config();
    let append = |name: &str, text: &str| {
        let path = config.join(name);
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, format!("{before}\n{text}\n")).unwrap();
    };
    append(
        "notices.toml",
        "[[announcement]]\ntext = { zh = \"停水\", en = \"No water\" }\nuntil = 2020-01-31\n\
         [[activity]]\nday = 2020-02-01\ntime = \"14:30\"\ntext = { zh = \"广场舞\", en = \"Dance\" }",
    );
    append(
        "station.toml",
        "[[reader]]\nname = \"third\"\nport = \"/dev/ttyUSB0\"\nformat = \"em4100\"",
    );
    let check = |more: &[&str]| wenming(&[&["check", "--config", text(&config)], more].concat());
    let ran = check(&[]);
    assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
    for (word, want) in [
        ("/dev/ttyUSB0 changes with the plug", 1),
        ("\"No water\" was over on 2020-01-31", 1),
        ("\"Dance\" was over on 2020-02-01", 1),
        ("no reward in", 0),
    ] {
        assert_eq!(ran.out.matches(word).count(), want, "{word}: {}", ran.out);
    }
    let zh = check(&["--lang", "zh"]);
    assert!(
        zh.out.contains("没有错") && zh.out.contains("换个插口就变"),
        "{}",
        zh.out
    );
    // A group whose goods are all taken out.
    let path = config.join("catalogue.toml");
    let catalogue = fs::read_to_string(&path).unwrap();
    let (head, _) = catalogue.split_once("[[item]]").unwrap();
    fs::write(&path, head).unwrap();
    let ran = check(&[]);
    let groups = head.matches("\n[[category]]").count();
    let told = ran
        .out
        .matches("there is no reward in the category")
        .count();
    assert_eq!((ran.code, told), (Some(0), groups), "{}", ran.errors);
    assert!(
        ran.out.contains("there is no reward in catalogue.toml"),
        "{}",
        ran.out
    );
    // A file instead of its folder is one fault.
    let ran = wenming(&["check", "--config", text(&path)]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.errors.contains("1 fault") && ran.errors.contains("a file, not a folder"),
        "{}",
        ran.errors
    );
}

#[test]
fn the_audit_is_one_document_and_names_the_first_bad_operation() {
    let room = Room::village();
    let answer = room.assert_clean();
    let operations = number(&room.plain(), "SELECT count(*) FROM operation");
    assert_eq!(answer.get("operations"), Some(&operations.into()));
    let ran = wenming(&["audit", "--data", text(&room.data())]);
    assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
    assert!(ran.out.contains("clean"), "{}", ran.out);

    // Someone takes a guard away, adds points to a line of the log and puts the guard back.
    let conn = room.plain();
    let seq = number(
        &conn,
        "SELECT max(seq) - 5 FROM operation WHERE kind = 'points-in'",
    );
    let guards: Vec<(String, String)> = conn
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'operation'",
        )
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &guards {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\""))
            .unwrap();
    }
    let forge =
        "UPDATE operation SET body = replace(body, '\"amount\":', '\"amount\":9') WHERE seq = ?1";
    assert_eq!(conn.execute(forge, [seq]).unwrap(), 1);
    for (_, sql) in &guards {
        conn.execute_batch(sql).unwrap();
    }
    drop(conn);
    let ran = wenming(&["audit", "--json", "--data", text(&room.data())]);
    assert_eq!(ran.code, Some(1));
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer.get("ok"), Some(&false.into()));
    assert_eq!(
        answer.pointer("/faults/0/seq"),
        Some(&seq.into()),
        "{answer}"
    );
    assert!(
        ran.errors.contains(&format!("at seq {seq}")),
        "{}",
        ran.errors
    );
    // With what to do next, in the language that is asked for.
    let ran = wenming(&["audit", "--lang", "zh", "--data", text(&room.data())]);
    assert!(ran.out.contains("有错"), "{}", ran.out);
    for word in ["怎么办：停止兑换", "wenming restore"] {
        assert!(ran.errors.contains(word), "{word}: {}", ran.errors);
    }
    // Half of its pages gone: SQLite's own word comes with what to do.
    drop(wenming(&["keys", "--data", text(&room.data())]));
    let path = room.data().join("station.db");
    fs::remove_file(room.data().join("station.db-wal")).unwrap_or_default();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let ran = wenming(&["audit", "--data", text(&room.data())]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.errors.contains("call the town bank"), "{}", ran.errors);
}

#[test]
fn an_audit_of_nothing_makes_nothing() {
    let room = Room::new();
    let ran = wenming(&["audit", "--data", text(&room.data())]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.errors.contains("no ledger there"), "{}", ran.errors);
    assert!(!room.data().exists());
}

#[test]
fn a_backup_taken_beside_a_running_kiosk_is_a_ledger() {
    let room = Room::village();
    let mut kiosk = room.open();
    let stick = room.path().join("stick");
    // A stick that is not there is no folder of this machine's own disk.
    let ran = wenming(&["backup", text(&stick), "--data", text(&room.data())]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.errors.contains("no such folder"), "{}", ran.errors);
    assert!(!stick.exists());
    fs::create_dir(&stick).unwrap();
    let ran = wenming(&["backup", text(&stick), "--data", text(&room.data())]);
    assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
    let copy = fs::read_dir(&stick)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert!(ran.out.starts_with(text(&copy)), "{}", ran.out);
    let again = wenming(&["backup", text(&stick), "--data", text(&room.data())]);
    assert_eq!((again.code, again.errors.as_str()), (Some(0), ""));
    assert!(
        again.out.contains("already there, the same"),
        "{}",
        again.out
    );
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1);
    assert!(kiosk.is_running());
    kiosk.cut();

    let fresh = room.path().join("fresh");
    fs::create_dir_all(fresh.join("keys")).unwrap();
    fs::copy(&copy, fresh.join("station.db")).unwrap();
    fs::copy(
        room.data().join("keys/card.key"),
        fresh.join("keys/card.key"),
    )
    .unwrap();
    let (was, is) = (room.assert_clean(), assert_clean(&fresh));
    assert_eq!(was.get("head_hash"), is.get("head_hash"));
}

#[test]
fn a_seed_is_the_same_twice_and_never_covers_a_ledger() {
    let room = Room::new();
    let [one, two] = ["one", "two"].map(|name| room.path().join(name));
    let heads = [&one, &two].map(|data| {
        let ran = wenming(&["seed", "--size", "village", "--data", text(data)]);
        assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
        let answer = assert_clean(data);
        let head = answer
            .get("head_hash")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned();
        assert!(ran.out.contains(&head), "{}", ran.out);
        head
    });
    assert_eq!(heads[0], heads[1]);
    let ran = wenming(&["seed", "--data", text(&one)]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(
        ran.errors.contains("has a ledger already"),
        "{}",
        ran.errors
    );
    assert_eq!(
        assert_clean(&one).get("head_hash"),
        Some(&heads[0].as_str().into())
    );
}

#[test]
fn a_pin_is_printed_as_a_line_that_the_config_takes() {
    let ran = fed(&["pin"], "482915\n");
    assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
    assert!(
        ran.out.starts_with("pin = \"$argon2id$") && !ran.out.contains("482915"),
        "{}",
        ran.out
    );
    assert_ne!(
        fed(&["pin"], "482915\n").out,
        ran.out,
        "the salt must differ"
    );
    let room = Room::new();
    let staff = room.config().join("staff.toml");
    let changed: String = fs::read_to_string(&staff)
        .unwrap()
        .lines()
        .map(|line| {
            if line.starts_with("pin = ") {
                ran.out.clone()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    assert_eq!(changed.matches(ran.out.trim()).count(), 3);
    fs::write(&staff, changed).unwrap();
    let checked = wenming(&["check", "--config", text(&room.config())]);
    assert_eq!(checked.code, Some(0), "{}", checked.errors);
    for (wrong, why) in [
        ("", "6 to 8 digits"),
        ("48291\n", "6 to 8 digits"),
        ("123456789\n", "6 to 8 digits"),
        ("48a915\n", "6 to 8 digits"),
        ("123456\n", "by one step"),
        ("121212\n", "repeat"),
        ("870513\n", "a date"),
        ("135790\n", "published"),
    ] {
        let ran = fed(&["pin"], wrong);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{wrong:?}");
        assert!(ran.errors.contains(why), "{}", ran.errors);
        assert!(ran.errors.contains("nothing was written"), "{}", ran.errors);
    }
    let born = fed(&["pin", "--born", "1987"], "719874\n");
    assert_eq!((born.code, born.out.as_str()), (Some(1), ""));
    assert!(born.errors.contains("year of birth"), "{}", born.errors);
}

/// A script books at a time of its own: never beside a kiosk.
#[test]
fn a_script_does_not_play_on_the_ledger_of_a_running_kiosk() {
    let room = Room::village();
    let script = room.path().join("one.play");
    fs::write(&script, "tap 0005591234\n").unwrap();
    let kiosk = wenming::store::lock_kiosk(&room.data()).unwrap();
    let before = room.assert_clean();
    let data = room.data();
    let play = ["play", text(&script), "--data", text(&data)];
    let ran = wenming(&play);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.errors.contains("another kiosk is running here"),
        "{}",
        ran.errors
    );
    assert_eq!(
        room.assert_clean().get("head_hash"),
        before.get("head_hash")
    );
    drop(kiosk);
    assert_eq!(wenming(&play).code, Some(0));
}
