//! Goods at the desk.

use super::rule::StockIn;
use crate::domain::{Fact, Leg, Role, Supply, Text};
use crate::services::command::Command;
use crate::services::task::{Asking, Pick, Question, Task};

/// What is done at the desk.
pub(crate) const TASKS: &[Task] = &[Task {
    label: "task-stock",
    least: Role::Attendant,
    ask: stock_in,
}];

/// What has come, and how many.
fn stock_in(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let items = asking.catalogue.items.iter();
    let counted = items.filter(|item| item.supply == Supply::Counted);
    let picks = counted.map(|item| {
        let label = Text::row([Fact::Reward(item.code.clone())]);
        (&item.code, Pick::new(item.code.as_str(), label))
    });
    let about = asking.pick("stock-which", picks)?.clone();
    let n = asking.number(Text::of("stock-many").reward(&about), Leg::MAX)?;
    Ok(Command::StockIn(StockIn { about, n }))
}
