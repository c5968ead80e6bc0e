//! The simulated PN532 as others see it: a Python library that knows nothing of us reads its cards over a
//! pseudo-terminal, and our own driver reads them through every fault.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::equipment::{ours, python};
use proptest::collection::vec;
use proptest::prelude::*;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;
use wenming::domain::SimKind;
use wenming::sim::{Act, Device, Fault};
use wenming::wire::{Decoder, Seen};

/// Asks the library for one thing a line of standard input.
const SCRIPT: &str = r"
import sys, serial
from adafruit_pn532.uart import PN532_UART
reader = PN532_UART(serial.Serial(sys.argv[1], baudrate=115200, timeout=0.1))
for line in sys.stdin:
    word = line.strip()
    try:
        if word == 'version':
            print(*reader.firmware_version, flush=True)
        elif word == 'sam':
            print(reader.SAM_configuration(), flush=True)
        elif word == 'read':
            uid = reader.read_passive_target(timeout=0.5)
            print(uid and bytes(uid).hex(), flush=True)
        elif word == 'power':
            print(reader.power_down(), flush=True)
    except RuntimeError as error:
        print('error', error, flush=True)
";

/// A program that answers a line with a line.
struct Partner {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Partner {
    fn new(program: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(ours(program))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        Self {
            child,
            input,
            output,
        }
    }

    fn line(&mut self) -> String {
        let line = self.output.next();
        line.unwrap_or_else(|| panic!("it ended with {:?}", self.child.wait()))
            .unwrap()
    }

    fn ask(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").unwrap();
        self.line()
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed.
        self.child.kill().unwrap_or_default();
        self.child.wait().unwrap();
    }
}

/// Puts a card down and waits until the look that the library gave up is answered: it throws that answer away when it
/// asks again, but takes one that comes a moment later for its own.
fn put(sim: &mut Partner, card: &str) {
    assert_eq!(sim.ask(&format!("card {card}")), "ok");
    thread::sleep(Duration::from_millis(100));
}

#[test]
fn a_library_that_knows_nothing_of_us_reads_the_simulated_cards() {
    let python = python(&["adafruit-circuitpython-pn532", "pyserial"]);
    let program = Path::new(env!("CARGO_BIN_EXE_wenming"));
    let mut sim = Partner::new(program, &["device", "sim", "pn532"]);
    let path = sim.line();
    let mut library = Partner::new(&python, &["-c", SCRIPT, &path]);
    // 0x32, version 1, revision 6, all three standards.
    assert_eq!(library.ask("version"), "50 1 6 7");
    assert_eq!(library.ask("sam"), "None");
    assert_eq!(library.ask("read"), "None", "nothing lies there");
    for (card, uid) in [
        ("9EB36E66", "9eb36e66"),
        ("047BCB51962280", "047bcb51962280"),
        // A card with a processor: what it says of itself is not part of its number.
        ("FDE60899+7880700200", "fde60899"),
    ] {
        put(&mut sim, card);
        assert_eq!(library.ask("read"), uid);
        assert_eq!(library.ask("read"), uid, "it still lies there");
        assert_eq!(sim.ask("gone"), "ok");
        assert_eq!(library.ask("read"), "None");
    }
    // The library refuses what is wrong, in words of its own.
    put(&mut sim, "04010203040506070809");
    assert_eq!(
        library.ask("read"),
        "error Found card with unexpectedly long UID!"
    );
    put(&mut sim, "9EB36E66");
    assert_eq!(sim.ask("fault bad-checksum"), "ok");
    let said = library.ask("read");
    assert!(
        said.starts_with("error ('Response checksum did not match expected value: '"),
        "{said}"
    );
    assert_eq!(sim.ask("mend"), "ok");
    assert_eq!(library.ask("read"), "9eb36e66");
    assert_eq!(library.ask("power"), "True");
    assert_eq!(library.ask("read"), "9eb36e66", "it wakes up again");
    for wrong in ["card 9EB36E", "card 9EB36E6", "card XX", "fault paper-out"] {
        assert_eq!(sim.ask(wrong), "pn532 cannot");
    }
    assert_eq!(sim.ask("fault nothing"), "no command: fault nothing");
}

/// The line between our driver and the chip: bytes arrive in pieces of these sizes.
struct Bench {
    chip: Device,
    driver: Decoder,
    now_ms: i64,
    pieces: Vec<usize>,
    turn: usize,
    seen: Vec<Seen>,
}

impl Bench {
    fn new(pieces: Vec<usize>) -> Self {
        let mut driver = Decoder::pn532();
        driver.restart(0);
        Self {
            chip: Device::new(SimKind::Pn532),
            driver,
            now_ms: 0,
            pieces,
            turn: 0,
            seen: Vec::new(),
        }
    }

    /// A thread as the kiosk has it, a millisecond at a time.
    fn pass(&mut self, ms: i64) {
        let until = self.now_ms + ms;
        while self.now_ms < until {
            let out = self.driver.outgoing();
            for byte in out.chunks(self.piece()) {
                self.chip.hear(byte, self.now_ms);
            }
            let piece = self.piece();
            let said = self.chip.say(self.now_ms, piece);
            let reads = if said.is_empty() {
                self.driver.tick(self.now_ms)
            } else {
                self.driver.push(&said, self.now_ms)
            };
            self.seen.extend(reads.into_iter().map(|read| read.seen));
            if self.driver.is_lost() {
                // As the thread does: the line is opened anew.
                self.driver.restart(self.now_ms);
            }
            self.now_ms += 1;
        }
    }

    fn piece(&mut self) -> usize {
        self.turn += 1;
        self.pieces[self.turn % self.pieces.len()]
    }

    fn act(&mut self, act: &Act) {
        assert!(self.chip.act(act, self.now_ms), "{act:?}");
    }

    fn cards(&mut self) -> Vec<String> {
        let seen = std::mem::take(&mut self.seen).into_iter();
        let cards = seen.filter_map(|seen| match seen {
            Seen::Card(card) => Some(card.as_str().to_owned()),
            Seen::Fault(_) | Seen::Removed(_) => None,
        });
        let mut cards: Vec<String> = cards.collect();
        cards.dedup();
        cards
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    proptest::sample::select(vec![
        Fault::Unplug,
        Fault::Half,
        Fault::BadChecksum,
        Fault::Twice,
        Fault::Storm,
        Fault::Slow,
    ])
}

/// Our driver on a line with these faults, one after the other: which, for how long, how long until the next, and whether a
/// card lies there. Then all is well, and it must find the next card.
fn comes_back(pieces: Vec<usize>, ills: Vec<(Fault, i64, i64, bool)>) -> Result<(), TestCaseError> {
    let mut bench = Bench::new(pieces);
    for (fault, lasts_ms, wait_ms, lies) in ills {
        let act = if lies {
            Act::Put("047BCB51962280".to_owned())
        } else {
            Act::Take
        };
        bench.act(&act);
        bench.act(&Act::Break(fault, lasts_ms));
        bench.pass(wait_ms);
    }
    for card in bench.cards() {
        prop_assert_eq!(card, "047BCB51962280", "no fault makes another card");
    }
    bench.act(&Act::MendAll);
    bench.act(&Act::Take);
    // Three unanswered questions, 1.9 s, one waking that was not heard, 1.5 s, and what a slow line has under way.
    bench.pass(5_000);
    prop_assert!(bench.driver.is_ready());
    bench.cards();
    bench.act(&Act::Put("9EB36E66".to_owned()));
    bench.pass(400);
    prop_assert_eq!(bench.cards(), vec!["9EB36E66".to_owned()]);
    bench.act(&Act::Take);
    bench.pass(600);
    prop_assert!(
        matches!(bench.seen.last(), Some(Seen::Removed(_))),
        "{:?}",
        &bench.seen
    );
    prop_assert!(
        bench.seen.len() <= 2,
        "at most an answer that was under way: {:?}",
        &bench.seen
    );
    Ok(())
}

/// A slow line that still brings spoilt answers, each of them twice: a driver that wakes the chip anew at every one of them
/// gets as many again, and never comes back.
#[test]
fn our_driver_does_not_answer_noise_of_its_own_making() {
    let spoilt = vec![
        (Fault::BadChecksum, 1_036, 0, false),
        (Fault::Twice, 438, 100, false),
        (Fault::Slow, 563, 213, false),
    ];
    comes_back(vec![1, 1, 8, 1], spoilt).unwrap();
    let stormy = vec![
        (Fault::Storm, 401, 1_057, false),
        (Fault::BadChecksum, 2_958, 904, true),
        (Fault::Twice, 1_641, 1_391, true),
        (Fault::Slow, 628, 236, true),
    ];
    comes_back(vec![30, 9, 24, 30, 35], stormy).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn our_driver_reads_the_next_good_card_after_any_faults(
        pieces in vec(1..40_usize, 1..12),
        ills in vec((fault(), 1..3_000_i64, 0..1_500_i64, any::<bool>()), 0..6),
    ) {
        comes_back(pieces, ills)?;
    }
}
