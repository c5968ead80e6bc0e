//! The holds that wait for an attendant, oldest first: after a power cut, and whenever asked for.

use crate::app::Choose;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::domain::{Fact, OpenHold, Text};
use crate::panel::{Body, Choice, Panel};

/// The list of open holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// The holds, oldest first.
    pub list: Vec<OpenHold>,
}

/// Day, number and name of a hold.
pub(super) fn who(hold: &OpenHold) -> Text {
    let name = hold.member.as_ref().map(|member| member.name.clone());
    let facts = [Fact::Date(hold.wall_ms), Fact::Seq(hold.seq)];
    Text::row(facts.into_iter().chain(name.map(Fact::Name)))
}

/// Points of a hold.
pub(super) fn figure(hold: &OpenHold) -> Text {
    Text::of("price").points(hold.total)
}

impl State for Holds {
    fn panel(&self, _context: &Context<'_>) -> Panel<Transition> {
        let choices = self.list.iter().map(|hold| {
            let label = Text::row([who(hold).into(), hold.told.clone().into()]);
            let choose = Choose { hold: hold.clone() };
            Choice::item(label, Transition::replace(choose)).note(figure(hold))
        });
        let empty = Text::of("holds-empty");
        Panel::staff(Text::of("holds-title"), Body::List { empty }).items(choices)
    }
}
