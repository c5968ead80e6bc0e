//! The rewards of one category, six a page.

use crate::app::scene::{Scene, Turn};
use crate::app::screens::{choices_a_page, chosen, pages_of, turned};
use crate::app::{Answer, Confirm, Effect, Home, Key, Quantity, Screen, Variants};
use crate::domain::{CategoryCode, Item, ItemCode, Wish};
use std::collections::BTreeMap;

/// The reward screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewards {
    /// Which category.
    pub category: CategoryCode,
    /// Which page, from 0.
    pub page: usize,
    /// What is left of rewards whose stock is counted; empty until the ledger has answered.
    pub shelf: BTreeMap<ItemCode, i64>,
}

impl Rewards {
    /// The first page of a category.
    pub fn new(category: CategoryCode) -> Self {
        Self {
            category,
            page: 0,
            shelf: BTreeMap::new(),
        }
    }

    /// The screen that follows when a reward is chosen: its variants, the quantity, or the question.
    fn next(self, item: &Item, scene: &Scene<'_>) -> Turn {
        if !item.options.is_empty() {
            return Turn::go(Screen::Variants(Variants::new(item.code.clone(), self)));
        }
        let wish = Wish {
            item: item.code.clone(),
            option: None,
            quantity: 1,
        };
        ask(wish, item, Screen::Rewards(self), scene)
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        let items: Vec<&Item> = scene.config.catalogue.items_in(&self.category).collect();
        let a_page = choices_a_page(items.len());
        if let Some(page) = turned(key, self.page, pages_of(items.len(), a_page)) {
            self.page = page;
            return Turn::stay();
        }
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Home(Home::default())),
            Key::Digit(digit) => match chosen(&items, self.page, a_page, digit) {
                Some(item) => self.clone().next(item, scene),
                None => Turn::stay(),
            },
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                Turn::stay()
            }
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let Answer::Shelf(shelf) = answer {
            self.shelf.clone_from(shelf);
        }
        quoted(answer, &Screen::Rewards(self.clone()))
    }
}

/// Asks how many where more than one may be had, else what one costs.
pub(crate) fn ask(wish: Wish, item: &Item, before: Screen, scene: &Scene<'_>) -> Turn {
    if item.max_quantity > 1 {
        return Turn::go(Screen::Quantity(Quantity::new(wish, before)));
    }
    match scene.account() {
        Some(account) => Turn::want(Effect::Quote { account, wish }),
        None => Turn::end(),
    }
}

/// Goes on to the question once the ledger has said what the wish costs.
pub(crate) fn quoted(answer: &Answer, before: &Screen) -> Turn {
    if let Answer::Quoted(Ok(quote)) = answer {
        let confirm = Confirm::new(quote.clone(), before.clone());
        return Turn::go(Screen::Confirm(confirm));
    }
    if let Answer::Quoted(Err(refusal)) = answer {
        return Turn::refuse(refusal);
    }
    Turn::stay()
}
