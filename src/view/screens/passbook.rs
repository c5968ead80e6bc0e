//! The good-deed book: what, when, how much, and what was left.

use crate::app::{LINES_A_PAGE, Passbook};
use crate::domain::{PassbookEntry, PassbookLine, Points, RuleCode};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, inset, row};
use crate::view::page::Page;
use crate::view::screens::{View, above_pager, pager};
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
    let body = inset(above_pager(grid, book.pages), 1);
    let pitch = body.height / u16::try_from(LINES_A_PAGE).unwrap_or(1);
    for (y, line) in (0..).step_by(pitch.clamp(1, 3).into()).zip(&book.lines) {
        line_of(page, view, row(body, y), line);
    }
    pager(page, grid, view, (book.page, book.pages));
    trio(page, grid, view, Trio::Choosing);
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
    page.text(what, Ink::Page, entry(view, &line.entry));
    let sign = if line.change > Points::ZERO { "+" } else { "" };
    page.right(
        change,
        Ink::Strong,
        format!("{sign}{}", grouped(line.change)),
    );
    let left = say.with("passbook-after", &[("points", &grouped(line.after))]);
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

fn entry(view: &View<'_>, entry: &PassbookEntry) -> String {
    let say = view.say;
    let item = |wish| say.item(&view.config.catalogue, wish);
    match entry {
        PassbookEntry::Earned(code) => rule(view, code),
        PassbookEntry::Redeemed(wish) => say.with("passbook-redeemed", &[("item", &item(wish))]),
        PassbookEntry::Waiting(wish) => say.with("passbook-waiting", &[("item", &item(wish))]),
        PassbookEntry::Reversed(seq) => say.with("passbook-reversed", &[("seq", &seq.to_string())]),
    }
}

/// What a rule is called.
pub(super) fn rule(view: &View<'_>, code: &RuleCode) -> String {
    let rule = view.config.rules.iter().find(|rule| &rule.code == code);
    rule.map_or_else(
        || code.to_string(),
        |rule| rule.name.get(view.say.lang).to_owned(),
    )
}
