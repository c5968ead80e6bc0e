//! What a complete sequence means. Source: xterm's ctlseqs, "PC-Style Function Keys" and "Extended coordinates".

use super::{Pointer, PointerAct, TtyInput, TtyKey};

/// Alt, Ctrl, Super, Hyper and Meta, as bits of the second parameter less one; Shift and the locks change no key here.
const HELD: u16 = 0b0011_1110;

/// What a control sequence with these parameters and this final byte means.
pub(super) fn csi(params: &[u8], last: u8) -> TtyInput {
    let meant = match params.strip_prefix(b"<") {
        Some(report) => mouse(report, last).map(TtyInput::Pointer),
        None => key(params, last).map(TtyInput::Key),
    };
    meant.unwrap_or(TtyInput::Unknown)
}

/// The function keys of the Linux console.
pub(super) fn console(last: u8) -> TtyInput {
    match last {
        b'A'..=b'E' => TtyInput::Key(TtyKey::Function(last - b'A' + 1)),
        _ => TtyInput::Unknown,
    }
}

/// A key that a letter names, after `ESC [` and after `ESC O`.
pub(super) const fn lettered(last: u8) -> Option<TtyKey> {
    Some(match last {
        b'A' => TtyKey::Up,
        b'B' => TtyKey::Down,
        b'C' => TtyKey::Right,
        b'D' => TtyKey::Left,
        b'E' => TtyKey::Begin,
        b'F' => TtyKey::End,
        b'H' => TtyKey::Home,
        b'P'..=b'S' => TtyKey::Function(last - b'P' + 1),
        _ => return None,
    })
}

fn key(params: &[u8], last: u8) -> Option<TtyKey> {
    let mut params = params.split(|byte| *byte == b';');
    let first = params.next().filter(|param| !param.is_empty());
    // The modifiers; a sub-parameter says pressed, repeated or released, and only who asked for it gets it.
    if let Some(modifiers) = params.next()
        && number(modifiers)?.saturating_sub(1) & HELD != 0
    {
        return None;
    }
    if params.next().is_some() {
        return None;
    }
    if last == b'~' {
        return numbered(number(first?)?);
    }
    // With an R it would be where the cursor stands.
    if first.is_some_and(|first| first != b"1") || last == b'R' {
        return None;
    }
    lettered(last)
}

const fn numbered(number: u16) -> Option<TtyKey> {
    Some(match number {
        1 | 7 => TtyKey::Home,
        2 => TtyKey::Insert,
        3 => TtyKey::Delete,
        4 | 8 => TtyKey::End,
        5 => TtyKey::PageUp,
        6 => TtyKey::PageDown,
        11 => TtyKey::Function(1),
        12 => TtyKey::Function(2),
        13 => TtyKey::Function(3),
        14 => TtyKey::Function(4),
        15 => TtyKey::Function(5),
        17 => TtyKey::Function(6),
        18 => TtyKey::Function(7),
        19 => TtyKey::Function(8),
        20 => TtyKey::Function(9),
        21 => TtyKey::Function(10),
        23 => TtyKey::Function(11),
        24 => TtyKey::Function(12),
        _ => return None,
    })
}

/// A report in SGR form: buttons, column and row, both from 1; `m` is a button that went up.
fn mouse(report: &[u8], last: u8) -> Option<Pointer> {
    let mut params = report.split(|byte| *byte == b';').map(number);
    let (buttons, column, row) = (params.next()??, params.next()??, params.next()??);
    if params.next().is_some() {
        return None;
    }
    // Shift, Alt and Ctrl are 4, 8 and 16; a move is 32.
    let act = match (last, buttons & !0b1_1100) {
        (b'M', 0) => PointerAct::Down,
        (b'm', 0 | 32) => PointerAct::Up,
        (b'M', 32) => PointerAct::Drag,
        (b'M', 64..=67) => PointerAct::Scroll,
        (b'M' | b'm', _) => PointerAct::Other,
        _ => return None,
    };
    Some(Pointer {
        act,
        column: column.saturating_sub(1),
        row: row.saturating_sub(1),
    })
}

fn number(digits: &[u8]) -> Option<u16> {
    // `parse` would take a sign as well.
    let digits = digits.iter().all(u8::is_ascii_digit).then_some(digits)?;
    str::from_utf8(digits).ok()?.parse().ok()
}
