//! How many, each number with what it costs.

use crate::app::Quantity;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells};
use crate::view::page::{Page, Tone};
use crate::view::screens::rewards::lines;
use crate::view::screens::{View, choices, gone};
use crate::words::grouped;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, quantity: &Quantity) {
    let say = view.say;
    let wish = &quantity.wish;
    let catalogue = &view.config.catalogue;
    let (Some(item), Some(holder)) = (catalogue.item(&wish.item), &view.model.holder) else {
        return gone(page, grid, view);
    };
    let option = wish.option.as_ref().and_then(|code| item.option(code));
    let prices = option.map_or(&item.prices, |option| &option.prices);
    let one = prices.for_member(&holder.member, view.now.year());
    let name = say.item(catalogue, wish);
    sentence(
        page,
        grid,
        view,
        say.with("quantity-which", &[("item", &name)]),
    );
    let labels: Vec<_> = Quantity::choices(item.max_quantity)
        .map(|count| {
            let total = one.checked_times(count).unwrap_or(one);
            let label = say.with("quantity-some", &[("count", &count.to_string())]);
            let note = say.with("price", &[("points", &grouped(total))]);
            (label, note, Tone::Choice)
        })
        .collect();
    let places = cells(grid.body, 2, lines(labels.len()));
    choices(page, places, labels);
    trio(page, grid, view, Trio::Choosing);
}
