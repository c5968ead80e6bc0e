//! `rules.toml`: the rule book.

use crate::config::code::{Unique, coded};
use crate::config::fair::{self, Facts, judge};
use crate::config::fields::form;
use crate::config::kind::{Choice, Day, Flag, InPoints, Parsed, Sub, Tables, Whole, each};
use crate::config::label::{Both, Label};
use crate::config::prices::{ByGroup, MAX_POINTS};
use crate::config::repeat::{Mending, Steps};
use crate::config::table::{Table, Value};
use crate::domain::{
    Bilingual, CommitteeCode, Direction, MemberGroup, Period, Points, Role, Rule, RuleCap,
    RuleCategory, RuleChoice, RuleCode, RuleCounts, RulePath, RuleScope, RuleUnit, Text,
};
use chrono::NaiveDate;
use serde_json::json;

/// The most cells of a rule's name: one line of the passbook.
const RULE_CELLS: usize = 30;
/// The most cells of what must be shown for a rule: one line of the attendant's screen.
const EVIDENCE_CELLS: usize = 40;
/// The most cells of a degree's name: a button with its points.
const CHOICE_CELLS: usize = 20;
/// The most degrees of a rule. More cannot be told apart.
const MAX_CHOICES: usize = 9;
/// The longest notice of a list, in days. Source: the villages that post one do so for 3 to 7.
const MAX_NOTICE: i64 = 15;
/// Who records: a technician minds devices, never points.
const RECORDERS: [(Role, &str); 2] = [
    (Role::Attendant, Role::Attendant.name()),
    (Role::Manager, Role::Manager.name()),
];
/// The name of a set of rules.
const FACT: Parsed<String> = Parsed {
    pattern: "^[a-z0-9][a-z0-9-]{0,23}$",
    right: Text::of("right-set"),
    parse: fact,
};

form! {
    /// The rule book: what earns and what costs points.
    FILE "rules.toml" fn file(table, day: Option<NaiveDate>) -> Vec<Rule> {
        /// A rule.
        rules "rule": Tables::of(&RULE), usual(Vec::new()) => |_, all| {
            let (mut seen, mut facts) = (Unique::default(), Facts::default());
            let rules = each(&all, |table| {
                let rule = rule(table, &mut seen)?;
                judge(table, &rule, day);
                facts.note(table, &rule);
                Some(rule)
            });
            facts.judge();
            Some(rules)
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
        /// The text in the passbook.
        name "name": Both(RULE_CELLS), need;
        /// Whether it gives points or takes them.
        direction "direction": Choice(&Direction::ALL), need;
        /// The points for everyone; left out where `choices` has them.
        points "points": InPoints(1..=MAX_POINTS), may => |v, points| single(table, v, points);
        /// The points for members of a group, instead.
        groups "points-group": ByGroup(MAX_POINTS), usual(Vec::new()) => |v, groups| single(table, v, groups);
        /// The degrees, 2 to 9, where the amount goes by them.
        choices "choices": Tables::at_most(MAX_CHOICES, &CHOICE, Text::of("right-few-degrees")), usual(Vec::new())
            => |v, all| Some(choices(v, &all));
        /// What is taken the first, the second, the third time in a year, more each time; the first is `points`.
        repeat "repeat": Steps(MAX_POINTS), usual(Vec::new()) if "direction" in ["minus"]
            => |v, steps| steps_from(table, v, steps, points);
        /// What the points are counted by.
        unit "unit": Choice(&RuleUnit::ALL), need;
        /// The hours are service time.
        minutes "minutes": Flag, usual(false) if "direction" in ["plus"] => |v, minutes| {
            if minutes && unit.is_some_and(|unit| unit != RuleUnit::Hour) {
                v.wrong(Text::of("right-minutes"));
            }
            Some(minutes)
        };
        /// The most that one person can get by it in a period.
        cap "cap": Sub(&CAP), may => |_, table| cap(&table, least(points, groups.as_ref(), choices.as_ref()));
        /// The most in a period for all who live together.
        household_cap "household-cap": Sub(&CAP), may if "direction" in ["plus"]
            => |_, table| self::cap(&table, least(points, groups.as_ref(), choices.as_ref()));
        /// The first day on which it holds.
        from "from": Day, may;
        /// The last day on which it holds.
        until "until": Day, may => |v, until| {
            if from.is_some_and(|from| from > until) {
                v.wrong(Text::of("right-until"));
            }
            Some(until)
        };
        /// What must be shown for it, at most 40 cells.
        evidence "evidence": Both(EVIDENCE_CELLS), may;
        /// Who may record it, at least.
        recorder "recorder": Choice(&RECORDERS), need;
        /// Where it may be recorded: at the person's own station, at this one for whoever comes, or in the whole town.
        scope "scope": Choice(&RuleScope::ALL), usual(RuleScope::Home);
        /// Who must have said yes: nobody else, a second colleague, a committee, the guardian of a minor, the town bank.
        path "path": Choice(&RulePath::ALL), usual(RulePath::Direct);
        /// The code of the committee that decides.
        committee "committee": coded(CommitteeCode::parse), need if "path" or "direct" in ["review"];
        /// For how many days the list hangs out after a review before it is booked, 0 to 15.
        notice_days "notice-days": Whole(0..=MAX_NOTICE), usual(0) if "path" or "direct" in ["review"];
        /// More points than these at once want a second colleague.
        second_above "second-above": InPoints(1..=MAX_POINTS), may if "path" or "direct" in ["direct"];
        /// A resident may propose an entry, which then goes its path.
        proposable "self": Flag, usual(false) if "path" or "direct" in ["second", "review", "guardian", "town"]
            => |v, own| {
                if own && direction == Some(Direction::Minus) {
                    v.wrong(Text::of("right-self"));
                }
                Some(own)
            };
        /// What an entry changes: points to spend, the standing, or both.
        counts "counts": Choice(&RuleCounts::ALL), usual(RuleCounts::Both);
        /// The name of a set of rules under which one fact could come; of them the highest counts.
        same_fact "same-fact": FACT, may;
        /// What is given back when it is put right in time, or "none".
        remedy "remedy": Mending, may if "direction" in ["minus"];
        also json!({
            "if": { "required": ["choices"] },
            "then": { "properties": { "points": false, "points-group": false, "repeat": false } },
            "else": { "required": ["points"] },
        });
        also json!({ "properties": { "choices": { "minItems": 2 } } });
        also json!({ "if": { "required": ["repeat"] }, "then": { "properties": { "points-group": false } } });
        also json!({
            "if": { "required": ["minutes"], "properties": { "minutes": { "const": true } } },
            "then": { "properties": { "unit": { "const": "hour" } } },
        });
        also fair::minus();
        also fair::decided();
        also fair::guardian();
        check {
            if !table.holds("choices") && !table.holds("points") {
                table.missing("points");
            }
        }
    } => {
        let most = choices.iter().map(|choice: &RuleChoice| choice.points).max();
        let points = most.or(points)?;
        let remedy = remedy.flatten();
        Rule {
            code, category, name, direction, points, groups, choices, unit, minutes, cap, household_cap, from, until,
            evidence, recorder, scope, path, committee, notice_days, second_above, proposable, counts, same_fact, repeat,
            remedy,
        }
    }
}

form! {
    /// A degree with its points.
    CHOICE "{ zh, en, points }" fn choice(table, seen: &mut Unique) -> RuleChoice {
        /// What it is called in Chinese, at most 20 cells.
        zh "zh": Label(CHOICE_CELLS), need => |v, zh| Some(seen.first(v, "choice", zh));
        /// What it is called in English, at most 20 cells.
        en "en": Label(CHOICE_CELLS), need;
        /// The points for everyone.
        points "points": InPoints(1..=MAX_POINTS), need;
    } => RuleChoice { name: Bilingual { zh, en }, points }
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
fn least(
    points: Option<Points>,
    groups: Option<&Vec<(MemberGroup, Points)>>,
    choices: Option<&Vec<RuleChoice>>,
) -> i64 {
    let groups = groups.into_iter().flatten().map(|(_, points)| *points);
    let choices = choices.into_iter().flatten().map(|choice| choice.points);
    let all = groups.chain(choices).chain(points);
    all.map(Points::get).max().unwrap_or(1)
}

/// An amount of the rule itself, which has none where its degrees have theirs.
fn single<T>(table: &Table<'_>, value: Value<'_>, amount: T) -> Option<T> {
    if !table.holds("choices") {
        return Some(amount);
    }
    value.fault(beside(value, "choices"), Text::of("right-by-degree"));
    None
}

/// The degrees of a rule.
fn choices(value: Value<'_>, all: &[Table<'_>]) -> Vec<RuleChoice> {
    if all.len() < 2 {
        value.fault(Text::of("fault-degrees"), Text::of("right-degrees"));
    }
    let mut seen = Unique::default();
    each(all, |table| choice(table, &mut seen))
}

/// What is taken time after time, beginning with what the rule says everywhere else.
fn steps_from(
    table: &Table<'_>,
    value: Value<'_>,
    steps: Vec<Points>,
    points: Option<Points>,
) -> Option<Vec<Points>> {
    if table.holds("points-group") {
        let wrong = beside(value, "points-group");
        value.fault(wrong, Text::of("right-by-time"));
        return None;
    }
    let steps = single(table, value, steps)?;
    if let Some((first, points)) = steps.first().zip(points).filter(|(a, b)| *a != b) {
        value.fault(
            Text::of("fault-repeat-first")
                .word("first", first)
                .word("points", points),
            Text::of("right-repeat-first"),
        );
    }
    Some(steps)
}

/// A key and another one that do not go together.
fn beside(value: Value<'_>, other: &str) -> Text {
    let text = Text::of("fault-beside").word("key", value.key());
    text.word("other", other)
}

fn fact(text: &str) -> Option<String> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let good = (1..=24).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(fits);
    good.then(|| text.to_owned())
}
