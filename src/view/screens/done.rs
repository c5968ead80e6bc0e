//! Final: had, spent, left in big digits, and what happens next.

use crate::app::{Aid, Done};
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::Page;
use crate::view::screens::{View, aid, own};
use crate::view::theme::Ink;
use crate::words::grouped;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

/// Columns between two big numbers.
const GAP: u16 = 4;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, done: &Done) {
    let say = view.say;
    let receipt = &done.receipt;
    let catalogue = &view.config.catalogue;
    let (item, count) = say.redeemed(catalogue, receipt);
    let what = say.with("done-what", &[("item", &item), ("count", &count)]);
    sentence(page, grid, view, what);
    let spare = (grid.body.height - 11) / 2;
    let body = inset(rows(grid.body, spare, 11), 1);
    let figures = [
        ("done-had", own(view, receipt.before)),
        ("done-spent", grouped(receipt.spent)),
        ("done-left", own(view, receipt.left)),
    ];
    if view.model.is_covered() {
        let spent = say.with("points", &[("points", &grouped(receipt.spent))]);
        page.text(row(body, 0), Ink::Page, say.text("done-spent"));
        page.text(row(body, 1), Ink::Strong, spent);
        let at = Rect {
            width: body.width / 2,
            ..rows(body, 3, 5)
        };
        aid(page, view, at, (Aid::Cover, "cover-show"));
    } else {
        figures_row(page, view, body, figures);
    }
    let where_to = say.where_to(catalogue, receipt.wish.as_ref(), "done");
    page.text(row(body, 8), Ink::Strong, where_to);
    if view.config.printer.is_some() {
        let (id, ink) = if view.model.printer.comes(receipt.seq) {
            ("printer-slip-comes", Ink::Page)
        } else {
            ("printer-slip-later", Ink::Warning)
        };
        page.text(row(body, 9), ink, say.text(id));
    }
    let number = say.with(
        "done-receipt",
        &[
            ("station", view.config.station.id.as_str()),
            ("seq", &receipt.seq.to_string()),
            ("mark", &receipt.mark),
        ],
    );
    page.text(row(body, 10), Ink::Quiet, number);
    trio(page, grid, view, Trio::Choosing);
}

/// All three numbers big where they fit, each under its word; else the last one big after its word, the
/// others in the row above it.
fn figures_row(page: &mut Page, view: &View<'_>, body: Rect, figures: [(&str, String); 3]) {
    let say = view.say;
    let figures = figures.map(|(id, figure)| (say.text(id), figure));
    let columns = |(label, text): &(String, String)| {
        let label = u16::try_from(label.width()).unwrap_or(u16::MAX);
        digits_width(text).max(label) + GAP
    };
    let width: u16 = figures.iter().map(columns).sum();
    let digits = rows(body, 2, DIGIT_ROWS);
    if width <= body.width + GAP {
        let mut x = body.x;
        for figure in &figures {
            let from = |area: Rect| Rect {
                x,
                width: body.right().saturating_sub(x),
                ..area
            };
            let (label, text) = figure;
            page.text(from(row(body, 0)), Ink::Page, label.clone());
            page.digits(from(digits), text.clone());
            x += columns(figure);
        }
        return;
    }
    let [had, spent, (word, points)] = figures;
    for (at, (label, text)) in cells(row(body, 0), 2, 1).into_iter().zip([had, spent]) {
        let figure = say.with("points", &[("points", &text)]);
        page.text(at, Ink::Page, format!("{label} {figure}"));
    }
    let gap = u16::try_from(word.width()).unwrap_or(0) + 2;
    page.text(row(digits, DIGIT_ROWS / 2), Ink::Strong, word);
    page.digits(inset_left(digits, gap), points);
}

/// The same rows without so many columns at the left.
fn inset_left(area: Rect, columns: u16) -> Rect {
    Rect {
        x: area.x + columns,
        width: area.width.saturating_sub(columns),
        ..area
    }
}
