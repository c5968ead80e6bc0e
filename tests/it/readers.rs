//! Reader threads on real lines: pseudo-terminals that are plugged, pulled and filled with noise.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot set up has failed"
)]

use serialport::{SerialPort as _, TTYPort};
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use wenming::config::Port;
use wenming::domain::{CardId, TownshipCode};
use wenming::shell::reader::{ReaderNews, ReaderPort, spawn};
use wenming::wire::{Decoder, FrameFault};

const FRAME: &[u8] = b"\x023C00CE754CCB\x03";
const OTHER_FRAME: &[u8] = b"\x0262E3086CED08\r\n\x03";

fn lines() -> Decoder {
    Decoder::lines(TownshipCode::parse("LUCHENG").unwrap())
}

/// What a reader says, without the bytes that said it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Up,
    Down(String),
    Card(Result<CardId, FrameFault>),
    Gone(CardId),
}

impl From<ReaderNews> for Told {
    fn from(news: ReaderNews) -> Self {
        let (index, told) = match news {
            ReaderNews::Up { index } => (index, Self::Up),
            ReaderNews::Down { index, why } => (index, Self::Down(why)),
            ReaderNews::Remark { what, .. } => panic!("{what}"),
            ReaderNews::Card { index, read, .. } => (index, Self::Card(read)),
            ReaderNews::Gone { index, card } => (index, Self::Gone(card)),
        };
        assert_eq!(index, 7);
        told
    }
}

fn card(number: &str) -> Told {
    Told::Card(Ok(CardId::parse(number).unwrap()))
}

fn fault(fault: FrameFault) -> Told {
    Told::Card(Err(fault))
}

fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// A device on a pseudo-terminal. The second end stays open, so that writing works before a reader listens.
struct Device {
    line: TTYPort,
    held: TTYPort,
}

impl Device {
    fn new() -> Self {
        let (line, held) = TTYPort::pair().unwrap();
        Self { line, held }
    }

    fn path(&self) -> String {
        self.held.name().unwrap()
    }

    fn send(&mut self, bytes: &[u8]) {
        self.line.write_all(bytes).unwrap();
    }
}

/// A reader thread and what it says.
struct Station {
    news: Receiver<ReaderNews>,
    thread: JoinHandle<()>,
}

impl Station {
    fn on(port: &str, decoder: Decoder) -> Self {
        let (sender, news) = sync_channel(4);
        let port = ReaderPort {
            index: 7,
            port: Port::parse(port).unwrap(),
            baud: 9_600,
            decoder,
        };
        let thread = spawn(port, move |news| sender.send(news).is_ok()).unwrap();
        Self { news, thread }
    }

    /// A device with a reader that listens to it.
    fn up(decoder: Decoder) -> (Device, Self) {
        let device = Device::new();
        let station = Self::on(&device.path(), decoder);
        station.expect(&Told::Up);
        (device, station)
    }

    fn next_within(&self, ms: u64) -> Option<Told> {
        let news = self.news.recv_timeout(Duration::from_millis(ms)).ok()?;
        Some(news.into())
    }

    fn expect(&self, want: &Told) {
        assert_eq!(self.next_within(3_000).as_ref(), Some(want));
    }

    fn expect_down(&self) -> String {
        match self.next_within(3_000) {
            Some(Told::Down(why)) => why,
            other => panic!("{other:?} instead of a loss"),
        }
    }

    fn expect_quiet(&self, ms: u64) {
        assert_eq!(self.next_within(ms), None);
    }
}

/// A link in a fresh directory, as udev keeps one for each reader.
struct Link(PathBuf);

impl Link {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = dir.join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    fn remove(&self) {
        let _ = std::fs::remove_file(&self.0);
    }

    fn point(&self, target: &str) {
        self.remove();
        symlink(target, &self.0).unwrap();
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The frame of the card `00000000` and two hex digits.
fn numbered_frame(n: usize) -> (Vec<u8>, Told) {
    let number = format!("00000000{n:02X}");
    let frame = format!("\x02{number}{n:02X}\x03").into_bytes();
    (frame, card(&number))
}

#[test]
fn a_frame_cut_anywhere_is_one_card() {
    let (mut device, station) = Station::up(Decoder::em4100());
    for at in 1..14 {
        let (frame, want) = numbered_frame(at);
        // On a busy computer a cut can last longer than the gap; a reader repeats its frame, too.
        let read = (0..5).any(|_| {
            device.send(&frame[..at]);
            pause(5);
            device.send(&frame[at..]);
            station.next_within(300).as_ref() == Some(&want)
        });
        assert!(read, "cut after {at} bytes");
    }
    let (frame, want) = numbered_frame(200);
    for byte in frame {
        device.send(&[byte]);
    }
    station.expect(&want);
    station.expect_quiet(200);
}

#[test]
fn every_line_end_is_one_scan() {
    let (mut device, station) = Station::up(lines());
    for (bytes, number) in [
        (&b"0000000001\r"[..], "0000000001"),
        (b"0000000002\n", "0000000002"),
        (b"0000000003\r\n", "0000000003"),
        (b"0000000004\t", "0000000004"),
        (b"\x020000000005\r\n\x03", "0000000005"),
        (b"WB1:LUCHENG:7K3M9Q2X:R181\r\n", "Q7K3M9Q2X"),
    ] {
        device.send(bytes);
        station.expect(&card(number));
    }
    // The CR and LF of one scan in two reads, and the same scan twice within 50 ms.
    device.send(b"0000000006\r");
    pause(30);
    device.send(b"\n0000000006\r\n");
    station.expect(&card("0000000006"));
    station.expect_quiet(400);
}

#[test]
fn after_noise_the_next_card_is_read_at_once() {
    for (decoder, frame, number) in [
        (Decoder::em4100(), FRAME, "3C00CE754C"),
        (lines(), b"0005591234\r", "0005591234"),
    ] {
        let (mut device, station) = Station::up(decoder);
        let mut told = 0;
        let mut byte = 1_u8;
        for _ in 0..40 {
            // Every value of a byte, in an order that no frame has.
            let noise: Vec<u8> = std::iter::repeat_with(|| {
                byte = byte.wrapping_mul(29).wrapping_add(41);
                byte
            })
            .take(97)
            .collect();
            device.send(&noise);
            told += usize::from(station.next_within(25).is_some());
        }
        assert!(told <= 2, "{told} faults in a second of noise");
        pause(300);
        while station.next_within(0).is_some() {}
        device.send(frame);
        assert_eq!(station.next_within(1_000), Some(card(number)));
    }
}

#[test]
fn a_pulled_reader_comes_back_elsewhere() {
    let link = Link::new("pulled");
    let mut device = Device::new();
    link.point(&device.path());
    let station = Station::on(link.path(), Decoder::em4100());
    station.expect(&Told::Up);
    device.send(FRAME);
    station.expect(&card("3C00CE754C"));
    device.send(&FRAME[..7]);
    pause(20);
    // The system takes the link away with the device; its number may be another's at once.
    link.remove();
    drop(device);
    assert!(!station.expect_down().is_empty());
    // It is tried again and again; that is told once.
    station.expect_quiet(900);

    let mut device = Device::new();
    link.point(&device.path());
    station.expect(&Told::Up);
    // The half frame of before is forgotten: its other half is no card.
    device.send(&FRAME[7..]);
    station.expect_quiet(200);
    device.send(OTHER_FRAME);
    station.expect(&card("62E3086CED"));
}

#[test]
fn a_reader_that_was_never_there_is_told_once() {
    let link = Link::new("absent");
    let station = Station::on(link.path(), lines());
    let why = station.expect_down();
    assert!(why.contains("No such file"), "{why}");
    station.expect_quiet(1_000);
}

#[test]
fn a_line_without_end_is_told_once() {
    let (mut device, station) = Station::up(lines());
    for _ in 0..10 {
        device.send(&[b'7'; 1_000]);
        pause(5);
    }
    station.expect(&fault(FrameFault::TooLong));
    device.send(b"7\r");
    station.expect_quiet(200);
    device.send(b"0005591234\r");
    station.expect(&card("0005591234"));
}

#[test]
fn hostile_text_is_a_fault_and_no_card() {
    for bytes in [
        &b"0005\x1b[2J591234\r"[..],
        b"\x1b]0;own\x07\r",
        "0005\u{202e}591234\r".as_bytes(),
        b"\xd5\xc5\xc80005591234\r",
    ] {
        let (mut device, station) = Station::up(lines());
        device.send(bytes);
        station.expect(&fault(FrameFault::NotText));
        device.send(b"0005591234\r");
        station.expect(&card("0005591234"));
    }
}

#[test]
fn what_waited_before_the_open_is_thrown_away() {
    let mut device = Device::new();
    device.send(FRAME);
    device.send(&FRAME[..5]);
    let station = Station::on(&device.path(), Decoder::em4100());
    station.expect(&Told::Up);
    station.expect_quiet(300);
    device.send(OTHER_FRAME);
    station.expect(&card("62E3086CED"));
}

#[test]
fn a_card_left_lying_is_one_card() {
    let (mut device, station) = Station::up(Decoder::em4100());
    for _ in 0..46 {
        device.send(FRAME);
        pause(65);
    }
    // Taken away in the middle of a frame.
    device.send(&FRAME[..9]);
    station.expect(&card("3C00CE754C"));
    station.expect_quiet(800);
    device.send(FRAME);
    station.expect(&card("3C00CE754C"));
}

#[test]
fn half_a_frame_is_a_fault_and_the_next_is_read() {
    let (mut device, station) = Station::up(Decoder::em4100());
    device.send(&FRAME[..9]);
    station.expect(&fault(FrameFault::TooShort));
    device.send(FRAME);
    station.expect(&card("3C00CE754C"));
}

#[test]
fn the_thread_ends_when_nobody_listens() {
    let (mut device, station) = Station::up(Decoder::em4100());
    // More news than the channel holds: the thread waits for room when the program ends.
    for n in 0..6 {
        device.send(&numbered_frame(n).0);
    }
    pause(200);
    let Station { news, thread } = station;
    drop(news);
    for _ in 0..100 {
        if thread.is_finished() {
            return;
        }
        pause(20);
    }
    panic!("the thread still waits");
}
