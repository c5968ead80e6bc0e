//! Points at the desk: by a rule, and what a paper register had.

use super::rule::{Award, MAX_TIMES, Opening};
use crate::domain::{Fact, Leg, Points, Role, Rule, RuleCategory, Tally, Text};
use crate::services::command::Command;
use crate::services::operation::Operation as _;
use crate::services::task::{Asking, List, Pick, Question, Task};

/// What is done at the desk.
pub(crate) const TASKS: &[Task] = &[
    Task {
        label: "task-record",
        least: Role::Attendant,
        again: true,
        ask: record,
    },
    Task {
        label: "task-opening",
        least: Role::Attendant,
        again: true,
        ask: opening,
    },
];

/// What is looked through.
pub(crate) const LISTS: &[List] = &[List {
    label: "list-award",
    of: || Tally::of(Award::KIND),
}];

/// Whose card, which category, which of its rules, and how often; for much at once also who else has seen it.
fn record(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let who = asking.person("record-who")?;
    let day = asking.today.date();
    let gives = |rule: &&Rule| rule.is_award() && rule.holds_on(day);
    let rules: Vec<&Rule> = asking.rules.iter().filter(gives).collect();
    let of = |category: RuleCategory| rules.iter().filter(move |rule| rule.category == category);
    let categories = RuleCategory::ALL.into_iter().map(|(category, _)| category);
    let categories = categories.filter(|category| of(*category).next().is_some());
    let category = asking.pick(
        "record-category",
        categories.map(|category| {
            let name = category.name();
            let label = Text::of("rule-category").fact("category", Fact::Variant(name));
            (category, Pick::new(name, label))
        }),
    )?;
    let rule = asking.pick(
        "record-rule",
        of(category).map(|rule| {
            let label = Text::row([Fact::Named(rule.name.clone())]);
            let note = Text::of("price").points(rule.points_for(who.group));
            (*rule, Pick::new(rule.code.as_str(), label).note(note))
        }),
    )?;
    let degrees = (1..).zip(&rule.choices).map(|(place, choice): (i64, _)| {
        let label = Text::row([Fact::Named(choice.name.clone())]);
        let note = Text::of("price").points(choice.points);
        (place, Pick::new(&place.to_string(), label).note(note))
    });
    let degree = if rule.choices.is_empty() {
        None
    } else {
        Some(asking.pick("record-degree", degrees)?)
    };
    let title = Text::of("record-times").fact("unit", Fact::Variant(rule.unit.name()));
    let n = asking.number(title, MAX_TIMES)?;
    let points = rule.amount(who.group, degree);
    let points = points.and_then(|points| points.checked_times(n));
    if points.is_some_and(|points| rule.wants_second(points)) {
        asking.second("record-second")?;
    }
    Ok(Command::Award(Award {
        who: who.account.clone(),
        about: rule.code.clone(),
        day: None,
        n,
        degree,
        points: None,
    }))
}

/// Whose card, how many points, and who else has seen the register.
fn opening(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let who = asking.person("record-who")?;
    let points = asking.number(Text::of("opening-points"), Leg::MAX)?;
    asking.second("opening-second")?;
    Ok(Command::Opening(Opening {
        who: who.account.clone(),
        points: Points::new(points),
    }))
}
