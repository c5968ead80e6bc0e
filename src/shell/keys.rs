//! Keyboard and keypad: what a key of the terminal means.

use crate::app::{Aid, Key};
use crate::wire::TtyKey;

/// Stands for a control character and for what a terminal sends without a meaning. A person's means nothing here; within a scan it makes the scan no text,
/// where leaving it out would make another number of it.
pub(super) const CONTROL: char = '\u{fff9}';

/// What a key of the terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// A character, which a scanner may have typed as well as a person.
    Char(char),
    /// A key that only a person presses.
    Key(Key),
    /// Ctrl and C, which only the demo obeys.
    Interrupt,
    /// Nothing that means anything here.
    Nothing,
}

/// Reads a character. Controls other than the ends of lines are none that mean anything.
pub(super) fn character(c: char) -> Stroke {
    match c {
        '\r' | '\n' | '\t' => Stroke::Char(c),
        '\u{3}' => Stroke::Interrupt,
        _ if c.is_control() => Stroke::Char(CONTROL),
        _ => Stroke::Char(c),
    }
}

/// Reads a key. Keys of a keypad whose Num Lock is off are its digits all the same.
pub(super) const fn stroke(key: TtyKey) -> Stroke {
    Stroke::Key(match key {
        TtyKey::Backspace | TtyKey::Escape => Key::Back,
        TtyKey::Delete => Key::Finish,
        TtyKey::Function(1) => Key::Help,
        TtyKey::Function(2) => Key::Language,
        TtyKey::Function(3) => Key::Theme,
        TtyKey::Function(4) => Key::Aid(Aid::Again),
        TtyKey::Function(5) => Key::Aid(Aid::Read),
        TtyKey::Function(6) => Key::Aid(Aid::Cover),
        TtyKey::Function(_) => return Stroke::Nothing,
        TtyKey::Home => Key::Digit(7),
        TtyKey::Up => Key::Digit(8),
        TtyKey::PageUp => Key::Digit(9),
        TtyKey::Left => Key::Digit(4),
        TtyKey::Begin => Key::Digit(5),
        TtyKey::Right => Key::Digit(6),
        TtyKey::End => Key::Digit(1),
        TtyKey::Down => Key::Digit(2),
        TtyKey::PageDown => Key::Digit(3),
        TtyKey::Insert => Key::Digit(0),
    })
}

/// What a character means when a person typed it.
pub(super) fn meaning(c: char) -> Option<Key> {
    Some(match c {
        '*' => Key::Help,
        '/' => Key::Language,
        '+' => Key::Theme,
        '-' | '#' => Key::Back,
        '.' | ',' => Key::Finish,
        '\r' | '\n' => Key::Enter,
        _ => Key::Digit(u8::try_from(c.to_digit(10)?).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a keypad without Num Lock, from 0 to 9, and those around them.
    #[test]
    fn a_keypad_without_num_lock_types_its_digits() {
        let without = [
            TtyKey::Insert,
            TtyKey::End,
            TtyKey::Down,
            TtyKey::PageDown,
            TtyKey::Left,
            TtyKey::Begin,
            TtyKey::Right,
            TtyKey::Home,
            TtyKey::Up,
            TtyKey::PageUp,
        ];
        for (digit, key) in (0_u8..).zip(without) {
            assert_eq!(stroke(key), Stroke::Key(Key::Digit(digit)), "{key:?}");
        }
        assert_eq!(stroke(TtyKey::Delete), Stroke::Key(Key::Finish));
        for (sign, key) in [
            ('*', Key::Help),
            ('#', Key::Back),
            ('-', Key::Back),
            ('+', Key::Theme),
            ('/', Key::Language),
            ('\r', Key::Enter),
        ] {
            assert_eq!(meaning(sign), Some(key), "{sign:?}");
        }
    }
    #[test]
    fn a_control_stays_a_sign_that_no_number_has() {
        for c in ['\0', '\u{1d}', '\u{8}', '\u{9b}'] {
            assert_eq!(character(c), Stroke::Char(CONTROL), "{c:?}");
        }
        assert_eq!(character('\u{3}'), Stroke::Interrupt);
        for c in ['\r', '\n', '\t', '5', '何'] {
            assert_eq!(character(c), Stroke::Char(c), "{c:?}");
        }
    }
}
