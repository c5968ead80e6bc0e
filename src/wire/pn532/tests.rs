//! The conversation with a PN532, by captured frames.

use crate::wire::Seen;
use crate::wire::pn532::driver::{
    ANSWER_MS, CANCEL, FAILURES, ONE_TYPE_A, PAUSE_MS, POLL, RETRIES, RF, VERSION, WAKE, WAKE_MS,
    WAKINGS,
};
use crate::wire::pn532::{Pn532, command};

const ACK: [u8; 6] = CANCEL;
const SAM: &[u8] = &[0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD5, 0x15, 0x16, 0x00];
const IS_PN532: &[u8] = &[
    0x00, 0x00, 0xFF, 0x06, 0xFA, 0xD5, 0x03, 0x32, 0x01, 0x06, 0x07, 0xE8, 0x00,
];
const RF_SET: &[u8] = &[0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD5, 0x33, 0xF8, 0x00];
const NO_CARD: &[u8] = &[0x00, 0x00, 0xFF, 0x03, 0xFD, 0xD5, 0x4B, 0x00, 0xE0, 0x00];
/// A Classic 1K, and an Ultralight, as captured.
const CLASSIC: &[u8] = &[
    0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x04, 0x08, 0x04, 0x9E, 0xB3, 0x6E,
    0x66, 0xA9, 0x00,
];
const ULTRALIGHT: &[u8] = &[
    0x00, 0x00, 0xFF, 0x0F, 0xF1, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x44, 0x00, 0x07, 0x04, 0x7B, 0xCB,
    0x51, 0x96, 0x22, 0x80, 0xC0, 0x00,
];

fn say(chip: &mut Pn532, bytes: &[u8], ms: i64) -> Vec<String> {
    let seen = bytes.iter().flat_map(|b| chip.byte(*b, ms));
    seen.map(|seen| match seen {
        Seen::Card(card) => card.as_str().to_owned(),
        Seen::Fault(fault) => fault.name().to_owned(),
        Seen::Removed(card) => format!("-{}", card.as_str()),
    })
    .collect()
}

/// A chip that was woken and set up, and was asked for a card at moment 0.
fn polling() -> Pn532 {
    let mut chip = Pn532::new();
    assert!(chip.outgoing().is_empty());
    chip.restart(0);
    assert_eq!(chip.outgoing(), WAKE);
    for (answer, next) in [
        (SAM, command(VERSION, &[])),
        (IS_PN532, command(RF, &RETRIES)),
        (RF_SET, command(POLL, &ONE_TYPE_A)),
    ] {
        assert!(!chip.is_ready());
        assert_eq!(say(&mut chip, &ACK, 0), Vec::<String>::new());
        assert!(chip.outgoing().is_empty());
        assert_eq!(say(&mut chip, answer, 0), Vec::<String>::new());
        assert_eq!(chip.outgoing(), next);
    }
    assert!(chip.is_ready());
    chip
}

#[test]
fn the_wake_up_is_the_captured_one() {
    assert_eq!(
        crate::wire::hex_dump(&WAKE),
        "55 55 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF 03 FD D4 14 01 17 00"
    );
}

#[test]
fn cards_come_and_go() {
    let mut chip = polling();
    let mut now = 0;
    for (answer, want) in [
        (NO_CARD, vec![]),
        (CLASSIC, vec!["9EB36E66"]),
        (CLASSIC, vec!["9EB36E66"]),
        // One poll without it is a trembling hand.
        (NO_CARD, vec![]),
        (CLASSIC, vec!["9EB36E66"]),
        (NO_CARD, vec![]),
        (NO_CARD, vec!["-9EB36E66"]),
        (NO_CARD, vec![]),
        (CLASSIC, vec!["9EB36E66"]),
        (ULTRALIGHT, vec!["-9EB36E66", "047BCB51962280"]),
    ] {
        assert_eq!(say(&mut chip, &ACK, now), Vec::<String>::new());
        assert_eq!(say(&mut chip, answer, now), want);
        assert!(chip.outgoing().is_empty());
        now += PAUSE_MS;
        assert_eq!(chip.next_wake_ms(), Some(now));
        chip.tick(now - 1);
        assert!(chip.outgoing().is_empty());
        chip.tick(now);
        assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
    }
}

#[test]
fn silence_is_cancelled_then_woken_then_given_up() {
    let mut chip = polling();
    assert_eq!(say(&mut chip, NO_CARD, 0), Vec::<String>::new());
    let mut now = PAUSE_MS;
    chip.tick(now);
    assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
    for _ in 1..FAILURES {
        now += ANSWER_MS;
        chip.tick(now);
        assert_eq!(chip.outgoing(), CANCEL);
        now += PAUSE_MS;
        chip.tick(now);
        assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
    }
    now += ANSWER_MS;
    chip.tick(now);
    assert_eq!(chip.outgoing(), [&CANCEL[..], &WAKE].concat());
    for _ in 1..WAKINGS {
        now += WAKE_MS;
        chip.tick(now);
        assert_eq!(chip.outgoing(), [&CANCEL[..], &WAKE].concat());
        assert!(!chip.is_lost());
    }
    now += WAKE_MS;
    chip.tick(now);
    assert_eq!(chip.outgoing(), CANCEL);
    assert!(chip.is_lost());
    assert_eq!(chip.next_wake_ms(), None);
    chip.restart(now);
    assert_eq!(chip.outgoing(), WAKE);
}

#[test]
fn an_error_or_a_broken_answer_is_asked_again() {
    const ERROR: &[u8] = &[0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];
    const NACK: &[u8] = &[0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00];
    let mut broken = CLASSIC.to_vec();
    broken[13] ^= 1;
    for (bytes, told) in [
        (ERROR, vec![]),
        (NACK, vec![]),
        (&broken[..], vec!["checksum"]),
    ] {
        let mut chip = polling();
        assert_eq!(say(&mut chip, bytes, 0), told);
        chip.tick(PAUSE_MS);
        assert_eq!(chip.outgoing(), command(POLL, &ONE_TYPE_A));
        assert_eq!(say(&mut chip, CLASSIC, PAUSE_MS), ["9EB36E66"]);
    }
}

#[test]
fn nothing_is_said_into_a_line_that_is_not_quiet() {
    let mut broken = SAM.to_vec();
    broken[7] ^= 1;
    let mut chip = Pn532::new();
    chip.restart(0);
    assert_eq!(chip.outgoing(), WAKE);
    assert_eq!(say(&mut chip, &broken, 0), ["checksum"]);
    // Answers to earlier commands: each of them moves the moment on, up to the longest wait for an answer.
    for now in [100, 200, 300, 400] {
        assert_eq!(say(&mut chip, &broken, now), ["checksum"]);
        chip.tick(now);
        assert!(chip.outgoing().is_empty(), "at {now} ms");
        let quiet = ANSWER_MS.min(now + PAUSE_MS);
        assert_eq!(chip.next_wake_ms(), Some(quiet));
    }
    assert!(!chip.is_ready());
    chip.tick(ANSWER_MS);
    assert_eq!(chip.outgoing(), WAKE);
    assert!(!chip.is_lost(), "that was one waking");
}

#[test]
fn a_card_that_lay_there_when_the_line_broke_is_missed_afterwards() {
    let mut chip = polling();
    assert_eq!(say(&mut chip, CLASSIC, 0), ["9EB36E66"]);
    chip.restart(5_000);
    for answer in [SAM, IS_PN532, RF_SET, NO_CARD] {
        assert_eq!(say(&mut chip, answer, 5_000), Vec::<String>::new());
    }
    chip.tick(5_000 + PAUSE_MS);
    assert_eq!(say(&mut chip, NO_CARD, 5_200), ["-9EB36E66"]);
}
