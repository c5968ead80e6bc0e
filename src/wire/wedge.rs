//! Keyboard-wedge readers: a scan typed by a device, told from keys pressed by a person.
//!
//! A terminal sees characters, not devices, so time decides. Devices need 1 to 16 ms a character (onScan.js 1.5.2
//! allows 30 ms on average and decides after a pause of 100 ms; GM65-S offers 1, 3, 5 or 10 ms); a person never keeps
//! up 35 ms, and a held key repeats at 33 ms but always the same. A single key is held back for 36 ms, which
//! nobody feels.
//!
//! The times must be of the moment the key came in. Keys that waited in a queue and are stamped together look
//! like a device.

use std::fmt;

/// The longest scan that is held, in characters; a code has at most 64.
pub const MAX_BURST_CHARS: usize = 128;

/// The longest gap within a scan.
const GAP_MS: i64 = 35;
/// The pause that ends a scan without end mark, and within which its end marks are swallowed.
const PAUSE_MS: i64 = 100;
/// The fewest characters of a scan.
const MIN_CHARS: usize = 8;
/// The longest gap of characters that came in one piece.
const PIECE_GAP_MS: i64 = 2;
/// The fewest characters of a scan that came in one piece.
const MIN_PIECE_CHARS: usize = 4;
/// So many equal characters are a held key; no number begins with as many zeros.
const HELD_KEY_CHARS: usize = 16;

/// What the keyboard meant. Debug output hides it: keys can be a PIN, a scan opens an account.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// A scan, without its end mark; [`crate::wire::text`] says what it means.
    Burst(String),
    /// Keys of a person in their order, Enter and Tab included, each with the moment at which it came in.
    Keys(Vec<(char, i64)>),
    /// A scan beyond [`MAX_BURST_CHARS`]; its rest is swallowed.
    TooLong,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Burst(text) => write!(f, "Burst({} chars)", text.chars().count()),
            Self::Keys(keys) => write!(f, "Keys({} chars)", keys.len()),
            Self::TooLong => f.write_str("TooLong"),
        }
    }
}

/// Holds characters back until it is known who typed them.
#[derive(Default)]
pub struct Wedge {
    held: Vec<(char, i64)>,
    last_ms: i64,
    /// The longest gap between held characters.
    widest_ms: i64,
    /// The scan was too long, was reported, and its rest is swallowed.
    swallowing: bool,
    /// When the last scan ended; its further end marks must not confirm anything.
    ended_ms: Option<i64>,
}

impl Wedge {
    /// Starts with nothing held.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one character as it came; Enter is `\r` or `\n`. Gives what became clear, in order.
    pub fn key(&mut self, key: char, mono_ms: i64) -> Vec<Typed> {
        let mut typed: Vec<Typed> = self.flush(mono_ms).into_iter().collect();
        let gap_ms = mono_ms.saturating_sub(self.last_ms);
        let end_mark = matches!(key, '\r' | '\n' | '\t');
        if self.swallowing && gap_ms < PAUSE_MS {
            self.last_ms = mono_ms;
            if end_mark {
                self.end(mono_ms);
            }
            return typed;
        }
        self.swallowing = false;
        if end_mark {
            typed.extend(self.end_mark(key, mono_ms));
        } else if key.is_control() {
            typed.extend(self.release(mono_ms));
            typed.push(Typed::Keys(vec![(key, mono_ms)]));
        } else {
            typed.extend(self.hold(key, mono_ms));
        }
        typed
    }

    /// Gives what was held when so much time has passed that nothing can follow.
    pub fn flush(&mut self, mono_ms: i64) -> Option<Typed> {
        self.deadline()
            .filter(|deadline| *deadline <= mono_ms)
            .and_then(|_| self.release(mono_ms))
    }

    /// Gives what is held at once. For a key that is no character, so that the order stays.
    pub fn release(&mut self, mono_ms: i64) -> Option<Typed> {
        if self.held.is_empty() {
            return None;
        }
        let burst = self.is_burst();
        let held = std::mem::take(&mut self.held);
        self.widest_ms = 0;
        if burst {
            self.end(mono_ms);
            return Some(Typed::Burst(held.into_iter().map(|(key, _)| key).collect()));
        }
        Some(Typed::Keys(held))
    }

    /// When to call [`Self::flush`], in the milliseconds of [`Self::key`]; `None` while nothing is held.
    pub fn deadline(&self) -> Option<i64> {
        let wait_ms = if self.is_burst() {
            PAUSE_MS
        } else {
            GAP_MS + 1
        };
        (!self.held.is_empty()).then(|| self.last_ms.saturating_add(wait_ms))
    }

    fn hold(&mut self, key: char, mono_ms: i64) -> Option<Typed> {
        let gap_ms = mono_ms.saturating_sub(self.last_ms);
        let mut typed = None;
        if self.held.is_empty() {
            self.widest_ms = 0;
        } else if gap_ms > GAP_MS {
            // A scan neither pauses nor goes on like this, so it was a person all along.
            typed = Some(Typed::Keys(std::mem::take(&mut self.held)));
            self.widest_ms = 0;
        } else {
            self.widest_ms = self.widest_ms.max(gap_ms);
        }
        self.last_ms = mono_ms;
        self.held.push((key, mono_ms));
        if self.held.len() > MAX_BURST_CHARS {
            self.held.clear();
            self.swallowing = true;
            return Some(Typed::TooLong);
        }
        if self.held.len() >= HELD_KEY_CHARS && self.is_held_key() {
            return self.release(mono_ms);
        }
        typed
    }

    fn end_mark(&mut self, key: char, mono_ms: i64) -> Option<Typed> {
        if self.is_burst() {
            return self.release(mono_ms);
        }
        let within = |ended: i64| mono_ms.saturating_sub(ended) < PAUSE_MS;
        if self.held.is_empty() && self.ended_ms.is_some_and(within) {
            return None;
        }
        let mut keys = std::mem::take(&mut self.held);
        keys.push((key, mono_ms));
        Some(Typed::Keys(keys))
    }

    fn end(&mut self, mono_ms: i64) {
        self.swallowing = false;
        self.ended_ms = Some(mono_ms);
    }

    fn is_held_key(&self) -> bool {
        let mut keys = self.held.iter().map(|(key, _)| key);
        let first = keys.next();
        keys.all(|key| Some(key) == first)
    }

    fn is_burst(&self) -> bool {
        let one_piece = self.held.len() >= MIN_PIECE_CHARS && self.widest_ms <= PIECE_GAP_MS;
        (self.held.len() >= MIN_CHARS || one_piece) && !self.is_held_key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burst(text: &str) -> Typed {
        Typed::Burst(text.to_owned())
    }

    /// Keys without their moments.
    fn keys(text: &str) -> Typed {
        Typed::Keys(text.chars().map(|key| (key, 0)).collect())
    }

    fn untimed(typed: impl IntoIterator<Item = Typed>) -> Vec<Typed> {
        let plain = |typed| match typed {
            Typed::Keys(keys) => Typed::Keys(keys.into_iter().map(|(key, _)| (key, 0)).collect()),
            Typed::Burst(_) | Typed::TooLong => typed,
        };
        typed.into_iter().map(plain).collect()
    }

    /// Types a text with one gap, waits, and gives everything that came out.
    fn feed(wedge: &mut Wedge, text: &str, start_ms: i64, gap_ms: i64) -> Vec<Typed> {
        let mut ms = start_ms;
        let mut typed = Vec::new();
        for key in text.chars() {
            typed.extend(wedge.key(key, ms));
            ms += gap_ms;
        }
        typed.extend(wedge.flush(ms + 200));
        untimed(typed)
    }

    #[test]
    fn scans_are_told_from_typing() {
        for (text, gap_ms, want) in [
            ("0005591234\r", 8, vec![burst("0005591234")]),
            ("0005591234\r\n", 8, vec![burst("0005591234")]),
            ("0005591234\t", 35, vec![burst("0005591234")]),
            ("0005591234", 16, vec![burst("0005591234")]),
            ("5591234\r", 8, vec![keys("5591234\r")]),
            ("5591\r", 1, vec![burst("5591")]),
            ("559\r", 1, vec![keys("559\r")]),
            ("12\r", 30, vec![keys("12\r")]),
            ("\r", 0, vec![keys("\r")]),
            ("\r\r", 20, vec![keys("\r"), keys("\r")]),
            ("123", 90, vec![keys("1"), keys("2"), keys("3")]),
            ("33333333\r", 33, vec![keys("33333333\r")]),
            (
                "12345678\u{8}",
                300,
                "12345678\u{8}"
                    .chars()
                    .map(|c| Typed::Keys(vec![(c, 0)]))
                    .collect(),
            ),
        ] {
            let got = feed(&mut Wedge::new(), text, 1_000, gap_ms);
            assert!(got == want, "{text:?} at {gap_ms} ms: {got:?}");
        }
    }

    #[test]
    fn the_end_of_a_scan_confirms_nothing_but_a_person_soon_can() {
        let mut wedge = Wedge::new();
        assert!(feed(&mut wedge, "0005591234", 0, 5) == [burst("0005591234")]);
        // flush came at 250: an Enter up to 100 ms later still belongs to the scanner.
        assert!(wedge.key('\r', 300).is_empty());
        assert!(untimed(wedge.key('\r', 351)) == [keys("\r")]);
    }

    #[test]
    fn a_late_loop_and_a_stutter_lose_nothing() {
        let mut wedge = Wedge::new();
        for (n, key) in "00055912".chars().enumerate() {
            assert!(wedge.key(key, i64::try_from(n).unwrap() * 10).is_empty());
        }
        assert_eq!(wedge.deadline(), Some(170));
        assert!(untimed(wedge.key('3', 120)) == [keys("00055912")]);
        assert_eq!(wedge.deadline(), Some(156));
        assert!(wedge.key('4', 400) == [Typed::Keys(vec![('3', 120)])]);
        assert!(wedge.release(401) == Some(Typed::Keys(vec![('4', 400)])));
        assert_eq!(wedge.deadline(), None);
    }

    #[test]
    fn too_long_is_told_once_and_its_rest_is_swallowed() {
        let mut wedge = Wedge::new();
        let long = "0123456789".repeat(100);
        assert!(feed(&mut wedge, &format!("{long}\r\n"), 0, 1) == [Typed::TooLong]);
        assert!(feed(&mut wedge, "1", 5_000, 1) == [keys("1")]);
        let mut held = String::new();
        for typed in feed(&mut wedge, &"3".repeat(100), 9_000, 33) {
            let Typed::Keys(keys) = typed else {
                panic!("a held key is no scan");
            };
            held.extend(keys.into_iter().map(|(key, _)| key));
        }
        assert_eq!(held, "3".repeat(100));
    }

    #[test]
    fn keys_that_come_out_together_keep_their_moments() {
        let mut wedge = Wedge::new();
        assert!(wedge.key('5', 100).is_empty());
        assert!(wedge.key('6', 130).is_empty());
        let both = Typed::Keys(vec![('5', 100), ('6', 130), ('\r', 160)]);
        assert!(wedge.key('\r', 160) == [both]);
    }

    #[test]
    fn what_is_typed_stays_out_of_the_log() {
        assert_eq!(
            format!("{:?} {:?}", keys("1234"), burst("0005591234")),
            "Keys(4 chars) Burst(10 chars)"
        );
    }
}
