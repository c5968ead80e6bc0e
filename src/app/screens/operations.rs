//! The last operations, newest first; a mistake is chosen here.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Lists, Model, Reverse};
use crate::domain::{Fact, PastOperation, Points, Text, Unprinted, no};
use crate::panel::{Body, Choice, Key, Panel, Tone};

/// The list of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operations {
    /// The operations, newest first.
    pub list: Vec<PastOperation>,
}

/// Day, number, kind and name of an operation; for a receipt that has not come out, that instead of the kind.
pub(super) fn who(model: &Model, past: &PastOperation) -> Text {
    let kind = match model.printer.unprinted(past.seq) {
        None => Fact::Kind(past.kind),
        Some(Unprinted::Waiting) => Text::of("printer-unprinted-waiting").into(),
        Some(Unprinted::Failed) => Text::of("printer-unprinted-failed").into(),
        Some(Unprinted::Perhaps) => Text::of("printer-unprinted-perhaps").into(),
    };
    let name = past.member.as_ref().map(|member| member.name.clone());
    let facts = [Fact::Date(past.wall_ms), Fact::Seq(past.seq), kind];
    Text::row(facts.into_iter().chain(name.map(Fact::Name)))
}

/// Points of an operation, where it moved any.
pub(super) fn figure(past: &PastOperation) -> Option<Text> {
    let text = Text::of("price").points(past.points);
    (past.points != Points::ZERO).then_some(text)
}

fn act(past: &PastOperation) -> Transition {
    if past.reversible {
        return Transition::replace(Reverse { past: past.clone() });
    }
    Transition::refuse(&no(if past.kind.is_reversible() {
        "already-reversed"
    } else {
        "not-reversible"
    }))
}

impl State for Operations {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let choices = self.list.iter().map(|past| {
            let doubted = past.doubted.then(|| Text::of("operations-doubted").into());
            let label = [who(context.model, past).into(), past.told.clone().into()];
            let label = Text::row(label.into_iter().chain(doubted));
            let tone = if past.reversible {
                Tone::Choice
            } else {
                Tone::Neutral
            };
            Choice::item(label, act(past)).note(figure(past)).tone(tone)
        });
        let empty = Text::of("operations-empty");
        let which = Text::of("operations-which");
        let which = Choice::new(Key::Digit(5), which, Transition::replace(Lists));
        Panel::staff(Text::of("operations-title"), Body::List { empty })
            .items(choices)
            .foot(which.neutral())
    }
}
