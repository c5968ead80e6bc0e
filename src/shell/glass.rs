//! The glass: what the terminal's mouse reports mean as a finger.

use crate::view::{Contact, Finger};
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// A report as a finger's, with the moment at which it was seen; a mouse without its left button is
/// no finger.
pub(super) fn contact(mouse: MouseEvent, mono_ms: i64) -> Option<Contact> {
    let finger = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Finger::Down,
        MouseEventKind::Drag(MouseButton::Left) => Finger::Drag,
        MouseEventKind::Up(MouseButton::Left) => Finger::Up,
        MouseEventKind::ScrollDown
        | MouseEventKind::ScrollUp
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => Finger::Scroll,
        MouseEventKind::Down(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved => return None,
    };
    Some(Contact {
        finger,
        at: (mouse.column, mouse.row),
        mono_ms,
    })
}
