//! The conversation with a PN532: wake it up, set it up, ask for cards, notice when one is taken away.
//!
//! ```text
//! wake-up and SAMConfiguration -> GetFirmwareVersion -> RFConfiguration -> InListPassiveTarget, again and again
//! ```
//!
//! The chip acknowledges each command and then answers it. An answer that does not come is cancelled by an ACK of
//! ours (UM0701-02 6.2.1.6) and asked for again; a chip that stays silent is woken anew, and after three wakings the line is
//! given up.

use crate::domain::{CardId, hex};
use crate::wire::pn532::{Frame, Frames, command};
use crate::wire::{FrameFault, Seen};

/// `55 55` and zeros wake the chip (UM0701-02 7.2.11); then `SAMConfiguration`, normal mode.
const WAKE: [u8; 24] = [
    0x55, 0x55, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0x03, 0xFD, 0xD4, 0x14, 0x01, 0x17,
    0x00,
];
/// Ends the command that the chip is at.
const CANCEL: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
/// `GetFirmwareVersion`.
const VERSION: u8 = 0x02;
/// `RFConfiguration`, and its item for retries: for ever for ATR and PSL as at power-on, twice for a card. At power-on it
/// is for ever for a card, too, and the chip would not answer until one comes.
const RF: u8 = 0x32;
const RETRIES: [u8; 4] = [0x05, 0xFF, 0x01, 0x02];
/// `InListPassiveTarget`: one card, 106 kbit/s type A.
const POLL: u8 = 0x4A;
const ONE_TYPE_A: [u8; 2] = [0x01, 0x00];
/// The answer to a command has the command's code and one.
const SAM_ANSWER: u8 = 0x15;
const VERSION_ANSWER: u8 = 0x03;
const RF_ANSWER: u8 = 0x33;
const POLL_ANSWER: u8 = 0x4B;

/// How long the first ACK may take. Source: nfcpy waits 1500 ms on the USB of a Raspberry Pi.
const WAKE_MS: i64 = 1_500;
/// How long an answer may take; two retries for a card take 10 ms.
const ANSWER_MS: i64 = 500;
/// The pause between two polls.
const PAUSE_MS: i64 = 120;
/// So many polls without the card mean that it is gone; one can fail by a hand that trembles.
const MISSES: u8 = 2;
/// So many unanswered polls, and the chip is woken anew.
const FAILURES: u8 = 3;
/// So many wakings without an answer, and the line is given up.
const WAKINGS: u8 = 3;

/// What the chip is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing was sent: bytes are only decoded.
    Passive,
    Waking,
    Naming,
    Setting,
    Polling,
    Pausing,
    /// It does not answer.
    Lost,
}

/// A PN532 and what lies on it.
pub struct Pn532 {
    frames: Frames,
    state: State,
    out: Vec<u8>,
    /// When the present state has lasted too long.
    until_ms: Option<i64>,
    failures: u8,
    wakings: u8,
    card: Option<CardId>,
    misses: u8,
}

impl Default for Pn532 {
    fn default() -> Self {
        Self::new()
    }
}

impl Pn532 {
    /// Decodes what comes and sends nothing until [`Self::restart`].
    pub const fn new() -> Self {
        Self {
            frames: Frames::new(),
            state: State::Passive,
            out: Vec::new(),
            until_ms: None,
            failures: 0,
            wakings: 0,
            card: None,
            misses: 0,
        }
    }

    /// The line was opened: everything begins with the wake-up. A card that lay there is still believed there.
    pub fn restart(&mut self, mono_ms: i64) {
        self.frames.forget();
        self.out.clear();
        self.wakings = 0;
        self.wake(mono_ms);
    }

    /// Takes one byte.
    pub fn byte(&mut self, byte: u8, mono_ms: i64) -> Vec<Seen> {
        let frames = self.frames.byte(byte);
        self.take(frames, mono_ms)
    }

    /// Nothing came for a while: what was begun is no frame.
    pub fn gap(&mut self, mono_ms: i64) -> Vec<Seen> {
        let frames = self.frames.gap();
        self.take(frames, mono_ms)
    }

    /// Acts when an answer did not come or a pause is over.
    pub fn tick(&mut self, mono_ms: i64) {
        if self.until_ms.is_none_or(|until| until > mono_ms) {
            return;
        }
        self.until_ms = None;
        match self.state {
            State::Passive | State::Lost => {}
            State::Pausing => self.poll(mono_ms),
            State::Waking | State::Naming | State::Setting | State::Polling => {
                self.fail(mono_ms, true);
            }
        }
    }

    /// What to write to the line now.
    pub fn outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// When to call [`Self::tick`].
    pub const fn next_wake_ms(&self) -> Option<i64> {
        self.until_ms
    }

    /// Says whether the chip has answered and is asked for cards.
    pub const fn is_ready(&self) -> bool {
        matches!(self.state, State::Polling | State::Pausing)
    }

    /// Says whether the chip was given up.
    pub const fn is_lost(&self) -> bool {
        matches!(self.state, State::Lost)
    }

    fn wake(&mut self, mono_ms: i64) {
        if self.wakings >= WAKINGS {
            self.state = State::Lost;
            self.until_ms = None;
            return;
        }
        self.wakings += 1;
        self.failures = 0;
        self.out.extend(WAKE);
        self.wait(State::Waking, mono_ms, WAKE_MS);
    }

    fn ask(&mut self, state: State, code: u8, data: &[u8], mono_ms: i64) {
        self.out.extend(command(code, data));
        self.wait(state, mono_ms, ANSWER_MS);
    }

    fn poll(&mut self, mono_ms: i64) {
        self.ask(State::Polling, POLL, &ONE_TYPE_A, mono_ms);
    }

    const fn wait(&mut self, state: State, mono_ms: i64, ms: i64) {
        self.state = state;
        self.until_ms = Some(mono_ms.saturating_add(ms));
    }

    /// A command came to nothing: asks again, or wakes the chip anew.
    fn fail(&mut self, mono_ms: i64, cancel: bool) {
        if cancel {
            self.out.extend(CANCEL);
        }
        self.failures += 1;
        if self.state == State::Polling && self.failures < FAILURES {
            self.wait(State::Pausing, mono_ms, PAUSE_MS);
        } else {
            self.wake(mono_ms);
        }
    }

    fn take(&mut self, frames: Vec<Frame>, mono_ms: i64) -> Vec<Seen> {
        let mut seen = Vec::new();
        for frame in frames {
            match frame {
                Frame::Ack => {}
                Frame::Answer(POLL_ANSWER, data) => {
                    seen.extend(self.polled(&data));
                    if self.state == State::Polling {
                        self.failures = 0;
                        self.wakings = 0;
                        self.wait(State::Pausing, mono_ms, PAUSE_MS);
                    }
                }
                Frame::Answer(code, _) => self.answered(code, mono_ms),
                Frame::Broken => {
                    seen.push(Seen::Fault(FrameFault::Checksum));
                    self.refused(mono_ms);
                }
                Frame::Nack | Frame::Error => self.refused(mono_ms),
            }
        }
        seen
    }

    /// The next step after an answer that belongs to this one; any other is late and no news.
    fn answered(&mut self, code: u8, mono_ms: i64) {
        match (self.state, code) {
            (State::Waking, SAM_ANSWER) => self.ask(State::Naming, VERSION, &[], mono_ms),
            (State::Naming, VERSION_ANSWER) => self.ask(State::Setting, RF, &RETRIES, mono_ms),
            (State::Setting, RF_ANSWER) => self.poll(mono_ms),
            (..) => {}
        }
    }

    /// What we sent did not arrive, or the answer did not.
    fn refused(&mut self, mono_ms: i64) {
        match self.state {
            State::Waking | State::Naming | State::Setting | State::Polling => {
                self.fail(mono_ms, false);
            }
            State::Passive | State::Pausing | State::Lost => {}
        }
    }

    /// What the answer to a poll says: the card that lies there, one that is refused, or that one is gone.
    fn polled(&mut self, data: &[u8]) -> Vec<Seen> {
        let Some(read) = target(data) else {
            self.misses = self.misses.saturating_add(1);
            let gone = (self.misses >= MISSES).then(|| self.card.take()).flatten();
            return gone.into_iter().map(Seen::Removed).collect();
        };
        self.misses = 0;
        match read {
            Err(fault) => vec![Seen::Fault(fault)],
            Ok(card) => {
                let before = self.card.replace(card.clone()).filter(|old| *old != card);
                let gone = before.into_iter().map(Seen::Removed);
                gone.chain([Seen::Card(card)]).collect()
            }
        }
    }
}

/// The card in an answer to `InListPassiveTarget`, UM0701-02 7.3.5; `None` when there is none.
///
/// ```text
/// NbTg Tg SENS_RES(2) SEL_RES IDLen UID[IDLen] (ATSLen ATS..)
/// ```
fn target(data: &[u8]) -> Option<Result<CardId, FrameFault>> {
    let (count, rest) = data.split_first()?;
    if *count == 0 {
        return None;
    }
    let uid = || {
        let (_, rest) = rest.split_at_checked(4)?;
        let (len, rest) = rest.split_first()?;
        rest.get(..usize::from(*len))
    };
    let Some(uid) = uid() else {
        return Some(Err(FrameFault::TooShort));
    };
    // ISO/IEC 14443-3: a single-size UID that begins with 08 is made up anew each time.
    Some(match uid {
        [0x08, _, _, _] => Err(FrameFault::RandomId),
        _ if matches!(uid.len(), 4 | 7 | 10) => {
            CardId::parse(&hex(uid)).ok_or(FrameFault::IdLength)
        }
        _ => Err(FrameFault::IdLength),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACK: [u8; 6] = CANCEL;
    const SAM: &[u8] = &[0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD5, 0x15, 0x16, 0x00];
    const IS_PN532: &[u8] = &[
        0x00, 0x00, 0xFF, 0x06, 0xFA, 0xD5, 0x03, 0x32, 0x01, 0x06, 0x07, 0xE8, 0x00,
    ];
    const RF_SET: &[u8] = &[0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD5, 0x33, 0xF8, 0x00];
    const NO_CARD: &[u8] = &[0x00, 0x00, 0xFF, 0x03, 0xFD, 0xD5, 0x4B, 0x00, 0xE0, 0x00];
    /// A Classic 1K, and an Ultralight, as captured.
    const CLASSIC: &[u8] = &[
        0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x04, 0x08, 0x04, 0x9E, 0xB3,
        0x6E, 0x66, 0xA9, 0x00,
    ];
    const ULTRALIGHT: &[u8] = &[
        0x00, 0x00, 0xFF, 0x0F, 0xF1, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x44, 0x00, 0x07, 0x04, 0x7B,
        0xCB, 0x51, 0x96, 0x22, 0x80, 0xC0, 0x00,
    ];

    fn say(chip: &mut Pn532, bytes: &[u8], ms: i64) -> Vec<String> {
        let seen = bytes.iter().flat_map(|b| chip.byte(*b, ms));
        seen.map(|seen| match seen {
            Seen::Card(card) => card.as_str().to_owned(),
            Seen::Fault(fault) => fault.name().to_owned(),
            Seen::Removed(card) => format!("-{}", card.as_str()),
        })
        .collect()
    }

    /// A chip that was woken and set up, and was asked for a card at moment 0.
    fn polling() -> Pn532 {
        let mut chip = Pn532::new();
        assert!(chip.outgoing().is_empty());
        chip.restart(0);
        assert_eq!(chip.outgoing(), WAKE);
        for (answer, next) in [
            (SAM, command(VERSION, &[])),
            (IS_PN532, command(RF, &RETRIES)),
            (RF_SET, command(POLL, &ONE_TYPE_A)),
        ] {
            assert!(!chip.is_ready());
            assert_eq!(say(&mut chip, &ACK, 0), Vec::<String>::new());
            assert!(chip.outgoing().is_empty());
            assert_eq!(say(&mut chip, answer, 0), Vec::<String>::new());
            assert_eq!(chip.outgoing(), next);
        }
        assert!(chip.is_ready());
        chip
    }

    /// An answer to a poll with these data.
    fn found(data: &[u8]) -> Vec<u8> {
        let mut frame = command(POLL_ANSWER, data);
        frame[5] = 0xD5;
        let sum = frame.len() - 2;
        frame[sum] = frame[sum].wrapping_sub(1);
        frame
    }

    #[test]
    fn the_wake_up_is_the_captured_one() {
        assert_eq!(
            crate::wire::hex_dump(&WAKE),
            "55 55 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF 03 FD D4 14 01 17 00"
        );
    }

    #[test]
    fn cards_come_and_go() {
        let mut chip = polling();
        let mut now = 0;
        for (answer, want) in [
            (NO_CARD, vec![]),
            (CLASSIC, vec!["9EB36E66"]),
            (CLASSIC, vec!["9EB36E66"]),
            // One poll without it is a trembling hand.
            (NO_CARD, vec![]),
            (CLASSIC, vec!["9EB36E66"]),
            (NO_CARD, vec![]),
            (NO_CARD, vec!["-9EB36E66"]),
            (NO_CARD, vec![]),
            (CLASSIC, vec!["9EB36E66"]),
            (ULTRALIGHT, vec!["-9EB36E66", "047BCB51962280"]),
        ] {
            assert_eq!(say(&mut chip, &ACK, now), Vec::<String>::new());
            assert_eq!(say(&mut chip, answer, now), want);
            assert!(chip.outgoing().is_empty());
            now += PAUSE_MS;
            assert_eq!(chip.next_wake_ms(), Some(now));
            chip.tick(now - 1);
            assert!(chip.outgoing().is_empty());
            chip.tick(now);
            assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
        }
    }

    #[test]
    fn identifiers_are_judged() {
        for (data, want) in [
            // A CPU card: the ATS after the identifier is not part of it.
            (
                &[
                    1, 1, 0x00, 0x04, 0x28, 4, 0xFD, 0xE6, 0x08, 0x99, 3, 0x78, 0x80, 0x70,
                ][..],
                "FDE60899",
            ),
            (
                &[1, 1, 0x03, 0x44, 0x20, 10, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9],
                "04010203040506070809",
            ),
            (&[1, 1, 0x00, 0x04, 0x20, 4, 0x08, 1, 2, 3], "random-id"),
            // Seven bytes that begin with 08 are not random.
            (
                &[1, 1, 0x00, 0x44, 0x00, 7, 0x08, 1, 2, 3, 4, 5, 6],
                "08010203040506",
            ),
            (&[1, 1, 0x00, 0x04, 0x08, 5, 1, 2, 3, 4, 5], "id-length"),
            (&[1, 1, 0x00, 0x04, 0x08, 0], "id-length"),
            (&[1, 1, 0x00, 0x04, 0x08, 7, 1, 2, 3], "too-short"),
            (&[1], "too-short"),
        ] {
            assert_eq!(
                say(&mut Pn532::new(), &found(data), 0),
                [want],
                "{data:02x?}"
            );
        }
        assert_eq!(
            say(&mut Pn532::new(), &found(&[0]), 0),
            Vec::<String>::new()
        );
        assert_eq!(say(&mut Pn532::new(), &found(&[]), 0), Vec::<String>::new());
    }

    #[test]
    fn silence_is_cancelled_then_woken_then_given_up() {
        let mut chip = polling();
        let mut now = 0;
        for _ in 1..FAILURES {
            now += ANSWER_MS;
            chip.tick(now);
            assert_eq!(chip.outgoing(), CANCEL);
            now += PAUSE_MS;
            chip.tick(now);
            assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
        }
        now += ANSWER_MS;
        chip.tick(now);
        assert_eq!(chip.outgoing(), [&CANCEL[..], &WAKE].concat());
        for _ in 1..WAKINGS {
            now += WAKE_MS;
            chip.tick(now);
            assert_eq!(chip.outgoing(), [&CANCEL[..], &WAKE].concat());
            assert!(!chip.is_lost());
        }
        now += WAKE_MS;
        chip.tick(now);
        assert_eq!(chip.outgoing(), CANCEL);
        assert!(chip.is_lost());
        assert_eq!(chip.next_wake_ms(), None);
        chip.restart(now);
        assert_eq!(chip.outgoing(), WAKE);
    }

    #[test]
    fn an_error_or_a_broken_answer_is_asked_again() {
        const ERROR: &[u8] = &[0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];
        const NACK: &[u8] = &[0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00];
        let mut broken = CLASSIC.to_vec();
        broken[13] ^= 1;
        for (bytes, told) in [
            (ERROR, vec![]),
            (NACK, vec![]),
            (&broken[..], vec!["checksum"]),
        ] {
            let mut chip = polling();
            assert_eq!(say(&mut chip, bytes, 0), told);
            chip.tick(PAUSE_MS);
            assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
            assert_eq!(say(&mut chip, CLASSIC, PAUSE_MS), ["9EB36E66"]);
        }
    }

    #[test]
    fn a_card_that_lay_there_when_the_line_broke_is_missed_afterwards() {
        let mut chip = polling();
        assert_eq!(say(&mut chip, CLASSIC, 0), ["9EB36E66"]);
        chip.restart(5_000);
        for answer in [SAM, IS_PN532, RF_SET, NO_CARD] {
            assert_eq!(say(&mut chip, answer, 5_000), Vec::<String>::new());
        }
        chip.tick(5_000 + PAUSE_MS);
        assert_eq!(say(&mut chip, NO_CARD, 5_200), ["-9EB36E66"]);
    }
}
