//! How many of a reward.

use crate::app::scene::{Scene, Turn};
use crate::app::screens::CHOICES_A_PAGE;
use crate::app::screens::rewards::quoted;
use crate::app::{Answer, Effect, Key, Screen};
use crate::domain::Wish;

/// The screen that asks for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What was chosen so far, with a quantity of one.
    pub wish: Wish,
    /// Where 返回 leads.
    before: Box<Screen>,
}

impl Quantity {
    pub(crate) fn new(wish: Wish, before: Screen) -> Self {
        Self {
            wish,
            before: Box::new(before),
        }
    }

    /// The numbers that can be chosen: one to six, and no more than the reward allows.
    pub fn choices(max_quantity: i64) -> impl Iterator<Item = i64> {
        let most = i64::try_from(CHOICES_A_PAGE).unwrap_or(1);
        1..=max_quantity.min(most)
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        match key {
            Key::Back | Key::Digit(0) => Turn::go((*self.before).clone()),
            Key::Digit(digit) => {
                let item = scene.config.catalogue.item(&self.wish.item);
                let max = item.map_or(0, |item| item.max_quantity);
                match (
                    scene.account(),
                    Self::choices(max).find(|n| *n == i64::from(digit)),
                ) {
                    (Some(account), Some(quantity)) => {
                        let wish = Wish {
                            quantity,
                            ..self.wish.clone()
                        };
                        Turn::want(Effect::Quote { account, wish })
                    }
                    _ => Turn::stay(),
                }
            }
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                Turn::stay()
            }
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        quoted(answer, &Screen::Quantity(self.clone()))
    }
}
