//! The good-deed book: what, when, how much, and what was left.

use crate::app::{Aid, LINES_A_PAGE, Passbook};
use crate::domain::{PassbookLine, Points};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::{View, above_pager, aid, fitting, numbered, own, pager};
use crate::view::theme::Ink;
use crate::words::grouped;
use chrono::{DateTime, Datelike as _};
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, passbook: &Passbook) {
    let say = view.say;
    let book = &passbook.page;
    let args = [
        ("page", (book.page + 1).to_string()),
        ("pages", book.pages.to_string()),
    ];
    let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
    sentence(page, grid, view, say.with("passbook-title", &args));
    if book.lines.is_empty() {
        page.centred(row(grid.body, 4), Ink::Page, say.text("passbook-empty"));
    }
    let helped = [Aid::Read, Aid::Cover]
        .into_iter()
        .any(|aid| view.model.offers(view.config, aid));
    // The aids stand where the pager does.
    let pages = if helped {
        book.pages.max(2)
    } else {
        book.pages
    };
    let body = inset(above_pager(grid, pages), 1);
    let pitch = body.height / u16::try_from(LINES_A_PAGE).unwrap_or(1);
    let pitch = pitch.clamp(1, 3);
    for (y, line) in (pitch / 2..).step_by(pitch.into()).zip(&book.lines) {
        line_of(page, view, row(body, y), line);
    }
    if helped {
        aids(page, grid, view, (book.page, book.pages));
    } else {
        pager(page, grid, view, (book.page, book.pages));
    }
    trio(page, grid, view, Trio::Choosing);
}

/// The pager with what reads the page and what shows its figures between its two buttons.
fn aids(page: &mut Page, grid: &Grid, view: &View<'_>, (at, pages): (usize, usize)) {
    let foot = rows(grid.body, grid.body.height - 3, 3);
    let places = cells(foot, 4, 1);
    let [back, read, show, on] = places.as_slice() else {
        return;
    };
    if at > 0 {
        let label = view.say.text("page-back");
        page.button(fitting(numbered(*back, 8, label, Tone::Neutral)));
    }
    aid(page, view, *read, (Aid::Read, "hear-read"));
    if view.model.is_covered() {
        aid(page, view, *show, (Aid::Cover, "cover-show"));
    }
    if at + 1 < pages {
        let label = view.say.text("page-on");
        page.button(fitting(numbered(*on, 9, label, Tone::Neutral)));
    }
}

fn line_of(page: &mut Page, view: &View<'_>, at: Rect, line: &PassbookLine) {
    let say = view.say;
    let (date, after) = (6, 12);
    let what = Rect {
        x: at.x + date,
        width: at.width - date - after - 9,
        ..at
    };
    let change = Rect {
        x: what.right(),
        width: 8,
        ..at
    };
    page.text(at, Ink::Quiet, day(view, line.wall_ms));
    page.text(what, Ink::Page, say.tell(&line.told, view.known()));
    let sign = if line.change > Points::ZERO { "+" } else { "" };
    page.right(
        change,
        Ink::Strong,
        format!("{sign}{}", grouped(line.change)),
    );
    let left = say.with("passbook-after", &[("points", &own(view, line.after))]);
    page.right(at, Ink::Page, left);
}

/// Month and day at the station.
pub(super) fn day(view: &View<'_>, wall_ms: i64) -> String {
    let zone = view.now.wall.timezone();
    DateTime::from_timestamp_millis(wall_ms).map_or_else(String::new, |at| {
        let at = at.with_timezone(&zone);
        format!("{}/{}", at.month(), at.day())
    })
}
