//! Held on disk: the attendant's badge is awaited.

use crate::app::Key;
use crate::domain::Via;
use crate::panel::Panel;
use crate::view::context::View;
use crate::view::frame::{sentence, typed};
use crate::view::layout::{Grid, inset, lower, row, rows, upper};
use crate::view::page::Page;
use crate::view::theme::Ink;

pub(super) fn page<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let say = view.say;
    sentence(page, grid, view, panel);
    let spare = (upper(grid.body).height - 8) / 2;
    let band = inset(rows(grid.body, spare + 1, 3), 2);
    let sentence = typed(view.model).map_or_else(
        || say.text("waiting-what"),
        |digits| say.with("idle-typed", &[("digits", digits)]),
    );
    page.banner(band, Ink::Warning, sentence);
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
    let [at, _] = view.apart(lower(grid.body), 1);
    if let Some(off) = panel.choice(Key::Back) {
        view.choose(page, at, off);
    }
}
