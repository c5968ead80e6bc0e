//! `wenming device sim`: plays a device on a pseudo-terminal, so that any program can be pointed at it.

use crate::cli::{Failure, is_unheard, print};
use crate::disk::MARK;
use crate::domain::{SimKind, clean};
use crate::shell::clock::Clock;
use crate::sim::{Act, Device, Fault};
use clap::{Args, ValueEnum};
use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::fs::File;
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// What waits for the device: bytes of the host, and hands.
const WAITING: usize = 256;
/// The longest wait before the device is looked at again; faults end by themselves.
const LOOK_MS: i64 = 100;
/// The most bytes that go to the host at once.
const PIECE: usize = 256;
/// A fault without a duration lasts until it is mended.
const FOR_EVER_MS: i64 = i64::MAX / 2;

/// Arguments of `wenming device sim`.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(super) struct Sim {
    /// Which device
    #[arg(value_enum)]
    device: Kind,
}

const HELP: &str = "Its pseudo-terminal is printed first.
Commands on standard input, one a line; its end ends the program:
  card NUMBER     put a card on the reader, or hold a code to the scanner;
                  rdm6300: ten hex digits; pn532: 4, 7 or 10 bytes in hex, and +ATS where it has one
  gone            take it away
  fault NAME [MS] unplug, half, bad-checksum, twice, storm, slow; of a printer unplug, slow, paper-out, cover-open
  mend            nothing is wrong any more
Example: echo 'card 04A1B2C3D4E5F6' | wenming device sim pn532";

/// A device on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Rdm6300,
    Pn532,
    Gm65,
    Printer,
}

impl From<Kind> for SimKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Rdm6300 => Self::Rdm6300,
            Kind::Pn532 => Self::Pn532,
            Kind::Gm65 => Self::Gm65,
            Kind::Printer => Self::Printer,
        }
    }
}

/// What reaches the device.
enum Input {
    Host(Vec<u8>),
    Hand(String),
    End,
}

impl Sim {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let (line, path, _held) = pseudo_terminal()?;
        let (send, receive) = sync_channel(WAITING);
        let host = line.try_clone()?;
        let heard = send.clone();
        thread::Builder::new()
            .name("host".into())
            .spawn(move || hear(host, &heard))?;
        thread::Builder::new()
            .name("hand".into())
            .spawn(move || follow(&send))?;
        print(&path);
        let device = Device::new(self.device.into());
        Ok(play(device, line, &receive)?)
    }
}

/// A pseudo-terminal that changes no byte: our end, the path of the other one, and that end held open. Without it
/// every read and write would fail while no program listens.
fn pseudo_terminal() -> Result<(File, String, OwnedFd), Failure> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let path = ptsname(&ours, Vec::new())?;
    let held = open(
        path.as_c_str(),
        OFlags::RDWR | OFlags::NOCTTY,
        Mode::empty(),
    )?;
    let mut plain = tcgetattr(&held)?;
    plain.make_raw();
    tcsetattr(&held, OptionalActions::Now, &plain)?;
    let path = path
        .into_string()
        .map_err(|_| Failure::from("the system names its pseudo-terminals strangely"))?;
    Ok((File::from(ours), path, held))
}

fn hear(mut host: File, send: &SyncSender<Input>) {
    let mut buffer = [0; PIECE];
    while let Ok(n) = host.read(&mut buffer) {
        let bytes = buffer.get(..n).unwrap_or_default().to_vec();
        if n == 0 || send.send(Input::Host(bytes)).is_err() {
            return;
        }
    }
}

fn follow(send: &SyncSender<Input>) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        if send.send(Input::Hand(line)).is_err() {
            return;
        }
    }
    send.send(Input::End).unwrap_or_default();
}

/// Carries bytes between the line and the device until standard input ends.
fn play(mut device: Device, mut line: File, receive: &Receiver<Input>) -> io::Result<()> {
    let clock = Clock::start();
    let mut unheard: Vec<u8> = Vec::new();
    while !is_unheard() {
        let now_ms = clock.now().mono_ms;
        let taken = device.hear(&unheard, now_ms);
        unheard.drain(..taken);
        if !device.is_plugged(now_ms) {
            // A pseudo-terminal has no plug; the device is silent and deaf.
            unheard.clear();
        }
        let said = device.say(now_ms, PIECE);
        line.write_all(&said)?;
        for slip in device.slips(now_ms) {
            print(&slip);
            print("----");
        }
        let due_ms = device.next_ms().map_or(LOOK_MS, |at| at - now_ms);
        let wait = Duration::from_millis(due_ms.clamp(0, LOOK_MS).unsigned_abs());
        match receive.recv_timeout(wait) {
            Ok(Input::Host(bytes)) => unheard.extend(bytes),
            Ok(Input::Hand(command)) => {
                let now_ms = clock.now().mono_ms;
                match act(&command) {
                    Some(act) if device.act(&act, now_ms) => print("ok"),
                    Some(_) => print(&format!("{} cannot", device.kind().name())),
                    None => print(&format!("no command: {}", clean(&command, 40))),
                }
            }
            Ok(Input::End) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    Ok(())
}

fn act(command: &str) -> Option<Act> {
    let command = command.trim_start_matches(MARK).trim();
    let (word, rest) = command.split_once(' ').unwrap_or((command, ""));
    match (word, rest.trim()) {
        ("card", text) => Some(Act::Put(text.to_owned())),
        ("gone", "") => Some(Act::Take),
        ("mend", "") => Some(Act::MendAll),
        ("fault", text) => {
            let (name, ms) = text.split_once(' ').unwrap_or((text, ""));
            let for_ms = match ms.trim() {
                "" => FOR_EVER_MS,
                ms => ms.parse().ok()?,
            };
            Some(Act::Break(Fault::parse(name)?, for_ms))
        }
        _ => None,
    }
}
