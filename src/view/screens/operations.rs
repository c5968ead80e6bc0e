//! The list of the last operations, one a line.

use crate::app::{LINES_A_PAGE, Operations, page_of, pages_of};
use crate::domain::{PastOperation, Points, Unprinted, mask_name};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, row};
use crate::view::page::{Page, Tone};
use crate::view::screens::holds::{list, title};
use crate::view::screens::passbook::day;
use crate::view::screens::{View, above_pager, pager};
use crate::view::theme::Ink;
use crate::words::grouped;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, operations: &Operations) {
    let say = view.say;
    let pages = pages_of(operations.list.len(), LINES_A_PAGE);
    let heading = title(view, "operations-title", (operations.page, pages));
    sentence(page, grid, view, heading);
    if operations.list.is_empty() {
        page.centred(row(grid.body, 4), Ink::Page, say.text("operations-empty"));
    }
    let shown = page_of(&operations.list, operations.page, LINES_A_PAGE);
    let labels = shown.iter().map(|past| {
        let tone = if past.reversible {
            Tone::Choice
        } else {
            Tone::Neutral
        };
        let label = format!("{} {}", who(view, past), what(view, past));
        (label.trim_end().to_owned(), figure(view, past), tone)
    });
    list(page, above_pager(grid, pages), labels.collect());
    pager(page, grid, view, (operations.page, pages));
    trio(page, grid, view, Trio::Choosing);
}

/// Day, number, kind and name of an operation; for a receipt that has not come out, that instead of the kind.
pub(super) fn who(view: &View<'_>, past: &PastOperation) -> String {
    let kind = match view.model.printer.unprinted(past.seq) {
        None => view.say.kind(past.kind),
        Some(Unprinted::Waiting) => view.say.text("printer-unprinted-waiting"),
        Some(Unprinted::Failed) => view.say.text("printer-unprinted-failed"),
        Some(Unprinted::Perhaps) => view.say.text("printer-unprinted-perhaps"),
    };
    let mut text = format!("{} {} {kind}", day(view, past.wall_ms), past.seq);
    if let Some(member) = &past.member {
        text += " ";
        text += &mask_name(&member.name);
    }
    text
}

/// Reward or rule of an operation, where it has one.
pub(super) fn what(view: &View<'_>, past: &PastOperation) -> String {
    view.say.tell(&past.told, view.known())
}

/// Points of an operation, where it moved any.
pub(super) fn figure(view: &View<'_>, past: &PastOperation) -> String {
    if past.points == Points::ZERO {
        return String::new();
    }
    view.say.with("price", &[("points", &grouped(past.points))])
}
