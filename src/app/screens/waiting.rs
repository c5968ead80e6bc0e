//! Points and stock are held on disk; the attendant's badge is awaited.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{AfterPin, Answer, Done, Effect, Home, PinPad, VoidBy};
use crate::domain::{Held, Prompt, ShownBy, StaffId, Text};
use crate::panel::{Body, Choice, Footer, Key, OnCard, Panel, Stays};

/// The waiting screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The hold.
    pub held: Held,
}

impl Waiting {
    /// What makes this hold final.
    pub(crate) fn post(&self, staff: &StaffId) -> Effect {
        Effect::Post {
            settle: self.held.settle,
            hold: self.held.seq,
            staff: staff.clone(),
        }
    }
}

impl State for Waiting {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let title = Text::of("waiting-held").item(&self.held.wish);
        let title = title.count(self.held.wish.quantity).points(self.held.total);
        let void = Transition::want(Effect::Void {
            settle: self.held.settle,
            hold: self.held.seq,
            by: VoidBy::Holder,
        });
        let off = Choice::new(Key::Back, Text::of("waiting-no"), void);
        Panel {
            footer: Footer::Typing,
            card: OnCard::Confirms,
            typing: context.types_cards(),
            stays: Stays::Asks(context.config.station.screen.waiting_secs),
            hint: "demo-waiting",
            ..Panel::new(title, Body::Own, Prompt::Waiting)
        }
        .with([off.neutral().irreversible()])
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Answer::Badge(Ok(shown)) = answer {
            let id = &shown.staff.id;
            let on_duty = context.model.is_on_duty(id, context.now);
            return if shown.by == ShownBy::Badge && on_duty {
                Transition::want(self.post(id))
            } else {
                let then = AfterPin::Post(self.clone());
                Transition::replace(PinPad::new(shown.clone(), then))
            };
        }
        if let Answer::Posted(Ok(receipt)) = answer {
            let done = Done {
                receipt: receipt.clone(),
            };
            let holder = context.holder();
            let slip = Effect::SpoolReceipt {
                receipt: receipt.clone(),
                name: holder.map_or_else(String::new, |h| h.member.name.clone()),
                copy: 0,
            };
            return Transition::restart(done).and(slip).and(Effect::LoadHolds);
        }
        if let (Answer::Voided(Ok(_)), Some(account)) = (answer, context.account()) {
            return Transition::restart(Home)
                .news(Text::of("home-called-off"))
                .and(Effect::RefreshStatement(account))
                .and(Effect::LoadHolds);
        }
        if let Answer::Badge(Err(refusal))
        | Answer::Posted(Err(refusal))
        | Answer::Voided(Err(refusal)) = answer
        {
            return Transition::refuse(refusal);
        }
        Transition::stay()
    }
}
