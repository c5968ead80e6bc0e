//! `rules.toml`: the rule book.

use crate::config::code::{Unique, coded};
use crate::config::fields::form;
use crate::config::kind::{Choice, Day, InPoints, Sub, Tables, each};
use crate::config::label::Both;
use crate::config::prices::{ByGroup, MAX_POINTS};
use crate::domain::{
    Direction, MemberGroup, Period, Points, Role, Rule, RuleCap, RuleCategory, RuleCode, RuleUnit,
};

/// The most cells of a rule's name: one line of the passbook.
const RULE_CELLS: usize = 30;
/// The most cells of what must be shown for a rule: one line of the attendant's screen.
const EVIDENCE_CELLS: usize = 40;

form! {
    /// The rule book: what earns and what costs points.
    FILE "rules.toml" fn file(table) -> Vec<Rule> {
        /// A rule.
        rules "rule": Tables::of(&RULE), usual(Vec::new()) => |_, all| {
            let mut seen = Unique::default();
            Some(each(&all, |table| rule(table, &mut seen)))
        };
    } => rules
}

form! {
    /// What earns or costs points.
    RULE "[[rule]]" fn rule(table, seen: &mut Unique) -> Rule {
        /// Its code in the ledger, unique in the file. Never change one that has been used.
        code "code": coded(RuleCode::parse), need => |v, code| Some(seen.first(v, "code", code));
        /// Which of the seven categories it belongs to.
        category "category": Choice(&RuleCategory::ALL), need;
        /// The text in the passbook, at most 30 cells; a Chinese character takes 2.
        name "name": Both(RULE_CELLS), need;
        /// Whether it gives points or takes them.
        direction "direction": Choice(&Direction::ALL), need;
        /// The points for everyone.
        points "points": InPoints(1..=MAX_POINTS), need;
        /// The points for members of a group, instead.
        groups "points-group": ByGroup(MAX_POINTS), usual(Vec::new());
        /// What the points are counted by.
        unit "unit": Choice(&RuleUnit::ALL), need;
        /// The most that one person can get by it in a period.
        cap "cap": Sub(&CAP), may => |_, table| cap(&table, least(points, groups.as_ref()));
        /// The first day on which it holds.
        from "from": Day, may;
        /// The last day on which it holds.
        until "until": Day, may => |v, until| {
            if from.is_some_and(|from| from > until) {
                v.wrong("write the day of `from` or a later one");
            }
            Some(until)
        };
        /// What must be shown for it, at most 40 cells.
        evidence "evidence": Both(EVIDENCE_CELLS), may;
        /// Who may record it, at least.
        recorder "recorder": Choice(&Role::ALL), need;
    }
}

form! {
    /// The most points in a period.
    CAP "{ points, per }" fn cap(table, least: i64) -> RuleCap {
        /// The most points, not less than the rule gives at once.
        points "points": InPoints(1..=MAX_POINTS), need as InPoints(least..=MAX_POINTS);
        /// Within which period.
        period "per": Choice(&Period::ALL), need;
    }
}

/// A cap below the points of one time would make the rule worthless.
fn least(points: Option<Points>, groups: Option<&Vec<(MemberGroup, Points)>>) -> i64 {
    let groups = groups.into_iter().flatten().map(|(_, points)| *points);
    groups.chain(points).map(Points::get).max().unwrap_or(1)
}
