//! A 125 kHz reader: says the card that lies on it, again and again, and never listens.
//!
//! ```text
//! 02 | 10 hex digits | 2 hex digits, XOR of the five bytes | 03       9600 8N1, every 65 ms
//! ```
//!
//! Source: arduino12/rdm6300 `src/rdm6300.cpp`, which takes a card for gone after 220 ms of silence.

/// From the beginning of a frame to the beginning of the next.
const REPEAT_MS: i64 = 65;
/// Digits of a card.
const DIGITS: usize = 10;

/// The reader.
#[derive(Default)]
pub(super) struct Rdm6300 {
    frame: Option<Vec<u8>>,
    next_ms: i64,
}

impl Rdm6300 {
    /// Puts a card of ten hex digits on it; false for any other text.
    pub(super) fn put(&mut self, card: &str, now_ms: i64) -> bool {
        let frame = frame(card);
        let fits = frame.is_some();
        if fits {
            self.frame = frame;
            self.next_ms = now_ms;
        }
        fits
    }

    pub(super) fn take(&mut self) {
        self.frame = None;
    }

    /// When the next frame begins.
    pub(super) fn next_ms(&self) -> Option<i64> {
        self.frame.as_ref().map(|_| self.next_ms)
    }

    /// The frame that begins by now, and when.
    pub(super) fn due(&mut self, now_ms: i64) -> Option<(i64, Vec<u8>)> {
        let frame = self.frame.as_ref()?;
        if self.next_ms > now_ms {
            return None;
        }
        // Nobody has listened for a while: what was said then is gone.
        let at_ms = self.next_ms.max(now_ms.saturating_sub(REPEAT_MS));
        self.next_ms = at_ms.saturating_add(REPEAT_MS);
        Some((at_ms, frame.clone()))
    }
}

/// The checksum's last digit is so far from the end of a frame.
pub(super) const SUM_FROM_END: usize = 2;

fn frame(card: &str) -> Option<Vec<u8>> {
    let card = card.to_ascii_uppercase();
    let hex = card.len() == DIGITS && card.bytes().all(|b| b.is_ascii_hexdigit());
    let value = u64::from_str_radix(&card, 16).ok().filter(|_| hex)?;
    let sum = value.to_be_bytes().into_iter().fold(0, |sum, b| sum ^ b);
    Some(format!("\x02{card}{sum:02X}\x03").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_those_of_captures() {
        // Captures in stackoverflow.com/q/11848921 and in the Seeed wiki.
        assert_eq!(
            frame("3c00ce754c").as_deref(),
            Some(&b"\x023C00CE754CCB\x03"[..])
        );
        assert_eq!(
            frame("62E3086CED").as_deref(),
            Some(&b"\x0262E3086CED08\x03"[..])
        );
        for text in ["", "62E3086CE", "62E3086CED0", "62E3086CEG", "+2E3086CED"] {
            assert_eq!(frame(text), None, "{text}");
        }
    }
}
