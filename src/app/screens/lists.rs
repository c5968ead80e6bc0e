//! The parts of the log that the staff may look through, one button each.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Effect, Operations, Which};
use crate::domain::Text;
use crate::panel::{Body, Choice, MENU_A_PAGE, Panel};
use crate::services::lists;

/// The menu of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists;

impl State for Lists {
    fn panel(&self, _context: &Context<'_>) -> Panel<Transition> {
        let all: Vec<_> = lists()
            .map(|list| {
                let load = Effect::LoadOperations(Which::In((list.of)()));
                Choice::item(Text::of(list.label), Transition::want(load))
            })
            .collect();
        let body = Body::Menu {
            most: MENU_A_PAGE,
            places: all.len(),
            empty: None,
        };
        Panel::staff(Text::of("lists-which"), body).items(all)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        if let Answer::Operations(list) = answer {
            return Transition::open(Operations::new(list));
        }
        Transition::stay()
    }
}
