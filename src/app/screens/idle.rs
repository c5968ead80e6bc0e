//! Nobody is there: clock, one sentence, how to start.

use crate::app::scene::Turn;
use crate::app::{AfterPin, Answer, Effect, Home, PinPad, Screen};
use crate::domain::{CardId, ShownBy};

/// The idle screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idle {
    /// The card whose owner was asked for, and what it means as a badge.
    asked: Option<(CardId, ShownBy)>,
}

impl Idle {
    pub(crate) fn card(&mut self, card: CardId, by: ShownBy) -> Turn {
        self.asked = Some((card.clone(), by));
        Turn::want(Effect::LoadStatement(card))
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        let asked = self.asked.take();
        if let Answer::Statement(Ok(_)) = answer {
            return Turn::go(Screen::Home(Home::default()));
        }
        if let (Answer::Statement(Err(refusal)), Some((card, by))) = (answer, asked)
            && refusal.is("card-staff")
        {
            let account = None;
            return Turn::want(Effect::CheckBadge { card, by, account });
        }
        if let Answer::Badge(Ok(shown)) = answer {
            return Turn::go(Screen::PinPad(PinPad::new(shown.clone(), AfterPin::Desk)));
        }
        if let Answer::Statement(Err(refusal)) | Answer::Badge(Err(refusal)) = answer {
            return Turn::refuse(refusal);
        }
        Turn::stay()
    }
}
