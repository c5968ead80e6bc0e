//! A PN532 on a serial line: acknowledges what it understands, answers it, and waits for cards.
//!
//! Sources: NXP UM0701-02, chapters 6 and 7; frames of both directions in nfcpy `tests/base_clf_pn53x.py`.

use crate::sim::faults::Faults;

const ACK: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
/// Says that a command was heard and cannot be done.
const ERROR: [u8; 8] = [0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];
/// The checksum is so far from the end of an answer, before the postamble.
const SUM_FROM_END: usize = 2;
/// How long one look for a card takes.
const LOOK_MS: i64 = 4;
/// For ever, in `MxRtyPassiveActivation`; so it is at power-on.
const FOR_EVER: u8 = 0xFF;
/// A frame is at most so long: 265 bytes and what stands around them.
const MOST_HELD: usize = 280;

/// A card in the field.
struct Card {
    /// 4, 7 or 10 bytes.
    uid: Vec<u8>,
    /// What a card with a processor says of itself, without its length.
    ats: Vec<u8>,
}

/// A look for a card that goes on.
#[derive(Clone, Copy)]
struct Look {
    /// Until when; `None` until one comes.
    until: Option<i64>,
    /// For cards of the kind that is ever there: type A at 106 kbit/s.
    type_a: bool,
}

/// The chip.
pub(super) struct Pn532 {
    heard: Vec<u8>,
    card: Option<Card>,
    retries: u8,
    looking: Option<Look>,
    /// The last answer, for a host that did not get it.
    last: Vec<u8>,
}

/// What the chip sends and when.
pub(super) type Said = Vec<(i64, Vec<u8>)>;

impl Pn532 {
    pub(super) const fn new() -> Self {
        Self {
            heard: Vec::new(),
            card: None,
            retries: FOR_EVER,
            looking: None,
            last: Vec::new(),
        }
    }

    /// Puts a card on it: 4, 7 or 10 bytes in hex, then `+` and its ATS where it has one. False for any other text.
    pub(super) fn put(&mut self, text: &str) -> bool {
        let (uid, ats) = text.split_once('+').unwrap_or((text, ""));
        let card = bytes(uid).zip(bytes(ats));
        let card = card.filter(|(uid, ats)| matches!(uid.len(), 4 | 7 | 10) && ats.len() <= 20);
        let fits = card.is_some();
        if fits {
            self.card = card.map(|(uid, ats)| Card { uid, ats });
        }
        fits
    }

    pub(super) fn take(&mut self) {
        self.card = None;
    }

    /// The plug was out: what was set and begun is forgotten, the card lies where it lay.
    pub(super) fn power_on(&mut self) {
        self.heard.clear();
        self.retries = FOR_EVER;
        self.looking = None;
        self.last.clear();
    }

    /// When the look for a card ends.
    pub(super) fn next_ms(&self) -> Option<i64> {
        self.looking.and_then(|look| look.until)
    }

    /// Takes what the host wrote.
    pub(super) fn hear(&mut self, bytes: &[u8], now_ms: i64, faults: &Faults) -> Said {
        let mut said = Said::new();
        self.heard.extend(bytes);
        loop {
            let len = match judge(&self.heard) {
                Heard::Begun if self.heard.len() < MOST_HELD => break,
                // Wake-up, preamble and noise: a frame may begin with the next byte.
                Heard::Begun | Heard::Nothing => 1,
                Heard::Ack => {
                    self.looking = None;
                    4
                }
                Heard::Nack => {
                    said.push((now_ms, self.last.clone()));
                    4
                }
                Heard::Command(command, len) => {
                    said.push((now_ms, ACK.to_vec()));
                    said.extend(self.obey(&command, now_ms, faults));
                    len
                }
            };
            self.heard.drain(..len);
        }
        said.extend(self.look(now_ms, faults));
        said
    }

    /// Begins what a command wants; an earlier look for a card ends without an answer.
    fn obey(&mut self, command: &[u8], now_ms: i64, faults: &Faults) -> Option<(i64, Vec<u8>)> {
        self.looking = None;
        let answer = match command {
            // GetFirmwareVersion: a PN532, 1.6, all three standards.
            [0x02] => vec![0x03, 0x32, 0x01, 0x06, 0x07],
            // Diagnose of the line: says back what it heard.
            [0x00, 0x00, rest @ ..] => [&[0x01, 0x00], rest].concat(),
            // GetGeneralStatus: no error, no field of others, no target, nothing of the SAM.
            [0x04] => vec![0x05, 0x00, 0x00, 0x00, 0x00],
            [0x12, _] => vec![0x13],
            [0x14, 0x01..=0x04, ..] => vec![0x15],
            // PowerDown: done, and woken by the next byte.
            [0x16, ..] => vec![0x17, 0x00],
            [0x32, 0x05, _, _, retries] => {
                self.retries = *retries;
                vec![0x33]
            }
            [0x32, 0x01 | 0x02 | 0x04 | 0x0A..=0x0D, ..] => vec![0x33],
            [0x44, _] => vec![0x45, 0x00],
            [0x52, _] => vec![0x53, 0x00],
            [0x4A, 0x01..=0x02, kind, ..] => {
                let looks = i64::from(self.retries).saturating_add(1);
                let end_ms = now_ms.saturating_add(looks.saturating_mul(LOOK_MS));
                self.looking = Some(Look {
                    until: (self.retries != FOR_EVER).then_some(end_ms),
                    type_a: *kind == 0x00,
                });
                return None;
            }
            _ => return Some((now_ms, ERROR.to_vec())),
        };
        Some((now_ms, self.answer(&answer, now_ms, faults)))
    }

    /// Ends a look for a card where one lies there, or where it has lasted long enough.
    pub(super) fn look(&mut self, now_ms: i64, faults: &Faults) -> Option<(i64, Vec<u8>)> {
        let look = self.looking?;
        let found = self.card.as_ref().filter(|_| look.type_a);
        let (at_ms, body) = match found {
            Some(card) => (now_ms.saturating_add(1), target(card)),
            None if look.until.is_some_and(|until| until <= now_ms) => (now_ms, vec![0x4B, 0x00]),
            None => return None,
        };
        self.looking = None;
        Some((at_ms, self.answer(&body, now_ms, faults)))
    }

    fn answer(&mut self, body: &[u8], now_ms: i64, faults: &Faults) -> Vec<u8> {
        self.last = frame(body);
        faults.spoil(&self.last, SUM_FROM_END, now_ms)
    }
}

/// Answer to `InListPassiveTarget` with one card.
fn target(card: &Card) -> Vec<u8> {
    // SENS_RES says how long the UID is, SEL_RES whether there is a processor; as captured from such cards.
    let (sens, sel) = match (card.uid.len(), card.ats.is_empty()) {
        (4, true) => (0x04, 0x08),
        (4, false) => (0x04, 0x28),
        (7, true) => (0x44, 0x00),
        (7, false) => (0x44, 0x20),
        (_, true) => (0x84, 0x00),
        (_, false) => (0x84, 0x20),
    };
    let len = u8::try_from(card.uid.len()).unwrap_or_default();
    let mut body = vec![0x4B, 0x01, 0x01, 0x00, sens, sel, len];
    body.extend(&card.uid);
    if !card.ats.is_empty() {
        // Its length counts itself.
        body.push(u8::try_from(card.ats.len().saturating_add(1)).unwrap_or_default());
        body.extend(&card.ats);
    }
    body
}

fn frame(body: &[u8]) -> Vec<u8> {
    let len = u8::try_from(body.len().saturating_add(1)).unwrap_or_default();
    let sum = body.iter().fold(0xD5_u8, |sum, b| sum.wrapping_add(*b));
    let mut frame = vec![0x00, 0x00, 0xFF, len, len.wrapping_neg(), 0xD5];
    frame.extend(body);
    frame.extend([sum.wrapping_neg(), 0x00]);
    frame
}

/// What the beginning of the heard bytes is.
enum Heard {
    Begun,
    Nothing,
    Ack,
    Nack,
    /// The command without TFI, and how many of the bytes it took.
    Command(Vec<u8>, usize),
}

fn judge(heard: &[u8]) -> Heard {
    let (len, rest) = match heard {
        []
        | [0x00]
        | [0x00, 0xFF]
        | [0x00, 0xFF, _]
        | [0x00, 0xFF, 0xFF, 0xFF]
        | [0x00, 0xFF, 0xFF, 0xFF, _]
        | [0x00, 0xFF, 0xFF, 0xFF, _, _] => return Heard::Begun,
        [0x00, 0xFF, 0x00, 0xFF, ..] => return Heard::Ack,
        [0x00, 0xFF, 0xFF, 0x00, ..] => return Heard::Nack,
        [0x00, 0xFF, 0xFF, 0xFF, high, low, sum, rest @ ..]
            if high.wrapping_add(*low).wrapping_add(*sum) == 0 =>
        {
            (usize::from(u16::from_be_bytes([*high, *low])), rest)
        }
        [0x00, 0xFF, len, sum, rest @ ..] if len.wrapping_add(*sum) == 0 => {
            (usize::from(*len), rest)
        }
        _ => return Heard::Nothing,
    };
    let Some((body, rest)) = rest.split_at_checked(len) else {
        return Heard::Begun;
    };
    let Some(sum) = rest.first() else {
        return Heard::Begun;
    };
    let total = body.iter().fold(*sum, |sum, b| sum.wrapping_add(*b));
    match body {
        [0xD4, command @ ..] if total == 0 && !command.is_empty() => Heard::Command(
            command.to_vec(),
            heard.len().saturating_sub(rest.len().saturating_sub(1)),
        ),
        _ => Heard::Nothing,
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    let pair = |pair: &[u8]| {
        let [high, low] = pair else { return None };
        let digit = |b: u8| {
            char::from(b)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
        };
        Some(digit(*high)? << 4 | digit(*low)?)
    };
    digits.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: &[u8] = &[
        0x00, 0x00, 0xFF, 0x04, 0xFC, 0xD4, 0x4A, 0x01, 0x00, 0xE1, 0x00,
    ];
    const VERSION: &[u8] = &[0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD4, 0x02, 0x2A, 0x00];
    const NACK: &[u8] = &[0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00];
    /// The captured answer to `GetFirmwareVersion`.
    const IS_PN532: &[u8] = &[
        0x00, 0x00, 0xFF, 0x06, 0xFA, 0xD5, 0x03, 0x32, 0x01, 0x06, 0x07, 0xE8, 0x00,
    ];

    fn hear(chip: &mut Pn532, bytes: &[u8], now_ms: i64) -> Vec<Vec<u8>> {
        let said = chip.hear(bytes, now_ms, &Faults::default());
        said.into_iter().map(|(_, frame)| frame).collect()
    }

    #[test]
    fn answers_are_the_captured_ones() {
        for (card, captured) in [
            (
                "9EB36E66",
                &[
                    0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x04, 0x08, 0x04,
                    0x9E, 0xB3, 0x6E, 0x66, 0xA9, 0x00,
                ][..],
            ),
            (
                "047bcb51962280",
                &[
                    0x00, 0x00, 0xFF, 0x0F, 0xF1, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x44, 0x00, 0x07,
                    0x04, 0x7B, 0xCB, 0x51, 0x96, 0x22, 0x80, 0xC0, 0x00,
                ],
            ),
        ] {
            let mut chip = Pn532::new();
            assert!(chip.put(card));
            assert_eq!(hear(&mut chip, POLL, 0), [&ACK[..], captured]);
        }
    }

    #[test]
    fn a_chip_waits_for_a_card_and_can_be_told_to_stop() {
        let mut chip = Pn532::new();
        let faults = Faults::default();
        assert_eq!(hear(&mut chip, POLL, 0), [ACK]);
        assert_eq!(chip.look(3_600_000, &faults), None, "for ever");
        assert!(hear(&mut chip, &ACK, 3_600_000).is_empty());
        assert!(chip.put("9EB36E66"));
        assert_eq!(chip.look(3_600_001, &faults), None, "it was told to stop");
        chip.take();
        // RFConfiguration: two retries; then a look ends by itself.
        let retries = [
            0x00, 0x00, 0xFF, 0x06, 0xFA, 0xD4, 0x32, 0x05, 0xFF, 0x01, 0x02, 0xF3, 0x00,
        ];
        assert_eq!(hear(&mut chip, &retries, 0).len(), 2);
        assert_eq!(hear(&mut chip, POLL, 0), [ACK]);
        assert_eq!(chip.next_ms(), Some(12));
        let none = [0x00, 0x00, 0xFF, 0x03, 0xFD, 0xD5, 0x4B, 0x00, 0xE0, 0x00];
        assert_eq!(chip.look(12, &faults), Some((12, none.to_vec())));
        assert_eq!(chip.look(13, &faults), None, "once");
    }

    #[test]
    fn what_is_not_understood_is_said_again_or_refused() {
        let mut chip = Pn532::new();
        // In two pieces, behind noise that looks like the beginning of a frame.
        assert!(
            hear(
                &mut chip,
                &[0x55, 0x00, 0xFF, 0x55, 0x00, 0x00, 0xFF, 0x02],
                0
            )
            .is_empty()
        );
        let rest = hear(&mut chip, &VERSION[4..], 0);
        assert_eq!(rest, [&ACK[..], IS_PN532]);
        assert_eq!(hear(&mut chip, NACK, 0), [IS_PN532]);
        let unknown = [0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD4, 0x99, 0x93, 0x00];
        assert_eq!(hear(&mut chip, &unknown, 0), [&ACK[..], &ERROR]);
        let mut wrong = VERSION.to_vec();
        wrong[7] ^= 1;
        assert!(hear(&mut chip, &wrong, 0).is_empty());
        assert_eq!(hear(&mut chip, VERSION, 0).len(), 2);
    }
}
