//! A task: question after question, given what has been answered, and in the end a command.
//!
//! A service writes a task as a plain function that asks for what it needs, in order; each question is a `?`. `app` plays
//! the function again after every answer and shows the question that has none yet, so a task has no state of its own.

use crate::domain::{CardId, Catalogue, Member, Role, Rule, Staff, StaffId, Tally, Text, Today};
use crate::services::command::Command;
use chrono::NaiveDate;
use std::fmt;

/// Something that the staff does at the desk.
#[derive(Clone, Copy)]
pub struct Task {
    /// The message on its button; also its name.
    pub label: &'static str,
    /// Who may do it: at least this role.
    pub least: Role,
    /// It begins anew when it is done, for the next in the queue.
    pub again: bool,
    /// What is asked, in order.
    pub ask: fn(&mut Asking<'_>) -> Result<Command, Question>,
}

impl PartialEq for Task {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
    }
}

impl Eq for Task {}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label)
    }
}

/// A part of the log that the staff looks through, newest first.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The message on its button.
    pub label: &'static str,
    /// What belongs to it.
    pub of: fn() -> Tally,
}

/// An answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Whose card was put down.
    Person(Member),
    /// The code of what was picked.
    Code(String),
    /// The number that was typed.
    Number(i64),
    /// A card that was put down, whoever's it is.
    Card(CardId),
    /// A second member of staff, who has shown a badge and typed its PIN.
    Second(Staff),
}

/// What is asked next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The sentence above it.
    pub title: Text,
    /// What answers it.
    pub field: Field,
}

/// What answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// A resident's card.
    Person,
    /// One of these, in this order.
    Pick(Vec<Pick>),
    /// A whole number from 1 to this one.
    Number(i64),
    /// A card, whoever's it is; where one is said, this one.
    Card(Option<CardId>),
    /// The badge and the PIN of somebody else of the staff.
    Second,
}

/// Something that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: Text,
    /// A figure beside it.
    pub note: Option<Text>,
}

impl Pick {
    /// Something with a code, as it is called.
    pub fn new(code: &str, label: Text) -> Self {
        Self {
            code: code.to_owned(),
            label,
            note: None,
        }
    }

    /// The same with a figure.
    #[must_use]
    pub fn note(self, note: Text) -> Self {
        let note = Some(note);
        Self { note, ..self }
    }
}

/// What a task may look at, and the answers so far.
pub struct Asking<'a> {
    /// The day, judged.
    pub today: &'a Today,
    /// The day that the machine shows, right or wrong: to be asked about, never to be reckoned with.
    pub shown: NaiveDate,
    /// The rewards.
    pub catalogue: &'a Catalogue,
    /// The rule book.
    pub rules: &'a [Rule],
    /// The answers, in the order of the questions.
    pub given: &'a [Given],
    /// The second member of staff, once there is one.
    pub second: Option<StaffId>,
}

impl<'a> Asking<'a> {
    /// The next answer, if it is one to this question; else the question.
    fn next<T>(
        &mut self,
        title: Text,
        field: Field,
        read: impl FnOnce(&'a Given) -> Option<T>,
    ) -> Result<T, Question> {
        let answer = self.given.split_first().and_then(|(first, rest)| {
            self.given = rest;
            read(first)
        });
        answer.ok_or(Question { title, field })
    }

    /// Asks for somebody's card.
    ///
    /// # Errors
    /// The question, while it has no answer; so of all the others.
    pub fn person(&mut self, title: &'static str) -> Result<&'a Member, Question> {
        self.next(Text::of(title), Field::Person, |given| match given {
            Given::Person(member) => Some(member),
            Given::Code(_) | Given::Number(_) | Given::Card(_) | Given::Second(_) => None,
        })
    }

    /// Asks for one of some things, each with how it is shown; gives the thing.
    ///
    /// # Errors
    /// As [`Self::person`].
    pub fn pick<T>(
        &mut self,
        title: &'static str,
        things: impl IntoIterator<Item = (T, Pick)>,
    ) -> Result<T, Question> {
        let (mut things, picks): (Vec<T>, Vec<Pick>) = things.into_iter().unzip();
        let codes: Vec<String> = picks.iter().map(|pick| pick.code.clone()).collect();
        self.next(Text::of(title), Field::Pick(picks), |given| match given {
            Given::Code(code) => {
                let place = codes.iter().position(|known| known == code)?;
                Some(things.swap_remove(place))
            }
            Given::Person(_) | Given::Number(_) | Given::Card(_) | Given::Second(_) => None,
        })
    }

    /// Asks for a number from 1 to `most`.
    ///
    /// # Errors
    /// As [`Self::person`].
    pub fn number(&mut self, title: Text, most: i64) -> Result<i64, Question> {
        self.next(title, Field::Number(most), |given| match given {
            Given::Number(number) => Some(*number),
            Given::Person(_) | Given::Code(_) | Given::Card(_) | Given::Second(_) => None,
        })
    }

    /// Asks for a card, whoever's it is; where `same` is said, for that one.
    ///
    /// # Errors
    /// As [`Self::person`].
    pub fn card(
        &mut self,
        title: &'static str,
        same: Option<&CardId>,
    ) -> Result<&'a CardId, Question> {
        let field = Field::Card(same.cloned());
        self.next(Text::of(title), field, |given| match given {
            Given::Card(card) => Some(card),
            Given::Person(_) | Given::Code(_) | Given::Number(_) | Given::Second(_) => None,
        })
    }

    /// Asks for a second member of staff, who signs as well.
    ///
    /// # Errors
    /// As [`Self::person`].
    pub fn second(&mut self, title: &'static str) -> Result<(), Question> {
        let second = self.next(Text::of(title), Field::Second, |given| match given {
            Given::Second(staff) => Some(staff.id.clone()),
            Given::Person(_) | Given::Code(_) | Given::Number(_) | Given::Card(_) => None,
        })?;
        self.second = Some(second);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BootId, RELEASED_MS, Stamp};

    fn ask(given: &[Given]) -> Result<(&'static str, i64), Question> {
        let stamp = Stamp {
            wall_ms: RELEASED_MS,
            mono_ms: 0,
            boot: BootId::new([0; 16]),
        };
        let today = Today::judge(&stamp, None, RELEASED_MS);
        let mut asking = Asking {
            today: &today,
            shown: today.date(),
            catalogue: &Catalogue::default(),
            rules: &[],
            given,
            second: None,
        };
        let code = asking.pick(
            "back",
            ["X", "Y"].map(|x| (x, Pick::new(x, Text::of("back")))),
        )?;
        let number = asking.number(Text::of("enter"), 9)?;
        Ok((code, number))
    }

    #[test]
    fn the_first_question_without_an_answer_is_asked() {
        let title = |given: &[Given]| ask(given).map_err(|question| question.title.id);
        let (code, number) = (Given::Code("X".to_owned()), Given::Number(3));
        assert_eq!(title(&[]), Err("back"));
        assert_eq!(title(std::slice::from_ref(&code)), Err("enter"));
        assert_eq!(title(&[code.clone(), number.clone()]), Ok(("X", 3)));
        // An answer to another question is none.
        assert_eq!(title(&[number, code]), Err("back"));
        assert_eq!(title(&[Given::Code("Z".to_owned())]), Err("back"));
    }
}
