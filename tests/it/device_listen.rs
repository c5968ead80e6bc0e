//! `wenming device listen` at a real line: exact output, gaps, a port that cannot be opened, and the end.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run must fail")]

use crate::harness::{Line, Room, WENMING, frame, pause};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A listener and the lines that it prints.
struct Listener {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Listener {
    fn start(room: &Room, args: &[&str]) -> Self {
        let mut child = Command::new(WENMING)
            .args(["device", "listen", "--lang", "en", "--config"])
            .arg(room.config())
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn next(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    fn take(&mut self, n: usize) -> Vec<String> {
        (0..n).map(|_| self.next()).collect()
    }

    /// Ends it as Ctrl-C does.
    fn interrupt(mut self) -> Option<i32> {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::INT).unwrap();
        self.child.wait().unwrap().code()
    }
}

fn ended(room: &Room, args: &[&str]) -> Output {
    Command::new(WENMING)
        .args(["device", "listen", "--lang", "en", "--config"])
        .arg(room.config())
        .args(args)
        .output()
        .unwrap()
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_card_and_a_hostile_line_are_shown_as_they_came() {
    let room = Room::new();
    let line = Line::plug(&room);
    let port = name(&room.port());
    let mut listener = Listener::start(&room, &["--port", &port]);
    assert_eq!(
        listener.take(2),
        [
            format!("listening on {port}, 9600"),
            "Tap a card now. Ctrl-C ends.".to_owned()
        ]
    );
    line.send(&frame("0102B0A5FD"));
    assert_eq!(
        listener.take(16),
        [
            &format!("from {port}"),
            "first",
            "           02 30 31 30 32 42 30 41 35 46 44 45 42 03",
            "           <STX>0102B0A5FDEB<ETX>",
            "           looks like: EM4100, STX/ETX, 9600",
            "           card: 0102B0A5FD",
            "           10H            0102B0A5FD",
            "           10H-reversed   FDA5B00201",
            "           13D            0004340098557",
            "           12D            004340098557",
            "           8H10D          0045131261",
            "           8H10D-reversed 4255494146",
            "           8H10D-no-zeros 45131261",
            "           4H+4H          00688,42493",
            "           6H8D           11576829",
            "           2H+4H          176,42493",
        ]
    );
    pause(500);
    line.send(b"\x1b[2J\xe2\x80\xae\\\r");
    let gap = listener.next();
    let seconds = gap.strip_prefix("after ").unwrap().strip_suffix(" s");
    let (whole, millis) = seconds.unwrap().split_once('.').unwrap();
    let ms: u64 = whole.parse::<u64>().unwrap() * 1_000 + millis.parse::<u64>().unwrap();
    assert!(millis.len() == 3 && (450..15_000).contains(&ms), "{gap}");
    assert_eq!(
        listener.take(3),
        [
            "           1B 5B 32 4A E2 80 AE 5C 0D",
            "           <ESC>[2J\\xE2\\x80\\xAE\\\\<CR>",
            "           looks like: unknown bytes, 9600",
        ]
    );
    assert!(line.receive(50).is_empty(), "nothing is said to it");
    assert_eq!(listener.interrupt(), Some(0));
}

#[test]
fn the_config_says_how_a_known_port_is_read() {
    let room = Room::new();
    room.write_station("lines", 0);
    room.write_reader("baud = 19200\nnumber = \"8H10D\"\nreversed = true");
    let line = Line::plug(&room);
    let port = name(&room.port());
    let mut listener = Listener::start(&room, &["--port", &port, "--json"]);
    // There is no sentence to wait for; what is sent before the port is open is thrown away.
    let sender = std::thread::spawn(move || {
        for _ in 0..20 {
            line.send(b"4255494146\r\n");
            pause(400);
        }
        line
    });
    let run: Value = serde_json::from_str(&listener.next()).unwrap();
    assert_eq!(run["port"], Value::from(port));
    assert_eq!(run["baud"], 19_200);
    assert_eq!(run["gap-ms"], Value::Null);
    assert_eq!(run["looks"], "lines");
    assert_eq!(run["terms"], "8H10D, CR LF");
    assert_eq!(run["reads"][0]["id"], "0045131261");
    assert_eq!(run["reads"][0]["forms"]["4H+4H"], "00688,42493");
    assert_eq!(listener.interrupt(), Some(0));
    let _line = sender.join().unwrap();
}

#[test]
fn every_port_is_listened_to_and_named() {
    let room = Room::new();
    let line = Line::plug(&room);
    let dev = room.path().join("dev/serial/by-id");
    std::fs::create_dir_all(&dev).unwrap();
    let named = dev.join("usb-Reader-if00");
    std::os::unix::fs::symlink(std::fs::canonicalize(room.port()).unwrap(), &named).unwrap();
    let devices = name(&room.path().join("dev"));
    let mut listener = Listener::start(&room, &["--dev", &devices]);
    let said = listener.take(2);
    assert_eq!(said[0], format!("listening on {}, 9600", named.display()));
    line.send(b"0045131261\r");
    assert_eq!(listener.next(), format!("from {}", named.display()));
    let rest = listener.take(4);
    assert_eq!(rest[3].trim(), "looks like: lines of text, 8H10D, CR, 9600");
    assert_eq!(listener.interrupt(), Some(0));
}

#[test]
fn a_port_that_cannot_be_opened_is_told_with_a_remedy() {
    let room = Room::new();
    let port = name(&room.port());
    let missing = ended(&room, &["--port", &port]);
    assert_eq!(missing.status.code(), Some(1));
    let said = String::from_utf8(missing.stderr).unwrap();
    let want = format!("wenming: {port}: the port is not there");
    assert!(said.starts_with(&want), "{said}");
    assert!(said.contains("/dev/serial/by-id"), "{said}");

    std::fs::write(room.port(), "").unwrap();
    let said = String::from_utf8(ended(&room, &["--port", &port]).stderr).unwrap();
    assert!(said.contains("serial"), "{said}");
    std::fs::remove_file(room.port()).unwrap();

    let _line = Line::plug(&room);
    let holder = Listener::start(&room, &["--port", &port]);
    pause(1_000);
    let busy = ended(&room, &["--port", &port]);
    assert_eq!(busy.status.code(), Some(1));
    let said = String::from_utf8(busy.stderr).unwrap();
    assert!(
        said.contains("another program") && said.contains("fuser"),
        "{said}"
    );
    assert_eq!(holder.interrupt(), Some(0));

    let none = ended(&room, &["--dev", "/nonexistent"]);
    assert_eq!(none.status.code(), Some(1));
    let silent = ended(&room, &["--port", &port, "--seconds", "1"]);
    assert_eq!(silent.status.code(), Some(1));
    assert!(
        String::from_utf8(silent.stderr)
            .unwrap()
            .contains("Nothing came")
    );
}
