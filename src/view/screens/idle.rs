//! Idle: the clock, one sentence, how to start. Nothing private.

use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::{Trio, trio, typed};
use crate::view::layout::{Grid, inset, row, rows};
use crate::view::page::Page;
use crate::view::screens::View;
use crate::view::theme::Ink;
use chrono::Timelike as _;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>) {
    let say = view.say;
    let wall = &view.now.wall;
    let clock = format!("{}:{:02}", wall.hour(), wall.minute());
    let spare = (grid.body.height - 11) / 2;
    let body = rows(grid.body, spare, 11);
    let width = digits_width(&clock);
    let place = Rect {
        x: body.x + (body.width - width) / 2,
        width,
        ..rows(body, 0, DIGIT_ROWS)
    };
    page.centred(grid.sentence, Ink::Strong, say.text("idle-welcome"));
    page.digits(place, clock);
    page.centred(row(body, 5), Ink::Page, say.date(wall));
    let band = inset(rows(body, 6, 3), 2);
    page.fill(band, Ink::Confirm);
    let sentence = typed(view.model, view).map_or_else(
        || say.text("idle-how"),
        |digits| say.with("idle-typed", &[("digits", digits)]),
    );
    page.centred(row(band, 1), Ink::Confirm, sentence);
    page.centred(row(body, 9), Ink::Page, say.text("idle-code"));
    let foot = row(body, 10);
    if view.model.help_called {
        page.fill(foot, Ink::Warning);
        page.centred(foot, Ink::Warning, say.text("help-called"));
    } else if view.model.readers.contains(&false) {
        page.fill(foot, Ink::Warning);
        page.centred(foot, Ink::Warning, say.text("idle-reader-lost"));
    } else if view.model.open_holds > 0 {
        let count = view.model.open_holds.to_string();
        page.centred(
            foot,
            Ink::Quiet,
            say.with("idle-holds", &[("count", &count)]),
        );
    }
    trio(page, grid, view, Trio::Idle);
}
