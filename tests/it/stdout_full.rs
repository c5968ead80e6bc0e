//! Answers that cannot be written, and sticks without room: every command ends with 0, 1 or 2 and a sentence, never with a panic.
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot run the program must fail; tables are long"
)]

use crate::disk::Disk;
use crate::harness::{Room, WENMING, fed, number, plain, text};
use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a command whose standard output goes to a file of this name.
fn run(args: &[String], input: &str, out: &str) -> Output {
    let out = File::options().write(true).open(out).unwrap();
    fed(args, input, out.into())
}

fn split(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// The commands that a help lists.
fn listed(args: &[&str]) -> Vec<String> {
    let help = Command::new(WENMING).args(args).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let names = commands
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let room = Room::village();
    let (config, data) = (
        text(&room.config()).to_owned(),
        text(&room.data()).to_owned(),
    );
    let at = |name: &str| text(&room.path().join(name)).to_owned();
    let say = |line: &str| {
        let done = Command::new(WENMING).args(split(line)).output().unwrap();
        assert!(done.status.success(), "{line}");
    };
    say(&format!("export now --config {config} --data {data}"));
    let bundle = fs::read_dir(room.data().join("outbox")).unwrap().next();
    let bundle = bundle.unwrap().unwrap().path();
    let (bundle, key) = (text(&bundle), room.data().join("keys/station.pub"));
    fs::create_dir(at("tables")).unwrap();
    fs::create_dir(at("copies")).unwrap();
    fs::create_dir(at("fresh")).unwrap();
    fs::write(at("lines"), "{}\n").unwrap();
    fs::create_dir(at("kept")).unwrap();
    say(&format!("backup {} --data {data}", at("kept")));
    let kept = fs::read_dir(at("kept")).unwrap().next().unwrap().unwrap();
    let kept = text(&kept.path()).to_owned();
    fs::write(at("answers"), crate::init_answers::good()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sessions/morning.play");
    // A line at which nobody speaks.
    let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&line).unwrap();
    unlockpt(&line).unwrap();
    let port = ptsname(&line, Vec::new()).unwrap().into_string().unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY;
    let _held = open(port.as_str(), flags, Mode::empty()).unwrap();

    let both = format!("--config {config} --data {data}");
    let month = "--from 2026-01-01 --to 2026-11-30";
    let commands = [
        (format!("check --config {config}"), ""),
        ("schema".to_owned(), ""),
        ("schema station".to_owned(), ""),
        (format!("audit --data {data}"), ""),
        (format!("audit --json --data {data}"), ""),
        (format!("doctor {both}"), ""),
        (format!("doctor --json {both}"), ""),
        (format!("keys --show --data {data}"), ""),
        (format!("device list --config {config}"), ""),
        (
            "device decode --format lines --hex 303030353539313233340d".to_owned(),
            "",
        ),
        (format!("device listen --port {port} --config {config}"), ""),
        (
            format!(
                "device print --test --port file:{} --profile 58mm",
                at("paper")
            ),
            "",
        ),
        ("device sim rdm6300".to_owned(), "tap 0005591234\n"),
        (format!("export now {both}"), ""),
        (format!("export list {both}"), ""),
        (format!("export list --json {both}"), ""),
        (
            format!("export verify {bundle} --key {}", key.display()),
            "",
        ),
        (
            format!("export csv {month} --to-dir {} --data {data}", at("tables")),
            "",
        ),
        (
            format!(
                "export csv --xlsx {month} --to-dir {} --data {data}",
                at("tables")
            ),
            "",
        ),
        (
            format!("export summary --date 2026-11-21 --data {data}"),
            "",
        ),
        (format!("play {}", script.display()), ""),
        (format!("do {} {both}", at("lines")), ""),
        (
            format!("init {} --answers {}", at("station"), at("answers")),
            "",
        ),
        (format!("seed --data {}/new", at("fresh")), ""),
        (format!("backup {} --data {data}", at("copies")), ""),
        (format!("restore {kept} --data {}/back", at("fresh")), ""),
        ("import roster --template".to_owned(), ""),
        ("pin".to_owned(), "482915\n"),
        ("--help".to_owned(), ""),
        ("--version".to_owned(), ""),
        ("help audit".to_owned(), ""),
        ("export csv --help".to_owned(), ""),
    ];
    for (command, input) in &commands {
        let done = run(&split(command), input, "/dev/full");
        let errors = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{command}: {errors}");
        assert!(!errors.contains("panicked"), "{command}: {errors}");
        let sentence = "the answer cannot be written to standard output: No space left on device";
        assert!(errors.contains(sentence), "{command}: {errors}");
    }
    // What they had to do is done, only the answer is lost.
    assert_eq!(fs::read_dir(at("tables")).unwrap().count(), 6);
    assert_eq!(fs::read_dir(at("copies")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(at("station")).unwrap().count(), 6);
    let holds = "SELECT count(*) > 0 FROM operation";
    assert_eq!(number(&plain(&room.path().join("fresh/new")), holds), 1);
    // The two that need a terminal say so.
    for command in ["kiosk", "demo"] {
        let done = run(&split(command), "", "/dev/full");
        assert_eq!(done.status.code(), Some(1), "{command}");
        assert!(!done.stderr.is_empty(), "{command}");
    }
    let tried: BTreeSet<String> = commands
        .iter()
        .map(|(command, _)| {
            let words: Vec<&str> = command.split(' ').collect();
            let deep = ["export", "device"].contains(&words[0]);
            words[..=usize::from(deep)].join(" ")
        })
        .chain(["kiosk", "demo"].map(str::to_owned))
        .collect();
    for name in listed(&["--help"]) {
        if !["export", "device"].contains(&name.as_str()) {
            assert!(tried.contains(&name), "{name} is not tried");
        }
    }
    for group in ["export", "device"] {
        for name in listed(&[group, "--help"]) {
            let name = format!("{group} {name}");
            assert!(tried.contains(&name), "{name} is not tried");
        }
    }
}

#[test]
fn who_went_away_is_no_failure() {
    let mut child = Command::new(WENMING)
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stderr.is_empty());
}

#[test]
fn who_cannot_answer_books_no_further_batch() {
    let room = Room::village();
    let lines = room.path().join("lines");
    fs::write(&lines, "{}\n".repeat(5_000)).unwrap();
    let args = [
        "do".to_owned(),
        text(&lines).to_owned(),
        "--config".to_owned(),
        text(&room.config()).to_owned(),
        "--data".to_owned(),
        text(&room.data()).to_owned(),
    ];
    let done = run(&args, "", "/dev/full");
    let errors = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1));
    assert!(errors.contains(": nothing behind it is booked"), "{errors}");
    assert!(!errors.contains("line 5000"), "{errors}");
}

#[test]
fn a_stick_without_room_is_said_in_a_sentence() {
    let room = Room::village();
    let disk = Disk::mount(&room, 8);
    // The ledger lies on another disk.
    let data = room.path().join("seeded").display().to_string();
    let tables = room.data().join("tables").display().to_string();
    fs::create_dir(disk.inside.join("tables")).unwrap();
    let month = ["--from", "2026-01-01", "--to", "2026-11-30"];
    let mut met = BTreeSet::new();
    for kib in [
        0, 4, 8, 16, 32, 64, 100, 150, 200, 250, 300, 400, 700, 2_000,
    ] {
        disk.leave(kib);
        for form in [&["--xlsx"][..], &[]] {
            let command = ["export", "csv", "--to-dir", &tables, "--data", &data];
            let words = [&[WENMING], &command[..], &month, form].concat();
            let done = disk.output(&words);
            let errors = String::from_utf8_lossy(&done.stderr);
            let code = done.status.code().unwrap();
            met.insert((form.len(), code));
            let left = fs::read_dir(disk.inside.join("tables")).unwrap();
            let left: Vec<_> = left.map(|entry| entry.unwrap().path()).collect();
            assert!(!errors.contains("panicked"), "{kib}: {errors}");
            if code == 0 {
                for path in &left {
                    fs::remove_file(path).unwrap();
                }
            } else {
                assert_eq!(code, 1, "{kib}: {errors}");
                assert!(left.is_empty(), "{kib}: {left:?}");
                assert!(errors.contains("tables"), "{kib}: {errors}");
            }
        }
    }
    // Both forms met both ends.
    assert_eq!(met.len(), 4, "{met:?}");
    disk.audit(&room);
}
