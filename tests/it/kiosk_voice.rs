//! The real program with a voice that sleeps: no tap waits for it, a newer prompt ends an older one, and
//! nobody talks on when the program has gone. And what its terminal holds when a session has ended.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot drive the program must fail"
)]

use crate::equipment::only;
use crate::harness::{Kiosk, Line, PATIENCE, Room, pause, until};
use rustix::process::Signal;
use std::fs;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use wenming::shell::clock::Clock;

const CHIP: &str = "3C005550C2";
const HELLO: &str = "您好，您现在有";

/// A village whose voice writes down what it gets and then sleeps, with a child.
fn village() -> Room {
    let room = Room::village();
    let script = room.path().join("speaker");
    let (heard, pids) = (room.path().join("heard"), room.path().join("pids"));
    let path = only(&["cat", "sleep", "false", "touch", "sh"]);
    let program = |name: &str| Path::new(&path).join(name).display().to_string();
    let text = format!(
        "PATH='{}'\ntext=$(cat)\necho \"$MESSAGE_ID [$text]\" >> '{}'\nsleep 60 & echo $! $$ >> '{}'\nwait\n",
        path.display(),
        heard.display(),
        pids.display()
    );
    fs::write(&script, text).unwrap();
    let bell = room.path().join("called");
    room.write_reader(&format!(
        "[voice]\nspeak-zh = [\"{}\", \"{}\"]\nclip = [\"{}\", \"{{file}}\"]\n\
         clips = \"{}\"\nsounds = \"bell\"\n[help]\ncommand = [\"{}\", \"{}\"]",
        program("sh"),
        script.display(),
        program("false"),
        room.path().display(),
        program("touch"),
        bell.display()
    ));
    room
}

fn text(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn heard(room: &Room) -> String {
    text(room.path().join("heard"))
}

/// Speakers and their children that still run.
fn speaking(room: &Room) -> usize {
    let pids = text(room.path().join("pids"));
    let lives = |pid: &&str| {
        let stat = text(PathBuf::from("/proc").join(pid).join("stat"));
        let state = stat.rsplit_once(") ").map(|(_, state)| state.to_owned());
        state.is_some_and(|state| !state.starts_with(['Z', 'X']))
    };
    pids.split_whitespace().filter(lives).count()
}

/// Presses a key and gives how long the screen took.
fn answered(kiosk: &Kiosk, key: &str, shown: &str) -> i64 {
    let clock = Clock::start();
    kiosk.press(key);
    kiosk.wait_for(shown);
    clock.now().mono_ms
}

#[test]
fn no_tap_waits_for_the_voice() {
    let room = village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let clock = Clock::start();
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    assert!(clock.now().mono_ms < 3_000);
    assert!(until(
        || heard(&room).contains("say-home [您好。请选要办的事。")
    ));
    assert!(until(|| speaking(&room) == 2));
    for (key, shown) in [
        ("1", "请选一样"),
        ("0", HELLO),
        ("5", "您的记录"),
        ("0", HELLO),
    ] {
        let took = answered(&kiosk, key, shown);
        assert!(took < 2_000, "{key} took {took} ms");
    }
    // It is said again, and read, only when asked for.
    assert!(until(|| heard(&room).ends_with(
        "say-home [您好。请选要办的事。要听积分，请按八。]\n"
    )));
    assert!(!heard(&room).contains("一百六十"));
    kiosk.press("8");
    assert!(until(
        || heard(&room).ends_with("say-balance [您现在有一百六十分。]\n")
    ));
    assert!(until(|| speaking(&room) == 2), "an older one talks on");

    kiosk.press("*");
    kiosk.wait_for("已经叫人了");
    assert!(until(|| room.path().join("called").exists()));
    assert!(kiosk.bytes().contains(&7), "no bell");

    kiosk.press(".");
    kiosk.wait_for("您好，欢迎来到积分银行");
    assert!(until(|| speaking(&room) == 0), "it talks of who has gone");
    // The same card sooner would be the same tap.
    pause(1_600);
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    assert!(until(|| speaking(&room) == 2));
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0));
    assert_eq!(speaking(&room), 0);
    room.assert_clean();
}

#[test]
fn no_cell_of_the_terminal_tells_of_who_has_gone() {
    let room = village();
    let line = Line::plug(&room);
    let kiosk = room.open();
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    let before = kiosk.screen();
    assert!(before.contains("何*秀"), "{before}");
    kiosk.press("5");
    kiosk.wait_for("您的记录");
    kiosk.press(".");
    kiosk.wait_for("您好，欢迎来到积分银行");
    // A picture may come in pieces.
    assert!(until(|| !kiosk.screen().contains("剩")));
    let after = kiosk.screen();
    for private in [
        "何*秀",
        "何云秀",
        "160",
        "0005591234",
        CHIP,
        "您的记录",
        "剩",
    ] {
        assert!(!after.contains(private), "{private} on\n{after}");
    }
    // A new size has everything painted again from what the program still holds.
    let painted = kiosk.bytes().len();
    kiosk.resize((80, 20));
    let shown = || {
        let bytes = kiosk.bytes();
        let [columns, rows] = [80, 20].map(|n| NonZeroU16::new(n).unwrap());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(bytes.get(painted..).unwrap());
        parser.screen().contents()
    };
    assert!(
        until(|| shown().contains("欢迎来到积分银行")),
        "{}",
        shown()
    );
    let again = shown();
    for private in ["何*秀", "何云秀", "160", CHIP] {
        assert!(!again.contains(private), "{private} in\n{again}");
        assert!(!room.log().contains(private), "{private} in the log");
    }
}
