//! Goods at the desk.

use super::rule::{Exit, StockIn, StockOut};
use crate::domain::{Fact, Leg, Role, Supply, Tally, Text};
use crate::services::command::Command;
use crate::services::operation::Operation as _;
use crate::services::task::{Asking, List, Pick, Question, Task};

/// What is done at the desk.
pub(crate) const TASKS: &[Task] = &[Task {
    label: "task-stock",
    least: Role::Attendant,
    again: true,
    ask: stock,
}];

/// What is looked through.
pub(crate) const LISTS: &[List] = &[List {
    label: "list-stock",
    of: || Tally {
        kinds: vec![StockIn::KIND, StockOut::KIND],
        ..Tally::default()
    },
}];

/// Whether goods came, or where they went; which, and how many.
fn stock(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let pick = |to: Option<Exit>| {
        let name = to.map_or("in", Exit::name);
        let label = Text::of("stock-move").fact("to", Fact::Variant(name));
        (to, Pick::new(name, label))
    };
    let out = Exit::ALL.map(|(to, _)| Some(to));
    let to = asking.pick("stock-what", [None].into_iter().chain(out).map(pick))?;
    let items = asking.catalogue.items.iter();
    let counted = items.filter(|item| item.supply == Supply::Counted);
    let picks = counted.map(|item| {
        let label = Text::row([Fact::Reward(item.code.clone())]);
        (&item.code, Pick::new(item.code.as_str(), label))
    });
    let about = asking.pick("stock-which", picks)?.clone();
    let n = asking.number(Text::of("stock-many").reward(&about), Leg::MAX)?;
    Ok(match to {
        None => Command::StockIn(StockIn { about, n }),
        Some(to) => Command::StockOut(StockOut { about, n, to }),
    })
}
