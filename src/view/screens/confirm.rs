//! The question: had, costs, left in big digits; two buttons only.

use crate::app::{Aid, Confirm};
use crate::domain::Points;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, lower, row, rows, upper};
use crate::view::page::{Page, Tone};
use crate::view::screens::{AID_COLUMNS, View, aid, apart, grave, numbered, own};
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
        ("confirm-had", own(view, terms.before)),
        ("confirm-costs", grouped(terms.total)),
    ];
    for (at, (id, figure)) in cells(row(body, 1), 2, 1).into_iter().zip(figures) {
        let figure = say.with("points", &[("points", &figure)]);
        page.centred(at, Ink::Page, format!("{}  {figure}", say.text(id)));
    }
    let at = rows(body, 3, DIGIT_ROWS);
    let from = left(page, view, at, terms.after);
    let which = if view.model.is_covered() {
        (Aid::Cover, "cover-show")
    } else {
        (Aid::Read, "hear-read")
    };
    let beside = Rect {
        x: at.right().saturating_sub(AID_COLUMNS),
        width: AID_COLUMNS,
        ..at
    };
    if beside.x > from {
        aid(page, view, beside, which);
    }
    let [yes, no] = apart(view, lower(grid.body), 0);
    let label = say.text("confirm-yes");
    grave(page, view, numbered(yes, 1, label, Tone::Confirm));
    page.choice(no, 2, say.text("confirm-no"), Tone::Neutral);
    trio(page, grid, view, Trio::Choosing);
}

/// What would be left, big, with its word in front; gives the column after it.
fn left(page: &mut Page, view: &View<'_>, at: Rect, points: Points) -> u16 {
    let word = view.say.text("confirm-left");
    let covered = view.model.is_covered();
    let digits = own(view, points);
    let gap = u16::try_from(word.width()).unwrap_or(0) + 2;
    let wide = if covered { 3 } else { digits_width(&digits) };
    let width = gap + wide;
    // The button that reads or shows it stands at the right.
    let aids = [Aid::Read, Aid::Cover];
    let helped = aids
        .into_iter()
        .any(|aid| view.model.offers(view.config, aid));
    let room = at
        .width
        .saturating_sub(if helped { AID_COLUMNS } else { 0 });
    let x = at.x
        + if room > width {
            (room - width) / 2
        } else {
            (at.width - width) / 2
        };
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
    let figure = Rect {
        x: x + gap,
        width: wide,
        ..at
    };
    if covered {
        page.text(row(figure, DIGIT_ROWS / 2), Ink::Strong, digits);
    } else {
        page.digits(figure, digits);
    }
    x + width
}
