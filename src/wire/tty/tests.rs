//! Tables of what terminals send, whole, in pieces and without an end.

use super::*;

fn chars(text: &str) -> Vec<TtyInput> {
    text.chars().map(TtyInput::Char).collect()
}

fn pointer(act: PointerAct, column: u16, row: u16) -> TtyInput {
    TtyInput::Pointer(Pointer { act, column, row })
}

/// Characters and keys.
fn typed() -> Vec<(&'static [u8], Vec<TtyInput>)> {
    use TtyKey as K;
    let key = |key| vec![TtyInput::Key(key)];
    vec![
        (b"5\r\n\t\x03", chars("5\r\n\t\x03")),
        ("何ä€\u{1f600}".as_bytes(), chars("何ä€\u{1f600}")),
        (b"\x7f", key(K::Backspace)),
        (b"\x1b[A", key(K::Up)),
        (b"\x1bOA", key(K::Up)),
        (b"\x1b[1;2B", key(K::Down)),
        (b"\x1b[1;129C", key(K::Right)),
        (b"\x1b[D", key(K::Left)),
        (b"\x1b[E", key(K::Begin)),
        (b"\x1b[H\x1b[1~\x1b[7~", key(K::Home).repeat(3)),
        (b"\x1bOF\x1b[4~\x1b[8~", key(K::End).repeat(3)),
        (b"\x1b[2~", key(K::Insert)),
        (b"\x1b[3~", key(K::Delete)),
        (b"\x1b[5~", key(K::PageUp)),
        (b"\x1b[6~", key(K::PageDown)),
        (
            b"\x1bOP\x1b[[A\x1b[11~\x1b[P",
            key(K::Function(1)).repeat(4),
        ),
        (b"\x1b[15~\x1b[[E", key(K::Function(5)).repeat(2)),
        (b"\x1b[17~", key(K::Function(6))),
        (b"\x1b\x1b[A", [key(K::Escape), key(K::Up)].concat()),
    ]
}

/// What terminals report, and what has no meaning here.
fn reports() -> Vec<(&'static [u8], Vec<TtyInput>)> {
    let unknown = vec![TtyInput::Unknown];
    vec![
        // With Ctrl, Alt or Super held they are other keys.
        (b"\x1b[1;5A\x1b[3;3~\x1b[1;9H\x1bO5P", unknown.repeat(4)),
        // Alt and a character, and what the kiosk never asked for.
        (
            b"\x1b5\x1b[I\x1b[O\x1b[Z\x1b[49u\x1b[1;1R",
            unknown.repeat(6),
        ),
        (b"\x1b[?62;4c\x1b[>0;1;2c\x1b[ q", unknown.repeat(3)),
        (b"\x1b]11;rgb:ffff/0000/0000\x07", unknown.clone()),
        (b"\x1bP1$r0m\x1b\\\x1b_x\x1b\\", unknown.repeat(4)),
        (b"\x1b[M !!", unknown.clone()),
        (b"\x1b[<0;3;4M", vec![pointer(PointerAct::Down, 2, 3)]),
        (b"\x1b[<32;3;4M", vec![pointer(PointerAct::Drag, 2, 3)]),
        (b"\x1b[<0;3;4m", vec![pointer(PointerAct::Up, 2, 3)]),
        (b"\x1b[<16;1;1M", vec![pointer(PointerAct::Down, 0, 0)]),
        (
            b"\x1b[<64;3;4M\x1b[<65;3;4M",
            vec![pointer(PointerAct::Scroll, 2, 3); 2],
        ),
        (
            b"\x1b[<35;3;4M\x1b[<2;3;4M\x1b[<2;3;4m",
            vec![pointer(PointerAct::Other, 2, 3); 3],
        ),
        (b"\x1b[<0;0;0M", vec![pointer(PointerAct::Down, 0, 0)]),
        (
            b"\x1b[<0;65535;65535M",
            vec![pointer(PointerAct::Down, 65_534, 65_534)],
        ),
        (
            b"\x1b[<0;65536;1M\x1b[<0;1M\x1b[<0;1;1;1M\x1b[<;;M",
            unknown.repeat(4),
        ),
        // A paste is its marks, which mean nothing, and its characters.
        (
            b"\x1b[200~12\x1b[201~",
            [unknown.clone(), chars("12"), unknown.clone()].concat(),
        ),
    ]
}

/// What is broken, cut off or no UTF-8.
fn broken() -> Vec<(&'static [u8], Vec<TtyInput>)> {
    let unknown = vec![TtyInput::Unknown];
    vec![
        // What is no UTF-8 is never left out: a number would be another one without it.
        (
            b"1\xff2",
            [chars("1"), unknown.clone(), chars("2")].concat(),
        ),
        (
            b"1\xe4\xbd2",
            [chars("1"), unknown.clone(), chars("2")].concat(),
        ),
        (b"\xc0\xaf\xed\xa0\x80", unknown.repeat(5)),
        ("\u{9b}1".as_bytes(), chars("\u{9b}1")),
        // The next ESC, and a control, end what has begun.
        (
            b"\x1b[1\x1b[<0;1;1M",
            vec![TtyInput::Unknown, pointer(PointerAct::Down, 0, 0)],
        ),
        (b"\x1b[1\r", [unknown.clone(), chars("\r")].concat()),
        (b"\x1b]0;x\r", [unknown.clone(), chars("\r")].concat()),
        (b"\xe4\r", [unknown.clone(), chars("\r")].concat()),
        (b"\x1b[1\xe4\xbd\x95", [unknown, chars("何")].concat()),
    ]
}

#[test]
fn what_terminals_send_is_read_whole_and_in_every_piece() {
    for (bytes, want) in [typed(), reports(), broken()].concat() {
        let shown = bytes.escape_ascii();
        let mut tty = Tty::new();
        assert_eq!(tty.push(bytes), want, "{shown}");
        assert!(!tty.has_begun(), "{shown} is still waited for");
        let mut tty = Tty::new();
        let pieces: Vec<TtyInput> = bytes.chunks(1).flat_map(|byte| tty.push(byte)).collect();
        assert_eq!(pieces, want, "{shown} byte by byte");
    }
}

/// Beginnings without an end.
const BEGINNINGS: &[&[u8]] = &[
    b"\x1b[",
    b"\x1b[1",
    b"\x1b[1;",
    b"\x1b[<",
    b"\x1b[<0;1",
    b"\x1b[?",
    b"\x1b[>",
    b"\x1b[38;5",
    b"\x1b[[",
    b"\x1b[M",
    b"\x1b[M!",
    b"\x1b[ ",
    b"\x1bO",
    b"\x1bO5",
    b"\x1b]",
    b"\x1b]0;title",
    b"\x1bP",
    b"\x1bP+q",
    b"\x1b_",
    b"\x1b^",
    b"\x1bX",
    b"\xe4",
    b"\xe4\xbd",
    b"\xf0\x9f\x98",
];

#[test]
fn what_never_ends_is_given_up_and_the_next_key_works() {
    for begun in BEGINNINGS {
        let shown = begun.escape_ascii();
        let mut tty = Tty::new();
        assert_eq!(tty.push(begun), [], "{shown}");
        assert!(tty.has_begun(), "{shown}");
        assert_eq!(tty.silence(), Some(TtyInput::Unknown), "{shown}");
        assert_eq!(tty.silence(), None, "{shown}");
        assert_eq!(tty.push(b"/"), chars("/"), "{shown}");
        // A touch needs no silence before it.
        tty.push(begun);
        let touched = tty.push(b"\x1b[<0;1;1M");
        assert_eq!(
            touched.last(),
            Some(&pointer(PointerAct::Down, 0, 0)),
            "{shown}"
        );
    }
    let mut tty = Tty::new();
    assert_eq!(tty.push(b"\x1b"), []);
    assert_eq!(tty.silence(), Some(TtyInput::Key(TtyKey::Escape)));
    assert_eq!(tty.push(b"5"), chars("5"));
    // The beginning of a paste is whole, and begins nothing.
    assert_eq!(tty.push(b"\x1b[200~"), [TtyInput::Unknown]);
    assert_eq!(tty.push(b"5"), chars("5"));
}

#[test]
fn a_stream_without_a_pause_is_held_within_bounds() {
    for begun in BEGINNINGS {
        for filler in [b'1', b'?', b'5', b';'] {
            let mut tty = Tty::new();
            tty.push(begun);
            let mut swallowed = 0;
            while tty.has_begun() {
                tty.push(&[filler]);
                swallowed += 1;
                assert!(tty.held.len() <= MAX_SEQUENCE);
                assert!(
                    swallowed <= MAX_SEQUENCE,
                    "{} goes on",
                    begun.escape_ascii()
                );
            }
            assert_eq!(tty.push(b"7"), chars("7"));
        }
    }
}
