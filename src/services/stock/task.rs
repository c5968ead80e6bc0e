//! Goods at the desk.

use super::rule::{BudgetLetter, Exit, StockIn, StockOut};
use crate::domain::{Bucket, Fact, Leg, LetterCode, Role, Supply, Tally, Text};
use crate::services::command::Command;
use crate::services::operation::Operation as _;
use crate::services::task::{Asking, List, Pick, Question, Task};
use chrono::Datelike as _;

/// What is done at the desk.
pub(crate) const TASKS: &[Task] = &[
    Task {
        label: "task-stock",
        least: Role::Attendant,
        again: true,
        ask: stock,
    },
    Task {
        label: "task-budget",
        least: Role::Manager,
        again: false,
        ask: budget,
    },
];

/// What is looked through.
pub(crate) const LISTS: &[List] = &[List {
    label: "list-stock",
    of: || Tally {
        kinds: vec![StockIn::KIND, StockOut::KIND, BudgetLetter::KIND],
        ..Tally::default()
    },
}];

/// The most digits of a letter's number, as 202600012.
const LETTER: i64 = 999_999_999_999;

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

/// Which letter, how many points, until when they can be spent, and who else has read it.
fn budget(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let letter = asking.number(Text::of("budget-letter"), LETTER)?;
    let n = asking.number(Text::of("budget-points"), Leg::MAX)?;
    let year = asking.today.date().year();
    let ends = [None, Some(year), Some(year.saturating_add(1))];
    let bucket = asking.pick(
        "budget-until",
        ends.map(|year| {
            let bucket = year.map_or(Bucket::NEVER, Bucket::end_of);
            let label = match year {
                Some(year) => Text::of("budget-year").fact("year", Fact::Code(year.to_string())),
                None => Text::of("budget-never"),
            };
            (bucket, Pick::new(&bucket.get().to_string(), label))
        }),
    )?;
    asking.second("budget-second")?;
    Ok(Command::BudgetLetter(BudgetLetter {
        about: LetterCode::of(letter),
        n,
        bucket,
    }))
}
