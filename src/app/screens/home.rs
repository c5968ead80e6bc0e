//! Balance in big digits, and at most six things to do.

use crate::app::scene::{Ask, Scene, Turn};
use crate::app::{Answer, Effect, Key, Rewards, Screen, Waiting};
use crate::domain::Points;

/// The home screen of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// A hold was just called off; its points are free again.
    pub called_off: bool,
}

impl Home {
    /// The choice that opens the passbook.
    pub const PASSBOOK: u8 = 5;
    /// The choice that changes the language.
    pub const LANGUAGE: u8 = 6;
    /// The choice that shows what waits for the attendant, where something does.
    pub const WAITING: u8 = 0;
    /// The most categories that have a button. Source: six choices, two of them taken.
    pub const CATEGORIES: usize = 4;

    fn waits(scene: &Scene<'_>) -> bool {
        scene
            .holder
            .is_some_and(|holder| holder.held > Points::ZERO)
    }

    pub(crate) fn key(key: Key, scene: &Scene<'_>) -> Turn {
        match (key, scene.account()) {
            (Key::Back, _) => Turn::end(),
            (Key::Digit(Self::LANGUAGE), _) => Turn::ask(Ask::OtherLanguage),
            (Key::Digit(Self::PASSBOOK), Some(account)) => {
                Turn::want(Effect::LoadPassbook { account, page: 0 })
            }
            (Key::Digit(Self::WAITING), Some(account)) if Self::waits(scene) => {
                Turn::want(Effect::FindHold(account))
            }
            (Key::Digit(digit), Some(_)) => {
                let place = usize::from(digit).wrapping_sub(1);
                let categories = &scene.config.catalogue.categories;
                match categories.get(place).filter(|_| place < Self::CATEGORIES) {
                    Some(category) => {
                        let rewards = Rewards::new(category.code.clone());
                        Turn::go(Screen::Rewards(rewards)).and(Effect::LoadShelf)
                    }
                    None => Turn::stay(),
                }
            }
            (
                Key::Digit(_)
                | Key::Enter
                | Key::Help
                | Key::Finish
                | Key::Language
                | Key::Theme
                | Key::Aid(_),
                _,
            ) => Turn::stay(),
        }
    }

    pub(crate) fn answer(answer: &Answer) -> Turn {
        if let Answer::Passbook(page) = answer {
            return Turn::go(Screen::Passbook(crate::app::Passbook::new(page.clone())));
        }
        if let Answer::OwnHold(Some(held)) = answer {
            return Turn::go(Screen::Waiting(Waiting { held: held.clone() }));
        }
        Turn::stay()
    }
}
