//! Nobody is there: clock, one sentence, how to start.

use crate::app::scene::Turn;
use crate::app::{AfterPin, Answer, Effect, Home, PinPad, Screen};
use crate::domain::CardId;

/// The idle screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idle {
    /// The card whose owner was asked for.
    asked: Option<CardId>,
}

impl Idle {
    pub(crate) fn card(&mut self, card: CardId) -> Turn {
        self.asked = Some(card.clone());
        Turn::want(Effect::LoadStatement(card))
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        let asked = self.asked.take();
        if let Answer::Statement(Ok(_)) = answer {
            return Turn::go(Screen::Home(Home::default()));
        }
        if let (Answer::Statement(Err(refusal)), Some(card)) = (answer, asked)
            && refusal.is("card-staff")
        {
            let account = None;
            return Turn::want(Effect::CheckBadge { card, account });
        }
        if let Answer::Badge(Ok(staff)) = answer {
            return Turn::go(Screen::PinPad(PinPad::new(staff.clone(), AfterPin::Desk)));
        }
        if let Answer::Statement(Err(refusal)) | Answer::Badge(Err(refusal)) = answer {
            return Turn::refuse(refusal);
        }
        Turn::stay()
    }
}
