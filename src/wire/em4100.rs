//! Frames of 125 kHz readers: RDM6300 and its kin, ID-12LA and ID-20LA.
//!
//! ```text
//! 02 | 10 hex digits | 2 hex digits | [0D 0A] 03      9600 8N1, the reader only talks
//! ```
//!
//! The last two digits are the XOR of the five bytes before them. Sources: arduino12/rdm6300 `src/rdm6300.cpp`,
//! mad-tinkerer/python-rdm6300, Seeed Studio wiki "125Khz RFID module"; the tail with CR LF is of the ID-12LA data
//! sheet. Which of the many printed numbers a card shows is derived from these ten digits, never the other way.

use crate::domain::{CardId, NumberForm, Shared};
use crate::wire::{ETX, FrameFault, STX};

/// Ten digits of the card and two of the sum.
const DIGITS: usize = 12;

/// A decoder of card frames.
#[derive(Default)]
pub struct Em4100 {
    /// The digits since STX; `None` between frames.
    frame: Option<Vec<u8>>,
}

impl Em4100 {
    /// Starts between two frames.
    pub const fn new() -> Self {
        Self { frame: None }
    }

    /// Takes one byte; gives a card when it ends a frame, a fault when it breaks one.
    ///
    /// What comes between frames is passed over: only STX opens one, wherever it stands.
    pub fn byte(&mut self, byte: u8) -> Option<Result<CardId, FrameFault>> {
        if byte == STX {
            let broken = self.gap();
            self.frame = Some(Vec::with_capacity(DIGITS));
            return broken.map(Err);
        }
        let frame = self.frame.as_mut()?;
        let full = frame.len() == DIGITS;
        let fault = match byte {
            ETX if full => return self.frame.take().map(|digits| card(&digits)),
            b'\r' | b'\n' if full => return None,
            _ if byte.is_ascii_hexdigit() && !full => {
                frame.push(byte);
                return None;
            }
            ETX => FrameFault::TooShort,
            _ if byte.is_ascii_hexdigit() => FrameFault::TooLong,
            _ => FrameFault::BadByte,
        };
        self.gap().map(|_| Err(fault))
    }

    /// Forgets a half frame; a fault when it had at least one digit.
    pub fn gap(&mut self) -> Option<FrameFault> {
        let begun = self.frame.take().is_some_and(|digits| !digits.is_empty());
        begun.then_some(FrameFault::TooShort)
    }
}

/// The card of twelve digits whose sum agrees.
fn card(digits: &[u8]) -> Result<CardId, FrameFault> {
    let agreed = || {
        let text = std::str::from_utf8(digits).ok()?;
        let (number, sum) = text.split_at_checked(DIGITS - 2)?;
        let value = u64::from_str_radix(number, 16).ok()?;
        let xor = value.to_be_bytes().into_iter().fold(0, |xor, b| xor ^ b);
        (u8::from_str_radix(sum, 16) == Ok(xor)).then(|| CardId::parse(number))?
    };
    let card = agreed().ok_or(FrameFault::Checksum)?;
    Shared::owned(Shared::of_form(&card, NumberForm::Hex10), card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use FrameFault::{BadByte, Checksum, TooLong, TooShort};

    fn feed(bytes: &[u8]) -> Vec<Result<String, FrameFault>> {
        let mut frames = Em4100::new();
        let reads = bytes.iter().filter_map(|b| frames.byte(*b));
        reads.map(|r| r.map(|c| c.as_str().to_owned())).collect()
    }

    #[test]
    fn documented_captures_are_read() {
        let card = |digits: &str| Ok(digits.to_owned());
        let broken = Err::<String, FrameFault>;
        for (bytes, want) in [
            // A capture in stackoverflow.com/q/11848921; 0013530444 is printed on the card.
            (
                &[
                    0x02, 0x33, 0x43, 0x30, 0x30, 0x43, 0x45, 0x37, 0x35, 0x34, 0x43, 0x43, 0x42,
                    0x03,
                ][..],
                vec![card("3C00CE754C")],
            ),
            // The example of the Seeed wiki.
            (b"\x0262E3086CED08\x03", vec![card("62E3086CED")]),
            // ID-12LA with CR LF, and a reader with small letters.
            (b"\x0262E3086CED08\r\n\x03", vec![card("62E3086CED")]),
            (b"\x0262e3086ced08\x03", vec![card("62E3086CED")]),
            // Two frames in one read, noise between them, an STX within noise.
            (
                b"\x0262E3086CED08\x03\xff7\x00\x023C00CE754CCB\x03",
                vec![card("62E3086CED"), card("3C00CE754C")],
            ),
            (
                b"\x02\x02\x02\xff\x0262E3086CED08\x03",
                vec![card("62E3086CED")],
            ),
            // A wrong sum, a digit too few, one too many, a letter that is none, a frame cut by the next.
            (b"\x0262E3086CED09\x03", vec![broken(Checksum)]),
            (b"\x0262E3086CED0\x03", vec![broken(TooShort)]),
            (b"\x0262E3086CED080\x03", vec![broken(TooLong)]),
            (b"\x0262G3086CED08\x03", vec![broken(BadByte)]),
            (
                b"\x0262E3\x0262E3086CED08\x03",
                vec![broken(TooShort), card("62E3086CED")],
            ),
            (b"62E3086CED08\x03", vec![]),
        ] {
            assert_eq!(feed(bytes), want, "{bytes:02x?}");
        }
    }

    #[test]
    fn silence_forgets_a_half_frame() {
        let mut frames = Em4100::new();
        for b in b"\x0262E308" {
            assert!(frames.byte(*b).is_none());
        }
        assert_eq!(frames.gap(), Some(TooShort));
        assert_eq!(frames.gap(), None);
        assert!(frames.byte(b'6').is_none());
        frames.byte(STX);
        assert_eq!(frames.gap(), None, "an STX alone is noise");
    }
}
