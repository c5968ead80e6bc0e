//! One open hold: was it handed over?

use crate::app::{Choose, HoldAction};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, lower, row};
use crate::view::page::{Page, Tone};
use crate::view::screens::holds::{figure, what, who};
use crate::view::screens::{View, grave, numbered};
use crate::view::theme::Ink;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, choose: &Choose) {
    let say = view.say;
    let seq = choose.hold.seq.to_string();
    sentence(page, grid, view, say.with("holds-ask", &[("seq", &seq)]));
    page.centred(row(grid.body, 1), Ink::Page, who(view, &choose.hold));
    let what = format!(
        "{}  {}",
        what(view, &choose.hold),
        figure(view, &choose.hold)
    );
    page.centred(row(grid.body, 3), Ink::Strong, what);
    let places = cells(lower(grid.body), 2, 1);
    for ((at, digit), action) in places.into_iter().zip(1_u8..).zip(HoldAction::ALL) {
        let (id, tone) = match action {
            HoldAction::Post => ("holds-post", Tone::Confirm),
            HoldAction::Void => ("holds-void", Tone::Neutral),
        };
        grave(page, view, numbered(at, digit, say.text(id), tone));
    }
    trio(page, grid, view, Trio::Choosing);
}
