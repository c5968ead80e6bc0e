//! The PIN: a keypad at the right, boxes and hints at the left, never a digit.

use crate::app::PinPad;
use crate::domain::Pin;
use crate::panel::Panel;
use crate::view::context::View;
use crate::view::keypad::keypad;
use crate::view::layout::{Grid, row, rows};
use crate::view::page::{Page, Piece};
use crate::view::paint::fitted;
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
    let mut text = keypad(page, grid, view, panel);
    for line in pad.confirms(view.model.holder.as_ref()) {
        let line = fitted(&view.tell(&line), text.width.into());
        page.text(row(text, 0), Ink::Strong, line);
        text = rows(text, 1, text.height);
    }
    page.pieces.push(Piece::Boxes {
        at: row(text, 1),
        filled: pad.pin.len().min(MOST_BOXES),
        total: Pin::MAX.max(pad.pin.len()).min(MOST_BOXES),
    });
    let count = pad.pin.len().to_string();
    page.text(
        row(text, 3),
        Ink::Page,
        say.with("pin-count", &[("count", &count)]),
    );
    page.text(row(text, 5), Ink::Page, say.text("pin-shield"));
    page.text(row(text, 7), Ink::Page, say.text("pin-wrong-key"));
}
