//! The rewards of one category, six a page.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Confirm, Quantity, Variants};
use crate::domain::{
    CategoryCode, Fact, Item, ItemCode, Prompt, Refusal, Statement, Supply, Text, Wish,
};
use crate::panel::{Body, Choice, MENU_A_PAGE, Panel};
use std::collections::BTreeMap;

/// The reward screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewards {
    /// Which category.
    pub category: CategoryCode,
    /// What is left of rewards whose stock is counted; empty until the ledger has answered.
    pub shelf: BTreeMap<ItemCode, i64>,
}

impl Rewards {
    /// The first page of a category.
    pub fn new(category: CategoryCode) -> Self {
        Self {
            category,
            shelf: BTreeMap::new(),
        }
    }

    fn choice(&self, item: &Item, context: &Context<'_>) -> Choice<Transition> {
        let label = Text::row([Fact::Reward(item.code.clone())]);
        let left = self.shelf.get(&item.code);
        if item.supply == Supply::Counted && left.is_some_and(|left| *left <= 0) {
            let gone = Transition::refuse(&Refusal::out_of_stock(0));
            let choice = Choice::item(label, gone);
            return choice.note(Text::of("rewards-gone")).neutral();
        }
        let choice = Choice::item(label, next(item, context));
        let price = |holder: &Statement| {
            let id = if item.options.is_empty() {
                "price"
            } else {
                "price-from"
            };
            Text::of(id).points(item.price_from(&holder.member, context.today().latest_year()))
        };
        choice.note(context.holder().map(price))
    }
}

impl State for Rewards {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let category = Fact::Category(self.category.clone());
        let title = Text::of("rewards-which").fact("category", category);
        let body = Body::Menu {
            most: MENU_A_PAGE,
            places: MENU_A_PAGE,
            empty: Some(Text::of("rewards-empty")),
        };
        let items = context.config.catalogue.items_in(&self.category);
        let free = context.holder().map(|holder| Fact::Balance(holder.free));
        let beside = free.map(|free| Text::of("rewards-have").fact("points", free));
        Panel {
            beside,
            ..Panel::new(title, body, Prompt::Rewards(self.category.clone()))
        }
        .items(items.map(|item| self.choice(item, context)))
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Answer::Shelf(shelf) = answer {
            self.shelf.clone_from(shelf);
        }
        one(answer, context)
    }
}

/// What follows when a reward is chosen: its variants, the quantity, or the question.
fn next(item: &Item, context: &Context<'_>) -> Transition {
    if !item.options.is_empty() {
        let item = item.code.clone();
        return Transition::open(Variants { item });
    }
    let wish = Wish {
        item: item.code.clone(),
        option: None,
        quantity: 1,
    };
    context.price(&wish)
}

/// Goes on when one can be had: to how many, or to the question. What cannot be had at all is refused before that.
pub(super) fn one(answer: &Answer, context: &Context<'_>) -> Transition {
    let Answer::Priced(Ok(priced)) = answer else {
        return quoted(answer);
    };
    let wish = priced.wish.as_ref();
    let several = wish.filter(|wish| {
        let item = context.config.catalogue.item(&wish.item);
        item.is_some_and(|item| item.max_quantity > 1)
    });
    match several {
        Some(wish) => Transition::open(Quantity { wish: wish.clone() }),
        None => quoted(answer),
    }
}

/// Goes on to the question once the ledger has said what the wish costs.
pub(super) fn quoted(answer: &Answer) -> Transition {
    let Answer::Priced(priced) = answer else {
        return Transition::stay();
    };
    match priced {
        Ok(priced) => {
            let priced = priced.clone();
            let wish = priced.wish.clone();
            wish.map_or_else(Transition::stay, |wish| {
                Transition::open(Confirm { priced, wish })
            })
        }
        Err(refusal) => Transition::refuse(refusal),
    }
}

/// A reward that left the catalogue while it was being chosen: the way back is still there.
pub(super) fn gone(spoken: Prompt) -> Panel<Transition> {
    let empty = Text::of("refusal-item-gone-next");
    Panel::new(Text::of("refusal-item-gone"), Body::List { empty }, spoken)
}
