//! Points and stock are held on disk; the attendant's badge is awaited.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{AfterPin, Answer, Done, Effect, Home, PinPad};
use crate::domain::{Booked, Phase, Prompt, ShownBy, StaffId, Text};
use crate::panel::{Body, Choice, Footer, Key, OnCard, Panel, Stays};
use crate::services::{Actor, Command, Order};

/// The waiting screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The hold.
    pub held: Booked,
}

impl Waiting {
    /// What makes this hold final.
    pub(crate) fn post(&self, staff: &StaffId) -> Effect {
        let staff = Actor::Staff(staff.clone());
        let post = Command::post(self.held.seq);
        Effect::Book(Order::by(staff, self.held.settle, post))
    }
}

impl State for Waiting {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let title = Text::of("waiting-held").points(self.held.points);
        let wish = self.held.wish.as_ref();
        let title = wish.into_iter().fold(title, |title, wish| {
            title.item(wish).pieces(&wish.item, wish.quantity)
        });
        let holder = context.account().map(Actor::Holder);
        let void = holder.map_or_else(Transition::end, |holder| {
            let void = Command::void(self.held.seq);
            Transition::want(Effect::Book(Order::by(holder, self.held.settle, void)))
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
        if let Answer::Badge(Err(refusal)) | Answer::Booked(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        let Answer::Booked(Ok(booked)) = answer else {
            return Transition::stay();
        };
        let next = if booked.kind.phase() == Phase::Post {
            let receipt = booked.clone();
            Transition::restart(Done { receipt }).and(Effect::Slip(booked.seq, 0))
        } else if let Some(account) = context.account() {
            let home = Transition::restart(Home).news(Text::of("home-called-off"));
            home.and(Effect::RefreshStatement(account))
        } else {
            Transition::end()
        };
        next.and(Effect::LoadHolds)
    }
}
