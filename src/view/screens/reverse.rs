//! The question before an operation is reversed.

use crate::app::Reverse;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, lower, row};
use crate::view::page::{Page, Tone};
use crate::view::screens::operations::{figure, what, who};
use crate::view::screens::{View, apart, grave, numbered};
use crate::view::theme::Ink;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, reverse: &Reverse) {
    let say = view.say;
    let seq = reverse.past.seq.to_string();
    sentence(page, grid, view, say.with("reverse-ask", &[("seq", &seq)]));
    page.centred(row(grid.body, 0), Ink::Page, who(view, &reverse.past));
    let what = format!(
        "{}  {}",
        what(view, &reverse.past),
        figure(view, &reverse.past)
    );
    page.centred(row(grid.body, 2), Ink::Strong, what.trim());
    page.centred(row(grid.body, 5), Ink::Page, say.text("reverse-what"));
    let [yes, no] = apart(view, lower(grid.body), 0);
    let label = say.text("reverse-yes");
    grave(page, view, numbered(yes, 1, label, Tone::Confirm));
    page.choice(no, 2, say.text("reverse-no"), Tone::Neutral);
    trio(page, grid, view, Trio::Choosing);
}
