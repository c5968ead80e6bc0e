//! Final: had, spent, left in big digits, and what happens next.

use crate::app::{Aid, Done, Key};
use crate::domain::{Fact, Points, Text};
use crate::panel::Panel;
use crate::view::body::drawn;
use crate::view::context::View;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::sentence;
use crate::view::layout::{Grid, cells, columns, inset, row, rows};
use crate::view::page::Page;
use crate::view::theme::Ink;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

/// Columns between two big numbers.
const GAP: u16 = 4;

pub(super) fn page<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, done): (&Panel<A>, &Done),
) {
    let say = view.say;
    let receipt = &done.receipt;
    let catalogue = &view.config.catalogue;
    sentence(page, grid, view, panel);
    let spare = (grid.body.height - 11) / 2;
    let body = inset(rows(grid.body, spare, 11), 1);
    let figures = [
        ("done-had", receipt.before),
        ("done-spent", receipt.points),
        ("done-left", receipt.after),
    ];
    if view.model.is_covered() {
        let spent = Text::of("points").points(receipt.points);
        page.text(row(body, 0), Ink::Page, say.text("done-spent"));
        page.text(row(body, 1), Ink::Strong, view.tell(&spent));
        let at = columns(rows(body, 3, 5), 0, body.width / 2);
        if let Some(cover) = drawn(panel, Key::Aid(Aid::Cover)) {
            view.choose(page, at, cover);
        }
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
}

/// All three numbers big where they fit, each under its word; else the last one big after its word, the
/// others in the row above it.
fn figures_row(page: &mut Page, view: &View<'_>, body: Rect, figures: [(&str, Points); 3]) {
    let say = view.say;
    let figure = |points| view.tell(&Text::row([Fact::Points(points)]));
    let figures = figures.map(|(id, points)| (say.text(id), figure(points)));
    let wide = |(label, text): &(String, String)| {
        let label = u16::try_from(label.width()).unwrap_or(u16::MAX);
        digits_width(text).max(label) + GAP
    };
    let width: u16 = figures.iter().map(wide).sum();
    let digits = rows(body, 2, DIGIT_ROWS);
    if width <= body.width + GAP {
        let mut x = 0;
        for figure in &figures {
            let (label, text) = figure;
            let from = |area: Rect| columns(area, x, area.width);
            page.text(from(row(body, 0)), Ink::Page, label.clone());
            page.digits(from(digits), text.clone());
            x += wide(figure);
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
    page.digits(columns(digits, gap, digits.width), points);
}
