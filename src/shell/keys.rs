//! Keyboard and keypad: what a key of the terminal means.

use crate::app::{Aid, Key};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// Stands for a control character. A person's means nothing here; within a scan it makes the scan no text,
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

/// Reads a key. Keys of a keypad whose Num Lock is off are its digits all the same.
pub(super) fn stroke(event: KeyEvent) -> Stroke {
    if event.kind == KeyEventKind::Release {
        return Stroke::Nothing;
    }
    let held = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER;
    if event.modifiers.intersects(held) {
        return if event.code == KeyCode::Char('c') {
            Stroke::Interrupt
        } else if event.code.as_char().is_some() {
            Stroke::Char(CONTROL)
        } else {
            Stroke::Nothing
        };
    }
    let digit = |digit| Stroke::Key(Key::Digit(digit));
    match event.code {
        KeyCode::Char(c) => Stroke::Char(c),
        KeyCode::Enter => Stroke::Char('\r'),
        KeyCode::Tab => Stroke::Char('\t'),
        KeyCode::Backspace => Stroke::Key(Key::Back),
        KeyCode::Esc | KeyCode::Delete => Stroke::Key(Key::Finish),
        KeyCode::F(1) => Stroke::Key(Key::Help),
        KeyCode::F(2) => Stroke::Key(Key::Language),
        KeyCode::F(3) => Stroke::Key(Key::Theme),
        KeyCode::F(4) => Stroke::Key(Key::Aid(Aid::Again)),
        KeyCode::F(5) => Stroke::Key(Key::Aid(Aid::Read)),
        KeyCode::F(6) => Stroke::Key(Key::Aid(Aid::Cover)),
        KeyCode::Home => digit(7),
        KeyCode::Up => digit(8),
        KeyCode::PageUp => digit(9),
        KeyCode::Left => digit(4),
        KeyCode::KeypadBegin => digit(5),
        KeyCode::Right => digit(6),
        KeyCode::End => digit(1),
        KeyCode::Down => digit(2),
        KeyCode::PageDown => digit(3),
        KeyCode::Insert => digit(0),
        KeyCode::BackTab
        | KeyCode::F(_)
        | KeyCode::Null
        | KeyCode::CapsLock
        | KeyCode::ScrollLock
        | KeyCode::NumLock
        | KeyCode::PrintScreen
        | KeyCode::Pause
        | KeyCode::Menu
        | KeyCode::Media(_)
        | KeyCode::Modifier(_) => Stroke::Nothing,
    }
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
            KeyCode::Insert,
            KeyCode::End,
            KeyCode::Down,
            KeyCode::PageDown,
            KeyCode::Left,
            KeyCode::KeypadBegin,
            KeyCode::Right,
            KeyCode::Home,
            KeyCode::Up,
            KeyCode::PageUp,
        ];
        for (digit, code) in (0_u8..).zip(without) {
            let event = KeyEvent::new(code, KeyModifiers::NONE);
            assert_eq!(stroke(event), Stroke::Key(Key::Digit(digit)), "{code:?}");
        }
        let delete = KeyEvent::new(KeyCode::Delete, KeyModifiers::NONE);
        assert_eq!(stroke(delete), Stroke::Key(Key::Finish));
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
}
