//! The list of holds that wait, one a line.

use crate::app::{Holds, LINES_A_PAGE, page_of, pages_of};
use crate::domain::{OpenHold, mask_name};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, row};
use crate::view::page::{Page, Tone};
use crate::view::screens::passbook::day;
use crate::view::screens::{View, above_pager, choices, pager};
use crate::view::theme::Ink;
use crate::words::grouped;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, holds: &Holds) {
    let say = view.say;
    let pages = pages_of(holds.list.len(), LINES_A_PAGE);
    sentence(
        page,
        grid,
        view,
        title(view, "holds-title", (holds.page, pages)),
    );
    if holds.list.is_empty() {
        page.centred(row(grid.body, 4), Ink::Page, say.text("holds-empty"));
    }
    let shown = page_of(&holds.list, holds.page, LINES_A_PAGE);
    let labels = shown
        .iter()
        .map(|hold| (describe(view, hold), figure(view, hold), Tone::Choice));
    choices(page, list_lines(above_pager(grid, pages)), labels.collect());
    pager(page, grid, view, (holds.page, pages));
    trio(page, grid, view, Trio::Choosing);
}

/// A title that counts pages from 1.
pub(super) fn title(view: &View<'_>, id: &str, (page, pages): (usize, usize)) -> String {
    let (page, pages) = ((page + 1).to_string(), pages.to_string());
    view.say.with(id, &[("page", &page), ("pages", &pages)])
}

/// The places of a list's lines: two rows to touch, one painted.
pub(super) fn list_lines(area: Rect) -> Vec<Rect> {
    let lines = u16::try_from(LINES_A_PAGE).unwrap_or(1);
    (0..lines)
        .map(|line| Rect {
            y: area.y + line * 2,
            height: 2,
            ..area
        })
        .collect()
}

/// Number, day, name and reward of a hold.
pub(super) fn describe(view: &View<'_>, hold: &OpenHold) -> String {
    let item = view.say.item(&view.config.catalogue, &hold.wish);
    let name = mask_name(&hold.member.name);
    let (seq, count) = (hold.seq, hold.wish.quantity);
    format!("{} {seq} {name} {item} x{count}", day(view, hold.wall_ms))
}

/// Points of a hold.
pub(super) fn figure(view: &View<'_>, hold: &OpenHold) -> String {
    view.say.with("price", &[("points", &grouped(hold.total))])
}
