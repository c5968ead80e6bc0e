//! The rewards of a category with their prices for this member.

use crate::app::{Rewards, choices_a_page, page_of, pages_of};
use crate::domain::{Item, Supply};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, row};
use crate::view::page::{Page, Tone};
use crate::view::screens::{View, above_pager, choices, pager};
use crate::view::theme::Ink;
use crate::words::grouped;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, rewards: &Rewards) {
    let say = view.say;
    let catalogue = &view.config.catalogue;
    let category = catalogue
        .categories
        .iter()
        .find(|c| c.code == rewards.category);
    let name = category.map_or("", |category| category.name.get(view.model.lang));
    sentence(
        page,
        grid,
        view,
        say.with("rewards-which", &[("category", name)]),
    );
    let items: Vec<&Item> = catalogue.items_in(&rewards.category).collect();
    if items.is_empty() {
        page.centred(row(grid.body, 4), Ink::Page, say.text("rewards-empty"));
    }
    let a_page = choices_a_page(items.len());
    let pages = pages_of(items.len(), a_page);
    let shown = page_of(&items, rewards.page, a_page);
    let labels = shown.iter().map(|item| {
        let left = rewards.shelf.get(&item.code);
        let gone = item.supply == Supply::Counted && left.is_some_and(|left| *left <= 0);
        let (note, tone) = if gone {
            (say.text("rewards-gone"), Tone::Neutral)
        } else {
            (price(view, item), Tone::Choice)
        };
        (item.name.get(view.model.lang).to_owned(), note, tone)
    });
    let places = cells(above_pager(grid, pages), 2, lines(a_page));
    choices(page, places, labels.collect());
    pager(page, grid, view, (rewards.page, pages));
    trio(page, grid, view, Trio::Choosing);
}

/// Rows of choices, two in a row.
pub(super) fn lines(choices: usize) -> u16 {
    u16::try_from(choices.div_ceil(2)).unwrap_or(1)
}

fn price(view: &View<'_>, item: &Item) -> String {
    let Some(holder) = &view.model.holder else {
        return String::new();
    };
    let points = grouped(item.price_from(&holder.member, view.now.year()));
    let id = if item.options.is_empty() {
        "price"
    } else {
        "price-from"
    };
    view.say.with(id, &[("points", &points)])
}
