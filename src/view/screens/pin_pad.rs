//! The PIN: a keypad at the right, boxes and hints at the left, never a digit.

use crate::app::{Key, PinPad};
use crate::domain::Pin;
use crate::panel::Panel;
use crate::view::context::View;
use crate::view::frame::sentence;
use crate::view::layout::{Grid, cells, columns, inset, row};
use crate::view::page::{Button, Page, Piece, Tone};
use crate::view::theme::Ink;
use ratatui::layout::Rect;

/// Columns of the keypad. Source: keys of 10 columns are 53 mm wide at 42 px.
const KEYPAD: u16 = 30;

/// Boxes beside the keypad, three columns each; the count below tells when more was typed.
const MOST_BOXES: usize = 10;

pub(super) fn page<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, pad): (&Panel<A>, &PinPad),
) {
    let say = view.say;
    let left = Grid {
        sentence: columns(grid.sentence, 0, grid.sentence.width - KEYPAD),
        ..*grid
    };
    sentence(page, &left, view, panel);
    let text = inset(columns(grid.body, 0, grid.body.width - KEYPAD), 1);
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
    // The keypad begins beside the sentence: four rows of keys need twelve of cells.
    let keypad = Rect {
        x: grid.body.right() - KEYPAD,
        y: grid.sentence.y,
        width: KEYPAD,
        height: grid.body.height + 1,
    };
    let digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(|n| (Key::Digit(n), n.to_string(), Tone::Choice));
    let last = [
        (Key::Back, say.text("rub-out"), Tone::Neutral),
        (Key::Digit(0), "0".to_owned(), Tone::Choice),
        (Key::Enter, say.text("enter"), Tone::Confirm),
    ];
    for (at, (key, label, tone)) in cells(keypad, 3, 4)
        .into_iter()
        .zip(digits.into_iter().chain(last))
    {
        page.button(Button::of(at, (key, ""), label, tone));
    }
}
