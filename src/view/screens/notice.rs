//! A refusal: what happened, that nothing was lost, what to do. Stays until it is acknowledged.

use crate::app::Key;
use crate::domain::Refusal;
use crate::panel::{Footer, Panel};
use crate::view::context::View;
use crate::view::frame::footer;
use crate::view::layout::{Grid, cells, inset, row, rows, upper};
use crate::view::page::{Button, Page, Tone};
use crate::view::theme::Ink;

pub(super) fn page<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, refusal): (&Panel<A>, &Refusal),
) {
    let mut told = view.say.refusal(refusal, view.known());
    if view.model.is_covered() && refusal.is("not-enough") {
        told.what = view.say.text("cover-not-enough");
        told.next = view.say.text("cover-not-enough-next");
    }
    let body = upper(grid.body);
    let gap = u16::from(body.height >= 10);
    let band = inset(rows(body, 0, 3), 1);
    page.banner(band, Ink::Warning, told.what);
    page.centred(row(body, 3 + gap), Ink::Strong, told.next);
    page.centred(row(body, 4 + 2 * gap), Ink::Page, told.safe);
    let above = 5 + 2 * gap;
    let foot = rows(body, above, body.height - above);
    if let Some(at) = cells(foot, 1, 1).into_iter().next() {
        let at = inset(at, at.width / 4);
        let key = (Key::Digit(1), "1");
        let ok = view.say.text("notice-ok");
        page.button(Button::of(at, key, ok, Tone::Confirm));
    }
    footer(page, grid, view, (panel, Footer::Choosing));
}
