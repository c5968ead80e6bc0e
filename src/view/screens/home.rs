//! Home: the balance in big digits, and at most six things to do.

use crate::app::{Aid, Home};
use crate::domain::{Points, mask_name};
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::{AID_COLUMNS, View, aid, fitting, numbered};
use crate::view::theme::Ink;
use crate::words::grouped;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, home: &Home) {
    let say = view.say;
    let Some(holder) = &view.model.holder else {
        return;
    };
    let name = mask_name(&holder.member.name);
    let text = if home.called_off {
        say.text("home-called-off")
    } else {
        say.with("home-balance", &[("name", &name)])
    };
    sentence(page, grid, view, text);
    if holder.held > Points::ZERO && !view.model.help.called {
        let held = say.with("home-held", &[("points", &grouped(holder.held))]);
        page.right(grid.sentence, Ink::Quiet, held);
    }
    let choices_height = (grid.body.height - DIGIT_ROWS).min(10);
    let spare = grid.body.height - DIGIT_ROWS - choices_height;
    let balance = rows(grid.body, spare / 2, DIGIT_ROWS);
    let choices = rows(grid.body, grid.body.height - choices_height, choices_height);
    let places = cells(choices, 3, 2);
    let categories = &view.config.catalogue.categories;
    let names = categories.iter().take(Home::CATEGORIES);
    for ((at, digit), category) in places.iter().zip(1_u8..).zip(names) {
        page.choice(*at, digit, category.name.get(view.model.lang), Tone::Choice);
    }
    for (digit, label) in [
        (Home::PASSBOOK, say.text("home-passbook")),
        (Home::LANGUAGE, view.other_language()),
    ] {
        if let Some(at) = places.get(usize::from(digit) - 1) {
            page.choice(*at, digit, label, Tone::Choice);
        }
    }
    figures(page, view, balance, grouped(holder.free));
    trio(page, grid, view, Trio::Home);
}

/// The balance in big digits, or the button that shows it; beside it, where there is room, the buttons that
/// read it and cover it.
fn figures(page: &mut Page, view: &View<'_>, balance: Rect, digits: String) {
    let say = view.say;
    let from = if view.model.is_covered() {
        let width = (balance.width / 2).saturating_sub(2);
        let at = Rect {
            x: balance.x + 2,
            width,
            ..balance
        };
        aid(page, view, at, (Aid::Cover, "cover-show"));
        at.right() + 2
    } else {
        let width = digits_width(&digits);
        let at = Rect {
            x: balance.x + 2,
            width,
            ..balance
        };
        page.digits(at, digits);
        let unit = Rect {
            x: at.right() + 2,
            width: 4,
            ..row(balance, DIGIT_ROWS - 1)
        };
        page.text(unit, Ink::Strong, say.text("points-word"));
        unit.right()
    };
    let cover = if view.model.cover.covers {
        "cover-never"
    } else {
        "cover"
    };
    let mut beside = vec![(Aid::Read, "hear-read"), (Aid::Cover, cover)];
    beside.retain(|(aid, _)| {
        let shown = *aid == Aid::Cover && view.model.is_covered();
        view.model.offers(view.config, *aid) && !shown
    });
    let mut right = balance.right();
    if view
        .model
        .holder
        .as_ref()
        .is_some_and(|holder| holder.held > Points::ZERO)
    {
        let at = Rect {
            x: right.saturating_sub(AID_COLUMNS),
            width: AID_COLUMNS,
            ..balance
        };
        if at.x >= from {
            let label = say.text("home-waiting");
            page.button(fitting(numbered(at, Home::WAITING, label, Tone::Choice)));
            right = at.x;
        }
    }
    for which in beside {
        let at = Rect {
            x: right.saturating_sub(AID_COLUMNS),
            width: AID_COLUMNS,
            ..balance
        };
        if at.x < from {
            break;
        }
        aid(page, view, at, which);
        right = at.x;
    }
}
