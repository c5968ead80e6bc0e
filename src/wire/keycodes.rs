//! Keys of a keyboard wedge as the kernel reports them, turned into the text that it typed: US layout.
//!
//! Source: the numbers in Linux `include/uapi/linux/input-event-codes.h`; `SYN_DROPPED` as
//! `Documentation/input/event-codes.rst` has it. A wedge types on a US keyboard as its maker set it, whatever layout the
//! station's own keyboard has.

/// What an event is about: `type` in the kernel's `struct input_event`.
const EV_SYN: u16 = 0;
const EV_KEY: u16 = 1;
/// Of `EV_SYN`: a report is whole; events were lost.
const SYN_REPORT: u16 = 0;
const SYN_DROPPED: u16 = 3;
/// Of `EV_KEY`, the value: pressed. 0 is released; 2, repeated while it is held, is not typed.
const PRESSED: i32 = 1;
const RELEASED: i32 = 0;

const KEY_LEFTSHIFT: u16 = 42;
const KEY_RIGHTSHIFT: u16 = 54;
/// Control, Alt and the key with the logo, left and right.
const CHORDS: [u16; 6] = [29, 97, 56, 100, 125, 126];
/// Caps Lock, Num Lock, Scroll Lock: a device of its own has no lamp to follow, its digits are digits.
const LOCKS: [u16; 3] = [58, 69, 70];
const KEY_J: u16 = 36;
const KEY_M: u16 = 50;
const KEY_TAB: u16 = 15;
const KEY_ENTER: u16 = 28;
const KEY_KPENTER: u16 = 96;

/// Rows of keys that lie side by side in the kernel's numbers: the first key, what they type, and with Shift.
const ROWS: [(u16, &[u8], &[u8]); 9] = [
    (2, b"1234567890-=", b"!@#$%^&*()_+"),
    (16, b"qwertyuiop[]", b"QWERTYUIOP{}"),
    (30, b"asdfghjkl;'`", b"ASDFGHJKL:\"~"),
    (43, b"\\zxcvbnm,./", b"|ZXCVBNM<>?"),
    (55, b"*", b"*"),
    (57, b" ", b" "),
    (71, b"789-456+1230.", b"789-456+1230."),
    (98, b"/", b"/"),
    // The equals sign of a keypad.
    (117, b"=", b"="),
];

/// What stands where a key has no character: no text holds it, so the line is refused as a whole.
const NO_TEXT: u8 = 0;

/// One event of an input device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InputEvent {
    /// `type`: key, or end of a report.
    pub kind: u16,
    /// Which key.
    pub code: u16,
    /// 1 pressed, 0 released, 2 repeated.
    pub value: i32,
}

/// The keys of one device that are held, and what they make of the next.
#[derive(Debug, Default)]
pub struct Keyboard {
    shifts: Vec<u16>,
    chords: Vec<u16>,
    /// Events were lost, and the rest of this report means nothing.
    dropped: bool,
}

impl Keyboard {
    /// Starts with no key held.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one event and gives the byte that it typed.
    ///
    /// Enter is CR, Tab TAB, control with J and M too are end marks, as scanners type LF and CR. A key without a character, one held
    /// with control or Alt (Windows composes characters of digits that way), and lost events give NUL, so that what is
    /// left of a line is never taken for a whole one.
    pub fn event(&mut self, event: InputEvent) -> Option<u8> {
        match (event.kind, event.code) {
            (EV_SYN, SYN_DROPPED) => {
                *self = Self {
                    dropped: true,
                    ..Self::default()
                };
                Some(NO_TEXT)
            }
            (EV_SYN, SYN_REPORT) => {
                self.dropped = false;
                None
            }
            (EV_KEY, code) if !self.dropped => self.key(code, event.value),
            _ => None,
        }
    }

    fn key(&mut self, code: u16, value: i32) -> Option<u8> {
        let held = match code {
            KEY_LEFTSHIFT | KEY_RIGHTSHIFT => Some(&mut self.shifts),
            _ if CHORDS.contains(&code) => Some(&mut self.chords),
            _ => None,
        };
        if let Some(held) = held {
            match value {
                PRESSED if !held.contains(&code) => held.push(code),
                RELEASED => held.retain(|key| *key != code),
                _ => {}
            }
            return None;
        }
        (value == PRESSED && !LOCKS.contains(&code)).then(|| self.typed(code))
    }

    fn typed(&self, code: u16) -> u8 {
        match code {
            KEY_J if self.is_control() => b'\n',
            KEY_M if self.is_control() => b'\r',
            _ if !self.chords.is_empty() => NO_TEXT,
            KEY_ENTER | KEY_KPENTER => b'\r',
            KEY_TAB => b'\t',
            _ => character(code, !self.shifts.is_empty()).unwrap_or(NO_TEXT),
        }
    }

    fn is_control(&self) -> bool {
        matches!(self.chords.as_slice(), [29 | 97])
    }
}

/// What a key types on a US keyboard.
fn character(code: u16, shift: bool) -> Option<u8> {
    ROWS.iter().find_map(|(first, plain, shifted)| {
        let row = if shift { shifted } else { plain };
        let place = code.checked_sub(*first)?;
        row.get(usize::from(place)).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CardId, TownshipCode};
    use crate::wire::{Decoder, FrameFault, Seen};

    /// `struct input_event` of a 64-bit machine: 16 bytes of time, type, code, value, low byte first.
    fn events(bytes: &[u8]) -> Vec<InputEvent> {
        let records = bytes.chunks_exact(24);
        assert!(records.remainder().is_empty());
        records
            .map(|record| InputEvent {
                kind: u16::from_le_bytes([record[16], record[17]]),
                code: u16::from_le_bytes([record[18], record[19]]),
                value: i32::from_le_bytes([record[20], record[21], record[22], record[23]]),
            })
            .collect()
    }

    fn typed(keys: &[(u16, i32)]) -> String {
        let mut keyboard = Keyboard::new();
        let event = |(code, value)| InputEvent {
            kind: EV_KEY,
            code,
            value,
        };
        let bytes = keys.iter().filter_map(|k| keyboard.event(event(*k)));
        bytes.map(char::from).collect()
    }

    fn tap(code: u16) -> [(u16, i32); 2] {
        [(code, 1), (code, 0)]
    }

    fn read(bytes: &str) -> Vec<Seen> {
        let mut decoder = Decoder::lines(TownshipCode::parse("LUCHENG").unwrap());
        let reads = decoder.push(bytes.as_bytes(), 0);
        reads.into_iter().map(|read| read.seen).collect()
    }

    #[test]
    fn the_us_table_plain_and_with_either_shift() {
        for (first, plain, shifted) in [
            (2, "1234567890-=", "!@#$%^&*()_+"),
            (16, "qwertyuiop[]\r", "QWERTYUIOP{}\r"),
            (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
            (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
            (71, "789-456+1230.", "789-456+1230."),
        ] {
            let taps = (first..).take(plain.len()).flat_map(tap);
            let taps: Vec<_> = taps.collect();
            assert_eq!(typed(&taps), plain);
            for shift in [42, 54] {
                let held: Vec<_> = [(shift, 1)].into_iter().chain(taps.clone()).collect();
                assert_eq!(typed(&held), shifted, "{shift}");
            }
        }
        assert_eq!(typed(&tap(57)), " ");
        assert_eq!(typed(&tap(55)), "*");
        assert_eq!(typed(&tap(98)), "/");
        assert_eq!(typed(&tap(15)), "\t");
        assert_eq!(typed(&tap(96)), "\r");
    }

    #[test]
    fn held_keys_and_chords_type_nothing_that_could_be_a_number() {
        for (keys, want) in [
            // Repeats while a key is held.
            (&[(2, 1), (2, 2), (2, 2), (2, 0)][..], "1"),
            // One shift let go while the other is held.
            (&[(42, 1), (54, 1), (42, 0), (30, 1)], "A"),
            (&[(42, 1), (54, 1), (42, 0), (54, 0), (30, 1)], "a"),
            // Control with J and M, with another key; Alt with 5 on the keypad; a function key; locks.
            (&[(29, 1), (36, 1), (29, 0)], "\n"),
            (&[(97, 1), (50, 1), (97, 0)], "\r"),
            (&[(29, 1), (46, 1), (29, 0), (46, 1)], "\0c"),
            (&[(56, 1), (76, 1), (76, 0), (56, 0), (76, 1)], "\x005"),
            (&[(56, 1), (29, 1), (50, 1)], "\0"),
            (&[(59, 1), (59, 0)], "\0"),
            (&[(58, 1), (58, 0), (69, 1), (69, 0), (30, 1)], "a"),
            // Let go without having been pressed, as at the moment of the grab.
            (&[(28, 0), (2, 1)], "1"),
        ] {
            assert_eq!(typed(keys), want, "{keys:?}");
        }
    }

    #[test]
    fn bytes_of_the_kernel_become_a_card() {
        // A569, Enter with their scan codes (type 4, code 4) and the end of each report, as a USB keyboard gives them.
        let mut bytes = Vec::new();
        let mut put = |kind: u16, code: u16, value: i32| {
            bytes.extend([0x5A; 16]);
            bytes.extend(kind.to_le_bytes());
            bytes.extend(code.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        };
        let reports: [&[(u16, i32)]; 9] = [
            &[(42, 1)],
            &[(30, 1)],
            &[(42, 0), (30, 0)],
            &[(6, 1)],
            &[(6, 2)],
            &[(6, 0), (7, 1)],
            &[(7, 0), (10, 1)],
            &[(10, 0), (28, 1)],
            &[(28, 0)],
        ];
        for report in reports {
            for (code, value) in report {
                put(4, 4, 0x0007_0004);
                put(EV_KEY, *code, *value);
            }
            put(EV_SYN, SYN_REPORT, 0);
        }
        let mut keyboard = Keyboard::new();
        let text = events(&bytes);
        let text = text.into_iter().filter_map(|event| keyboard.event(event));
        let text: String = text.map(char::from).collect();
        assert_eq!(text, "A569\r");
        let card = CardId::parse("A569").unwrap();
        assert_eq!(read(&text), [Seen::Card(card)]);
    }

    #[test]
    fn a_line_with_lost_keys_is_no_card() {
        let key = |code, value| InputEvent {
            kind: EV_KEY,
            code,
            value,
        };
        let syn = |code| InputEvent {
            kind: EV_SYN,
            code,
            value: 0,
        };
        let mut keyboard = Keyboard::new();
        let events = [
            key(42, 1),
            syn(SYN_DROPPED),
            // What comes before the end of that report is void, and no shift is held after it.
            key(30, 1),
            syn(SYN_REPORT),
            key(2, 1),
            key(3, 1),
            key(4, 1),
            key(5, 1),
            key(28, 1),
        ];
        let text = events.into_iter().filter_map(|e| keyboard.event(e));
        let text: String = text.map(char::from).collect();
        assert_eq!(text, "\x001234\r");
        assert_eq!(read(&text), [Seen::Fault(FrameFault::NotText)]);
        assert!(matches!(read("1234\r").as_slice(), [Seen::Card(_)]));
    }
}
