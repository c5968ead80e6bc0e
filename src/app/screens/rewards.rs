//! The rewards of one category, six a page.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Confirm, Quantity, Variants};
use crate::domain::{CategoryCode, Fact, Item, ItemCode, Prompt, Refusal, Statement, Text, Wish};
use crate::panel::{Body, Choice, MENU_A_PAGE, Panel};
use std::collections::BTreeMap;

/// The reward screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewards {
    /// Which category.
    pub category: CategoryCode,
    /// What this person cannot have now, and why; empty until the ledger has answered.
    pub refused: BTreeMap<ItemCode, Refusal>,
}

impl Rewards {
    /// The first page of a category.
    pub fn new(category: CategoryCode) -> Self {
        Self {
            category,
            refused: BTreeMap::new(),
        }
    }

    fn choice(&self, item: &Item, context: &Context<'_>) -> Choice<Transition> {
        let label = Text::row([Fact::Reward(item.code.clone())]);
        let refusal = self.refused.get(&item.code);
        if let Some((refusal, note)) = refusal.and_then(|refusal| Some((refusal, why(refusal)?))) {
            let choice = Choice::item(label, Transition::refuse(refusal));
            return choice.note(note).neutral();
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
        if let Answer::Shelf(refused) = answer {
            self.refused.clone_from(refused);
        }
        one(answer, context)
    }
}

/// What stands on the button of a reward that this person cannot have; nothing for what concerns all rewards alike.
fn why(refusal: &Refusal) -> Option<Text> {
    let id = match refusal.code() {
        "out-of-stock" => "rewards-gone",
        "limit-reached" => "rewards-had",
        "not-enough" => "rewards-short",
        "closed" => "rewards-closed",
        _ => return None,
    };
    let facts = refusal.facts().iter().map(|(name, fact)| {
        // Who knows the price and what is missing knows the balance, which may be covered.
        let fact = if let Fact::Points(short) = fact {
            Fact::Balance(*short)
        } else {
            fact.clone()
        };
        (*name, fact)
    });
    Some(facts.fold(Text::of(id), |text, (name, fact)| text.fact(name, fact)))
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
