//! The good-deed book (善行簿), newest line first.

use crate::app::scene::{Scene, Turn};
use crate::app::screens::turned;
use crate::app::{Answer, Effect, Home, Key, Screen};
use crate::domain::PassbookPage;

/// The passbook screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passbook {
    /// The page in front.
    pub page: PassbookPage,
}

impl Passbook {
    pub(crate) fn new(page: PassbookPage) -> Self {
        Self { page }
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        if let (Some(page), Some(account)) = (
            turned(key, self.page.page, self.page.pages),
            scene.account(),
        ) {
            return Turn::want(Effect::LoadPassbook { account, page });
        }
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Home(Home::default())),
            Key::Digit(_)
            | Key::Enter
            | Key::Help
            | Key::Finish
            | Key::Language
            | Key::Theme
            | Key::Aid(_) => Turn::stay(),
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let Answer::Passbook(page) = answer {
            self.page = page.clone();
        }
        Turn::stay()
    }
}
