//! The question: had, costs, left; two buttons only.

use crate::app::Confirm;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::View;
use crate::view::theme::Ink;
use crate::words::grouped;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, confirm: &Confirm) {
    let say = view.say;
    let (wish, terms) = (&confirm.quote.wish, &confirm.quote.terms);
    sentence(page, grid, view, say.text("confirm-ask"));
    let spare = (grid.body.height - 11) / 3;
    let body = rows(grid.body, spare, grid.body.height - spare);
    let item = say.item(&view.config.catalogue, wish);
    let count = wish.quantity.to_string();
    let what = say.with("confirm-what", &[("item", &item), ("count", &count)]);
    page.centred(row(body, 0), Ink::Strong, what);
    let figures = [
        ("confirm-had", terms.before),
        ("confirm-costs", terms.total),
        ("confirm-left", terms.after),
    ];
    for (at, (id, points)) in cells(rows(body, 2, 1), 3, 1).into_iter().zip(figures) {
        page.centred(at, Ink::Page, say.text(id));
        let figure = say.with("points", &[("points", &grouped(points))]);
        page.centred(row_below(at), Ink::Strong, figure);
    }
    let buttons = rows(body, 5, body.height - 5);
    for (at, (digit, id, tone)) in cells(buttons, 2, 1).into_iter().zip([
        (1, "confirm-yes", Tone::Confirm),
        (2, "confirm-no", Tone::Neutral),
    ]) {
        page.choice(at, digit, say.text(id), tone);
    }
    trio(page, grid, view, Trio::Choosing);
}

/// The row under a one-row place.
fn row_below(at: ratatui::layout::Rect) -> ratatui::layout::Rect {
    ratatui::layout::Rect { y: at.y + 1, ..at }
}
