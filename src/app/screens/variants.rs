//! The variants of a reward, each with its own price.

use crate::app::scene::{Scene, Turn};
use crate::app::screens::rewards::{ask, quoted};
use crate::app::screens::{choices_a_page, chosen, pages_of, turned};
use crate::app::{Answer, Key, Rewards, Screen};
use crate::domain::{ItemCode, Wish};

/// The screen of variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variants {
    /// Of which reward.
    pub item: ItemCode,
    /// Which page, from 0.
    pub page: usize,
    /// Where 返回 leads.
    before: Rewards,
}

impl Variants {
    pub(crate) fn new(item: ItemCode, before: Rewards) -> Self {
        Self {
            item,
            page: 0,
            before,
        }
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        let back = Turn::go(Screen::Rewards(self.before.clone()));
        let Some(item) = scene.config.catalogue.item(&self.item) else {
            return back;
        };
        let a_page = choices_a_page(item.options.len());
        if let Some(page) = turned(key, self.page, pages_of(item.options.len(), a_page)) {
            self.page = page;
            return Turn::stay();
        }
        match key {
            Key::Back | Key::Digit(0) => back,
            Key::Digit(digit) => match chosen(&item.options, self.page, a_page, digit) {
                Some(option) => {
                    let wish = Wish {
                        item: self.item.clone(),
                        option: Some(option.code.clone()),
                        quantity: 1,
                    };
                    ask(wish, item, Screen::Variants(self.clone()), scene)
                }
                None => Turn::stay(),
            },
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                Turn::stay()
            }
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        quoted(answer, &Screen::Variants(self.clone()))
    }
}
