//! One open hold: was it handed over or not?

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::holds::{figure, who};
use crate::app::{Answer, Desk, Effect};
use crate::domain::{OpenHold, Phase, Text};
use crate::panel::{Body, Choice, Key, Line, Panel};
use crate::services::Command;

/// The screen of one open hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choose {
    /// Which hold.
    pub hold: OpenHold,
}

impl State for Choose {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let (settle, hold) = (self.hold.settle, self.hold.seq);
        let post = context.by_staff(settle, Command::post(hold));
        let void = context.by_staff(settle, Command::void(hold));
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
        Transition::booked(answer, |booked| {
            if booked.kind.phase() == Phase::Post {
                back("desk-posted").and(Effect::Slip(booked.seq, 0))
            } else {
                back("desk-voided")
            }
        })
    }
}
