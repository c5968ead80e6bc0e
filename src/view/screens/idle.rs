//! Idle: the clock, one sentence, how to start. Nothing private.

use crate::app::Stick;
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
    } else if stick(page, view, foot) {
        // The row is the stick's.
    } else if view.model.open_holds > 0 {
        let count = view.model.open_holds.to_string();
        page.centred(
            foot,
            Ink::Quiet,
            say.with("idle-holds", &[("count", &count)]),
        );
    } else if let Some(id) = exports(view) {
        page.centred(foot, Ink::Quiet, say.text(id));
    } else if view.model.checkup.wants_a_look() {
        page.centred(foot, Ink::Quiet, say.text("idle-checkup"));
    }
    trio(page, grid, view, Trio::Idle);
}

/// What a person with a stick must know: not yet, now, or not at all. False when there is none.
fn stick(page: &mut Page, view: &View<'_>, foot: Rect) -> bool {
    let (say, export) = (view.say, &view.model.export);
    if let Some(done) = export.running.filter(|_| export.writes_stick(view.config)) {
        let [words, bar] = halves(foot);
        page.right(words, Ink::Strong, say.text("idle-stick-writing"));
        page.bar(bar, done);
    } else if export.stick_fault(view.config).is_some() && export.stick != Stick::Absent {
        page.fill(foot, Ink::Warning);
        page.centred(foot, Ink::Warning, say.text("idle-stick-failed"));
    } else if export.stick == Stick::MayRemove {
        page.fill(foot, Ink::Confirm);
        page.centred(foot, Ink::Confirm, say.text("idle-stick-remove"));
    } else {
        return false;
    }
    true
}

/// The left part of a row for words, the right part for a bar, with a gap between them.
fn halves(row: Rect) -> [Rect; 2] {
    let words = row.width * 2 / 3;
    let bar = Rect {
        x: row.x + words + 2,
        width: row.width - words - 4,
        ..row
    };
    [
        Rect {
            width: words,
            ..row
        },
        bar,
    ]
}

/// What an attendant should look at when there is time.
fn exports(view: &View<'_>) -> Option<&'static str> {
    let export = &view.model.export;
    if export.failed {
        return Some("idle-export-failed");
    }
    if export.missed.is_some() {
        return Some("idle-export-missed");
    }
    export.wants_a_look().then_some("idle-export-unclean")
}
