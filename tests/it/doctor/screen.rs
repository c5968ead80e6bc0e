//! The terminal: size, colours, encoding, console, network; and the sample for the eye.

use super::Said;
use super::equipment::tool;
use super::harness::{Kiosk, Room, SMALL, WENMING};
use super::station;
use pty_process::blocking::Command as PtyCommand;

/// Runs the doctor in a terminal of this size and with these settings; gives exit code and output.
fn in_terminal(room: &Room, size: (u16, u16), env: &[&str], json: bool) -> (Option<i32>, String) {
    let (config, data) = (room.config(), room.data());
    let unset = [
        "LC_ALL",
        "LC_CTYPE",
        "COLORTERM",
        "SSH_CONNECTION",
        "SSH_TTY",
    ];
    let mut command = PtyCommand::new(tool("env"));
    for name in unset {
        command = command.arg("-u").arg(name);
    }
    command = command.args(env).arg(WENMING).args(["doctor", "--lang=zh"]);
    if json {
        command = command.arg("--json");
    }
    command = command.arg("--config").arg(config).arg("--data").arg(data);
    let mut kiosk = Kiosk::start(room, command, size);
    let code = kiosk.exit_code(60);
    (code, String::from_utf8(kiosk.bytes()).unwrap())
}

fn asked(room: &Room, size: (u16, u16), env: &[&str]) -> Said {
    let (code, text) = in_terminal(room, size, env, true);
    Said {
        code,
        answer: serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}")),
    }
}

const GOOD: [&str; 2] = ["TERM=xterm-256color", "LANG=C.UTF-8"];

#[test]
fn a_terminal_that_is_as_it_should_be_is_well() {
    let room = station();
    for env in [
        GOOD,
        ["TERM=foot", "LANG=zh_CN.UTF-8"],
        ["TERM=xterm-direct", "LC_ALL=en_US.utf8"],
    ] {
        let said = asked(&room, SMALL, &env);
        let found = said.at("terminal");
        assert_eq!(found[0]["state"], "well", "{env:?} {found:?}");
    }
}

#[test]
fn each_fault_of_a_terminal_is_told() {
    let room = station();
    let said = asked(&room, (63, 16), &GOOD);
    said.is_wrong(
        ("terminal", "terminal-small"),
        "终端太小，至少要 64x16",
        "pixelsize",
    );
    assert_eq!(said.found("terminal", "terminal-small")["detail"], "63x16");
    for (env, cause, sentence, remedy) in [
        (
            ["TERM=vt220", "LANG=C.UTF-8"],
            "terminal-colours",
            "没有 256 色",
            "TERM=xterm-256color",
        ),
        (
            ["TERM=xterm-256color", "LANG=C"],
            "terminal-not-utf8",
            "不是 UTF-8",
            "LANG=C.UTF-8",
        ),
        (
            ["TERM=xterm-256color", "LC_ALL=zh_CN.GB18030"],
            "terminal-not-utf8",
            "不是 UTF-8",
            "LANG=C.UTF-8",
        ),
        (
            ["TERM=linux", "LANG=C.UTF-8"],
            "terminal-console",
            "没有汉字，没有触摸",
            "cage",
        ),
    ] {
        let said = asked(&room, SMALL, &env);
        said.is_wrong(("terminal", cause), sentence, remedy);
    }
    let said = asked(&room, SMALL, &["TERM=tmux-256color", "LANG=C.UTF-8"]);
    said.is(
        ("terminal", "touch-unknown", "note"),
        "触摸没有试过",
        "foot",
    );
    // Over the network it is the technician's terminal that is seen.
    let said = asked(
        &room,
        (20, 5),
        &[
            "TERM=vt220",
            "LANG=C",
            "SSH_CONNECTION=10.0.0.2 1 10.0.0.1 22",
        ],
    );
    said.is(
        ("terminal", "remote-terminal", "note"),
        "远程的终端",
        "本站的屏幕前",
    );
    assert_eq!(said.at("terminal").len(), 1);
}

#[test]
fn the_sample_has_two_ends_that_must_line_up() {
    let room = station();
    let (_, text) = in_terminal(&room, (120, 50), &GOOD, false);
    let lines: Vec<&str> = text.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with("字样"))
        .unwrap();
    let [sample, ruler] = [lines[at], lines[at + 1]].map(str::trim_end);
    assert!(sample.contains("积分银行"), "{sample}");
    let width = |line| unicode_width::UnicodeWidthStr::width(line);
    assert_eq!(width(sample), width(ruler));
    assert!(sample.ends_with('|') && ruler.ends_with('|'));
    assert!(lines[at + 2].contains("右端要对齐"), "{text}");
    let (_, text) = in_terminal(&room, (120, 50), &["TERM=xterm-256color", "LANG=C"], true);
    assert!(!text.contains("字样"), "{text}");
}
