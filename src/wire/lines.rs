//! Text lines of scanners and of readers that send a number.
//!
//! Framing: `text CR`, `text LF`, `text CR LF`, `text TAB` or `STX text [CR LF] ETX`; GROW GM65 manual, chapter 6
//! (prefix, suffix, tail are settings there, so all of them are taken). Every end mark ends a line and an empty
//! line means nothing: that makes CR LF, and CR LF ETX, one event.

use crate::domain::{CardFault, CardId, TownshipCode};
use crate::wire::{ETX, STX, text};

/// The longest line that is held, in bytes. A QR code carries at most 4296 characters (ISO/IEC 18004).
pub const MAX_LINE: usize = 4096;

/// A decoder of text lines.
pub struct Lines {
    town: TownshipCode,
    held: Vec<u8>,
    /// The line was longer than [`MAX_LINE`], was reported, and its rest is thrown away.
    dropping: bool,
}

impl Lines {
    /// Starts with nothing held.
    pub const fn new(town: TownshipCode) -> Self {
        Self {
            town,
            held: Vec::new(),
            dropping: false,
        }
    }

    /// Takes one byte; gives a card or a fault when it ends a line or overfills it.
    pub fn byte(&mut self, byte: u8) -> Option<Result<CardId, CardFault>> {
        match byte {
            // What stood before a start mark was noise: a line that was finished is no longer held.
            STX => {
                self.forget();
                None
            }
            b'\r' | b'\n' | b'\t' | ETX => {
                let blank = self.held.iter().all(|b| *b == b' ');
                let read = (!blank).then(|| text(&self.held, &self.town));
                self.forget();
                read
            }
            _ if self.dropping => None,
            _ if self.held.len() >= MAX_LINE => {
                self.forget();
                self.dropping = true;
                Some(Err(CardFault::TooLong))
            }
            _ => {
                self.held.push(byte);
                None
            }
        }
    }

    /// Forgets a half line. It is a fault when it could have been a card: at least as many letters and
    /// digits as the shortest number. Less is noise on the line and nobody's business.
    pub fn gap(&mut self) -> Option<CardFault> {
        let signs = self.held.iter().filter(|b| b.is_ascii_alphanumeric());
        let fault = (signs.count() >= CardId::MIN).then_some(CardFault::Unreadable);
        self.forget();
        fault
    }

    fn forget(&mut self) {
        self.held.clear();
        self.dropping = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CardFault::{NotText, OtherTown, TooLong, Unreadable};

    fn decoder() -> Lines {
        Lines::new(TownshipCode::parse("LUCHENG").unwrap())
    }

    fn feed(lines: &mut Lines, bytes: &[u8]) -> Vec<Result<String, CardFault>> {
        let reads = bytes.iter().filter_map(|b| lines.byte(*b));
        reads.map(|r| r.map(|c| c.as_str().to_owned())).collect()
    }

    #[test]
    fn every_end_mark_ends_one_line_once() {
        let card = || Ok("0004340098557".to_owned());
        for (bytes, want) in [
            (&b"0004340098557\r"[..], vec![card()]),
            (b"0004340098557\n", vec![card()]),
            (b"0004340098557\r\n", vec![card()]),
            (b"0004340098557\t", vec![card()]),
            (b"\x020004340098557\x03", vec![card()]),
            (b"\x020004340098557\r\n\x03", vec![card()]),
            (b"0004340098557\r\n0004340098557\r\n", vec![card(), card()]),
            (b"\xff\x00\x020004340098557\x03", vec![card()]),
            (b"0004340098557", vec![]),
            (b"\r\n\r\n\t\x03  \r", vec![]),
            (b"0004\x1b[2J\r", vec![Err(NotText)]),
            (b"\xd5\xc5\xc8\xfd\r", vec![Err(NotText)]),
            (b"176,42493\r", vec![Err(Unreadable)]),
            (b"WB1:ELSEWHERE:00000000:EWVF\r", vec![Err(OtherTown)]),
        ] {
            assert_eq!(feed(&mut decoder(), bytes), want, "{bytes:?}");
        }
    }

    #[test]
    fn a_line_without_end_is_reported_once_and_never_held() {
        let mut lines = decoder();
        assert_eq!(feed(&mut lines, &[b'7'; 10_000]), [Err(TooLong)]);
        assert!(lines.held.capacity() <= MAX_LINE);
        assert_eq!(feed(&mut lines, b"77\r4444\r"), [Ok("4444".to_owned())]);
        assert_eq!(feed(&mut lines, &[b'7'; MAX_LINE]), []);
        assert_eq!(feed(&mut lines, b"\r"), [Err(TooLong)]);
    }

    #[test]
    fn silence_forgets_a_half_line() {
        for (half, fault) in [
            (&b""[..], None),
            (b"\xff\x00\xf7", None),
            (b"123", None),
            (b"0005", Some(Unreadable)),
            (&[b'7'; 5_000], None),
        ] {
            let mut lines = decoder();
            feed(&mut lines, half);
            assert_eq!(lines.gap(), fault, "{half:?}");
            assert_eq!(lines.gap(), None, "{half:?}");
            assert_eq!(feed(&mut lines, b"4444\r"), [Ok("4444".to_owned())]);
        }
    }
}
