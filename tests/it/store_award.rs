//! Points by rule, against a ledger on disk: what the rule gives, what caps it, who signs and for whom.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::station::till::{Fill as _, Till as _, giving};
use crate::station::{Dir, alice, at, bob, card, noon, op, open, person, quote, staff_id};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::slice;
use wenming::domain::{
    AccountId, Booked, Catalogue, Direction, HouseholdCode, Member, OpId, Period, Points, Refusal,
    Role, Rule, RuleCap, RuleChoice, RuleCode, RuleCounts, RulePath, RuleUnit, Staff, StaffEntry,
    no,
};
use wenming::services::{Actor, Command, Order, Signature};
use wenming::store::Store;

fn rule(code: &str, points: i64) -> Rule {
    giving(&RuleCode::parse(code).unwrap(), Points::new(points))
}

fn book(store: &mut Store, rule: &Rule, order: &Order) -> Result<Booked, Refusal> {
    let books = (&Catalogue::default(), slice::from_ref(rule));
    store.book(&noon(), books, order).unwrap()
}

/// An award of the station's rule, signed by these.
fn order(key: OpId, rule: &Rule, what: &Value, signed: (&str, Option<&str>)) -> Order {
    let mut what = what.clone();
    what.as_object_mut()
        .unwrap()
        .insert("about".to_owned(), rule.code.as_str().into());
    Order {
        key,
        signed: Signature {
            actor: Actor::Staff(staff_id(signed.0)),
            second: signed.1.map(staff_id),
        },
        command: Command::read("award", what).unwrap().unwrap(),
    }
}

fn award(store: &mut Store, key: u8, rule: &Rule, who: &AccountId) -> Result<i64, Refusal> {
    let what = json!({ "who": who, "n": 1 });
    let order = order(op(key), rule, &what, ("A001", None));
    book(store, rule, &order).map(|booked| booked.points.get())
}

#[test]
fn a_cap_leaves_what_is_left_and_then_nothing() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let cap = RuleCap {
        points: Points::new(10),
        period: Period::Month,
    };
    let capped = Rule {
        cap: Some(cap),
        ..rule("CAPPED", 4)
    };
    let given = [1, 2, 3, 4].map(|key| award(&mut store, key, &capped, &alice()));
    assert_eq!(given, [Ok(4), Ok(4), Ok(2), Ok(0)]);
    assert_eq!(award(&mut store, 5, &capped, &bob()), Ok(4));
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 110);
    assert_eq!(dir.free(bob().as_str(), "POINTS"), 104);
    // All of them stand in the log, and say how many points came of it.
    let sql = "SELECT sum(json_extract(body, '$.what.points')) FROM operation WHERE kind = 'award' AND about = 'CAPPED'";
    assert_eq!(dir.number(sql), 14);
}

#[test]
fn a_day_counts_once_and_what_was_undone_does_not() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let daily = Rule {
        unit: RuleUnit::Day,
        ..rule("DAILY", 1)
    };
    let what = json!({ "who": alice(), "n": 1 });
    let first = order(op(1), &daily, &what, ("A001", None));
    let first = book(&mut store, &daily, &first).unwrap();
    let again = award(&mut store, 2, &daily, &alice());
    assert_eq!(again, Err(no("rule-once")));
    let key = op(9);
    store
        .reverse(&noon(), key, first.seq, &staff_id("A001"))
        .unwrap()
        .unwrap();
    assert_eq!(award(&mut store, 3, &daily, &alice()), Ok(1));
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 101);
}

#[test]
fn what_somebody_must_decide_first_is_no_award() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let before = dir.count("award");
    let degree = |points| RuleChoice {
        name: rule("DEGREE", 1).name,
        points: Points::new(points),
    };
    let paths = RulePath::ALL
        .into_iter()
        .filter(|(path, _)| *path != RulePath::Direct)
        .map(|(path, _)| Rule {
            path,
            ..rule("PATH", 1)
        });
    let others = [
        Rule {
            choices: vec![degree(1), degree(2)],
            ..rule("DEGREE", 2)
        },
        Rule {
            counts: RuleCounts::Standing,
            ..rule("STANDING", 1)
        },
    ];
    let refused: Vec<_> = (1..)
        .zip(paths.chain(others))
        .map(|(key, rule)| award(&mut store, key, &rule, &alice()))
        .collect();
    assert_eq!(refused, vec![Err(no("rule-path")); 6]);
    let minus = Rule {
        direction: Direction::Minus,
        path: RulePath::Second,
        ..rule("MINUS", 1)
    };
    let taken = award(&mut store, 9, &minus, &alice());
    assert_eq!(taken, Err(no("rule-minus")));
    let both = Rule {
        counts: RuleCounts::Points,
        ..rule("BOTH", 1)
    };
    assert_eq!(award(&mut store, 10, &both, &alice()), Ok(1));
    assert_eq!(dir.count("award"), before + 1);
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 101);
}

#[test]
fn much_at_once_wants_a_second_person() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let much = Rule {
        second_above: Some(Points::new(10)),
        ..rule("MUCH", 5)
    };
    let mut enter = |key, n, second| {
        let what = json!({ "who": alice(), "n": n });
        let order = order(op(key), &much, &what, ("A001", second));
        book(&mut store, &much, &order).map(|booked| booked.points.get())
    };
    assert_eq!(enter(1, 2, None), Ok(10));
    assert_eq!(enter(2, 3, None), Err(no("second-person")));
    assert_eq!(enter(3, 3, Some("B002")), Ok(15));
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 125);
    let signed = "SELECT count(*) FROM operation WHERE kind = 'award' AND approver = 'B002'";
    assert_eq!(dir.number(signed), 1);
}

#[test]
fn points_come_out_of_the_budget_and_to_those_who_have_an_account() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let left = dir.free("BUDGET", "POINTS");
    let rich = award(&mut store, 1, &rule("RICH", left + 1), &alice());
    assert_eq!(rich, Err(no("no-budget")));
    assert_eq!(
        award(&mut store, 2, &rule("RICH", left), &alice()),
        Ok(left)
    );
    assert_eq!(dir.free("BUDGET", "POINTS"), 0);
    let nobody = AccountId::resident([9; 8]);
    let unknown = award(&mut store, 3, &rule("ONE", 1), &nobody);
    assert_eq!(unknown, Err(no("account-unknown")));
}

#[test]
fn a_deed_of_another_day_wants_two_people_and_is_not_older_than_a_month() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let today = noon().date();
    let one = rule("ONE", 1);
    let mut enter = |key, day: NaiveDate, second| {
        let what = json!({ "who": alice(), "n": 1, "day": day });
        let order = order(op(key), &one, &what, ("A001", second));
        book(&mut store, &one, &order).map(|booked| booked.points.get())
    };
    let ago = |days| today.checked_sub_days(Days::new(days)).unwrap();
    let too_far = || Err(no("day-too-far").count("days", 31));
    assert_eq!(enter(1, ago(1), None), Err(no("second-person")));
    assert_eq!(enter(2, ago(1), Some("B002")), Ok(1));
    assert_eq!(enter(3, ago(31), Some("B002")), Ok(1));
    assert_eq!(enter(4, ago(32), Some("B002")), too_far());
    assert_eq!(enter(5, today.succ_opt().unwrap(), Some("B002")), too_far());
    let days = format!("SELECT count(*) FROM operation WHERE day = '{}'", ago(31));
    assert_eq!(dir.number(&days), 1);
}

#[test]
fn nobody_signs_for_the_own_household() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let mut opened = |name: &str, random| {
        let person = Member {
            household: HouseholdCode::parse("H-0001"),
            ..person(name, AccountId::resident(random))
        };
        let booked = store.write(&noon(), |writer| writer.open_account(&person));
        booked.unwrap().unwrap();
        person.account
    };
    let (mother, son) = (opened("王五", [0xC0; 8]), opened("王六", [0xD0; 8]));
    let mut staff = crate::station::staff();
    staff.push(StaffEntry {
        staff: Staff {
            id: staff_id("C003"),
            name: "王六".to_owned(),
            role: Role::Attendant,
            account: Some(son),
        },
        badge: card("BADGE003"),
        pin_hash: staff.first().unwrap().pin_hash.clone(),
    });
    let catalogue = crate::station::catalogue();
    store.apply_config(&noon(), &catalogue, &staff).unwrap();
    let one = rule("ONE", 1);
    let what = json!({ "who": mother, "n": 1 });
    let mut by = |key, signed| book(&mut store, &one, &order(op(key), &one, &what, signed));
    assert_eq!(by(1, ("C003", None)), Err(no("own-household")));
    assert_eq!(by(2, ("A001", Some("C003"))), Err(no("own-household")));
    assert!(by(3, ("A001", None)).is_ok());
    assert_eq!(dir.free(mother.as_str(), "POINTS"), 1);
}

#[test]
fn what_is_the_holders_only_the_holder_does() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let catalogue = crate::station::catalogue();
    let rice = quote(&mut store, &alice(), "RICE", 1);
    let redeem = Command::redeem(&alice(), &rice.wish, (None, None));
    let order = |key, actor, command| Order {
        key,
        signed: Signature::of(actor),
        command,
    };
    let stranger = order(op(1), Actor::Holder(bob()), redeem);
    let books = (&catalogue, &[][..]);
    let refused = store.book(&noon(), books, &stranger).unwrap();
    assert_eq!(refused, Err(no("not-holder")));
    let later = at("2026-11-23T12:01:00+08:00", 61_000);
    let held = store.hold(&later, &catalogue, &alice(), &rice).unwrap();
    let void = Command::void(held.unwrap().seq);
    let stranger = order(op(2), Actor::Holder(bob()), void);
    let refused = store.book(&later, books, &stranger).unwrap();
    assert_eq!(refused, Err(no("not-holder")));
    assert_eq!((dir.count("hold"), dir.count("void")), (1, 0));
}
