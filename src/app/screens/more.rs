//! What the staff does less often than the first task, one button each.

use crate::app::Working;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::domain::{Staff, Text};
use crate::panel::{Body, Choice, MENU_A_PAGE, Panel};
use crate::services::{Task, tasks};

/// The menu of the other tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct More;

/// The tasks of a person, each with its button.
pub(super) fn choices(staff: Option<&Staff>) -> impl Iterator<Item = Choice<Transition>> {
    let may = move |task: &&Task| staff.is_some_and(|staff| staff.may(task.least));
    tasks()
        .filter(may)
        .map(|task| Choice::item(Text::of(task.label), Transition::open(Working::new(*task))))
}

impl State for More {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let others: Vec<_> = choices(context.staff()).skip(1).collect();
        let body = Body::Menu {
            most: MENU_A_PAGE,
            places: others.len(),
            empty: None,
        };
        Panel::staff(Text::of("more-which"), body).items(others)
    }
}
