//! Home: the balance in big digits, and at most six things to do.

use crate::app::{Aid, Key};
use crate::domain::{Fact, Points, Text};
use crate::panel::Panel;
use crate::view::body::drawn;
use crate::view::context::View;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::sentence;
use crate::view::layout::{AID_COLUMNS, Grid, cells, columns, row, rows};
use crate::view::page::Page;
use crate::view::theme::Ink;
use ratatui::layout::Rect;

pub(super) fn page<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let Some(holder) = &view.model.holder else {
        return;
    };
    sentence(page, grid, view, panel);
    if holder.held > Points::ZERO {
        let held = view.tell(&Text::of("home-held").points(holder.held));
        page.right(grid.sentence, Ink::Quiet, held);
    }
    let choices_height = (grid.body.height - DIGIT_ROWS).min(10);
    let spare = grid.body.height - DIGIT_ROWS - choices_height;
    let balance = rows(grid.body, spare / 2, DIGIT_ROWS);
    let choices = rows(grid.body, grid.body.height - choices_height, choices_height);
    let places = cells(choices, 3, 2);
    for (at, digit) in places.into_iter().zip(1_u8..) {
        if let Some(choice) = panel.choice(Key::Digit(digit)) {
            view.choose(page, at, choice);
        }
    }
    let digits = view.tell(&Text::row([Fact::Points(holder.free)]));
    figures(page, view, panel, (balance, digits));
}

/// The balance in big digits, or the button that shows it; beside it, where there is room, what waits and the buttons that
/// read it and cover it.
fn figures<A>(
    page: &mut Page,
    view: &View<'_>,
    panel: &Panel<A>,
    (balance, digits): (Rect, String),
) {
    let cover = drawn(panel, Key::Aid(Aid::Cover));
    let covered = view.model.is_covered();
    let from = if let (true, Some(cover)) = (covered, cover) {
        let at = columns(balance, 2, (balance.width / 2).saturating_sub(2));
        view.choose(page, at, cover);
        at.right() + 2
    } else {
        let at = columns(balance, 2, digits_width(&digits));
        page.digits(at, digits);
        let unit = Rect {
            x: at.right() + 2,
            width: 4,
            ..row(balance, DIGIT_ROWS - 1)
        };
        page.text(unit, Ink::Strong, view.say.text("points-word"));
        unit.right()
    };
    let waits = drawn(panel, Key::Digit(0));
    let read = drawn(panel, Key::Aid(Aid::Read));
    let beside = [waits, read, cover.filter(|_| !covered)];
    let mut right = balance.right();
    for choice in beside.into_iter().flatten() {
        let at = Rect {
            x: right.saturating_sub(AID_COLUMNS),
            width: AID_COLUMNS,
            ..balance
        };
        if at.x >= from {
            view.choose(page, at, choice);
            right = at.x;
        }
    }
}
