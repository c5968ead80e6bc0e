//! The question: had, costs, left in big digits; two buttons only.

use crate::app::Confirm;
use crate::domain::Points;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, lower, row, rows, upper};
use crate::view::page::{Page, Tone};
use crate::view::screens::{View, apart, grave, numbered};
use crate::view::theme::Ink;
use crate::words::grouped;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, confirm: &Confirm) {
    let say = view.say;
    let (wish, terms) = (&confirm.quote.wish, &confirm.quote.terms);
    sentence(page, grid, view, say.text("confirm-ask"));
    let body = upper(grid.body);
    let spare = (body.height - 8) / 2;
    let body = rows(body, spare, body.height - spare);
    let item = say.item(&view.config.catalogue, wish);
    let count = wish.quantity.to_string();
    let what = say.with("confirm-what", &[("item", &item), ("count", &count)]);
    page.centred(row(body, 0), Ink::Strong, what);
    let figures = [
        ("confirm-had", terms.before),
        ("confirm-costs", terms.total),
    ];
    for (at, (id, points)) in cells(row(body, 1), 2, 1).into_iter().zip(figures) {
        let figure = say.with("points", &[("points", &grouped(points))]);
        page.centred(at, Ink::Page, format!("{}  {figure}", say.text(id)));
    }
    left(page, view, rows(body, 3, DIGIT_ROWS), terms.after);
    let [yes, no] = apart(view, lower(grid.body), 0);
    let label = say.text("confirm-yes");
    grave(page, view, numbered(yes, 1, label, Tone::Confirm));
    page.choice(no, 2, say.text("confirm-no"), Tone::Neutral);
    trio(page, grid, view, Trio::Choosing);
}

/// What would be left, big, with its word in front.
fn left(page: &mut Page, view: &View<'_>, at: Rect, points: Points) {
    let (word, digits) = (view.say.text("confirm-left"), grouped(points));
    let gap = u16::try_from(word.width()).unwrap_or(0) + 2;
    let width = gap + digits_width(&digits);
    let x = at.x + at.width.saturating_sub(width) / 2;
    let middle = row(at, DIGIT_ROWS / 2);
    page.text(
        Rect {
            x,
            width: gap,
            ..middle
        },
        Ink::Strong,
        word,
    );
    let big = Rect {
        x: x + gap,
        width: width - gap,
        ..at
    };
    page.digits(big, digits);
}
