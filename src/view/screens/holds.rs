//! The list of holds that wait, one a line.

use crate::app::{Holds, Key, LINES_A_PAGE, page_of, pages_of};
use crate::domain::{OpenHold, mask_name};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, row, rows};
use crate::view::page::{Button, Page, Tone};
use crate::view::paint::fitted;
use crate::view::screens::passbook::day;
use crate::view::screens::{View, above_pager, pager};
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
    let labels = shown.iter().map(|hold| {
        let label = format!("{} {}", who(view, hold), what(view, hold));
        (label, figure(view, hold), Tone::Choice)
    });
    list(page, above_pager(grid, pages), labels.collect());
    pager(page, grid, view, (holds.page, pages));
    trio(page, grid, view, Trio::Choosing);
}

/// A title that counts pages from 1.
pub(super) fn title(view: &View<'_>, id: &str, (page, pages): (usize, usize)) -> String {
    let (page, pages) = ((page + 1).to_string(), pages.to_string());
    view.say.with(id, &[("page", &page), ("pages", &pages)])
}

/// Adds the lines of a list: two rows to touch, one painted. A label too long for its line is cut
/// at its end; the screen behind it shows the whole.
pub(super) fn list(page: &mut Page, area: Rect, lines: Vec<(String, String, Tone)>) {
    for ((y, digit), (label, note, tone)) in (0..).step_by(2).zip(1_u8..).zip(lines) {
        let mut button = Button {
            at: rows(area, y, 2),
            key: Key::Digit(digit),
            badge: digit.to_string(),
            label,
            note,
            tone,
        };
        button.label = fitted(&button.label, button.label_room());
        page.button(button);
    }
}

/// Day, number and name of a hold.
pub(super) fn who(view: &View<'_>, hold: &OpenHold) -> String {
    let member = hold.member.as_ref();
    let name = member.map_or_else(String::new, |member| mask_name(&member.name));
    format!("{} {} {name}", day(view, hold.wall_ms), hold.seq)
}

/// Reward and count of a hold; its kind where it is no redemption.
pub(super) fn what(view: &View<'_>, hold: &OpenHold) -> String {
    view.say.tell(&hold.told, view.known())
}

/// Points of a hold.
pub(super) fn figure(view: &View<'_>, hold: &OpenHold) -> String {
    view.say.with("price", &[("points", &grouped(hold.total))])
}
