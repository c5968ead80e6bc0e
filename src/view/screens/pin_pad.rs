//! The PIN: a keypad at the right, boxes and hints at the left, never a digit.

use crate::app::PinPad;
use crate::domain::Pin;
use crate::panel::Panel;
use crate::view::context::View;
use crate::view::keypad::keypad;
use crate::view::layout::{Grid, row};
use crate::view::page::{Page, Piece};
use crate::view::theme::Ink;

/// Boxes beside the keypad, three columns each; the count below tells when more was typed.
const MOST_BOXES: usize = 10;

pub(super) fn page<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, pad): (&Panel<A>, &PinPad),
) {
    let say = view.say;
    let text = keypad(page, grid, view, panel);
    page.pieces.push(Piece::Boxes {
        at: row(text, 2),
        filled: pad.pin.len().min(MOST_BOXES),
        total: Pin::MAX.max(pad.pin.len()).min(MOST_BOXES),
    });
    let count = pad.pin.len().to_string();
    page.text(
        row(text, 4),
        Ink::Page,
        say.with("pin-count", &[("count", &count)]),
    );
    page.text(row(text, 6), Ink::Page, say.text("pin-shield"));
    page.text(row(text, 8), Ink::Page, say.text("pin-wrong-key"));
}
