//! Scanners of the GROW family, GM65, GM805, GM812 and GM861: text lines, with answers to commands among them.
//!
//! ```text
//! command  7E 00 | type | len | address(2) | data | crc(2)       type 08 write, 0A heartbeat
//! answer   02 00 | 00 | len | data | crc(2)                      03 00 for the heartbeat of a GM861
//! ```
//!
//! CRC-16/XMODEM over type to data. Source: GM65 manual, chapter 2; every example there was computed again. Some firmware
//! ends each answer with 33 31, which is the CRC of the data 00, so that is taken, too. A scanner is
//! written to only where the config says so, and only these two commands: others change its settings.

use crate::domain::CardId;
use crate::wire::{ETX, FrameFault, LineForm, Lines, STX};
use std::collections::VecDeque;

/// Starts one reading of a scanner in command mode: writes 01 to the address 0002.
pub const TRIGGER: [u8; 9] = [0x7E, 0x00, 0x08, 0x01, 0x00, 0x02, 0x01, 0x02, 0xDA];
/// Asks a GM861 whether it is there.
pub const HEARTBEAT: [u8; 9] = [0x7E, 0x00, 0x0A, 0x01, 0x00, 0x00, 0x00, 0x30, 0x1A];

/// The pace of heartbeats. Source: GM861 manual.
const HEARTBEAT_MS: i64 = 10_000;
/// A reading ends by itself after five seconds at most by default; sooner, so that no person waits for the next.
const TRIGGER_MS: i64 = 3_000;
/// So many unanswered commands mean that the scanner is gone. Source: GM861 manual.
const MISSES: u8 = 3;
/// The CRC that some firmware ends every answer with.
const LAZY_CRC: [u8; 2] = [0x33, 0x31];

/// What is said to a scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// Nothing: it reads by itself, by its button or by its sensor.
    Nothing,
    /// [`HEARTBEAT`] every ten seconds.
    Heartbeat,
    /// [`TRIGGER`] every three seconds.
    Trigger,
}

impl Talk {
    const fn command(self) -> Option<([u8; 9], i64)> {
        match self {
            Self::Nothing => None,
            Self::Heartbeat => Some((HEARTBEAT, HEARTBEAT_MS)),
            Self::Trigger => Some((TRIGGER, TRIGGER_MS)),
        }
    }
}

/// A scanner and what it owes.
pub struct Gm65 {
    lines: Lines,
    /// What may be the beginning of an answer.
    begun: Vec<u8>,
    talk: Talk,
    next_ms: Option<i64>,
    /// Commands since the last answer.
    owed: u8,
    answered: bool,
    out: Vec<u8>,
}

/// Where begun bytes lead.
enum Step {
    Wait,
    Answer,
    Text,
}

impl Gm65 {
    /// Starts with nothing held and nothing said.
    pub const fn new(form: LineForm, talk: Talk) -> Self {
        Self {
            lines: Lines::new(form),
            begun: Vec::new(),
            talk,
            next_ms: None,
            owed: 0,
            answered: false,
            out: Vec::new(),
        }
    }

    /// How the lines look.
    pub const fn form(&self) -> &LineForm {
        self.lines.form()
    }

    /// The line was opened: the first command is due.
    pub fn restart(&mut self, mono_ms: i64) {
        self.forget();
        self.out.clear();
        self.owed = 0;
        self.answered = false;
        self.next_ms = self.talk.command().map(|_| mono_ms);
        self.tick(mono_ms);
    }

    /// Takes one byte; bytes that turn out to be no answer are text after all.
    pub fn byte(&mut self, byte: u8) -> Vec<Result<CardId, FrameFault>> {
        let mut reads = Vec::new();
        let mut queue = VecDeque::from([byte]);
        while let Some(byte) = queue.pop_front() {
            if self.begun.is_empty() && !matches!(byte, STX | ETX) {
                reads.extend(self.lines.byte(byte));
                continue;
            }
            self.begun.push(byte);
            match step(&self.begun) {
                Step::Wait => {}
                Step::Answer => {
                    self.begun.clear();
                    self.owed = 0;
                    self.answered = true;
                }
                Step::Text => {
                    let mut begun = std::mem::take(&mut self.begun).into_iter();
                    reads.extend(begun.next().and_then(|first| self.lines.byte(first)));
                    for byte in begun.rev() {
                        queue.push_front(byte);
                    }
                }
            }
        }
        reads
    }

    /// The line fell silent: no answer is on its way.
    pub fn gap(&mut self) -> Vec<Result<CardId, FrameFault>> {
        let mut reads = Vec::new();
        // Text after a false beginning can begin falsely again, each time shorter.
        while !self.begun.is_empty() {
            let mut begun = std::mem::take(&mut self.begun).into_iter();
            reads.extend(begun.next().and_then(|first| self.lines.byte(first)));
            for byte in begun {
                reads.extend(self.byte(byte));
            }
        }
        reads.extend(self.lines.gap());
        reads
    }

    /// Forgets what was begun.
    pub fn forget(&mut self) {
        self.begun.clear();
        self.lines.forget();
    }

    /// Says the next command when it is due.
    pub fn tick(&mut self, mono_ms: i64) {
        let due = self.next_ms.is_some_and(|due| due <= mono_ms);
        if let Some((command, pace_ms)) = self.talk.command().filter(|_| due && !self.is_lost()) {
            self.out.extend(command);
            self.owed = self.owed.saturating_add(1);
            self.next_ms = Some(mono_ms.saturating_add(pace_ms));
        }
    }

    /// What to write to the line now.
    pub fn outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// When to call [`Self::tick`].
    pub const fn next_wake_ms(&self) -> Option<i64> {
        if self.is_lost() { None } else { self.next_ms }
    }

    /// Says whether it answered, or owes no answer.
    pub const fn is_ready(&self) -> bool {
        self.answered || matches!(self.talk, Talk::Nothing)
    }

    /// Says whether it has left too many commands unanswered.
    pub const fn is_lost(&self) -> bool {
        self.owed > MISSES
    }
}

/// Judges bytes that begin with STX or ETX.
fn step(begun: &[u8]) -> Step {
    let Some((head, rest)) = begun.split_first_chunk::<4>() else {
        let zeros = begun.iter().skip(1).all(|byte| *byte == 0);
        // The length is the fourth byte.
        return if zeros { Step::Wait } else { Step::Text };
    };
    let [_, 0, 0, len] = *head else {
        return Step::Text;
    };
    let len = usize::from(len);
    let Some((data, sum)) = rest.split_at_checked(len) else {
        return Step::Wait;
    };
    let Some(sum) = sum.first_chunk::<2>() else {
        return Step::Wait;
    };
    let summed = head.iter().skip(2).chain(data).copied();
    if xmodem(summed).to_be_bytes() == *sum || *sum == LAZY_CRC {
        Step::Answer
    } else {
        Step::Text
    }
}

/// CRC-16/XMODEM: polynomial 1021, from 0, highest bit first.
fn xmodem(bytes: impl Iterator<Item = u8>) -> u16 {
    bytes.fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            let next = crc << 1;
            if crc & 0x8000 == 0 {
                next
            } else {
                next ^ 0x1021
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::TownshipCode;

    /// The manual's answer to a write, to the read of 000A, and to a heartbeat.
    const DONE: &[u8] = &[0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31];
    const VALUE: &[u8] = &[0x02, 0x00, 0x00, 0x01, 0x3E, 0xE4, 0xAC];
    const ALIVE: &[u8] = &[0x03, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31];

    fn scanner(talk: Talk) -> Gm65 {
        Gm65::new(
            LineForm::plain(TownshipCode::parse("LUCHENG").unwrap()),
            talk,
        )
    }

    fn feed(bytes: &[u8]) -> Vec<Result<String, FrameFault>> {
        let mut scanner = scanner(Talk::Nothing);
        let mut reads: Vec<_> = bytes.iter().flat_map(|b| scanner.byte(*b)).collect();
        reads.extend(scanner.gap());
        reads
            .into_iter()
            .map(|r| r.map(|card| card.as_str().to_owned()))
            .collect()
    }

    #[test]
    fn commands_carry_the_sums_of_the_manual() {
        for (command, sum) in [
            (&TRIGGER[2..7], 0x02DA),
            (&HEARTBEAT[2..7], 0x301A),
            (&[0x07, 0x01, 0x00, 0x0A, 0x01], 0xEE8A),
            (&[0x08, 0x01, 0x00, 0x0A, 0x3E], 0x4CCF),
            (&[0x09, 0x01, 0x00, 0x00, 0x00], 0xDEC8),
            (&[0x00, 0x01, 0x00], 0x3331),
            (&[0x00, 0x01, 0x3E], 0xE4AC),
        ] {
            assert_eq!(xmodem(command.iter().copied()), sum, "{command:02x?}");
        }
        assert_eq!(TRIGGER[7..], [0x02, 0xDA]);
        assert_eq!(HEARTBEAT[7..], [0x30, 0x1A]);
    }

    #[test]
    fn answers_are_taken_out_wherever_they_stand() {
        let card = || Ok("0005591234".to_owned());
        let lazy = [0x02, 0x00, 0x00, 0x01, 0x3E, 0x33, 0x31];
        let long = [0x02, 0x00, 0x00, 0x02, b'\r', b'\n', 0xB9, 0x76];
        let code: &[u8] = b"0005591234\r";
        for (bytes, want) in [
            (DONE.to_vec(), vec![]),
            ([DONE, code].concat(), vec![card()]),
            ([code, ALIVE, VALUE, code].concat(), vec![card(), card()]),
            // Within a code, and within a framed one.
            ([&code[..4], ALIVE, &code[4..]].concat(), vec![card()]),
            ([&code[..4], &lazy, &code[4..]].concat(), vec![card()]),
            (
                [b"\x020005", DONE, b"591234\x03", DONE].concat(),
                vec![card()],
            ),
            (b"\x020005591234\r\n\x03".to_vec(), vec![card()]),
            // An answer with end marks in it.
            ([&code[..4], &long, &code[4..]].concat(), vec![card()]),
            // A false beginning gives back what it took.
            (
                [&[0x02, 0x00, 0x00, 0xFF], code].concat(),
                vec![Err(FrameFault::NotText)],
            ),
            (
                [&[0x02, 0x02, 0x00], &b"\r"[..], code].concat(),
                vec![Err(FrameFault::NotText), card()],
            ),
            // A wrong sum.
            (
                [&[0x02, 0x00, 0x00, 0x01, 0x3E, 0xE4, 0xAD, b'\r'], code].concat(),
                vec![Err(FrameFault::NotText), card()],
            ),
        ] {
            assert_eq!(feed(&bytes), want, "{bytes:02x?}");
        }
    }

    #[test]
    fn an_answer_of_two_bytes_has_its_sum() {
        assert_eq!(xmodem([0x00, 0x02, b'\r', b'\n'].into_iter()), 0xB976);
    }

    #[test]
    fn a_scanner_is_spoken_to_only_when_told() {
        let mut quiet = scanner(Talk::Nothing);
        quiet.restart(0);
        quiet.tick(1_000_000);
        assert_eq!((quiet.outgoing(), quiet.next_wake_ms()), (vec![], None));
        assert!(quiet.is_ready() && !quiet.is_lost());

        let mut asked = scanner(Talk::Heartbeat);
        asked.restart(500);
        assert!(!asked.is_ready());
        assert_eq!(asked.outgoing(), HEARTBEAT);
        assert_eq!(asked.next_wake_ms(), Some(10_500));
        for byte in ALIVE {
            assert_eq!(asked.byte(*byte), []);
        }
        assert!(asked.is_ready());
        for beat in 1..=3 {
            asked.tick(500 + beat * 10_000 - 1);
            assert!(asked.outgoing().is_empty());
            asked.tick(500 + beat * 10_000);
            assert_eq!(asked.outgoing(), HEARTBEAT);
            assert!(!asked.is_lost());
        }
        asked.tick(40_500);
        assert!(asked.is_lost(), "three were not answered");
        assert_eq!(asked.next_wake_ms(), None);
        asked.restart(60_000);
        assert!(!asked.is_lost() && !asked.is_ready());

        let mut triggered = scanner(Talk::Trigger);
        triggered.restart(0);
        triggered.tick(3_000);
        assert_eq!(triggered.outgoing(), [TRIGGER, TRIGGER].concat());
    }
}
