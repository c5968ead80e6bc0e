//! The question: had, costs, left in big digits; two buttons only.

use crate::app::{Aid, Confirm, Key};
use crate::domain::{Fact, Points, Text};
use crate::panel::Panel;
use crate::view::body::drawn;
use crate::view::context::View;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::sentence;
use crate::view::layout::{AID_COLUMNS, Grid, cells, columns, lower, row, rows, upper};
use crate::view::page::Page;
use crate::view::theme::Ink;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

pub(super) fn page<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, confirm): (&Panel<A>, &Confirm),
) {
    let (wish, priced) = (&confirm.wish, &confirm.priced);
    sentence(page, grid, view, panel);
    let body = upper(grid.body);
    let spare = (body.height - 8) / 2;
    let body = rows(body, spare, body.height - spare);
    let what = Text::of("confirm-what")
        .item(wish)
        .pieces(&wish.item, wish.quantity);
    page.centred(row(body, 0), Ink::Strong, view.tell(&what));
    let figures = [
        ("confirm-had", Fact::Balance(priced.before)),
        ("confirm-costs", Fact::Points(priced.points)),
    ];
    for (at, (id, figure)) in cells(row(body, 1), 2, 1).into_iter().zip(figures) {
        let figure = Text::of("points").fact("points", figure);
        page.centred(at, Ink::Page, view.tell(&Text::apart(Text::of(id), figure)));
    }
    let at = rows(body, 3, DIGIT_ROWS);
    // Beside the figure stands what shows it, or what reads it.
    let aids = [Aid::Cover, Aid::Read].map(|aid| drawn(panel, Key::Aid(aid)));
    let aid = aids.into_iter().flatten().next();
    let helped = [Aid::Cover, Aid::Read].map(|aid| panel.choice(Key::Aid(aid)));
    let helped = helped.into_iter().flatten().next().is_some();
    let from = left(page, view, (at, helped), priced.after);
    let beside = columns(at, at.width.saturating_sub(AID_COLUMNS), AID_COLUMNS);
    if let Some(aid) = aid.filter(|_| beside.x > from) {
        view.choose(page, beside, aid);
    }
    let places = view.apart(lower(grid.body), 0);
    for (at, key) in places.into_iter().zip([1, 2].map(Key::Digit)) {
        if let Some(answer) = panel.choice(key) {
            view.choose(page, at, answer);
        }
    }
}

/// What would be left, big, with its word in front; gives the column after it.
fn left(page: &mut Page, view: &View<'_>, (at, helped): (Rect, bool), points: Points) -> u16 {
    let word = view.say.text("confirm-left");
    let covered = view.model.is_covered();
    let digits = view.tell(&Text::row([Fact::Balance(points)]));
    let gap = u16::try_from(word.width()).unwrap_or(0) + 2;
    let wide = if covered { 3 } else { digits_width(&digits) };
    let width = gap + wide;
    // The button that reads or shows it stands at the right.
    let room = at
        .width
        .saturating_sub(if helped { AID_COLUMNS } else { 0 });
    let x = if room > width {
        (room - width) / 2
    } else {
        (at.width - width) / 2
    };
    let middle = row(at, DIGIT_ROWS / 2);
    page.text(columns(middle, x, gap), Ink::Strong, word);
    let figure = columns(at, x + gap, wide);
    if covered {
        page.text(row(figure, DIGIT_ROWS / 2), Ink::Strong, digits);
    } else {
        page.digits(figure, digits);
    }
    figure.right()
}
