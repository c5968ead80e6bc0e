//! The question before an operation is reversed, or its receipt printed once more.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::operations::{figure, who};
use crate::app::{Answer, Desk, Effect};
use crate::domain::{PastOperation, Phase, Text};
use crate::panel::{Body, Choice, Key, Line, Panel};
use crate::services::Command;

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

    fn reversal(&self) -> Command {
        Command::reversal(self.past.seq)
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
        let reverse = context.by_staff(past.reverse, self.reversal());
        let yes = Choice::new(Key::Digit(1), Text::of("reverse-yes"), reverse);
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
            .with([yes.yes().irreversible(), no.neutral()])
            .with(reprint)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        let back = |news| {
            let news = Text::of(news).seq(self.past.seq);
            Transition::restart(Desk::default()).news(news)
        };
        let Answer::Booked(booked) = answer else {
            return Transition::stay();
        };
        match booked {
            Ok(booked) if booked.kind == self.reversal().kind() => back("desk-reversed"),
            Ok(_) => back("desk-reprinted").and(Effect::Slip(self.past.seq, self.copy())),
            Err(refusal) => Transition::refuse(refusal),
        }
    }
}
