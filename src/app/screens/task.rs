//! A task of the staff: one question after the other, and in the end, shall it be booked?

use crate::app::context::{Ask, Context, Transition};
use crate::app::screens::State;
use crate::app::screens::second::{badge, card, second};
use crate::app::{AfterPin, Answer, Desk, Effect};
use crate::domain::json::Value;
use crate::domain::{Fact, Member, Points, Staff, Text, no};
use crate::panel::{Body, Choice, Footer, Key, Line, OnCard, Panel, Typing};
use crate::services::{
    Actor, Asking, Command, Field, Given, Pick, Priced, Question, Signature, Task,
};

/// A task with the answers so far; its next question stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// Which task.
    pub task: Task,
    /// The answers, in the order of the questions.
    pub given: Vec<Given>,
    /// The digits of a number that is being typed.
    pub number: String,
    /// Who was found for the question, each with the number at this station.
    pub found: Vec<(Member, i64)>,
}

/// So many things to pick from have buttons; more of them, and what has a figure, have lines with room for long names.
const BUTTONS: usize = 7;
/// A limit from here on is nobody's concern.
const TOLD: i64 = 1_000;

impl Working {
    /// A task from its beginning.
    pub(crate) const fn new(task: Task) -> Self {
        Self {
            task,
            given: Vec::new(),
            number: String::new(),
            found: Vec::new(),
        }
    }

    /// The next question, or what shall be booked and by whom.
    fn next(&self, context: &Context<'_>) -> Result<(Option<Signature>, Command), Question> {
        let mut asking = Asking {
            today: context.today(),
            shown: context.now.date(),
            catalogue: &context.config.catalogue,
            rules: &context.config.rules,
            given: &self.given,
            second: None,
        };
        let command = (self.task.ask)(&mut asking)?;
        let signed = context.staff().map(|staff| Signature {
            actor: Actor::Staff(staff.id.clone()),
            second: asking.second,
        });
        Ok((signed, command))
    }

    /// The task with one more answer; and what follows where nothing more is asked.
    fn follow(&self, answer: Given, context: &Context<'_>) -> (Self, Option<Transition>) {
        let mut next = Self {
            number: String::new(),
            found: Vec::new(),
            ..self.clone()
        };
        next.given.push(answer);
        let priced = match next.next(context) {
            Err(_) => None,
            Ok((Some(signed), command)) => Some(Transition::want(Effect::Price(signed, command))),
            Ok((None, _)) => Some(Transition::end()),
        };
        (next, priced)
    }

    /// What follows when the second member of staff has typed the PIN: this task comes to the front again.
    pub(crate) fn signed(&self, second: &Staff, context: &Context<'_>) -> Transition {
        match self.follow(Given::Second(second.clone()), context) {
            (next, None) => Transition::replace(next),
            // Nobody works at the desk any more.
            (_, Some(end)) if end == Transition::end() => end,
            (_, Some(priced)) => Transition {
                to: Transition::replace(self.clone()).to,
                ..priced
            },
        }
    }

    /// What a second member of staff would sign, a line each: whose it is, and what.
    fn told(&self, context: &Context<'_>) -> Vec<Text> {
        // Played with who is at the desk in the place of whom it asks for: the sentence does not name who signs.
        let second = context.staff().cloned().map(Given::Second);
        let given = self.given.iter().cloned().chain(second).collect();
        let played = Self {
            given,
            ..self.clone()
        };
        let told = played.next(context).map(|(_, command)| {
            let points = match command.what().get("points") {
                Some(Value::Int(points)) => Some(Fact::Change(Points::new(*points))),
                Some(_) | None => None,
            };
            Text::row([Some(command.told().into()), points].into_iter().flatten())
        });
        let name = self.name().map(|name| Text::row([name]));
        name.into_iter().chain(told).collect()
    }

    /// The name of the person whom it concerns.
    fn name(&self) -> Option<Fact> {
        self.given.iter().find_map(|given| match given {
            Given::Person(member) => Some(Fact::Name(member.name.clone())),
            Given::Code(_) | Given::Number(_) | Given::Card(_) | Given::Second(_) => None,
        })
    }

    /// The panel of a question.
    fn question(&self, context: &Context<'_>, question: Question) -> Panel<Transition> {
        if question.field == Field::Person && self.found.is_empty() {
            return Self::person(context, question.title);
        }
        let title = context.news_or(question.title);
        match question.field {
            Field::Person => self.found(title),
            Field::Card(_) => card(context, title),
            Field::Second => {
                let told = self.told(context).into_iter();
                badge(context, title, told.map(Line::plain).collect())
            }
            Field::Pick(picks) => Self::picks(title, picks),
            Field::Number(most) => self.keypad(title, most),
        }
    }

    fn person(context: &Context<'_>, title: Text) -> Panel<Transition> {
        let typed = context.model.typed.clone();
        let lines = vec![
            Line::strong(Text::of("task-card")),
            Line::plain(Text::of("task-find-number")),
            Line::plain(Text::of("task-find-name")),
        ];
        let body = Body::Keypad {
            above: context.model.news.clone(),
            typed,
            lines,
        };
        Panel {
            card: OnCard::Asked,
            typing: Some(Typing::Person),
            footer: Footer::Typing,
            ..Panel::staff(title, body)
        }
    }

    /// Who was found, to be picked from.
    fn found(&self, title: Text) -> Panel<Transition> {
        let empty = Text::of("task-nothing");
        let items = self.found.iter().map(|(member, number)| {
            let born = member
                .birth_year
                .map(|year| Text::of("task-born").fact("year", Fact::Code(year.to_string())));
            let facts = [Some(Fact::Name(member.name.clone())), born.map(Fact::from)];
            let act = Transition::ask(Ask::Answer(Given::Person(member.clone())));
            Choice::item(Text::row(facts.into_iter().flatten()), act)
                .note(Some(Text::of("task-number").count(*number)))
        });
        Panel::staff(title, Body::List { empty }).items(items)
    }

    fn picks(title: Text, picks: Vec<Pick>) -> Panel<Transition> {
        let empty = Text::of("task-nothing");
        let figures = picks.iter().any(|pick| pick.note.is_some());
        let body = if figures || picks.len() > BUTTONS {
            Body::List { empty }
        } else {
            Body::Menu {
                most: BUTTONS,
                places: picks.len(),
                empty: Some(empty),
            }
        };
        let items = picks.into_iter().map(|pick| {
            let act = Transition::ask(Ask::Answer(Given::Code(pick.code)));
            Choice::item(pick.label, act).note(pick.note)
        });
        Panel::staff(title, body).items(items)
    }

    fn keypad(&self, title: Text, most: i64) -> Panel<Transition> {
        let body = Body::Keypad {
            above: None,
            typed: self.number.clone(),
            lines: if most < TOLD {
                vec![Line::plain(Text::of("task-most").count(most))]
            } else {
                Vec::new()
            },
        };
        Panel {
            typing: Some(Typing::Number),
            footer: Footer::Typing,
            ..Panel::staff(title, body)
        }
    }
}

impl State for Working {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let panel = match self.next(context) {
            Err(question) => self.question(context, question),
            // The config has changed meanwhile; the way back is still there.
            Ok(_) => Panel::staff(Text::of(self.task.label), Body::Lines(Vec::new())),
        };
        let first = self.given.is_empty();
        let desk = Choice::hidden(Key::Back, Transition::restart(Desk::default()));
        panel.with(first.then_some(desk))
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Answer::Person(Ok(member)) = answer {
            return self.given(&Given::Person(member.clone()), context);
        }
        if let Answer::People(found) = answer {
            return if found.is_empty() {
                Transition::refuse(&no("nobody-found"))
            } else {
                let found = found.clone();
                Transition::open(Self {
                    found,
                    ..self.clone()
                })
            };
        }
        let then = || AfterPin::Second(self.clone(), self.told(context));
        if let Some(next) = second(answer, context, then) {
            return next;
        }
        if let Answer::Priced(Ok(priced)) = answer {
            return Transition::open(Agree {
                working: self.clone(),
                priced: priced.clone(),
            });
        }
        if let Answer::Person(Err(refusal)) | Answer::Priced(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        Transition::stay()
    }

    fn typed(&mut self, key: Key, context: &Context<'_>) -> Transition {
        let Err(Question {
            field: Field::Number(most),
            ..
        }) = self.next(context)
        else {
            return Transition::stay();
        };
        match number(&mut self.number, key, most) {
            Some(Typed::Number(number)) => self.given(&Given::Number(number), context),
            Some(Typed::Back) => Transition::back(),
            None => Transition::stay(),
        }
    }

    fn given(&mut self, given: &Given, context: &Context<'_>) -> Transition {
        if let (Given::Card(card), Err(question)) = (given, self.next(context))
            && matches!(&question.field, Field::Card(Some(same)) if same != card)
        {
            return Transition::refuse(&no("card-differs"));
        }
        match self.follow(given.clone(), context) {
            (next, None) => Transition::open(next),
            (_, Some(priced)) => priced,
        }
    }
}

/// What a key on a keypad comes to.
pub(super) enum Typed {
    /// This number was ended by 确定.
    Number(i64),
    /// There is nothing more to rub out.
    Back,
}

/// Takes a key into a number from 1 to `most` that is being typed; what would be none is not taken.
pub(super) fn number(typed: &mut String, key: Key, most: i64) -> Option<Typed> {
    if let Key::Digit(digit) = key {
        let longer = format!("{typed}{digit}");
        let is_number = |n: i64| (1..=most).contains(&n);
        if longer.parse().is_ok_and(is_number) {
            *typed = longer;
        }
        return None;
    }
    if key == Key::Enter {
        return std::mem::take(typed).parse().ok().map(Typed::Number);
    }
    typed.pop().is_none().then_some(Typed::Back)
}

/// The question whether it shall be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agree {
    /// The task with all answers but the last.
    pub working: Working,
    /// What it comes to.
    pub priced: Priced,
}

impl Agree {
    /// What comes or goes in the points of its person, where it is about points at all.
    fn change(&self) -> Option<Fact> {
        if self.priced.order.command.kind().legs == 0 {
            return None;
        }
        let change = self.priced.after.checked_sub(self.priced.before)?;
        self.working.name().map(|_| Fact::Change(change))
    }

    /// For which day it counts, while the clock is wrong, unless it says the day itself.
    fn doubted(&self, context: &Context<'_>) -> Option<Text> {
        let today = context.today();
        let what = self.priced.order.command.what();
        let says = today.is_doubted() && !what.contains_key("day");
        says.then(|| Text::of("task-doubted").fact("day", Fact::Day(today.date())))
    }

    /// Who, what, and by how much.
    fn told(&self) -> Text {
        let told = self.priced.order.command.told();
        let facts = [self.working.name(), Some(told.into()), self.change()];
        Text::row(facts.into_iter().flatten())
    }
}

impl State for Agree {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let name = self.working.name();
        let after = Text::of("task-after").fact("points", Fact::Points(self.priced.after));
        let change = self
            .change()
            .map(|change| Text::apart(Text::row([change]), after));
        let lines = [
            name.map(|name| Line::plain(Text::row([name]))),
            Some(Line::strong(self.priced.order.command.told())),
            change.map(Line::plain),
            self.doubted(context).map(Line::plain),
        ];
        let book = Transition::want(Effect::Book(self.priced.order.clone()));
        Panel::staff(
            Text::of("task-agree"),
            Body::Question(lines.into_iter().flatten().collect()),
        )
        .with([
            Choice::new(Key::Digit(1), Text::of("task-yes"), book)
                .also(Key::Enter)
                .yes(),
            Choice::new(Key::Digit(2), Text::of("task-no"), Transition::back()).neutral(),
        ])
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        Transition::booked(answer, |_| {
            let done = Text::of("task-done").fact("what", self.told().into());
            let next = if self.working.task.again {
                Transition::restart(Working::new(self.working.task))
            } else {
                Transition::restart(Desk::default())
            };
            next.news(done)
        })
    }
}
