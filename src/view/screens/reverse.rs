//! The question before an operation is reversed.

use crate::app::Reverse;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, lower, row};
use crate::view::page::{Page, Tone};
use crate::view::screens::operations::{figure, what, who};
use crate::view::screens::{View, grave, numbered};
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
    page.centred(row(grid.body, 2), Ink::Strong, what.trim());
    page.centred(row(grid.body, 5), Ink::Page, say.text("reverse-what"));
    let prints = reverse.prints(view.config);
    let places = cells(lower(grid.body), if prints { 3 } else { 2 }, 1);
    let mut places = places.into_iter();
    if let Some(at) = places.next() {
        let label = say.text("reverse-yes");
        grave(page, view, numbered(at, 1, label, Tone::Confirm));
    }
    let others = [
        (2, "reverse-no", Tone::Neutral),
        (Reverse::REPRINT, "reverse-reprint", Tone::Choice),
    ];
    for (at, (digit, id, tone)) in places.zip(others) {
        page.choice(at, digit, say.text(id), tone);
    }
    trio(page, grid, view, Trio::Choosing);
}
