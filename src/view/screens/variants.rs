//! The variants of a reward with their prices for this member.

use crate::app::{Variants, choices_a_page, page_of, pages_of};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells};
use crate::view::page::{Page, Tone};
use crate::view::screens::rewards::lines;
use crate::view::screens::{View, above_pager, choices, gone, pager};
use crate::words::grouped;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, variants: &Variants) {
    let (say, lang) = (view.say, view.model.lang);
    let (Some(item), Some(holder)) = (
        view.config.catalogue.item(&variants.item),
        &view.model.holder,
    ) else {
        return gone(page, grid, view);
    };
    let asked = say.with("variants-which", &[("item", item.name.get(lang))]);
    sentence(page, grid, view, asked);
    let a_page = choices_a_page(item.options.len());
    let pages = pages_of(item.options.len(), a_page);
    let labels = page_of(&item.options, variants.page, a_page)
        .iter()
        .map(|option| {
            let points = option.prices.for_member(&holder.member, view.now.year());
            let note = say.with("price", &[("points", &grouped(points))]);
            (option.name.get(lang).to_owned(), note, Tone::Choice)
        });
    let places = cells(above_pager(grid, pages), 2, lines(a_page));
    choices(page, places, labels.collect());
    pager(page, grid, view, (variants.page, pages));
    trio(page, grid, view, Trio::Choosing);
}
