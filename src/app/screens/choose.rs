//! One open hold: was it handed over or not?

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::holds::{figure, who};
use crate::app::{Answer, Desk, Effect, VoidBy};
use crate::domain::{OpenHold, Text};
use crate::panel::{Body, Choice, Key, Line, Panel};

/// The screen of one open hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choose {
    /// Which hold.
    pub hold: OpenHold,
}

impl State for Choose {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let (settle, hold) = (self.hold.settle, self.hold.seq);
        let post = context.by_staff(|staff| Effect::Post {
            settle,
            hold,
            staff,
        });
        let void = context.by_staff(|staff| Effect::Void {
            settle,
            hold,
            by: VoidBy::Staff(staff),
        });
        let what = Text::apart(self.hold.told.clone(), figure(&self.hold));
        let lines = vec![Line::plain(who(&self.hold)), Line::strong(what)];
        let title = Text::of("holds-ask").seq(hold);
        Panel::staff(title, Body::Question(lines)).with([
            Choice::new(Key::Digit(1), Text::of("holds-post"), post)
                .yes()
                .irreversible(),
            Choice::new(Key::Digit(2), Text::of("holds-void"), void)
                .neutral()
                .irreversible(),
        ])
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        let back = |news| {
            Transition::restart(Desk::default())
                .news(Text::of(news).seq(self.hold.seq))
                .and(Effect::LoadHolds)
        };
        if let Answer::Posted(Ok(receipt)) = answer {
            let member = self.hold.member.as_ref();
            return back("desk-posted").and(Effect::SpoolReceipt {
                receipt: receipt.clone(),
                name: member.map_or_else(String::new, |member| member.name.clone()),
                copy: 0,
            });
        }
        if let Answer::Voided(Ok(_)) = answer {
            return back("desk-voided");
        }
        if let Answer::Posted(Err(refusal)) | Answer::Voided(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        Transition::stay()
    }
}
