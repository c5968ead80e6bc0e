//! The question before an operation is reversed.

use crate::app::Reverse;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::View;
use crate::view::screens::operations::{figure, what, who};
use crate::view::theme::Ink;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, reverse: &Reverse) {
    let say = view.say;
    let seq = reverse.past.seq.to_string();
    let ask = if reverse.prints(view.config) {
        "reverse-which"
    } else {
        "reverse-ask"
    };
    sentence(page, grid, view, say.with(ask, &[("seq", &seq)]));
    page.centred(row(grid.body, 0), Ink::Page, who(view, &reverse.past));
    let what = format!(
        "{}  {}",
        what(view, &reverse.past),
        figure(view, &reverse.past)
    );
    page.centred(row(grid.body, 1), Ink::Strong, what.trim());
    page.centred(row(grid.body, 3), Ink::Page, say.text("reverse-what"));
    let mut choices = vec![
        (1, "reverse-yes", Tone::Confirm),
        (2, "reverse-no", Tone::Neutral),
    ];
    if reverse.prints(view.config) {
        choices.push((Reverse::REPRINT, "reverse-reprint", Tone::Choice));
    }
    let across = if choices.len() > 2 { 3 } else { 2 };
    let places = cells(rows(grid.body, 5, grid.body.height - 5), across, 1);
    for (at, (digit, id, tone)) in places.into_iter().zip(choices) {
        page.choice(at, digit, say.text(id), tone);
    }
    trio(page, grid, view, Trio::Choosing);
}
