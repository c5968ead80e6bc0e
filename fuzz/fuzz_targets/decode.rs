//! Any bytes in any pieces at any pace: no decoder panics, hoards or loses the next good card.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wenming::domain::{NumberForm, NumberReading, TownshipCode};
use wenming::wire::{Decoder, LineForm, MAX_RAW, Read, Seen, Talk};

const CHIP: &[u8] = b"\x023C00CE754CCB\x03";
const PRINTED: &[u8] = b"0045131261\r";
const TAG: &[u8] = &[
    0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x04, 0x08, 0x04, 0x9E, 0xB3, 0x6E,
    0x66, 0xA9, 0x00,
];

fn decoder(which: u8, town: TownshipCode) -> (Decoder, &'static [u8], &'static str) {
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
    match which % 6 {
        0 => (Decoder::em4100(), CHIP, "3C00CE754C"),
        1 => (Decoder::lines_as(plain), PRINTED, "0045131261"),
        2 => (Decoder::lines_as(silent), PRINTED, "0045131261"),
        3 => (Decoder::gm65(plain, Talk::Heartbeat), PRINTED, "0045131261"),
        4 => (Decoder::gm65(printed, Talk::Trigger), PRINTED, "0045131261"),
        _ => (Decoder::pn532(), TAG, "9EB36E66"),
    }
}

fn check(reads: &[Read]) -> bool {
    assert!(reads.iter().all(|read| read.raw.bytes().len() <= MAX_RAW));
    !reads.is_empty()
}

fuzz_target!(|data: &[u8]| {
    let ([which, pace, rest @ ..], Some(town)) = (data, TownshipCode::parse("LUCHENG")) else {
        return;
    };
    let (mut decoder, frame, card) = decoder(*which, town);
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
    now_ms += 10_000;
    check(&decoder.tick(now_ms));
    let reads = decoder.push(frame, now_ms);
    let read = reads.iter().any(|read| matches!(&read.seen, Seen::Card(seen) if seen.as_str() == card));
    assert!(read, "the good card was lost: {reads:?}");
});
