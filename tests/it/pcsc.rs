//! A PC/SC reader without a reader: pcscd, its driver for virtual readers (vpcd), and a card that is a socket.
//!
//! It needs root, and no other pcscd beside its own.

#![cfg(feature = "pcsc")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot set up has failed"
)]

use crate::equipment::tool;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use wenming::config::Port;
use wenming::shell::reader::{ReaderNews, ReaderPort, spawn};
use wenming::wire::{Decoder, GET_UID};

const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
/// Where pcscd listens; the path is built into it, so there is one of it a machine.
const SOCKET: &str = "/run/pcscd/pcscd.comm";
/// The port of vpcd's own default.
const PORT: u16 = 35_963;
/// What an ACR122U makes of a MIFARE Classic card: PC/SC part 3, 3.1.3.2.3.
const ATR: [u8; 20] = [
    0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06, 0x03, 0x00, 0x01, 0x00,
    0x00, 0x00, 0x00, 0x6A,
];
const DONE: [u8; 2] = [0x90, 0x00];
const NTAG: [u8; 7] = [0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6];

/// One pcscd a machine, so one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let _there = tool(DRIVER);
    let root = rustix::process::geteuid().is_root();
    assert!(root, "pcscd writes /run/pcscd: run this test as root");
    let runs = std::os::unix::net::UnixStream::connect(SOCKET).is_ok();
    assert!(
        !runs,
        "another pcscd runs: systemctl stop pcscd.socket pcscd"
    );
    alone
}

/// A pcscd of this test, with a virtual reader and nothing else.
struct Pcscd(Child);

impl Pcscd {
    fn start(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("pcsc-{name}"));
        fs::create_dir_all(&folder).unwrap();
        let config = format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:{PORT:#X}\nLIBPATH {DRIVER}\nCHANNELID {PORT:#X}\n"
        );
        fs::write(folder.join("vpcd"), config).unwrap();
        let log = fs::File::create(folder.join("log")).unwrap();
        let child = Command::new(tool("pcscd"))
            .args(["--foreground", "--config"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Pcscd {
    fn drop(&mut self) {
        // SIGTERM lets it take its socket away.
        let pid = Pid::from_child(&self.0);
        kill_process(pid, Signal::TERM).unwrap_or_default();
        self.0.wait().map(drop).unwrap_or_default();
    }
}

/// A card on the virtual reader; lifted when it is dropped.
struct Held {
    line: TcpStream,
    thread: Option<JoinHandle<usize>>,
}

impl Held {
    /// Holds a card that answers the question for its number like this.
    fn with(answer: &[u8]) -> Self {
        let connect = || TcpStream::connect((Ipv4Addr::LOCALHOST, PORT)).ok();
        let wait = |_| {
            thread::sleep(Duration::from_millis(100));
            connect()
        };
        let line = (0..50)
            .find_map(wait)
            .unwrap_or_else(|| panic!("vpcd does not listen"));
        let (talk, answer) = (line.try_clone().unwrap(), answer.to_vec());
        let thread = thread::spawn(move || serve(talk, &answer));
        Self {
            line,
            thread: Some(thread),
        }
    }

    /// Lifts the card and says how often it was asked for its number.
    fn lift(mut self) -> usize {
        self.line.shutdown(std::net::Shutdown::Both).unwrap();
        self.thread.take().unwrap().join().unwrap()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.line
            .shutdown(std::net::Shutdown::Both)
            .unwrap_or_default();
    }
}

/// vpcd's protocol: two bytes of length, then 00 off, 01 on, 02 reset, 04 the ATR, or a command for the card.
fn serve(mut line: TcpStream, answer: &[u8]) -> usize {
    let mut asked = 0;
    let mut head = [0; 2];
    while line.read_exact(&mut head).is_ok() {
        let mut message = vec![0; usize::from(u16::from_be_bytes(head))];
        if line.read_exact(&mut message).is_err() {
            break;
        }
        let reply = match message.as_slice() {
            [0..=2] => continue,
            [4] => &ATR[..],
            command if command == GET_UID => {
                asked += 1;
                answer
            }
            _ => &[0x6D, 0x00],
        };
        let len = u16::try_from(reply.len()).unwrap().to_be_bytes();
        if line.write_all(&[&len, reply].concat()).is_err() {
            break;
        }
    }
    asked
}

/// The real thread of a reader.
struct Station(Receiver<ReaderNews>);

impl Station {
    fn on(port: &str) -> Self {
        let (sender, news) = sync_channel(4);
        let port = ReaderPort {
            index: 2,
            port: Port::parse(port).unwrap(),
            baud: 0,
            decoder: Decoder::pcsc(),
        };
        spawn(port, move |news| sender.send(news).is_ok()).unwrap();
        Self(news)
    }

    fn next(&self, within: u64) -> Option<String> {
        let news = self.0.recv_timeout(Duration::from_secs(within)).ok()?;
        Some(match news {
            ReaderNews::Up { .. } => "up".to_owned(),
            ReaderNews::Down { why, .. } => why,
            ReaderNews::Remark { what, .. } => what.to_owned(),
            ReaderNews::Card { read: Ok(card), .. } => format!("+{}", card.as_str()),
            ReaderNews::Card {
                read: Err(fault), ..
            } => fault.name().to_owned(),
            ReaderNews::Gone { card, .. } => format!("-{}", card.as_str()),
        })
    }

    #[track_caller]
    fn expect(&self, want: &str) {
        assert_eq!(self.next(15).as_deref(), Some(want));
    }
}

fn answer(uid: &[u8]) -> Vec<u8> {
    [uid, &DONE].concat()
}

#[test]
fn without_pcscd_the_station_says_what_to_start_and_comes_up_once_it_runs() {
    let _alone = alone();
    let station = Station::on("pcsc:*");
    station.expect("pcscd does not run: systemctl enable --now pcscd.socket");
    let pcscd = Pcscd::start("late");
    loop {
        match station.next(15).as_deref() {
            Some("up") => break,
            // pcscd listens before its reader is there.
            Some(told) => assert!(told.contains("no reader"), "{told}"),
            None => panic!("the station does not come up"),
        }
    }
    drop(pcscd);
    // pcscd takes its readers away before it goes; the station may see either first.
    let told = station.next(15).unwrap_or_else(|| panic!("no word"));
    let known = ["pcscd does not run", "the reader was unplugged"];
    assert!(known.iter().any(|part| told.contains(part)), "{told}");
}

#[test]
fn cards_come_once_and_go() {
    let _alone = alone();
    let _pcscd = Pcscd::start("cards");
    let station = up("pcsc:Virtual PCD");
    for (uid, want) in [
        (&NTAG[..], "04A1B2C3D4E5F6"),
        (&[0x9E, 0xB3, 0x6E, 0x66], "9EB36E66"),
        (&[4, 1, 2, 3, 4, 5, 6, 7, 8, 9], "04010203040506070809"),
    ] {
        let held = Held::with(&answer(uid));
        station.expect(&format!("+{want}"));
        assert_eq!(station.next(2), None, "a card that lies there comes once");
        assert_eq!(held.lift(), 1, "and is asked once");
        station.expect(&format!("-{want}"));
    }
}

#[test]
fn what_is_no_card_of_ours_is_named() {
    let _alone = alone();
    let _pcscd = Pcscd::start("faults");
    let station = up("pcsc:*");
    for (answer, want) in [
        (answer(&[0x08, 0x12, 0x34, 0x56]), "random-id"),
        (vec![0x6A, 0x81], "no-uid"),
        (vec![0x63, 0x00], "no-uid"),
        (answer(&[1, 2, 3, 4, 5]), "id-length"),
    ] {
        let held = Held::with(&answer);
        station.expect(want);
        assert_eq!(held.lift(), 1);
        // Longer than a fault is held back as the same one.
        assert_eq!(station.next(2), None, "what was no card does not go");
    }
    let held = Held::with(&[&NTAG[..], &DONE].concat());
    station.expect("+04A1B2C3D4E5F6");
    drop(held);
    station.expect("-04A1B2C3D4E5F6");
}

#[test]
fn another_reader_is_not_taken() {
    let _alone = alone();
    let _pcscd = Pcscd::start("other");
    drop(up("pcsc:*"));
    let station = Station::on("pcsc:ACR122");
    station.expect("no such reader; there is \"Virtual PCD 00 00\"");
}

/// A station whose reader is there, after however many tries.
fn up(port: &str) -> Station {
    let station = Station::on(port);
    let mut told = Vec::new();
    while told.last().is_none_or(|last| last != "up") {
        let next = station.next(15);
        told.push(next.unwrap_or_else(|| panic!("only {told:?}")));
    }
    station
}

/// What `device list` says of a station whose reader is at this port.
fn list(port: &str) -> String {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pcsc-config");
    fs::create_dir_all(&folder).unwrap();
    for file in ["station.toml", "catalogue.toml", "rules.toml", "staff.toml"] {
        let text = fs::read_to_string(example.join(file)).unwrap();
        let text = match text.split_once("[[reader]]") {
            Some((head, _)) => {
                format!("{head}[[reader]]\nname = \"tag\"\nport = \"{port}\"\nformat = \"pcsc\"\n")
            }
            None => text,
        };
        fs::write(folder.join(file), text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_wenming"))
        .args(["device", "list", "--dev", "/nowhere", "--config"])
        .arg(&folder)
        .envs(crate::harness::ENGLISH)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_list_of_devices_has_the_readers_of_pcscd_or_says_that_it_is_away() {
    let _alone = alone();
    assert_eq!(
        list("pcsc:*"),
        "missing  pcsc:*, of reader \"tag\": pcscd does not run: systemctl enable --now pcscd.socket\n"
    );
    let _pcscd = Pcscd::start("list");
    drop(up("pcsc:*"));
    let there = "pcsc     pcsc:Virtual PCD 00 00";
    let lists = list("pcsc:Virtual");
    let first = lists.lines().next();
    assert_eq!(first, Some(&*format!("{there}, used by reader \"tag\"")));
    assert!(!lists.contains("missing"), "{lists}");
    let lists = list("pcsc:ACR122");
    assert!(lists.starts_with(&format!("{there}\n")), "{lists}");
    let missing = "missing  pcsc:ACR122, of reader \"tag\": pcscd has no such reader\n";
    assert!(lists.ends_with(missing), "{lists}");
}
