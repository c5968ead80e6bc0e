//! Nobody is there: clock, one sentence, how to start.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{AfterPin, Answer, Effect, Home, PinPad};
use crate::domain::{CardId, Prompt, ShownBy, Text};
use crate::panel::{Body, Footer, Panel, Stays};

/// The idle screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idle {
    /// The card whose owner was asked for, and what it means as a badge.
    asked: Option<(CardId, ShownBy)>,
}

impl Idle {
    pub(crate) fn card(&mut self, card: CardId, by: ShownBy) -> Transition {
        self.asked = Some((card.clone(), by));
        Transition::want(Effect::LoadStatement(card))
    }
}

impl State for Idle {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        // What is said asks nobody for a card while no reader is there to take it, as the screen does not.
        let spoken = if context.model.lacks_readers() {
            Prompt::IdleLost
        } else {
            Prompt::Idle
        };
        Panel {
            footer: Footer::Idle,
            typing: context.types_cards(),
            stays: Stays::Forever,
            hint: "demo-idle",
            ..Panel::new(Text::of("idle-welcome"), Body::Own, spoken)
        }
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        let asked = self.asked.take();
        if let Answer::Statement(Ok(_)) = answer {
            return Transition::restart(Home);
        }
        if let (Answer::Statement(Err(refusal)), Some((card, by))) = (answer, asked)
            && refusal.is("card-staff")
        {
            let account = None;
            return Transition::want(Effect::CheckBadge { card, by, account });
        }
        if let Answer::Badge(Ok(shown)) = answer {
            return Transition::restart(PinPad::new(shown.clone(), AfterPin::Desk));
        }
        if let Answer::Statement(Err(refusal)) | Answer::Badge(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        Transition::stay()
    }
}
