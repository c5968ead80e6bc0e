//! The glass: what the terminal's mouse reports mean as a finger.

use crate::view::{Contact, Finger};
use crate::wire::{Pointer, PointerAct};

/// A report as a finger's, with the moment at which it was seen; a mouse without its left button is
/// no finger.
pub(super) const fn contact(pointer: Pointer, mono_ms: i64) -> Option<Contact> {
    let finger = match pointer.act {
        PointerAct::Down => Finger::Down,
        PointerAct::Drag => Finger::Drag,
        PointerAct::Up => Finger::Up,
        PointerAct::Scroll => Finger::Scroll,
        PointerAct::Other => return None,
    };
    Some(Contact {
        finger,
        at: (pointer.column, pointer.row),
        mono_ms,
    })
}
