//! The conversation with a PN532: wake it up, set it up, ask for cards, notice when one is taken away.
//!
//! ```text
//! wake-up and SAMConfiguration -> GetFirmwareVersion -> RFConfiguration -> InListPassiveTarget, again and again
//! ```
//!
//! The chip acknowledges each command and then answers it. An answer that does not come is cancelled by an ACK of
//! ours (UM0701-02 6.2.1.6) and asked for again; a chip that stays silent is woken anew, and after three wakings the line is
//! given up. After a spoilt answer nothing is said until the line is quiet: on a slow line spoilt answers to earlier commands may
//! still be on their way, and a command for each of them would keep the line full for ever.

use crate::domain::CardId;
use crate::wire::pn532::target::target;
use crate::wire::pn532::{Frame, Frames, command};
use crate::wire::{FrameFault, Seen};

/// `55 55` and zeros wake the chip (UM0701-02 7.2.11); then `SAMConfiguration`, normal mode.
pub(super) const WAKE: [u8; 24] = [
    0x55, 0x55, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0x03, 0xFD, 0xD4, 0x14, 0x01, 0x17,
    0x00,
];
/// Ends the command that the chip is at.
pub(super) const CANCEL: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
/// `GetFirmwareVersion`.
pub(super) const VERSION: u8 = 0x02;
/// `RFConfiguration`, and its item for retries: for ever for ATR and PSL as at power-on, twice for a card. At power-on it
/// is for ever for a card, too, and the chip would not answer until one comes.
pub(super) const RF: u8 = 0x32;
pub(super) const RETRIES: [u8; 4] = [0x05, 0xFF, 0x01, 0x02];
/// `InListPassiveTarget`: one card, 106 kbit/s type A.
pub(super) const POLL: u8 = 0x4A;
pub(super) const ONE_TYPE_A: [u8; 2] = [0x01, 0x00];
/// The answer to a command has the command's code and one.
const SAM_ANSWER: u8 = 0x15;
const VERSION_ANSWER: u8 = 0x03;
const RF_ANSWER: u8 = 0x33;
const POLL_ANSWER: u8 = 0x4B;

/// How long the first ACK may take. Source: nfcpy waits 1500 ms on the USB of a Raspberry Pi.
pub(super) const WAKE_MS: i64 = 1_500;
/// How long an answer may take; two retries for a card take 10 ms.
pub(super) const ANSWER_MS: i64 = 500;
/// The pause between two polls.
pub(super) const PAUSE_MS: i64 = 120;
/// So many polls without the card mean that it is gone; one can fail by a hand that trembles.
const MISSES: u8 = 2;
/// So many unanswered polls, and the chip is woken anew.
pub(super) const FAILURES: u8 = 3;
/// So many wakings without an answer, and the line is given up.
pub(super) const WAKINGS: u8 = 3;

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
    /// Something spoilt came; asked again when the line is quiet, or at this moment.
    Settling {
        by_ms: i64,
        polling: bool,
    },
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
        if let State::Settling { by_ms, .. } = self.state {
            self.until_ms = Some(by_ms.min(mono_ms.saturating_add(PAUSE_MS)));
        }
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
            State::Settling { polling, .. } => {
                if self.may_ask(polling) {
                    self.poll(mono_ms);
                } else {
                    self.wake(mono_ms);
                }
            }
            State::Waking | State::Naming | State::Setting | State::Polling => {
                self.out.extend(CANCEL);
                if self.may_ask(self.state == State::Polling) {
                    self.wait(State::Pausing, mono_ms, PAUSE_MS);
                } else {
                    self.wake(mono_ms);
                }
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
        matches!(
            self.state,
            State::Polling | State::Pausing | State::Settling { polling: true, .. }
        )
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

    /// A command came to nothing: says whether to ask again; else the chip is woken anew.
    const fn may_ask(&mut self, polling: bool) -> bool {
        self.failures = self.failures.saturating_add(1);
        polling && self.failures < FAILURES
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
                let settling = State::Settling {
                    by_ms: mono_ms.saturating_add(ANSWER_MS),
                    polling: self.state == State::Polling,
                };
                self.wait(settling, mono_ms, PAUSE_MS);
            }
            State::Passive | State::Pausing | State::Settling { .. } | State::Lost => {}
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
