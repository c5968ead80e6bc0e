//! Cards and accounts at the desk.

use super::rule::{AccountOpened, CardBlocked, CardIssued};
use crate::domain::{CardKind, Role, Tally};
use crate::services::command::Command;
use crate::services::operation::Operation as _;
use crate::services::task::{Asking, List, Question, Task};

/// What is done at the desk.
pub(crate) const TASKS: &[Task] = &[
    Task {
        label: "task-card-issue",
        least: Role::Attendant,
        again: true,
        ask: issue,
    },
    Task {
        label: "task-card-block",
        least: Role::Attendant,
        again: false,
        ask: block,
    },
];

/// What is looked through.
pub(crate) const LISTS: &[List] = &[List {
    label: "list-register",
    of: || Tally {
        kinds: vec![AccountOpened::KIND, CardIssued::KIND, CardBlocked::KIND],
        ..Tally::default()
    },
}];

/// Who gets it, and the card itself, twice: a number that comes out otherwise the second time would open nothing.
fn issue(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let who = asking.person("card-who")?.account.clone();
    let number = asking.card("card-new", None)?.clone();
    asking.card("card-again", Some(&number))?;
    Ok(Command::CardIssued(CardIssued {
        who,
        card: CardKind::Card,
        number: Some(number),
    }))
}

/// Whose cards.
fn block(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let who = asking.person("card-lost")?.account.clone();
    Ok(Command::CardBlocked(CardBlocked { who, number: None }))
}
