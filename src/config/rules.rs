//! `rules.toml`: the rule book.

use crate::config::code::Unique;
use crate::config::label::bilingual;
use crate::config::prices::{MAX_POINTS, by_group};
use crate::config::read::{Form, Table, Value};
use crate::domain::{
    Direction, Period, Points, Role, Rule, RuleCap, RuleCategory, RuleCode, RuleUnit,
};
use chrono::NaiveDate;

/// The most cells of a rule's name: one line of the passbook.
const RULE_CELLS: usize = 30;
/// The most cells of what must be shown for a rule: one line of the attendant's screen.
const EVIDENCE_CELLS: usize = 40;

pub(super) const FILE: Form = Form {
    title: "rules.toml",
    keys: &["rule"],
};
const RULE: Form = Form {
    title: "[[rule]]",
    keys: &[
        "code",
        "category",
        "name",
        "direction",
        "points",
        "points-group",
        "unit",
        "cap",
        "from",
        "until",
        "evidence",
        "recorder",
    ],
};
const CAP: Form = Form {
    title: "{ points, per }",
    keys: &["points", "per"],
};

/// Reads the whole file. What has a fault is left out.
pub(super) fn rules(file: &Table<'_>) -> Vec<Rule> {
    let mut seen = Unique::default();
    file.tables("rule", &RULE)
        .iter()
        .filter_map(|table| rule(table, &mut seen))
        .collect()
}

/// Reads a rule. Every key is read before the first `?`.
fn rule(table: &Table<'_>, seen: &mut Unique) -> Option<Rule> {
    let code = seen.declare(table, "code", RuleCode::parse);
    let category = table
        .need("category")
        .and_then(|v| v.choice(&RuleCategory::ALL));
    let name = table.need("name").and_then(|v| bilingual(v, RULE_CELLS));
    let direction = table
        .need("direction")
        .and_then(|v| v.choice(&Direction::ALL));
    let points = table.need("points").and_then(|v| v.whole(1..=MAX_POINTS));
    let groups = by_group(table, "points-group", MAX_POINTS);
    let unit = table.need("unit").and_then(|v| v.choice(&RuleUnit::ALL));
    // A cap below the points of one time would make the rule worthless.
    let least = groups.iter().map(|(_, points)| points.get()).chain(points);
    let least = least.max().unwrap_or(1);
    let cap = table.table("cap", &CAP).and_then(|t| cap(&t, least));
    let (from, until) = days(table);
    let evidence = table
        .get("evidence")
        .and_then(|v| bilingual(v, EVIDENCE_CELLS));
    let recorder = table.need("recorder").and_then(|v| v.choice(&Role::ALL));
    Some(Rule {
        code: code?,
        category: category?,
        name: name?,
        direction: direction?,
        points: Points::new(points?),
        groups,
        unit: unit?,
        cap,
        from,
        until,
        evidence,
        recorder: recorder?,
    })
}

fn cap(table: &Table<'_>, least: i64) -> Option<RuleCap> {
    let points = table
        .need("points")
        .and_then(|v| v.whole(least..=MAX_POINTS));
    let period = table.need("per").and_then(|v| v.choice(&Period::ALL));
    Some(RuleCap {
        points: Points::new(points?),
        period: period?,
    })
}

/// The first and the last day of a rule.
fn days(table: &Table<'_>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let from = table.get("from").and_then(Value::date);
    let last = table.get("until");
    let until = last.and_then(Value::date);
    if let Some(value) = last
        && from.zip(until).is_some_and(|(from, until)| from > until)
    {
        value.wrong("write the day of `from` or a later one");
    }
    (from, until)
}
