//! The shipped session on a Debian 13 that is really booted: systemd starts the unit, cage and foot show the idle screen, no
//! key and no button of foot's leads anywhere, and it stops at once. Where that cannot be, the test says so, and the files are
//! compared with each other all the same.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that has no machine must fail, with what is missing"
)]

mod files;
mod hand;
mod machine;
mod session;
mod tree;

use hand::Pointer;
use session::{Session, Shot};
use std::io::{self, Write as _};
use wenming::shell::checkup::BINDINGS;

/// What a station has installed; the unit's first lines name the same.
pub(crate) const STATION: [&str; 6] = [
    "cage",
    "foot",
    "fonts-noto-cjk",
    "libpam-systemd",
    "dbus",
    "procps",
];
/// What makes a system of it, with a camera, a keyboard and a screen of another size.
pub(crate) const STAGE: [&str; 5] = ["systemd", "systemd-sysv", "grim", "wtype", "wlr-randr"];

/// How the words begin when there is no machine.
const NOT_BOOTED: &str = "the shipped session was not booted";

/// Combinations beside foot's own by which people leave other kiosks.
const OTHERS: [&str; 12] = [
    "Control+Shift+N",
    "Control+c",
    "Control+d",
    "Control+z",
    "Control+backslash",
    "Mod1+Escape",
    "Mod1+F4",
    "Mod4+Return",
    "Control+Mod1+BackSpace",
    "Control+Mod1+Delete",
    "Control+Mod1+F2",
    "XF86Switch_VT_2",
];

/// Says what a test that passes left out; `.ci/run` repeats the lines by how they begin. Not by a macro: what those write is
/// not shown of it.
pub(crate) fn say(line: &str) {
    io::stderr().write_all(line.as_bytes()).unwrap();
}

/// The shipped state: one screen, one terminal, one program, the user's doors shut.
fn nothing_opened(session: &Session) {
    assert_eq!(session.programs(), ["cage", "foot", "wenming"]);
    assert_eq!(session.size(), "16 65");
}

/// Presses all that foot knows, by the defaults that it ships, and more.
fn press_everything(session: &Session) {
    let combos = session.machine.tree.combos();
    let keys = BINDINGS.iter().take(3).map(|(section, _)| *section);
    for section in keys {
        assert!(combos.iter().any(|(own, _)| own == section), "{section}");
    }
    let own = combos
        .iter()
        .filter(|(section, _)| section != "mouse-bindings");
    let own = own.map(|(_, combo)| combo.as_str());
    for combo in own.chain(OTHERS) {
        session.press(combo);
    }
    for _ in 0..6 {
        session.press("Control+plus");
        session.press("Control+KP_Add");
    }
    for _ in 0..6 {
        session.press("Control+minus");
    }
    // What was typed before it has been dealt with when this key has. A click would end a search that a key began.
    session.answers();
    let mut pointer = Pointer::open(&session.socket());
    for held in ["", "Control", "Shift", "Control+Shift"] {
        let keyboard = session.hold(held);
        pointer.moves_to(20, 300);
        for button in [Pointer::LEFT, Pointer::RIGHT, Pointer::MIDDLE] {
            (0..4).for_each(|_| pointer.clicks(button));
        }
        (0..8).for_each(|_| pointer.scrolls(-1));
        (0..4).for_each(|_| pointer.scrolls(1));
        session.let_go(keyboard);
    }
}

/// A touch, which reaches the kiosk as a click of the left button does, changes the colours and changes them back.
fn touches(session: &Session) {
    let mut pointer = Pointer::open(&session.socket());
    for dark in [true, false] {
        hand::pause(hand::DEAF_MS);
        pointer.moves_to(1_120, 690);
        pointer.clicks(Pointer::LEFT);
        session.becomes("the other colours", |shot| shot.is_dark() == dark);
    }
    session.becomes("the idle screen", Shot::is_idle);
}

/// What the doctor says of leaving, as the user of the service.
fn leaving(session: &Session) -> Vec<String> {
    let said = session.machine.run(&[
        "runuser",
        "-u",
        "wenming",
        "--",
        "wenming",
        "doctor",
        "--json",
        "--config",
        "/etc/wenming",
        "--data",
        "/var/lib/wenming",
    ]);
    let answer: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let all = answer["checks"].as_array().unwrap();
    let causes = all.iter().filter_map(|one| one["cause"].as_str());
    let leaving = causes.filter(|cause| ["terminal-keys", "login-shell"].contains(cause));
    leaving.map(str::to_owned).collect()
}

#[test]
fn the_shipped_session_starts_and_cannot_be_left() {
    let machine = match tree::tree().and_then(machine::boot) {
        Ok(machine) => machine,
        Err(why) => {
            say(&format!(
                "{NOT_BOOTED}, only its files were checked: {why}\n"
            ));
            return;
        }
    };
    files::the_manual_has_the_same_actions(&machine.tree);
    machine.install();
    let session = Session::start(&machine);
    session.becomes("the idle screen", Shot::is_idle);
    session.keep("idle.png");
    nothing_opened(&session);
    assert_eq!(leaving(&session), [""; 0]);
    session.answers();
    touches(&session);

    press_everything(&session);
    session.answers();
    session.press("Escape");
    session.becomes("the idle screen", Shot::is_idle);
    session.keep("idle-after.png");
    nothing_opened(&session);

    session.reloads();
    assert!(session.stop() <= 5_000);

    // The same hand where nothing is shut: it opens a shell and makes the letters big.
    machine.open_up();
    let session = Session::start(&machine);
    session.becomes("the idle screen", Shot::is_idle);
    assert_eq!(leaving(&session), ["terminal-keys", "login-shell"]);
    (0..6).for_each(|_| session.press("Control+plus"));
    session.until("bigger letters", |session| session.size() == "15 59");
    session.press("Control+Shift+n");
    session.until("a shell", |session| {
        session.programs() == ["bash", "cage", "foot", "foot", "wenming"]
    });
    assert!(session.stop() <= 5_000);
}
