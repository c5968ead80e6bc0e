//! The question before points are held: had, costs, left; two buttons.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Effect, Waiting};
use crate::domain::{Prompt, Quote, Text};
use crate::panel::{Body, Choice, Key, Panel};

/// The confirm screen. Its quote carries the key that makes the redemption happen at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// What was chosen and what it costs.
    pub quote: Quote,
}

impl State for Confirm {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let (wish, terms) = (&self.quote.wish, &self.quote.terms);
        let spoken = Prompt::Confirm(wish.clone(), terms.total);
        let hold = context.account().map(|account| Effect::Hold {
            account,
            quote: Quote {
                via: context.model.via,
                ..self.quote.clone()
            },
        });
        let hold = hold.map_or_else(Transition::stay, Transition::want);
        let yes = Choice::new(Key::Digit(1), Text::of("confirm-yes"), hold);
        let no = Choice::new(Key::Digit(2), Text::of("confirm-no"), Transition::back());
        Panel {
            hint: "demo-confirm",
            figures: context
                .holder()
                .map(|_| Prompt::Change(terms.before, terms.after)),
            ..Panel::new(Text::of("confirm-ask"), Body::Own, spoken)
        }
        .with([yes.also(Key::Enter).yes().irreversible(), no.neutral()])
        .with(context.read(8))
        .with(context.cover(9))
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Answer::Held(Ok(held)) = answer {
            return Transition::restart(Waiting { held: held.clone() }).and(Effect::LoadHolds);
        }
        if let Answer::Quoted(Ok(quote)) = answer {
            self.quote = quote.clone();
            return Transition::stay();
        }
        let Answer::Held(Err(refusal)) = answer else {
            return Transition::stay();
        };
        match (refusal.code(), context.account()) {
            // The same wish is asked for again, so that the new figure stands behind the refusal.
            ("price-changed", Some(account)) => Transition::want(Effect::Quote {
                account,
                wish: self.quote.wish.clone(),
            })
            .but(refusal),
            ("busy", _) => Transition::refuse(refusal),
            _ => Transition::back().and(Effect::LoadShelf).but(refusal),
        }
    }
}
