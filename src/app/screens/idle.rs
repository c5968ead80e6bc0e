//! Nobody is there: clock, one sentence, how to start.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{AfterPin, Answer, Effect, Home, PinPad};
use crate::domain::{CardId, Prompt, Text};
use crate::panel::{Body, Footer, Panel, Stays};

/// The idle screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idle {
    /// The card whose owner was asked for.
    asked: Option<CardId>,
}

impl Idle {
    pub(crate) fn card(&mut self, card: CardId) -> Transition {
        self.asked = Some(card.clone());
        Transition::want(Effect::LoadStatement(card))
    }
}

impl State for Idle {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        Panel {
            footer: Footer::Idle,
            typing: context.types_cards(),
            stays: Stays::Forever,
            hint: "demo-idle",
            ..Panel::new(Text::of("idle-welcome"), Body::Own, Prompt::Idle)
        }
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        let asked = self.asked.take();
        if let Answer::Statement(Ok(_)) = answer {
            return Transition::restart(Home);
        }
        if let (Answer::Statement(Err(refusal)), Some(card)) = (answer, asked)
            && refusal.is("card-staff")
        {
            let account = None;
            return Transition::want(Effect::CheckBadge { card, account });
        }
        if let Answer::Badge(Ok(staff)) = answer {
            return Transition::restart(PinPad::new(staff.clone(), AfterPin::Desk));
        }
        if let Answer::Statement(Err(refusal)) | Answer::Badge(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        Transition::stay()
    }
}
