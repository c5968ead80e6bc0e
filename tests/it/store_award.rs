//! Points by rule, against a ledger on disk: what the rule gives, what caps it, who signs and for whom.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::station::till::{Fill as _, Till as _, books, giving};
use crate::station::{Dir, alice, at, bob, card, noon, op, open, person, quote, staff_id};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::slice;
use wenming::domain::{
    AccountId, Booked, Books, Catalogue, Direction, HouseholdCode, Member, OpId, Period, Points,
    Refusal, Role, Rule, RuleCap, RuleChoice, RuleCode, RuleCounts, RulePath, RuleUnit, Seq, Staff,
    StaffEntry, no,
};
use wenming::services::{Actor, Command, Order, Signature, Why};
use wenming::store::Store;

/// So many points are corrected by one alone.
const ALONE: i64 = 50;

fn rule(code: &str, points: i64) -> Rule {
    giving(&RuleCode::parse(code).unwrap(), Points::new(points))
}

fn book(store: &mut Store, rule: &Rule, order: &Order) -> Result<Booked, Refusal> {
    let none = Catalogue::default();
    let books = Books {
        alone: Points::new(ALONE),
        ..books(&none, slice::from_ref(rule))
    };
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
    let paths = RulePath::ALL
        .into_iter()
        .filter(|(path, _)| !matches!(path, RulePath::Direct | RulePath::Second))
        .map(|(path, _)| Rule {
            path,
            ..rule("PATH", 1)
        });
    let others = [Rule {
        counts: RuleCounts::Standing,
        ..rule("STANDING", 1)
    }];
    let refused: Vec<_> = (1..)
        .zip(paths.chain(others))
        .map(|(key, rule)| award(&mut store, key, &rule, &alice()))
        .collect();
    assert_eq!(refused, vec![Err(no("rule-path")); 4]);
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
fn the_path_of_a_second_colleague_wants_one() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let seen = Rule {
        path: RulePath::Second,
        ..rule("SEEN", 1)
    };
    let what = json!({ "who": alice(), "n": 1 });
    for (key, second, answer) in [
        (1, None, Err(no("second-person"))),
        (2, Some("A001"), Err(no("second-person"))),
        (3, Some("B002"), Ok(1)),
    ] {
        let order = order(op(key), &seen, &what, ("A001", second));
        let booked = book(&mut store, &seen, &order);
        assert_eq!(booked.map(|booked| booked.points.get()), answer, "{key}");
    }
    let signed = "SELECT count(*) FROM operation WHERE kind = 'award' AND about = 'SEEN' AND actor = 'A001' AND approver = 'B002'";
    assert_eq!(dir.number(signed), 1);
}

#[test]
fn a_rule_with_degrees_gives_what_its_degree_says() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let degree = |points| RuleChoice {
        name: rule("DEGREE", 1).name,
        points: Points::new(points),
    };
    let rule = Rule {
        choices: vec![degree(50), degree(5)],
        ..rule("DEGREE", 50)
    };
    let most = || Err(no("quantity").count("max", 2));
    for (key, degree, answer) in [
        (1, None, most()),
        (2, Some(0), most()),
        (3, Some(3), most()),
        (4, Some(2), Ok(10)),
        (5, Some(1), Ok(100)),
    ] {
        let what = json!({ "who": alice(), "n": 2, "degree": degree });
        let order = order(op(key), &rule, &what, ("A001", None));
        let booked = book(&mut store, &rule, &order);
        assert_eq!(
            booked.map(|booked| booked.points.get()),
            answer,
            "{degree:?}"
        );
    }
    // A rule without degrees knows none.
    let what = json!({ "who": alice(), "n": 1, "degree": 1 });
    let order = order(op(6), &self::rule("PLAIN", 1), &what, ("A001", None));
    let plain = book(&mut store, &self::rule("PLAIN", 1), &order);
    assert_eq!(plain, Err(no("quantity").count("max", 0)));
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 100 + 110);
}

#[test]
fn one_fact_counts_once_and_by_its_highest_rule() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let of = |code, points| Rule {
        same_fact: Some("clean".to_owned()),
        ..rule(code, points)
    };
    let rules = [
        of("LOW", 4),
        of("HIGH", 10),
        rule("OTHER", 3),
        of("MIDDLE", 7),
    ];
    let none = Catalogue::default();
    let mut award = |key, rule: &Rule, who: &AccountId| {
        let what = json!({ "who": who, "n": 1 });
        let order = order(op(key), rule, &what, ("A001", None));
        let booked = store.book(&noon(), books(&none, &rules), &order).unwrap();
        booked.map(|booked| booked.points.get())
    };
    let [low, high, other, middle] = &rules;
    // The higher one later brings what it has more, the lower one nothing.
    assert_eq!(award(1, low, &alice()), Ok(4));
    assert_eq!(award(2, other, &alice()), Ok(3));
    assert_eq!(award(3, high, &alice()), Ok(6));
    assert_eq!(award(4, low, &alice()), Err(no("same-fact")));
    // Three rules in rising order come to the highest, not to more.
    assert_eq!(award(7, low, &bob()), Ok(4));
    assert_eq!(award(8, middle, &bob()), Ok(3));
    assert_eq!(award(9, high, &bob()), Ok(3));
    assert_eq!(award(6, low, &bob()), Err(no("same-fact")));
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 100 + 13);
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
    let of = by(4, ("A001", None)).unwrap().seq;
    for signed in [("C003", None), ("A001", Some("C003"))] {
        let refused = book(&mut store, &one, &mend(5, of, signed));
        assert_eq!(refused, Err(no("own-household")), "{signed:?}");
    }
    assert!(book(&mut store, &one, &mend(6, of, ("A001", None))).is_ok());
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
    let books = books(&catalogue, &[]);
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

/// A reversal, signed by these.
fn mend(key: u8, of: Seq, (actor, second): (&str, Option<&str>)) -> Order {
    Order {
        key: op(key),
        signed: Signature {
            actor: Actor::Staff(staff_id(actor)),
            second: second.map(staff_id),
        },
        command: Command::reversal(of, Why::Untrue),
    }
}

/// A station with a manager and a technician beside its attendants.
fn with_ranks(dir: &Dir) -> Store {
    let mut store = open(dir);
    let mut staff = crate::station::staff();
    let pin_hash = staff.first().unwrap().pin_hash.clone();
    for (id, role) in [("M003", Role::Manager), ("T004", Role::Technician)] {
        staff.push(StaffEntry {
            staff: Staff {
                id: staff_id(id),
                name: id.to_owned(),
                role,
                account: None,
            },
            badge: card(&format!("BADGE{id}")),
            pin_hash: pin_hash.clone(),
        });
    }
    let catalogue = crate::station::catalogue();
    store.apply_config(&noon(), &catalogue, &staff).unwrap();
    store
}

/// What is worth much, and what only the manager may record, nobody takes back alone.
#[test]
fn a_correction_that_one_may_not_sign_is_signed_by_two() {
    let dir = Dir::new();
    let mut store = with_ranks(&dir);
    let large = || rule("LARGE", ALONE + 1);
    let chief = || Rule {
        recorder: Role::Manager,
        ..rule("CHIEF", 1)
    };
    let too_low = |role| Err(Refusal::role_too_low(role));
    let two = || Err(no("second-person"));
    let cases = [
        // Up to the size one signs alone, above it two of the desk.
        (rule("SMALL", ALONE), ("A001", None), Ok(())),
        (large(), ("A001", None), two()),
        (large(), ("M003", None), two()),
        (large(), ("A001", Some("A001")), two()),
        (large(), ("A001", Some("T004")), too_low("attendant")),
        (large(), ("A001", Some("B002")), Ok(())),
        // A manager's rule wants the manager, first or second, however little it is.
        (chief(), ("A001", None), too_low("manager")),
        (chief(), ("A001", Some("B002")), too_low("manager")),
        (chief(), ("M003", None), Ok(())),
        (chief(), ("A001", Some("M003")), Ok(())),
    ];
    for (n, (rule, signed, want)) in (1_u8..).zip(cases) {
        let what = json!({ "who": alice(), "n": 1 });
        let award = order(op(n), &rule, &what, ("M003", None));
        let of = book(&mut store, &rule, &award).unwrap().seq;
        let mended = book(&mut store, &rule, &mend(100 + n, of, signed));
        assert_eq!(mended.map(drop), want, "{} {signed:?}", rule.code);
    }
    let two =
        "SELECT count(*) FROM operation WHERE kind = 'reversal' AND approver IN ('B002', 'M003')";
    assert_eq!((dir.count("reversal"), dir.number(two)), (4, 2));
}

/// Neither as the first nor as the second does one sign for oneself.
#[test]
fn nobody_corrects_for_the_own_account() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let small = rule("OWN", 1);
    let what = json!({ "who": bob(), "n": 1 });
    let award = order(op(40), &small, &what, ("A001", None));
    let of = book(&mut store, &small, &award).unwrap().seq;
    for (key, signed) in [(41, ("B002", None)), (42, ("A001", Some("B002")))] {
        let refused = book(&mut store, &small, &mend(key, of, signed));
        assert_eq!(refused, Err(no("own-account")), "{signed:?}");
    }
    assert_eq!(dir.count("reversal"), 0);
}
