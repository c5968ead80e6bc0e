//! The last operations, newest first, those of one person, or one by the number on its receipt: a mistake is chosen here.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::task::{Typed, number};
use crate::app::{Answer, Effect, Lists, Model, Reverse, Which};
use crate::domain::{Fact, PastOperation, Points, Seq, Text, Unprinted, no};
use crate::panel::{Body, Choice, Footer, Key, Line, OnCard, Panel, Tone, Typing};

/// The highest number that can be typed; no station books a thousand million times.
const MOST: i64 = 999_999_999;

/// The list of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operations {
    /// The operations, newest first.
    pub list: Vec<PastOperation>,
    /// Whose they are, where a card was put down.
    pub whose: Option<String>,
}

/// Day, time, number, kind and name of an operation; that its receipt has not come out, or that it was corrected, instead
/// of the kind.
pub(super) fn who(model: &Model, past: &PastOperation) -> Text {
    let kind = match model.printer.unprinted(past.seq) {
        None if past.is_corrected() => Text::of("operations-corrected").into(),
        None => Fact::Kind(past.kind),
        Some(Unprinted::Waiting) => Text::of("printer-unprinted-waiting").into(),
        Some(Unprinted::Failed) => Text::of("printer-unprinted-failed").into(),
        Some(Unprinted::Perhaps) => Text::of("printer-unprinted-perhaps").into(),
    };
    let name = past.member.as_ref().map(|member| member.name.clone());
    let when = [Fact::Date(past.wall_ms), Fact::Clock(past.wall_ms)];
    let facts = when.into_iter().chain([Fact::Seq(past.seq), kind]);
    Text::row(facts.chain(name.map(Fact::Name)))
}

/// Points of an operation, where it moved any.
pub(super) fn figure(past: &PastOperation) -> Option<Text> {
    let points = if past.member.is_some() {
        Fact::Change(past.points)
    } else {
        Fact::Points(past.points)
    };
    let text = Text::of("price").fact("points", points);
    (past.points != Points::ZERO).then_some(text)
}

/// The question whether an operation shall be reversed, or why it cannot be.
fn correct(past: &PastOperation) -> Transition {
    if past.reversible {
        return Transition::replace(Reverse { past: past.clone() });
    }
    Transition::refuse(&no(if past.is_corrected() {
        "already-reversed"
    } else {
        "not-reversible"
    }))
}

impl Operations {
    /// Operations of whomever.
    pub(crate) fn new(list: &[PastOperation]) -> Self {
        let (list, whose) = (list.to_vec(), None);
        Self { list, whose }
    }
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
            Choice::item(label, correct(past))
                .note(figure(past))
                .tone(tone)
        });
        let empty = Text::of("operations-empty");
        let title = self.whose.as_ref().map_or_else(
            || Text::of("operations-title"),
            |name| Text::of("operations-whose").fact("name", Fact::Name(name.clone())),
        );
        let which = Text::of("operations-which");
        let which = Choice::new(Key::Digit(6), which, Transition::replace(Lists));
        let by_number = Choice::new(
            Key::Digit(7),
            Text::of("operations-number"),
            Transition::open(ByNumber::default()),
        );
        Panel {
            card: OnCard::Asked,
            ..Panel::staff(title, Body::List { empty })
        }
        .items(choices)
        .foot(which.neutral())
        .foot(by_number.neutral())
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        if let Answer::Person(Ok(member)) = answer {
            self.whose = Some(member.name.clone());
            return Transition::want(Effect::LoadOperations(Which::Of(member.account.clone())));
        }
        if let Answer::Person(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        if let Answer::Operations(list) = answer {
            return Transition::change(Self {
                list: list.clone(),
                whose: self.whose.clone(),
            });
        }
        Transition::stay()
    }
}

/// The screen that asks for a receipt's number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByNumber {
    /// The digits so far.
    pub typed: String,
}

impl State for ByNumber {
    fn panel(&self, _context: &Context<'_>) -> Panel<Transition> {
        let body = Body::Keypad {
            above: None,
            typed: self.typed.clone(),
            lines: vec![
                Line::plain(Text::of("operations-number-how")),
                Line::plain(Text::of("operations-number-or")),
            ],
        };
        Panel {
            typing: Some(Typing::Number),
            footer: Footer::Typing,
            ..Panel::staff(Text::of("operations-number-which"), body)
        }
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        let Answer::Operations(found) = answer else {
            return Transition::stay();
        };
        found
            .first()
            .map_or_else(|| Transition::refuse(&no("no-such-operation")), correct)
    }

    fn typed(&mut self, key: Key, _context: &Context<'_>) -> Transition {
        match number(&mut self.typed, key, MOST) {
            Some(Typed::Number(number)) => {
                Transition::want(Effect::LoadOperations(Which::One(Seq::new(number))))
            }
            Some(Typed::Back) => Transition::back(),
            None => Transition::stay(),
        }
    }
}
