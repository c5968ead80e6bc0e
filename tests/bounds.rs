//! Every wait for an end has a bound: sequences of the terminal, files that are none, locks, sizes. The real program
//! in a real terminal.

mod harness;

use harness::{Kiosk, Line, PATIENCE, Room, SMALL, WENMING, pause, until};
use pty_process::blocking::Command as PtyCommand;
use rustix::process::Signal;
use std::fs;

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
        kiosk.wait_for("也可以扫二维码");
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
    assert!(!kiosk.screen().contains(HELLO), "{}", kiosk.screen());
    kiosk.key(format!("{CARD}\r"));
    kiosk.wait_for(HELLO);
    kiosk.press(".");
    kiosk.wait_for(WELCOME);
    end(&mut kiosk);
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
    let mut born = Kiosk::start(&room, PtyCommand::new("sh").args(["-c", &born]), SMALL);
    let boots = || room.log().matches(" boot").count();
    assert!(until(|| boots() > 1), "{}", born.errors());
    pause(1_000);
    assert!(born.is_running(), "{}", born.errors());
    end(&mut born);
}
