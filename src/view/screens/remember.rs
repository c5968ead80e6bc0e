//! The question whether the look shall stay with the card.

use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, lower, row, upper};
use crate::view::page::{Page, Tone};
use crate::view::screens::View;
use crate::view::theme::Ink;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>) {
    let say = view.say;
    sentence(page, grid, view, say.text("remember-ask"));
    let body = upper(grid.body);
    let middle = body.height / 2;
    page.centred(
        row(body, middle - 1),
        Ink::Strong,
        say.text("remember-what"),
    );
    page.centred(row(body, middle + 1), Ink::Page, say.text("remember-other"));
    for (at, (digit, id, tone)) in cells(lower(grid.body), 2, 1).into_iter().zip([
        (1, "remember-yes", Tone::Confirm),
        (2, "remember-no", Tone::Neutral),
    ]) {
        page.choice(at, digit, say.text(id), tone);
    }
    trio(page, grid, view, Trio::Choosing);
}
