//! The attendant's menu, with what has just been done above it.

use crate::app::{Desk, DeskNews};
use crate::domain::Role;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::View;
use crate::view::status::devices;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, desk: &Desk) {
    let say = view.say;
    let text = match desk.news {
        None => say.with("desk-who", &[("name", &desk.staff.name)]),
        Some(DeskNews::Posted(seq)) => say.with("desk-posted", &[("seq", &seq.to_string())]),
        Some(DeskNews::Voided(seq)) => say.with("desk-voided", &[("seq", &seq.to_string())]),
        Some(DeskNews::Reversed(seq)) => say.with("desk-reversed", &[("seq", &seq.to_string())]),
        Some(DeskNews::Reprinted(seq)) => say.with("desk-reprinted", &[("seq", &seq.to_string())]),
    };
    sentence(page, grid, view, text);
    let count = view.model.open_holds.to_string();
    let exports = if view.model.export.wants_a_look() {
        "desk-exports-look"
    } else {
        "desk-exports"
    };
    let operations = match view.model.printer.in_trouble() {
        0 => say.text("desk-operations"),
        slips => say.with("desk-operations-look", &[("count", &slips.to_string())]),
    };
    let mut choices = vec![
        (
            Desk::HOLDS,
            say.with("desk-holds", &[("count", &count)]),
            Tone::Choice,
        ),
        (Desk::OPERATIONS, operations, Tone::Choice),
        (Desk::OFF_DUTY, say.text("desk-off-duty"), Tone::Neutral),
        (Desk::EXPORTS, say.text(exports), Tone::Choice),
    ];
    if desk.staff.role == Role::Technician {
        let look = if view.model.checkup.wants_a_look() {
            "desk-checkup-look"
        } else {
            "desk-checkup"
        };
        choices.push((Desk::EXIT, say.text("desk-exit"), Tone::Finish));
        choices.push((Desk::CHECKUP, say.text(look), Tone::Choice));
        choices.push((Desk::DEVICES, say.text("desk-devices"), Tone::Choice));
    }
    let last = grid.body.height - 1;
    let above = rows(grid.body, 0, last);
    devices(page, row(grid.body, last), view);
    for (at, (digit, label, tone)) in places(above, choices.len()).into_iter().zip(choices) {
        page.choice(at, digit, label, tone);
    }
    trio(page, grid, view, Trio::Choosing);
}

/// Two choices a line; a technician's three more share the last one.
fn places(area: Rect, choices: usize) -> Vec<Rect> {
    if choices <= 4 {
        return cells(area, 2, 2);
    }
    let pairs = cells(area, 2, 3);
    let threes = cells(area, 3, 3);
    let pairs = pairs.into_iter().take(4);
    pairs.chain(threes.into_iter().skip(6)).collect()
}
