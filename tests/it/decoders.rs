//! Laws of the decoders: what they make of any bytes and any keys.

#![expect(clippy::unwrap_used, reason = "what the test wrote itself parses")]

use proptest::collection::vec;
use proptest::prelude::*;
use wenming::domain::{CardId, NumberForm, NumberReading, TownshipCode, forms_of_chip};
use wenming::wire::code::{make_code, parse};
use wenming::wire::{
    Decoder, FrameFault, LineForm, MAX_RAW, MAX_SEQUENCE, PcscEvent, Pointer, PointerAct, Read,
    Seen, Talk, Tty, TtyInput, Typed, Wedge, hex_dump, text,
};

fn town() -> TownshipCode {
    TownshipCode::parse("LUCHENG").unwrap()
}

fn plain() -> LineForm {
    LineForm::plain(town())
}

fn printed() -> LineForm {
    let number = NumberReading {
        form: NumberForm::Dec10,
        reversed: false,
        zeros: true,
    };
    LineForm {
        number: Some(number),
        ..plain()
    }
}

fn silent() -> LineForm {
    LineForm {
        gap_ends: true,
        ..plain()
    }
}

const CHIP: &[u8] = b"\x023C00CE754CCB\x03";
const ID12: &[u8] = b"\x0262E3086CED08\r\n\x03";
const CODE: &[u8] = b"\x02WB1:LUCHENG:7K3M9Q2X:R181\x03\r";
/// What a PN532 says of a Classic 1K, as captured.
const TAG: &[u8] = &[
    0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01, 0x01, 0x00, 0x04, 0x08, 0x04, 0x9E, 0xB3, 0x6E,
    0x66, 0xA9, 0x00,
];
/// A GM65's answer to a command.
const ANSWER: &[u8] = &[0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31];
/// The mark of an identity-card reader, and the length of four bytes.
const CITIZEN: &[u8] = &[0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x04];

/// Each decoder with a good frame and the card it holds.
fn decoders() -> [(Decoder, &'static [u8], &'static str); 9] {
    [
        (Decoder::em4100(), CHIP, "3C00CE754C"),
        (Decoder::em4100(), ID12, "62E3086CED"),
        (Decoder::lines(town()), b"0005591234\r\n", "0005591234"),
        (Decoder::lines(town()), CODE, "Q7K3M9Q2X"),
        (Decoder::lines_as(printed()), b"0045131261\t", "0045131261"),
        (Decoder::lines_as(silent()), b"0005591234\n", "0005591234"),
        (
            Decoder::gm65(plain(), Talk::Nothing),
            b"0005591234\r",
            "0005591234",
        ),
        (Decoder::gm65(plain(), Talk::Heartbeat), CODE, "Q7K3M9Q2X"),
        (Decoder::pn532(), TAG, "9EB36E66"),
    ]
}

/// Bytes of a line: noise, digits, marks and whole frames, so that every state is reached.
fn traffic() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => vec(any::<u8>(), 0..20),
        2 => proptest::sample::select(vec![
            &b"\x02"[..], b"\x03", b"\r", b"\n", b"\r\n", b"\t", CHIP, ID12, b"\x0262E3086CED09\x03",
            b"0005591234\r\n", b"WB1:LUCHENG:7K3M9Q2X:R181\r", TAG, ANSWER, CITIZEN,
            // Beginnings that promise more than comes.
            &[0x00, 0x00, 0xFF], &[0x00, 0xFF, 0xFE, 0x02, 0xD5], &[0x00, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0xFF],
            &[0x02, 0x00, 0x00, 0xFF], &[0x03, 0x0A], &[0xAA, 0xAA, 0xAA, 0x96, 0x69, 0xFF, 0xFF],
        ]).prop_map(<[u8]>::to_vec),
        2 => "[0-9A-F]{1,14}".prop_map(String::into_bytes),
        1 => (4_000..4_200_usize).prop_map(|n| vec![b'7'; n]),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Lets a line be silent for as long as any decoder waits.
fn silence(decoder: &mut Decoder, now_ms: &mut i64) -> Vec<Read> {
    *now_ms += 200;
    decoder.tick(*now_ms)
}

fn card_of(reads: &[Read]) -> Option<&str> {
    reads.iter().find_map(|read| match &read.seen {
        Seen::Card(card) => Some(card.as_str()),
        Seen::Fault(_) | Seen::Removed(_) => None,
    })
}

proptest! {
    #[test]
    fn any_split_gives_the_same(bytes in traffic(), cuts in vec(1..64_usize, 1..40)) {
        for ((mut whole, ..), (mut split, ..)) in decoders().into_iter().zip(decoders()) {
            whole.restart(0);
            split.restart(0);
            let want = whole.push(&bytes, 0);
            let mut got = Vec::new();
            let mut rest = &bytes[..];
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (head, tail) = rest.split_at((*cut).min(rest.len()));
                got.extend(split.push(head, 0));
                rest = tail;
            }
            prop_assert!(got.iter().all(|read| read.raw.bytes().len() <= MAX_RAW));
            prop_assert_eq!(got, want);
            prop_assert_eq!(split.outgoing(), whole.outgoing());
            prop_assert_eq!(split.tick(500), whole.tick(500));
        }
    }

    #[test]
    fn after_a_gap_the_next_card_is_read(bytes in traffic(), spoken in any::<bool>()) {
        for (mut decoder, frame, card) in decoders() {
            let mut now_ms = 0;
            if spoken {
                decoder.restart(now_ms);
            }
            decoder.push(&bytes, now_ms);
            silence(&mut decoder, &mut now_ms);
            let reads = decoder.push(frame, now_ms);
            prop_assert_eq!(card_of(&reads), Some(card));
            let after = silence(&mut decoder, &mut now_ms);
            prop_assert_eq!(card_of(&after), None);
        }
    }

    /// A good frame right after noise may be lost with it, but never the second one.
    #[test]
    fn even_without_a_gap_a_card_is_read_soon(bytes in vec(any::<u8>(), 0..200)) {
        for (mut decoder, frame, card) in decoders() {
            // Noise can promise a record of 65,535 bytes or a frame of 265; only silence ends those sooner.
            let marks = [&[0xAA, 0xAA][..], &[0x00, 0xFF], &[0x02, 0x00, 0x00], &[0x03, 0x00, 0x00]];
            let promises = marks.iter().any(|mark| bytes.windows(mark.len()).any(|w| w == *mark));
            prop_assume!(!promises);
            decoder.push(&bytes, 0);
            decoder.push(frame, 0);
            let reads = decoder.push(frame, 0);
            prop_assert_eq!(card_of(&reads).map(str::to_owned), Some(card.to_owned()));
        }
    }

    #[test]
    fn nothing_is_said_to_a_device_that_only_talks(bytes in traffic()) {
        for mut decoder in [
            Decoder::em4100(),
            Decoder::lines(town()),
            Decoder::gm65(plain(), Talk::Nothing),
        ] {
            decoder.restart(0);
            decoder.push(&bytes, 0);
            for ms in [50, 100, 1_000, 60_000] {
                decoder.tick(ms);
                prop_assert_eq!(decoder.outgoing(), Vec::<u8>::new());
            }
            prop_assert!(decoder.is_ready() && !decoder.is_lost());
        }
    }

    /// Whatever the chip says, the driver goes on, gives up, or has something to do later.
    #[test]
    fn a_pn532_never_hangs(bytes in traffic(), waits in vec(1..700_i64, 1..30)) {
        let mut decoder = Decoder::pn532();
        let mut now_ms = 0;
        decoder.restart(now_ms);
        for (piece, wait) in bytes.chunks(9).zip(waits.iter().cycle()) {
            decoder.push(piece, now_ms);
            now_ms += wait;
            decoder.tick(now_ms);
            prop_assert!(decoder.outgoing().len() <= 2_048);
            prop_assert!(decoder.is_lost() || decoder.next_wake_ms().is_some_and(|ms| ms > now_ms));
        }
    }

    /// Every lossless form of a card reads back as the card, every 32-bit form as the one printed number.
    #[test]
    fn the_numbers_of_a_card_agree(number in 0..=0xFF_FFFF_FFFF_u64) {
        let card = CardId::parse(&format!("{number:010X}")).unwrap();
        let forms = forms_of_chip(&card);
        let of = |name: &str| forms.iter().find(|(form, _)| *form == name).map(|(_, text)| text.clone());
        let read = |form, reversed, zeros, text: Option<String>| {
            text.map(|text| NumberReading { form, reversed, zeros }.read(&text))
        };
        let whole = Some(Ok(card.clone()));
        prop_assert_eq!(read(NumberForm::Hex10, false, true, of("10H")), whole.clone());
        prop_assert_eq!(read(NumberForm::Hex10, true, true, of("10H-reversed")), whole.clone());
        prop_assert_eq!(read(NumberForm::Dec13, false, true, of("13D")), whole.clone());
        if let Some(twelve) = read(NumberForm::Dec12, false, true, of("12D")) {
            prop_assert_eq!(Some(twelve), whole);
        }
        let printed = of("8H10D").map(|text| Ok(CardId::parse(&text).unwrap()));
        prop_assert_eq!(read(NumberForm::Dec10, false, true, of("8H10D")), printed.clone());
        prop_assert_eq!(read(NumberForm::Dec10, true, true, of("8H10D-reversed")), printed.clone());
        prop_assert_eq!(read(NumberForm::Dec10, false, false, of("8H10D-no-zeros")), printed.clone());
        prop_assert_eq!(read(NumberForm::Halves, false, true, of("4H+4H")), printed);
        for (form, name) in [(NumberForm::Dec8, "6H8D"), (NumberForm::Site, "2H+4H")] {
            prop_assert!(read(form, false, true, of(name)).is_some_and(|read| read.is_err()));
        }
    }

    #[test]
    fn a_changed_frame_is_never_another_card(at in 1..13_usize, byte in any::<u8>()) {
        let mut frame = *b"\x023C00CE754CCB\x03";
        frame[at] = byte;
        let reads = Decoder::em4100().push(&frame, 0);
        prop_assert!(card_of(&reads).is_none_or(|card| card == "3C00CE754C"));
    }

    #[test]
    fn text_never_gives_more_than_a_card(bytes in vec(any::<u8>(), 0..100)) {
        if let Ok(card) = text(&bytes, &town()) {
            prop_assert!(card.as_str().bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        }
    }

    #[test]
    fn every_code_reads_back(id in "[0-9A-HJKMNP-TV-Z]{8,16}", place in "[A-Z0-9][A-Z0-9-]{0,11}") {
        let place = TownshipCode::parse(&place).unwrap();
        let code = make_code(&place, &id).unwrap();
        prop_assert!(code.len() <= 64);
        let card = CardId::parse(&format!("Q{id}")).unwrap();
        prop_assert_eq!(parse(&code, &place), Ok(card.clone()));
        prop_assert_eq!(text(code.as_bytes(), &place), Ok(card));
    }

    #[test]
    fn one_wrong_character_fails(at in 0..25_usize, wrong in "[0-9A-Z:-]") {
        let mut code = "WB1:LUCHENG:7K3M9Q2X:R181".to_owned();
        let right = code[at..=at].to_owned();
        code.replace_range(at..=at, &wrong);
        prop_assert!(wrong == right || parse(&code, &town()).is_err());
    }

    /// Nothing typed is lost, doubled or moved; only end marks of scans are swallowed.
    #[test]
    fn keys_keep_their_order(keys in vec(("[0-9a-z\r\t\u{8}]", gap()), 0..120)) {
        let (mut wedge, mut now_ms, mut out) = (Wedge::new(), 0, Vec::new());
        for (key, gap_ms) in &keys {
            now_ms += gap_ms;
            out.extend(wedge.key(key.chars().next().unwrap(), now_ms));
            prop_assert!(wedge.deadline().is_none_or(|ms| ms > now_ms && ms <= now_ms + 100));
        }
        out.extend(wedge.flush(now_ms + 100));
        prop_assert_eq!(wedge.deadline(), None);
        let typed: String = keys.into_iter().map(|(key, _)| key).collect();
        let seen: String = out.into_iter().map(|typed| match typed {
            Typed::Burst(text) => text,
            Typed::Keys(keys) => keys.into_iter().map(|(key, _)| key).collect(),
            Typed::TooLong => unreachable!("fewer keys than that"),
        }).collect();
        let marks = |text: &str| text.matches(['\r', '\t']).count();
        prop_assert!(marks(&seen) <= marks(&typed));
        prop_assert_eq!(seen.replace(['\r', '\t'], ""), typed.replace(['\r', '\t'], ""));
    }
}

/// Bytes of a terminal: the beginnings of its sequences more often than noise.
fn terminal() -> impl Strategy<Value = Vec<u8>> {
    let begun = prop::sample::select(vec![
        &b"\x1b"[..],
        b"\x1b[",
        b"\x1b[<",
        b"\x1b[<0;3;4M",
        b"\x1b[200~",
        b"\x1b[M",
        b"\x1b[[",
        b"\x1bO",
        b"\x1b]",
        b"\x1bP",
        b"\x1b_",
        b"\xe4\xbd",
        b"0",
        b"5;",
        b"M",
        b"~",
        b"\r",
        b"\x07",
    ]);
    let piece = prop_oneof![3 => begun.prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 1..4)];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Nothing is waited for without a bound, and the pieces in which bytes come change nothing.
    #[test]
    fn a_terminal_is_never_deaf(bytes in terminal(), size in 1..20_usize) {
        let (mut whole, mut pieces) = (Tty::new(), Tty::new());
        let came = whole.push(&bytes);
        prop_assert!(came.len() <= bytes.len() * 2);
        let again: Vec<TtyInput> = bytes.chunks(size).flat_map(|piece| pieces.push(piece)).collect();
        prop_assert_eq!(came, again);
        prop_assert_eq!(whole.has_begun(), whole.silence().is_some());
        prop_assert_eq!(whole.push(b"5"), [TtyInput::Char('5')]);
        let down = Pointer { act: PointerAct::Down, column: 2, row: 3 };
        let touched = pieces.push(b"\x1b[<0;3;4M");
        prop_assert_eq!(touched.last(), Some(&TtyInput::Pointer(down)));
        let mut stream = Tty::new();
        stream.push(&bytes);
        stream.push(&[b'5'; MAX_SEQUENCE]);
        prop_assert!(!stream.has_begun());
    }
}

/// Times of a device more often than of a person, so that scans happen.
fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0..3_i64, 8 => 0..36_i64, 1 => 30..150_i64]
}

#[test]
fn an_identity_card_is_refused_and_its_record_is_kept_nowhere() {
    for (mut decoder, frame, card) in decoders().into_iter().take(8) {
        let record = [CITIZEN, b"7777", frame].concat();
        let reads = decoder.push(&record, 0);
        let (first, rest) = reads.split_first().unwrap();
        assert_eq!(first.seen, Seen::Fault(FrameFault::IdCardReader));
        assert_eq!(hex_dump(first.raw.bytes()), "AA AA AA 96 69");
        assert_eq!(card_of(rest), Some(card));
        assert!(rest.iter().all(|read| !read.raw.bytes().starts_with(b"77")));
    }
}

#[test]
fn a_scanner_that_frames_by_length_is_told_apart_from_one_without_end_mark() {
    for (bytes, want) in [
        (&b"\x03\x0a0005591234"[..], FrameFault::ProtocolMode),
        (b"\x03\x0d0004340098557", FrameFault::ProtocolMode),
        (b"0005591234", FrameFault::NoEnd),
        (b"\x03\x0b0005591234", FrameFault::NoEnd),
    ] {
        for mut decoder in [
            Decoder::lines(town()),
            Decoder::gm65(plain(), Talk::Nothing),
        ] {
            assert_eq!(decoder.push(bytes, 0), [], "{bytes:?}");
            assert_eq!(decoder.tick(149), [], "{bytes:?}");
            let reads = decoder.tick(150);
            assert_eq!(
                reads.first().map(|read| &read.seen),
                Some(&Seen::Fault(want)),
                "{bytes:?}"
            );
            assert_eq!(reads.first().map(|read| read.raw.bytes()), Some(bytes));
        }
    }
}

#[test]
fn events_of_pcsc_survive_any_cut_and_a_card_goes_once() {
    let uid = [0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x90, 0x00];
    let events = [
        PcscEvent::Gone,
        PcscEvent::Answer(&uid),
        PcscEvent::Gone,
        PcscEvent::Gone,
        PcscEvent::Mute,
        PcscEvent::Answer(&[]),
        PcscEvent::Answer(&[0x47; 300]),
        PcscEvent::Answer(&uid),
    ];
    let bytes: Vec<u8> = events.iter().flat_map(|event| event.frame()).collect();
    for size in 1..=bytes.len() {
        let mut decoder = Decoder::pcsc();
        decoder.restart(0);
        let reads = bytes.chunks(size).flat_map(|piece| decoder.push(piece, 0));
        let told: Vec<_> = reads
            .map(|read| match read.seen {
                Seen::Card(card) => format!("+{}", card.as_str()),
                Seen::Removed(card) => format!("-{}", card.as_str()),
                Seen::Fault(fault) => fault.name().to_owned(),
            })
            .collect();
        let want = [
            "+04A1B2C3D4E5F6",
            "-04A1B2C3D4E5F6",
            "no-uid",
            "too-short",
            "no-uid",
            "+04A1B2C3D4E5F6",
        ];
        assert_eq!(told, want, "{size} at a time");
    }
}
