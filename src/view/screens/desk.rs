//! The attendant's menu, with what has just been done above it.

use crate::app::{Desk, DeskNews};
use crate::domain::{Role, TriedPins};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::View;
use crate::view::status::devices;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, desk: &Desk) {
    let say = view.say;
    let text = match desk.news {
        None if !desk.tried.is_empty() => tried(view, &desk.tried, grid.sentence.width),
        None => say.with("desk-who", &[("name", &desk.staff.name)]),
        Some(DeskNews::Posted(seq)) => say.with("desk-posted", &[("seq", &seq.to_string())]),
        Some(DeskNews::Voided(seq)) => say.with("desk-voided", &[("seq", &seq.to_string())]),
        Some(DeskNews::Reversed(seq)) => say.with("desk-reversed", &[("seq", &seq.to_string())]),
        Some(DeskNews::Reprinted(seq)) => say.with("desk-reprinted", &[("seq", &seq.to_string())]),
    };
    sentence(page, grid, view, text);
    let count = view.model.open_holds.to_string();
    let exports = if view.model.export.wants_a_look() {
        "desk-exports-look"
    } else {
        "desk-exports"
    };
    let operations = match view.model.printer.in_trouble() {
        0 => say.text("desk-operations"),
        slips => say.with("desk-operations-look", &[("count", &slips.to_string())]),
    };
    let mut choices = vec![
        (
            Desk::HOLDS,
            say.with("desk-holds", &[("count", &count)]),
            Tone::Choice,
        ),
        (Desk::OPERATIONS, operations, Tone::Choice),
        (Desk::OFF_DUTY, say.text("desk-off-duty"), Tone::Neutral),
        (Desk::EXPORTS, say.text(exports), Tone::Choice),
    ];
    if desk.staff.role == Role::Technician {
        let look = if view.model.checkup.wants_a_look() {
            "desk-checkup-look"
        } else {
            "desk-checkup"
        };
        choices.push((Desk::EXIT, say.text("desk-exit"), Tone::Finish));
        choices.push((Desk::CHECKUP, say.text(look), Tone::Choice));
        choices.push((Desk::DEVICES, say.text("desk-devices"), Tone::Choice));
    }
    let last = grid.body.height - 1;
    let above = rows(grid.body, 0, last);
    devices(page, row(grid.body, last), view);
    for (at, (digit, label, tone)) in places(above, choices.len()).into_iter().zip(choices) {
        page.choice(at, digit, label, tone);
    }
    trio(page, grid, view, Trio::Choosing);
}

/// Wrong PINs on colleagues' badges, of as many colleagues as the line has room for.
fn tried(view: &View<'_>, tried: &[TriedPins], width: u16) -> String {
    let each = tried.iter().map(|one| {
        let id = if one.freed {
            "desk-tried-freed"
        } else {
            "desk-tried-one"
        };
        let count = one.count.to_string();
        view.say.with(id, &[("name", &one.name), ("count", &count)])
    });
    let each: Vec<String> = each.collect();
    let line = |some: &[String]| {
        let more = if some.len() < each.len() { " ..." } else { "" };
        let who = format!("{}{more}", some.join("  "));
        view.say.with("desk-tried", &[("who", &who)])
    };
    let lines = (1..=each.len()).rev().filter_map(|n| each.get(..n));
    let mut lines = lines.map(line);
    lines
        .find(|line| line.width() <= width.into())
        .unwrap_or_default()
}

/// Two choices a line; a technician's three more share the last one.
fn places(area: Rect, choices: usize) -> Vec<Rect> {
    if choices <= 4 {
        return cells(area, 2, 2);
    }
    let pairs = cells(area, 2, 3);
    let threes = cells(area, 3, 3);
    let pairs = pairs.into_iter().take(4);
    pairs.chain(threes.into_iter().skip(6)).collect()
}
