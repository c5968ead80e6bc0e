//! Held on disk: the attendant's badge is awaited.

use crate::app::{Key, Waiting};
use crate::view::frame::{Trio, sentence, trio, typed};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::{Button, Page, Tone};
use crate::view::screens::View;
use crate::view::theme::Ink;
use crate::words::grouped;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, waiting: &Waiting) {
    let say = view.say;
    let held = &waiting.held;
    let item = say.item(&view.config.catalogue, &held.wish);
    let what = say.with(
        "waiting-held",
        &[
            ("item", &item),
            ("count", &held.wish.quantity.to_string()),
            ("points", &grouped(held.total)),
        ],
    );
    sentence(page, grid, view, what);
    let spare = (grid.body.height - 11) / 2;
    let band = inset(rows(grid.body, spare + 1, 3), 2);
    page.fill(band, Ink::Warning);
    let sentence = typed(view.model, view).map_or_else(
        || say.text("waiting-what"),
        |digits| say.with("idle-typed", &[("digits", digits)]),
    );
    page.centred(row(band, 1), Ink::Warning, sentence);
    page.centred(
        row(grid.body, spare + 5),
        Ink::Page,
        say.text("waiting-safe"),
    );
    let places = cells(rows(grid.body, grid.body.height - 4, 3), 2, 1);
    if let Some(at) = places.get(1) {
        page.button(Button {
            at: *at,
            key: Key::Back,
            badge: "-".to_owned(),
            label: say.text("waiting-no"),
            note: String::new(),
            tone: Tone::Neutral,
        });
    }
    trio(page, grid, view, Trio::Typing);
}
