//! The question before an operation is reversed, or its receipt printed once more; and the second badge, where one member
//! of staff may not sign the reversal alone.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::operations::{figure, who};
use crate::app::screens::second::{badge, second};
use crate::app::{AfterPin, Answer, Desk, Effect};
use crate::domain::{Fact, PastOperation, Phase, Staff, Text};
use crate::panel::{Body, Choice, Key, Line, MENU_A_PAGE, Panel};
use crate::services::{self, Actor, Command, Order, Signature};

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
        let why = Transition::open(Why {
            past: past.clone(),
            why: None,
        });
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
    /// The answer that was given.
    pub why: Option<services::Why>,
}

impl State for Why {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let whys = services::Why::ALL.map(|(why, name)| {
            let reversal = Command::reversal(self.past.seq, why);
            let given = Self {
                past: self.past.clone(),
                why: Some(why),
            };
            let book = context
                .by_staff(self.past.reverse, reversal)
                .change_to(given);
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
        let cosign = |why| Cosign::wanted(&self.past, why, answer);
        match self.why.and_then(cosign) {
            Some(cosign) => Transition::open(cosign),
            None => reversed(answer, &self.past),
        }
    }
}

/// The screen that waits for the second badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosign {
    /// What is to be reversed.
    pub past: PastOperation,
    /// Why.
    pub why: services::Why,
    /// Who must sign: the name of a role, or `any` where two are wanted.
    pub role: &'static str,
}

impl Cosign {
    /// What asks for a second badge, where that is all that is missing.
    pub(super) fn wanted(
        past: &PastOperation,
        why: services::Why,
        answer: &Answer,
    ) -> Option<Self> {
        let Answer::Booked(Err(refusal)) = answer else {
            return None;
        };
        let role = match refusal.facts() {
            [] if refusal.is("second-person") => "any",
            [(_, Fact::Variant(role))] if refusal.is("role-too-low") => role,
            _ => return None,
        };
        let past = past.clone();
        Some(Self { past, why, role })
    }

    /// What it is about, a line each.
    pub(super) fn told(&self) -> [Text; 2] {
        let figure = figure(&self.past).unwrap_or_else(|| Text::row([]));
        let name = self.past.member.as_ref();
        let name = name.map(|member| Fact::Name(member.name.clone()));
        let second = Text::row([figure.into()].into_iter().chain(name));
        [self.past.told.clone(), second]
    }

    /// What follows when the second member of staff has typed the PIN.
    pub(super) fn signed(&self, second: &Staff, context: &Context<'_>) -> Transition {
        let Some(staff) = context.staff() else {
            return Transition::end();
        };
        let order = Order {
            key: self.past.reverse,
            signed: Signature {
                actor: Actor::Staff(staff.id.clone()),
                second: Some(second.id.clone()),
            },
            command: Command::reversal(self.past.seq, self.why),
        };
        Transition::replace(self.clone()).and(Effect::Book(order))
    }
}

impl State for Cosign {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let [told, _] = self.told();
        let figure = figure(&self.past).unwrap_or_else(|| Text::row([]));
        let lines = vec![
            Line::plain(who(context.model, &self.past)),
            Line::strong(Text::apart(told, figure)),
        ];
        let title = Text::of("cosign-who").fact("role", Fact::Variant(self.role));
        badge(context, title, lines)
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Some(next) = second(answer, context, || AfterPin::Cosign(self.clone())) {
            return next;
        }
        // Somebody else may still have the rank.
        if let Answer::Booked(Err(refusal)) = answer
            && refusal.is("role-too-low")
        {
            return Transition::refuse(refusal);
        }
        reversed(answer, &self.past)
    }
}

/// What follows when an operation was reversed.
pub(super) fn reversed(answer: &Answer, past: &PastOperation) -> Transition {
    Transition::booked(answer, |_| {
        Transition::restart(Desk::default()).news(Text::of("desk-reversed").seq(past.seq))
    })
}
