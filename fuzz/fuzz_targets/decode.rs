//! Any bytes in any pieces at any pace: no decoder panics, hoards or loses the next good card.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wenming::domain::{NumberForm, NumberReading, TownshipCode};
use wenming::wire::{Decoder, InputEvent, Keyboard, LineForm, MAX_BURST_CHARS, MAX_RAW};
use wenming::wire::{
    PcscEvent, Pointer, PointerAct, Read, Seen, Talk, Tty, TtyInput, Typed, Wedge,
};

const CHIP: &[u8] = b"\x023C00CE754CCB\x03";
const PRINTED: &[u8] = b"0045131261\r";
const TAG: &[u8] = &[
    0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x04, 0x08, 0x04, 0x9E, 0xB3, 0x6E,
    0x66, 0xA9, 0x00,
];
const UID: &[u8] = &[0x9E, 0xB3, 0x6E, 0x66, 0x90, 0x00];
/// Types and codes of the kernel's `struct input_event`: `EV_SYN`, `EV_KEY`, `SYN_REPORT`, `SYN_DROPPED`, and the keys 0 and Enter,
/// before which the keys 1 to 9 have the numbers 2 to 10.
const EV_SYN: u16 = 0;
const EV_KEY: u16 = 1;
const SYN_REPORT: u16 = 0;
const SYN_DROPPED: u16 = 3;
const KEY_0: u16 = 11;
const KEY_ENTER: u16 = 28;
/// What is longer than any pause within a frame, a line or a scan.
const SILENCE_MS: i64 = 10_000;

fn decoder(which: u8, town: TownshipCode) -> (Decoder, Vec<u8>, &'static str) {
    let plain = LineForm::plain(town);
    let printed = LineForm {
        number: Some(NumberReading {
            form: NumberForm::Dec10,
            reversed: false,
            zeros: true,
        }),
        ..plain.clone()
    };
    let silent = LineForm {
        gap_ends: true,
        ..plain.clone()
    };
    let (decoder, frame, card) = match which {
        0 => (Decoder::em4100(), CHIP, "3C00CE754C"),
        1 => (Decoder::lines_as(plain), PRINTED, "0045131261"),
        2 => (Decoder::lines_as(silent), PRINTED, "0045131261"),
        3 => (Decoder::gm65(plain, Talk::Heartbeat), PRINTED, "0045131261"),
        4 => (Decoder::gm65(printed, Talk::Trigger), PRINTED, "0045131261"),
        5 => (Decoder::pn532(), TAG, "9EB36E66"),
        _ => {
            let answer = PcscEvent::Answer(UID).frame();
            return (Decoder::pcsc(), answer, "9EB36E66");
        }
    };
    (decoder, frame.to_vec(), card)
}

fn check(reads: &[Read]) -> bool {
    assert!(reads.iter().all(|read| read.raw.bytes().len() <= MAX_RAW));
    !reads.is_empty()
}

/// Says whether the card is among what was read.
fn holds(reads: &[Read], card: &str) -> bool {
    let mut seen = reads.iter().map(|read| &read.seen);
    seen.any(|seen| matches!(seen, Seen::Card(seen) if seen.as_str() == card))
}

/// Bytes of a line.
fn line(which: u8, pace: u8, rest: &[u8], town: TownshipCode) {
    let (mut decoder, frame, card) = decoder(which, town);
    let mut now_ms = 0;
    decoder.restart(now_ms);
    for piece in rest.chunks(usize::from(pace % 64) + 1) {
        check(&decoder.push(piece, now_ms));
        // Every fifth piece comes after a pause; which pause, the bytes decide.
        let pause_ms = i64::from(piece.first().copied().unwrap_or_default());
        if pause_ms % 5 == 0 {
            now_ms += pause_ms * 4;
            check(&decoder.tick(now_ms));
        }
        assert!(decoder.outgoing().len() < 4_096);
    }
    now_ms += SILENCE_MS;
    check(&decoder.tick(now_ms));
    let reads = decoder.push(&frame, now_ms);
    assert!(holds(&reads, card), "the good card was lost: {reads:?}");
}

/// Key events of a wedge that is taken for the kiosk alone.
fn keys(pace: u8, rest: &[u8], town: TownshipCode) {
    let mut keyboard = Keyboard::new();
    let mut decoder = Decoder::lines_as(LineForm::plain(town));
    let mut now_ms = 0;
    decoder.restart(now_ms);
    let mut press = |events: &[(u16, u16, i32)]| -> Vec<u8> {
        let events = events.iter();
        let event = |(kind, code, value): &(u16, u16, i32)| InputEvent {
            kind: *kind,
            code: *code,
            value: *value,
        };
        events
            .filter_map(|one| keyboard.event(event(one)))
            .collect()
    };
    for piece in rest.chunks(usize::from(pace % 64) + 1) {
        let events: Vec<(u16, u16, i32)> = piece
            .chunks(2)
            .map(|pair| match pair {
                // Keys mostly: the two high bits are pressed, released, repeated, or an event of another type.
                [how, code] => match how >> 6 {
                    value @ 0..=2 => (EV_KEY, u16::from(*code), i32::from(value)),
                    _ => (u16::from(how & 0x3F), u16::from(code & 0x07), 0),
                },
                _ => (EV_SYN, SYN_REPORT, 0),
            })
            .collect();
        let bytes = press(&events);
        assert!(bytes.is_ascii() && bytes.len() <= events.len());
        check(&decoder.push(&bytes, now_ms));
        let pause_ms = i64::from(piece.first().copied().unwrap_or_default());
        if pause_ms % 5 == 0 {
            now_ms += pause_ms * 4;
            check(&decoder.tick(now_ms));
        }
    }
    // Whatever was held down is let go where the kernel says that it lost events.
    let spoiled = press(&[(EV_SYN, SYN_DROPPED, 0), (EV_SYN, SYN_REPORT, 0)]);
    check(&decoder.push(&spoiled, now_ms));
    now_ms += SILENCE_MS;
    check(&decoder.tick(now_ms));
    let codes = b"0045131261".iter().map(|digit| match digit {
        b'0' => KEY_0,
        digit => u16::from(digit - b'0') + 1,
    });
    let scan: Vec<(u16, u16, i32)> = codes
        .chain([KEY_ENTER])
        .flat_map(|code| {
            [
                (EV_KEY, code, 1),
                (EV_KEY, code, 0),
                (EV_SYN, SYN_REPORT, 0),
            ]
        })
        .collect();
    let reads = decoder.push(&press(&scan), now_ms);
    assert!(
        holds(&reads, "0045131261"),
        "the good card was lost: {reads:?}"
    );
}

/// Characters at the station's own keyboard: none is lost or turned round, and a scan is told from a person.
fn typing(rest: &[u8]) {
    let mut wedge = Wedge::new();
    let mut now_ms = 0;
    let (mut came, mut given, mut too_long) = (String::new(), String::new(), false);
    let mut take = |typed: Option<Typed>| match typed {
        Some(Typed::Burst(text)) => {
            assert!(text.chars().count() <= MAX_BURST_CHARS);
            given.push_str(&text);
        }
        Some(Typed::Keys(keys)) => given.extend(keys.into_iter().map(|(key, _)| key)),
        Some(Typed::TooLong) => too_long = true,
        None => {}
    };
    for pair in rest.chunks_exact(2) {
        let [key, gap] = pair else { return };
        let key = char::from(*key);
        // Most gaps are a device's; every eighth is a person's.
        let gap_ms = i64::from(if gap % 8 == 0 { *gap } else { gap % 40 });
        now_ms += gap_ms;
        // The kiosk lets go what is held when nothing came until then, else with the next key.
        if gap % 3 == 0 {
            take(wedge.flush(now_ms));
        }
        came.push(key);
        wedge
            .key(key, now_ms)
            .into_iter()
            .map(Some)
            .for_each(&mut take);
    }
    now_ms += SILENCE_MS;
    take(wedge.flush(now_ms));
    assert_eq!(wedge.deadline(), None, "something is still held");
    let plain = |text: &str| text.replace(['\r', '\n', '\t'], "");
    assert!(
        too_long || plain(&given) == plain(&came),
        "{came:?} became {given:?}"
    );
    let mut typed = Vec::new();
    for key in "0045131261\r".chars() {
        now_ms += 8;
        typed.extend(wedge.key(key, now_ms));
    }
    assert!(
        typed == [Typed::Burst("0045131261".to_owned())],
        "the good scan was lost: {typed:?}"
    );
}

/// Bytes of the terminal: nothing is waited for without a bound, what is read does not depend on the pieces, and the next key works.
fn terminal(pace: u8, rest: &[u8]) {
    let (mut whole, mut pieces) = (Tty::new(), Tty::new());
    let came = whole.push(rest);
    // Every byte is one sign or part of one; only a byte that cuts a sequence off is two.
    assert!(came.len() <= rest.len().saturating_mul(2));
    let size = usize::from(pace % 64) + 1;
    let again: Vec<TtyInput> = rest
        .chunks(size)
        .flat_map(|piece| pieces.push(piece))
        .collect();
    assert_eq!(came, again);
    let begun = whole.has_begun();
    assert_eq!(whole.silence().is_some(), begun);
    assert!(!whole.has_begun());
    assert_eq!(whole.push(b"5"), [TtyInput::Char('5')]);
    // A finger needs no silence before it.
    let touched = pieces.push(b"\x1b[<0;3;4M");
    let down = Pointer {
        act: PointerAct::Down,
        column: 2,
        row: 3,
    };
    assert_eq!(touched.last(), Some(&TtyInput::Pointer(down)));
    for _ in 0..wenming::wire::MAX_SEQUENCE {
        pieces.push(b"5");
    }
    assert!(!pieces.has_begun());
}

fuzz_target!(|data: &[u8]| {
    let ([which, pace, rest @ ..], Some(town)) = (data, TownshipCode::parse("LUCHENG")) else {
        return;
    };
    match which % 10 {
        which @ 0..=6 => line(which, *pace, rest, town),
        7 => keys(*pace, rest, town),
        8 => typing(rest),
        _ => terminal(*pace, rest),
    }
});
