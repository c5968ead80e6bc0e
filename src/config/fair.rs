//! The fair rules (docs/RULES.md) as far as the rule book alone shows whether they are kept: what breaks one is a fault,
//! what may break one a doubt. Each says the number of its rule.

use crate::config::table::{Table, Value};
use crate::domain::{Direction, MemberGroup, Role, Rule, RulePath, Text};
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
        table.doubt(Text::of("fair-unseen"), Text::of("fair-unseen-right"));
    }
    if let (Some(value), Some(from), Some(day)) = (table.get("from"), rule.from, day) {
        let left = from.signed_duration_since(day).num_days();
        if (1..SHOWN_DAYS).contains(&left) {
            let wrong = Text::of("fair-notice").word("from", from);
            value.doubt(
                wrong.word("left", left).word("day", day),
                Text::of("fair-notice-right").word("shown", SHOWN_DAYS),
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
        table.fault(Text::of("fair-evidence"), Text::of("fair-evidence-right"));
    }
    if lacks("remedy") {
        table.fault(Text::of("fair-remedy"), Text::of("fair-remedy-right"));
    }
    if matches!(rule.path, RulePath::Direct | RulePath::Guardian) && !table.is_broken() {
        at(table, "path").fault(Text::of("fair-alone"), Text::of("fair-alone-right"));
    }
    if rule.recorder != Role::Manager {
        at(table, "recorder").fault(Text::of("fair-taker"), Text::of("fair-taker-right"));
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
            let wrong = Text::of("fair-free").word("key", key);
            value.doubt(wrong.word("word", word), Text::of("fair-free-right"));
        }
    }
}

/// F5, F8: what is given has a bound, somebody else to look at it, and is not decided by who asks for it.
fn judge_plus(table: &Table<'_>, rule: &Rule) {
    if rule.cap.is_none() && rule.household_cap.is_none() {
        table.doubt(Text::of("fair-unbounded"), Text::of("fair-unbounded-right"));
    }
    let alone = rule.path == RulePath::Direct && rule.second_above.is_none();
    if alone && rule.evidence.is_none() {
        at(table, "recorder").doubt(Text::of("fair-relative"), Text::of("fair-relative-right"));
    }
    let decided = matches!(rule.path, RulePath::Second | RulePath::Review);
    if decided && rule.recorder != Role::Attendant {
        at(table, "recorder").fault(Text::of("fair-decider"), Text::of("fair-decider-right"));
    }
}

/// F11: a guardian answers for minors, and for nobody else.
fn judge_minors(table: &Table<'_>, rule: &Rule) {
    let mut groups = rule.groups.iter().map(|(group, _)| *group);
    if rule.path == RulePath::Guardian {
        if groups.any(|group| group != MemberGroup::Minor) {
            at(table, "points-group")
                .fault(Text::of("fair-guardian"), Text::of("fair-guardian-right"));
        }
    } else if rule.proposable && groups.any(|group| group == MemberGroup::Minor) {
        at(table, "self").doubt(Text::of("fair-minors"), Text::of("fair-minors-right"));
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
    fn fault(&self, wrong: Text, right: Text) {
        match self {
            Self::Value(value) => value.fault(wrong, right),
            Self::Table(table) => table.fault(wrong, right),
        }
    }

    fn doubt(&self, wrong: Text, right: Text) {
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
                    Text::of("fair-set-alone").word("set", set),
                    Text::of("fair-set-alone-right"),
                );
            }
            for (value, _) in others.iter().filter(|(_, other)| other != direction) {
                let wrong = Text::of("fair-set-mixed").word("line", first.line());
                value.fault(wrong.word("set", set), Text::of("fair-set-mixed-right"));
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
