//! Held on disk: the attendant's badge is awaited.

use crate::app::{Key, Waiting};
use crate::domain::Via;
use crate::view::frame::{Trio, sentence, trio, typed};
use crate::view::layout::{Grid, inset, lower, row, rows, upper};
use crate::view::page::{Button, Page, Tone};
use crate::view::screens::{View, apart, grave};
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
    let spare = (upper(grid.body).height - 8) / 2;
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
    if let Some(via) = view.model.via {
        let id = match via {
            Via::Scanner | Via::Keyboard => "waiting-scanned",
            Via::Typed => "waiting-typed",
        };
        page.centred(row(grid.body, spare + 6), Ink::Page, say.text(id));
    }
    let [at, _] = apart(view, lower(grid.body), 1);
    let off = Button {
        at,
        key: Key::Back,
        badge: "-".to_owned(),
        label: say.text("waiting-no"),
        note: String::new(),
        tone: Tone::Neutral,
    };
    grave(page, view, off);
    trio(page, grid, view, Trio::Typing);
}
