//! The fair rules (docs/RULES.md) as far as the rule book alone shows whether they are kept: what breaks one is a fault,
//! what may break one a doubt. Each says the number of its rule.

use crate::config::table::{Table, Value};
use crate::domain::{Direction, MemberGroup, Role, Rule, RulePath};
use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A change is shown for so many days before it holds.
const SHOWN_DAYS: i64 = 7;
/// Saying something, complaining and staying away: none of them costs points.
const FREE: [&str; 10] = [
    "信访",
    "上访",
    "投诉",
    "举报",
    "12345",
    "不参与",
    "不参加",
    "拒绝参与",
    "漠不关心",
    "意见",
];

/// Looks at one rule; on `day`, where somebody asks for doubts.
pub(super) fn judge(table: &Table<'_>, rule: &Rule, day: Option<NaiveDate>) {
    match rule.direction {
        Direction::Minus => judge_minus(table, rule),
        Direction::Plus => judge_plus(table, rule),
    }
    if rule.path == RulePath::Review && rule.notice_days == 0 {
        table.doubt(
            "F5: nobody outside the committee sees what it decided before it is booked",
            "add `notice-days = 7`",
        );
    }
    if let (Some(value), Some(from), Some(day)) = (table.get("from"), rule.from, day) {
        let left = from.signed_duration_since(day).num_days();
        if (1..SHOWN_DAYS).contains(&left) {
            value.doubt(
                format_args!("F10: `from` is {from}, {left} days after {day}"),
                format_args!(
                    "a change is shown {SHOWN_DAYS} days before it holds: if it was not, write a later day"
                ),
            );
        }
    }
    judge_minors(table, rule);
}

/// F1, F2, F8: what is taken is proved, seen by two, and can be put right; nobody pays for having said something.
fn judge_minus(table: &Table<'_>, rule: &Rule) {
    // In a half-read file what is missing may be in the other half.
    let lacks = |key| !table.holds(key) && !table.is_broken();
    if lacks("evidence") {
        table.fault(
            "F1: nothing need be shown for what is taken",
            "add `evidence = { zh = \"...\", en = \"...\" }`",
        );
    }
    if lacks("remedy") {
        table.fault(
            "F1: nothing says whether it can be put right",
            "add `remedy = { days = 7, back = 50 }` or `remedy = \"none\"`",
        );
    }
    if matches!(rule.path, RulePath::Direct | RulePath::Guardian) && !table.is_broken() {
        at(table, "path").fault(
            "F1: one person alone would take points",
            "write `path = \"second\"`, or `review` or `town`",
        );
    }
    if rule.recorder != Role::Manager {
        at(table, "recorder").fault(
            "F8: points are taken by the manager, before somebody else",
            "write `recorder = \"manager\"`",
        );
    }
    let choices = rule.choices.iter().map(|choice| &choice.name);
    for (key, mut texts) in [
        ("name", vec![&rule.name]),
        ("choices", choices.collect()),
        ("evidence", rule.evidence.iter().collect()),
    ] {
        let plain = texts.drain(..).map(|text| text.zh.replace(' ', ""));
        let found = plain.filter_map(|text| FREE.iter().find(|word| text.contains(**word)));
        if let Some((value, word)) = table.get(key).zip(found.min()) {
            value.doubt(
                format_args!("F2: `{key}` of a rule that takes points says {word}"),
                "nobody loses points for saying something or staying away: take the rule out if it does that",
            );
        }
    }
}

/// F5, F8: what is given has a bound, somebody else to look at it, and is not decided by who asks for it.
fn judge_plus(table: &Table<'_>, rule: &Rule) {
    if rule.cap.is_none() && rule.household_cap.is_none() {
        table.doubt(
            "F5: nothing bounds what one person can get by this rule",
            "add `cap = { points = 40, per = \"month\" }`, or the cap of a household",
        );
    }
    let alone = rule.path == RulePath::Direct && rule.second_above.is_none();
    if alone && rule.evidence.is_none() {
        at(table, "recorder").doubt(
            "F5: who records it may be a relative, and nobody else sees it",
            "add `evidence`, `second-above` or `path = \"second\"`",
        );
    }
    let decided = matches!(rule.path, RulePath::Second | RulePath::Review);
    if decided && rule.recorder != Role::Attendant {
        at(table, "recorder").fault(
            "F8: a manager decides this, and would decide what a manager submits",
            "write `recorder = \"attendant\"`",
        );
    }
}

/// F11: a guardian answers for minors, and for nobody else.
fn judge_minors(table: &Table<'_>, rule: &Rule) {
    let mut groups = rule.groups.iter().map(|(group, _)| *group);
    if rule.path == RulePath::Guardian {
        if groups.any(|group| group != MemberGroup::Minor) {
            at(table, "points-group").fault(
                "F11: a guardian confirms for minors only",
                "keep `minor`, or write another `path`",
            );
        }
    } else if rule.proposable && groups.any(|group| group == MemberGroup::Minor) {
        at(table, "self").doubt(
            "F11: minors would propose entries that no guardian sees",
            "write `path = \"guardian\"` in a rule of their own, or take `minor` or `self` out",
        );
    }
}

/// The value of a key, or the table where the key is left out.
fn at<'t>(table: &'t Table<'t>, key: &'static str) -> At<'t> {
    table.get(key).map_or(At::Table(table), At::Value)
}

enum At<'t> {
    Value(Value<'t>),
    Table(&'t Table<'t>),
}

impl At<'_> {
    fn fault(&self, wrong: &str, right: &str) {
        match self {
            Self::Value(value) => value.fault(wrong, right),
            Self::Table(table) => table.fault(wrong, right),
        }
    }

    fn doubt(&self, wrong: &str, right: &str) {
        match self {
            Self::Value(value) => value.doubt(wrong, right),
            Self::Table(table) => table.doubt(wrong, right),
        }
    }
}

/// F4: the sets of rules under which one fact could come, with the place and the direction of each rule.
#[derive(Default)]
pub(super) struct Facts<'a> {
    sets: BTreeMap<String, Vec<(Value<'a>, Direction)>>,
}

impl<'a> Facts<'a> {
    /// Notes the set of a rule.
    pub(super) fn note(&mut self, table: &Table<'a>, rule: &Rule) {
        if let Some((value, set)) = table.get("same-fact").zip(rule.same_fact.clone()) {
            self.sets
                .entry(set)
                .or_default()
                .push((value, rule.direction));
        }
    }

    /// Looks at the sets: of one rule, or of one that gives and one that takes, none is the highest.
    pub(super) fn judge(&self) {
        for (set, rules) in &self.sets {
            let Some(((first, direction), others)) = rules.split_first() else {
                continue;
            };
            if others.is_empty() && !first.is_broken() {
                first.fault(
                    format_args!("F4: \"{set}\" is the set of this rule alone"),
                    "give the other rule of the same fact the same word, or take it out",
                );
            }
            for (value, _) in others.iter().filter(|(_, other)| other != direction) {
                value.fault(
                    format_args!(
                        "F4: the rule of line {} in \"{set}\" does not go the same way",
                        first.line()
                    ),
                    "a set has rules that give or rules that take, not both",
                );
            }
        }
    }
}

/// What a schema says of rules that take points.
pub(super) fn minus() -> Json {
    json!({
        "if": { "properties": { "direction": { "const": "minus" } } },
        "then": {
            "required": ["evidence", "remedy", "path"],
            "properties": {
                "path": { "enum": ["second", "review", "town"] },
                "recorder": { "const": "manager" },
                "self": { "const": false },
            },
        },
    })
}

/// What a schema says of rules that give points when somebody has decided.
pub(super) fn decided() -> Json {
    json!({
        "if": {
            "required": ["path"],
            "properties": {
                "direction": { "const": "plus" },
                "path": { "enum": ["second", "review"] },
            },
        },
        "then": { "properties": { "recorder": { "const": "attendant" } } },
    })
}

/// What a schema says of rules by which a guardian confirms.
pub(super) fn guardian() -> Json {
    json!({
        "if": { "required": ["path"], "properties": { "path": { "const": "guardian" } } },
        "then": { "properties": { "points-group": { "propertyNames": { "const": MemberGroup::Minor.name() } } } },
    })
}
