//! The question before points are held: had, costs, left; two buttons.

use crate::app::scene::{Scene, Turn};
use crate::app::{Answer, Effect, Key, Screen, Waiting};
use crate::domain::Quote;

/// The confirm screen. Its quote carries the key that makes the redemption happen at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// What was chosen and what it costs.
    pub quote: Quote,
    /// Where 返回 leads.
    before: Box<Screen>,
}

impl Confirm {
    pub(crate) fn new(quote: Quote, before: Screen) -> Self {
        Self {
            quote,
            before: Box::new(before),
        }
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        match (key, scene.account()) {
            (Key::Digit(1) | Key::Enter, Some(account)) => Turn::want(Effect::Hold {
                account,
                quote: Quote {
                    via: scene.via,
                    ..self.quote.clone()
                },
            }),
            (Key::Digit(0 | 2) | Key::Back, _) => Turn::go((*self.before).clone()),
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

    pub(crate) fn answer(&mut self, answer: &Answer, scene: &Scene<'_>) -> Turn {
        if let Answer::Held(Ok(held)) = answer {
            return Turn::go(Screen::Waiting(Waiting { held: held.clone() }))
                .and(Effect::LoadHolds);
        }
        if let Answer::Quoted(Ok(quote)) = answer {
            self.quote = quote.clone();
            return Turn::stay();
        }
        let Answer::Held(Err(refusal)) = answer else {
            return Turn::stay();
        };
        match (refusal.code(), scene.account()) {
            // The same wish is asked for again, so that the new figure stands behind the refusal.
            ("price-changed", Some(account)) => Turn::want(Effect::Quote {
                account,
                wish: self.quote.wish.clone(),
            })
            .but(refusal),
            ("busy", _) => Turn::refuse(refusal),
            _ => Turn::go((*self.before).clone())
                .and(Effect::LoadShelf)
                .but(refusal),
        }
    }
}
