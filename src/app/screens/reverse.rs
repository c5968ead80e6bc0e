//! The question before an operation is reversed, or its receipt printed once more.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::operations::{figure, who};
use crate::app::{Answer, Desk, Effect};
use crate::domain::{Fact, PastOperation, Phase, Text};
use crate::panel::{Body, Choice, Key, Line, MENU_A_PAGE, Panel};
use crate::services::{self, Command};

/// The screen that asks before a reversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reverse {
    /// What is to be reversed.
    pub past: PastOperation,
}

impl Reverse {
    /// The number of the next reprint, from 1.
    fn copy(&self) -> i64 {
        self.past.reprints.saturating_add(1)
    }

    /// The button that prints the receipt again, where there is one, and a printer for it.
    fn reprint(&self, context: &Context<'_>) -> Option<Choice<Transition>> {
        let prints = self.past.kind.phase() == Phase::Post && context.config.printer.is_some();
        let reprint = Command::reprint(self.past.seq, self.copy());
        let act = context.by_staff(self.past.reprint, reprint);
        prints.then(|| Choice::new(Key::Digit(3), Text::of("reverse-reprint"), act))
    }
}

impl State for Reverse {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let past = &self.past;
        let why = Transition::open(Why { past: past.clone() });
        let yes = Choice::new(Key::Digit(1), Text::of("reverse-yes"), why);
        let no = Choice::new(Key::Digit(2), Text::of("reverse-no"), Transition::back());
        let reprint = self.reprint(context);
        let title = if reprint.is_some() {
            "reverse-which"
        } else {
            "reverse-ask"
        };
        let figure = figure(past).unwrap_or_else(|| Text::row([]));
        let lines = vec![
            Line::plain(who(context.model, past)),
            Line::strong(Text::apart(past.told.clone(), figure)),
            Line::plain(Text::of("reverse-what")),
        ];
        Panel::staff(Text::of(title).seq(past.seq), Body::Question(lines))
            .with([yes.yes(), no.neutral()])
            .with(reprint)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        Transition::booked(answer, |_| {
            Transition::restart(Desk::default())
                .news(Text::of("desk-reprinted").seq(self.past.seq))
                .and(Effect::Slip(self.past.seq, self.copy()))
        })
    }
}

/// The screen that asks why something is reversed; each answer is the yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// What is to be reversed.
    pub past: PastOperation,
}

impl State for Why {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let whys = services::Why::ALL.map(|(why, name)| {
            let reversal = Command::reversal(self.past.seq, why);
            let book = context.by_staff(self.past.reverse, reversal);
            let label = Text::of("reverse-why").fact("why", Fact::Variant(name));
            Choice::item(label, book).irreversible()
        });
        let body = Body::Menu {
            most: MENU_A_PAGE,
            places: whys.len(),
            empty: None,
        };
        let title = Text::of("reverse-why-ask").seq(self.past.seq);
        Panel::staff(title, body).items(whys)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        Transition::booked(answer, |_| {
            Transition::restart(Desk::default()).news(Text::of("desk-reversed").seq(self.past.seq))
        })
    }
}
