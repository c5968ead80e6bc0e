//! A scanner of the GROW family: reads the code that is held to it, and answers two commands.
//!
//! ```text
//! command  7E 00 | type | len | address(2) | data | crc(2)       answer  02 00 | 00 | len | data | crc(2)
//! ```
//!
//! CRC-16/XMODEM over type to data. Source: GM65 manual, chapters 2 and 6; the heartbeat, answered with 03, is of the
//! GM861 manual.

/// A code that is still there is read again so often in continuous mode.
const REPEAT_MS: i64 = 1_000;
/// A reading that was triggered ends by itself after so long.
const READING_MS: i64 = 5_000;
/// The longest command.
const MOST_HELD: usize = 64;
/// The most bytes of a code: what a QR code holds.
const MOST_CODE: usize = 2_953;

/// The scanner.
#[derive(Default)]
pub(super) struct Gm65 {
    heard: Vec<u8>,
    code: Option<Vec<u8>>,
    next_ms: i64,
    /// It was triggered once, so it reads only when it is told, until this moment.
    told: Option<i64>,
}

impl Gm65 {
    /// Holds a code to it; false where it is empty, too long or has controls.
    pub(super) fn put(&mut self, code: &str, now_ms: i64) -> bool {
        let fits = (1..=MOST_CODE).contains(&code.len()) && !code.chars().any(char::is_control);
        if fits {
            self.code = Some(code.as_bytes().to_vec());
            self.next_ms = now_ms;
        }
        fits
    }

    pub(super) fn take(&mut self) {
        self.code = None;
    }

    /// The plug was out.
    pub(super) fn power_on(&mut self) {
        self.heard.clear();
        self.told = None;
    }

    pub(super) fn next_ms(&self) -> Option<i64> {
        let told = self.told.is_none_or(|until| self.next_ms < until);
        self.code.as_ref().filter(|_| told).map(|_| self.next_ms)
    }

    /// The line that is said by now, and when.
    pub(super) fn due(&mut self, now_ms: i64) -> Option<(i64, Vec<u8>)> {
        let at_ms = self.next_ms().filter(|at| *at <= now_ms)?;
        let at_ms = at_ms.max(now_ms.saturating_sub(REPEAT_MS));
        self.next_ms = at_ms.saturating_add(REPEAT_MS);
        if self.told.is_some() {
            self.told = Some(at_ms);
        }
        let mut line = self.code.clone()?;
        line.push(b'\r');
        Some((at_ms, line))
    }

    /// Takes what the host wrote; gives the answers.
    pub(super) fn hear(&mut self, bytes: &[u8], now_ms: i64) -> Vec<u8> {
        let mut answers = Vec::new();
        for byte in bytes {
            self.heard.push(*byte);
            let Some((kind, address, whole)) = command(&self.heard) else {
                let begun = matches!(*self.heard, [0x7E] | [0x7E, 0x00, ..]);
                if !begun || self.heard.len() > MOST_HELD {
                    self.heard.clear();
                }
                continue;
            };
            self.heard.clear();
            match (whole, kind, address) {
                (true, 0x0A, _) => answers.extend(answer(0x03, &[0x00])),
                (true, 0x08, 0x0002) => {
                    self.told = Some(now_ms.saturating_add(READING_MS));
                    self.next_ms = self.next_ms.max(now_ms);
                    answers.extend(answer(0x02, &[0x00]));
                }
                (true, 0x07 | 0x08, _) => answers.extend(answer(0x02, &[0x00])),
                // A wrong sum and an unknown command are not answered.
                (..) => {}
            }
        }
        answers
    }
}

/// Type and address of a complete command, and whether its sum is right.
fn command(heard: &[u8]) -> Option<(u8, u16, bool)> {
    let [0x7E, 0x00, kind, len, high, low, rest @ ..] = heard else {
        return None;
    };
    let (data, sum) = rest.split_at_checked(usize::from(*len))?;
    let [first, second] = *sum else { return None };
    let summed = [&[*kind, *len, *high, *low], data].concat();
    let whole = crc(&summed).to_be_bytes() == [first, second];
    Some((*kind, u16::from_be_bytes([*high, *low]), whole))
}

fn answer(head: u8, data: &[u8]) -> Vec<u8> {
    let mut body = vec![0x00, u8::try_from(data.len()).unwrap_or_default()];
    body.extend(data);
    let sum = crc(&body).to_be_bytes();
    [&[head, 0x00], &body[..], &sum].concat()
}

/// CRC-16/XMODEM, a nibble at a time: the table of the polynomial 1021.
fn crc(bytes: &[u8]) -> u16 {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]);
    nibbles.fold(0_u16, |crc, nibble| {
        let top = (crc >> 12) ^ u16::from(nibble);
        (crc << 4) ^ top ^ (top << 5) ^ (top << 12)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_the_manual() {
        for (bytes, sum) in [
            (&[0x08, 0x01, 0x00, 0x02, 0x01][..], 0x02DA),
            (&[0x0A, 0x01, 0x00, 0x00, 0x00], 0x301A),
            (&[0x07, 0x01, 0x00, 0x0A, 0x01], 0xEE8A),
            (&[0x00, 0x01, 0x00], 0x3331),
        ] {
            assert_eq!(crc(bytes), sum, "{bytes:02x?}");
        }
        assert_eq!(
            answer(0x02, &[0x00]),
            [0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31]
        );
    }

    #[test]
    fn a_scanner_that_was_triggered_waits_for_the_next_trigger() {
        const TRIGGER: [u8; 9] = [0x7E, 0x00, 0x08, 0x01, 0x00, 0x02, 0x01, 0x02, 0xDA];
        let mut scanner = Gm65::default();
        assert!(scanner.put("0005591234", 0));
        assert_eq!(scanner.due(0), Some((0, b"0005591234\r".to_vec())));
        assert_eq!(scanner.due(999), None);
        assert_eq!(scanner.due(1_000), Some((1_000, b"0005591234\r".to_vec())));
        let mut wrong = TRIGGER;
        wrong[8] ^= 1;
        assert!(scanner.hear(&wrong, 1_500).is_empty());
        assert_eq!(scanner.hear(&TRIGGER, 1_500), answer(0x02, &[0x00]));
        assert_eq!(scanner.due(2_000), Some((2_000, b"0005591234\r".to_vec())));
        assert_eq!(scanner.due(60_000), None);
        assert_eq!(scanner.hear(&TRIGGER, 60_000), answer(0x02, &[0x00]));
        assert_eq!(
            scanner.due(60_000),
            Some((60_000, b"0005591234\r".to_vec()))
        );
    }
}
