//! Every wait for an end has a bound: sequences of the terminal, files that are none, locks, sizes. The real program
//! in a real terminal.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot drive the program must fail"
)]

use crate::equipment::tool;
use crate::harness::{Kiosk, Line, PATIENCE, Room, SMALL, WENMING, pause, text, until};
use pty_process::blocking::Command as PtyCommand;
use rustix::fs::{CWD, Mode, mkfifoat};
use rustix::process::Signal;
use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CHIP: &str = "3C005550C2";
const CARD: &str = "0005591234";
/// The same card twice within a second and a half is one tap.
const CARDS: [&str; 2] = ["0005591235", "0005591236"];
const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";
const ENGLISH: &str = "Welcome to the points bank";

/// Long enough for a busy machine to see that nothing follows; a person needs longer to try again.
const SILENT_MS: u64 = 600;

/// Beginnings of sequences, strings and characters that never end.
const UNFINISHED: &[&[u8]] = &[
    b"\x1b[200~",
    b"\x1b[1",
    b"\x1b[1;",
    b"\x1b[<",
    b"\x1b[<0;3;",
    b"\x1b[?",
    b"\x1b[>",
    b"\x1b[38;5",
    b"\x1b[[",
    b"\x1b[M",
    b"\x1b[M!",
    b"\x1b[",
    b"\x1bO",
    b"\x1b",
    b"\x1b]0;title",
    b"\x1b]52;c;",
    b"\x1bP+q",
    b"\x1b_G",
    b"\x1b^",
    b"\x1bX",
    b"\xe4\xbd",
    b"\xf0\x9f",
];

fn end(kiosk: &mut Kiosk) {
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0));
    kiosk.assert_given_back();
    assert_eq!(kiosk.errors(), "");
}

#[test]
fn the_keypad_works_after_a_sequence_that_never_ends() {
    let room = Room::village();
    let mut kiosk = room.open();
    let mut shown = [WELCOME, ENGLISH].into_iter().cycle();
    shown.next();
    for begun in UNFINISHED {
        let name = begun.escape_ascii();
        kiosk.key(begun);
        pause(SILENT_MS);
        kiosk.key("/");
        let want = shown.next().unwrap();
        let works = kiosk.becomes(PATIENCE, |screen| screen.contains(want));
        assert!(works, "dead after {name}:\n{}", kiosk.screen());
    }
    end(&mut kiosk);
}

#[test]
fn touch_and_typed_scans_work_after_a_sequence_that_never_ends() {
    let room = Room::village();
    let mut kiosk = room.open();
    for (begun, card) in UNFINISHED.iter().zip(CARDS.iter().cycle()) {
        let name = begun.escape_ascii();
        // A finger needs no pause, but after the key Escape, with which it would be one press.
        kiosk.key(begun);
        if *begun == b"\x1b" {
            pause(SILENT_MS);
        }
        kiosk.touch("English");
        let works = kiosk.becomes(PATIENCE, |screen| screen.contains(ENGLISH));
        assert!(works, "no touch after {name}:\n{}", kiosk.screen());
        kiosk.touch("中文");
        kiosk.wait_for(WELCOME);
        kiosk.key(begun);
        pause(SILENT_MS);
        kiosk.key(format!("{card}\r"));
        let works = kiosk.becomes(PATIENCE, |screen| screen.contains(HELLO));
        assert!(works, "no scan after {name}:\n{}", kiosk.screen());
        kiosk.press(".");
        kiosk.wait_for(WELCOME);
        // The picture comes in pieces, and the button of the screen before has another place.
        kiosk.wait_without("便民服务");
        kiosk.wait_for("不用着急");
        pause(300);
    }
    end(&mut kiosk);
    room.assert_clean();
}

/// What is pasted between two marks is no card, though its characters are one.
#[test]
fn a_paste_opens_no_account_and_is_never_asked_for() {
    let room = Room::village();
    let mut kiosk = room.open();
    kiosk.key(format!("\x1b[200~{CARD}\x1b[201~\r"));
    pause(SILENT_MS);
    kiosk.key(format!("{CARD}\r"));
    kiosk.wait_for(HELLO);
    kiosk.press(".");
    kiosk.wait_for(WELCOME);
    end(&mut kiosk);
    let log = room.log();
    assert_eq!(log.matches("burst #").count(), 1, "{log}");
    let painted = kiosk.bytes();
    let asked = painted.windows(8).any(|part| part == b"\x1b[?2004h");
    assert!(!asked, "pastes in brackets were asked for");
}

/// The same bytes come in any pieces: a stall of this machine within a sequence is no silence of the line.
#[test]
fn a_stopped_program_takes_a_sequence_that_came_in_time_for_what_it_is() {
    let room = Room::village();
    let mut kiosk = room.open();
    let (column, row) = kiosk.find("English");
    kiosk.signal(Signal::STOP);
    for byte in format!("\x1b[<0;{0};{1}M\x1b[<0;{0};{1}m", column + 1, row + 1).bytes() {
        kiosk.key([byte]);
        pause(15);
    }
    kiosk.signal(Signal::CONT);
    kiosk.wait_for(ENGLISH);
    end(&mut kiosk);
}

#[test]
fn no_size_that_a_terminal_reports_ends_it() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let sizes = [
        (u16::MAX, u16::MAX),
        (0, 0),
        (u16::MAX, 1),
        (1, u16::MAX),
        (1, 1),
        (u16::MAX, u16::MAX),
    ];
    for size in sizes {
        kiosk.resize(size);
        pause(300);
        assert!(kiosk.is_running(), "{size:?}: {}", kiosk.errors());
    }
    let status = fs::read_to_string(format!("/proc/{}/status", kiosk.pid())).unwrap();
    let (_, peak) = status.split_once("VmHWM:").unwrap();
    let peak: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
    assert!(peak < 200_000, "{peak} KiB for a size");
    kiosk.resize(SMALL);
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    end(&mut kiosk);
    let born = format!(
        "stty cols {0} rows {0}; exec {WENMING} kiosk --config {1} --data {2}",
        u16::MAX,
        room.config().display(),
        room.data().display()
    );
    let mut born = Kiosk::start(
        &room,
        PtyCommand::new(tool("sh")).args(["-c", &born]),
        SMALL,
    );
    let boots = || room.log().matches(" boot").count();
    assert!(until(|| boots() > 1), "{}", born.errors());
    let painted = born.becomes(PATIENCE, |screen| !screen.trim().is_empty());
    assert!(painted, "no picture: {}", born.errors());
    assert!(born.is_running(), "{}", born.errors());
    end(&mut born);
}

/// Makes a named pipe that nobody ever writes to.
fn pipe(path: &Path) {
    mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR).unwrap();
}

/// Runs a command of the program; gives its exit code and everything that it said. A command that a second does not end on an
/// idle machine is stopped after ten.
fn said(args: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(WENMING)
        .envs(crate::harness::ENGLISH)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let ended = (0..1_000).find_map(|_| {
        pause(10);
        child.try_wait().unwrap()
    });
    if ended.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut text = String::new();
    child.stdout.unwrap().read_to_string(&mut text).unwrap();
    child.stderr.unwrap().read_to_string(&mut text).unwrap();
    assert!(ended.is_some(), "{args:?} waits:\n{text}");
    (ended.unwrap().code(), text)
}

/// A folder with the files of the config, and this one a named pipe.
fn config_with_pipe(room: &Room, name: &str) -> PathBuf {
    let dir = room.path().join(format!("with-{name}"));
    fs::create_dir(&dir).unwrap();
    for file in ["station.toml", "catalogue.toml", "rules.toml", "staff.toml"] {
        if file != name {
            fs::copy(room.config().join(file), dir.join(file)).unwrap();
        }
    }
    pipe(&dir.join(name));
    dir
}

#[test]
fn a_pipe_as_a_config_file_ends_in_a_sentence() {
    let room = Room::village();
    let data = room.data();
    for name in [
        "station.toml",
        "catalogue.toml",
        "rules.toml",
        "staff.toml",
        "notices.toml",
    ] {
        let config = config_with_pipe(&room, name);
        let (config, data) = (text(&config), text(&data));
        let place = format!("{config}/{name}:1:1: cannot be read: a named pipe, not a file");
        for args in [
            &["check", "--config", config][..],
            &["kiosk", "--config", config, "--data", data],
            &["export", "now", "--config", config, "--data", data],
        ] {
            let (code, said) = said(args);
            assert_eq!(code, Some(1), "{args:?}: {said}");
            assert!(said.contains(&place), "{args:?}: {said}");
        }
    }
}

#[test]
fn a_pipe_as_any_other_file_ends_in_a_sentence() {
    let room = Room::village();
    let at = |name: &str| room.path().join(name);
    let bundle = at("VPB1-YUNDAO-HY01-i01-0000000001-0000000040.tar.zst");
    for path in [&at("pipe"), &bundle] {
        pipe(path);
    }
    let data = room.data();
    let key = data.join("keys/station.pub");
    let (fifo, bundle, key) = (at("pipe"), text(&bundle), text(&key));
    let fifo = text(&fifo);
    for args in [
        &["export", "verify", bundle, "--key", key][..],
        &["export", "verify", bundle, "--key", fifo],
        &["play", fifo],
        &["device", "decode", "--format", "lines", fifo],
        &["device", "decode", "--format", "lines", "/dev/zero"],
        &["play", "/dev/zero"],
    ] {
        let (code, said) = said(args);
        assert_eq!(code, Some(1), "{args:?}: {said}");
        assert!(said.contains(", not a file"), "{args:?}: {said}");
    }
    // What the station itself keeps.
    fs::remove_file(data.join("keys/station.key")).unwrap();
    pipe(&data.join("keys/station.key"));
    let (config, data) = (room.config(), text(&data));
    let args = ["export", "now", "--config", text(&config), "--data", data];
    let (code, said) = said(&args);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("station.key: not a file"), "{said}");
}

#[test]
fn a_reload_that_meets_a_pipe_says_so_and_the_kiosk_goes_on() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let path = room.config().join("rules.toml");
    fs::remove_file(&path).unwrap();
    pipe(&path);
    kiosk.signal(Signal::HUP);
    assert!(until(|| room.log().contains("rules.toml:1:1")));
    assert!(
        room.log().contains("a named pipe, not a file"),
        "{}",
        room.log()
    );
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    end(&mut kiosk);
}

#[test]
fn a_pipe_in_the_place_of_the_log_keeps_nobody_from_a_card() {
    let room = Room::village();
    room.without_readers();
    let mut kiosk = room.open();
    end(&mut kiosk);
    let log = room.data().join("log/events.play");
    fs::remove_file(&log).unwrap();
    pipe(&log);
    let mut kiosk = room.kiosk(SMALL);
    kiosk.wait_for(WELCOME);
    kiosk.key(format!("{CARD}\r"));
    kiosk.wait_for(HELLO);
    end(&mut kiosk);
}

#[test]
fn an_export_says_for_whom_it_waits_and_gives_up() {
    let room = Room::village();
    let (config, data) = (room.config(), room.data());
    let (config, data) = (text(&config), text(&data));
    let mut options = File::options();
    options.read(true).write(true).create(true).mode(0o600);
    let lock = options.open(room.data().join("export.lock")).unwrap();
    lock.lock().unwrap();
    let own = std::process::id();
    fs::write(room.data().join("export.lock"), format!("{own}\n")).unwrap();
    let args = [
        "export", "now", "--config", config, "--data", data, "--wait", "2",
    ];
    let (code, told) = said(&args);
    assert_eq!(code, Some(1), "{told}");
    for part in [
        format!("process {own} is exporting this ledger; waiting for it, at most 2 s"),
        format!("export.lock: process {own} has had it for 2 s; nothing was changed"),
    ] {
        assert!(told.contains(&part), "no {part:?} in {told}");
    }
    drop(lock);
    let (code, told) = said(&args);
    assert_eq!(code, Some(0), "{told}");
    // Who had the lock last does not matter to who finds it free.
    assert!(!told.contains("waiting for it"), "{told}");
}

/// A file of the bundle's name on a share is looked at no further than a bundle can be long.
#[test]
fn a_file_without_an_end_on_a_share_is_put_aside() {
    let room = Room::village();
    let share = room.path().join("share");
    fs::create_dir(&share).unwrap();
    room.write_reader(&format!(
        "[[sink]]\nname = \"share\"\nkind = \"directory\"\npath = \"{}\"",
        share.display()
    ));
    let (config, data) = (room.config(), room.data());
    let (config, data) = (text(&config), text(&data));
    let export = ["export", "now", "--config", config, "--data", data];
    let (code, told) = said(&export);
    assert_eq!(code, Some(0), "{told}");
    let place = share.join("up/YUNDAO/HY01");
    let bundle = fs::read_dir(&place).unwrap().next().unwrap().unwrap();
    let whole = fs::read(bundle.path()).unwrap();
    File::create(bundle.path())
        .unwrap()
        .set_len(200 << 30)
        .unwrap();
    let (code, told) = said(&export);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(fs::read(bundle.path()).unwrap(), whole);
    let mut aside = bundle.path().into_os_string();
    aside.push(".wrong");
    assert_eq!(fs::metadata(aside).unwrap().len(), 200 << 30);
}
