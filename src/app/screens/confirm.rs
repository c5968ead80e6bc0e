//! The question before points are held: had, costs, left; two buttons.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Effect, Waiting};
use crate::domain::{Prompt, Text, Wish};
use crate::panel::{Body, Choice, Key, Panel};
use crate::services::Priced;

/// The confirm screen. Its order carries the key that makes the redemption happen at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// What was chosen and what it costs.
    pub priced: Priced,
    /// The reward.
    pub wish: Wish,
}

impl State for Confirm {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let priced = &self.priced;
        let spoken = Prompt::Confirm(self.wish.clone(), priced.points);
        let hold = Transition::want(Effect::Book(priced.order.clone()));
        let yes = Choice::new(Key::Digit(1), Text::of("confirm-yes"), hold);
        let ask = if context.today().is_doubted() {
            "confirm-ask-doubted"
        } else {
            "confirm-ask"
        };
        let no = Choice::new(Key::Digit(2), Text::of("confirm-no"), Transition::back());
        Panel {
            hint: "demo-confirm",
            figures: context
                .holder()
                .map(|_| Prompt::Change(priced.before, priced.after)),
            ..Panel::new(Text::of(ask), Body::Own, spoken)
        }
        .with([yes.also(Key::Enter).yes().irreversible(), no.neutral()])
        .with(context.read(8))
        .with(context.cover(9))
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Answer::Booked(Ok(held)) = answer {
            return Transition::restart(Waiting { held: held.clone() }).and(Effect::LoadHolds);
        }
        if let Answer::Priced(Ok(priced)) = answer {
            self.priced = priced.clone();
            return Transition::stay();
        }
        let Answer::Booked(Err(refusal)) = answer else {
            return Transition::stay();
        };
        match refusal.code() {
            // The same wish is asked for again, so that the new figure stands behind the refusal.
            "price-changed" => context.price(&self.wish).but(refusal),
            "busy" => Transition::refuse(refusal),
            _ => {
                let item = context.config.catalogue.item(&self.wish.item);
                let asked = item.and_then(|item| context.shelf(&item.category));
                Transition::back().and(asked).but(refusal)
            }
        }
    }
}
