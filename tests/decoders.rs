//! Laws of the decoders: what they make of any bytes and any keys.

#![expect(clippy::unwrap_used, reason = "what the test wrote itself parses")]

use proptest::collection::vec;
use proptest::prelude::*;
use wenming::domain::{CardFault, CardId, TownshipCode};
use wenming::wire::code::{make_code, parse};
use wenming::wire::{Decoder, Typed, Wedge, text};

fn town() -> TownshipCode {
    TownshipCode::parse("LUCHENG").unwrap()
}

/// Each decoder with a good frame and the card it holds.
fn decoders() -> [(Decoder, &'static [u8], &'static str); 4] {
    [
        (Decoder::em4100(), b"\x023C00CE754CCB\x03", "3C00CE754C"),
        (Decoder::em4100(), b"\x0262E3086CED08\r\n\x03", "62E3086CED"),
        (Decoder::lines(town()), b"0005591234\r\n", "0005591234"),
        (
            Decoder::lines(town()),
            b"\x02WB1:LUCHENG:7K3M9Q2X:R181\x03",
            "Q7K3M9Q2X",
        ),
    ]
}

/// Bytes of a line: noise, digits, marks and whole frames, so that every state is reached.
fn traffic() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => vec(any::<u8>(), 0..20),
        2 => proptest::sample::select(vec![
            &b"\x02"[..], b"\x03", b"\r", b"\n", b"\r\n", b"\t", b"\x023C00CE754CCB\x03",
            b"\x0262E3086CED08\r\n\x03", b"\x0262E3086CED09\x03", b"0005591234\r\n",
            b"WB1:LUCHENG:7K3M9Q2X:R181\r",
        ]).prop_map(<[u8]>::to_vec),
        2 => "[0-9A-F]{1,14}".prop_map(String::into_bytes),
        1 => (4_000..4_200_usize).prop_map(|n| vec![b'7'; n]),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_split_gives_the_same(bytes in traffic(), cuts in vec(1..64_usize, 1..40)) {
        for ((mut whole, ..), (mut split, ..)) in decoders().into_iter().zip(decoders()) {
            let want = whole.push(&bytes);
            let mut got = Vec::new();
            let mut rest = &bytes[..];
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (head, tail) = rest.split_at((*cut).min(rest.len()));
                got.extend(split.push(head));
                rest = tail;
            }
            prop_assert_eq!(got, want);
            prop_assert_eq!(split.gap(), whole.gap());
        }
    }

    #[test]
    fn after_a_gap_the_next_card_is_read(bytes in traffic()) {
        for (mut decoder, frame, card) in decoders() {
            decoder.push(&bytes);
            decoder.gap();
            let want: Vec<Result<CardId, CardFault>> = vec![Ok(CardId::parse(card).unwrap())];
            prop_assert_eq!(decoder.push(frame), want);
            prop_assert_eq!(decoder.gap(), None);
        }
    }

    #[test]
    fn a_changed_frame_is_never_another_card(at in 1..13_usize, byte in any::<u8>()) {
        let mut frame = *b"\x023C00CE754CCB\x03";
        frame[at] = byte;
        for read in Decoder::em4100().push(&frame) {
            let same = read.as_ref().is_ok_and(|card| card.as_str() == "3C00CE754C");
            prop_assert!(read.is_err() || same);
        }
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
            Typed::Keys(keys) => keys.into_iter().collect(),
            Typed::TooLong => unreachable!("fewer keys than that"),
        }).collect();
        let marks = |text: &str| text.matches(['\r', '\t']).count();
        prop_assert!(marks(&seen) <= marks(&typed));
        prop_assert_eq!(seen.replace(['\r', '\t'], ""), typed.replace(['\r', '\t'], ""));
    }
}

/// Times of a device more often than of a person, so that scans happen.
fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0..3_i64, 8 => 0..36_i64, 1 => 30..150_i64]
}
