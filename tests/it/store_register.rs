//! Accounts and cards by commands, against a ledger on disk: who may have an account, what the log says of it, and how people are
//! found.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::station::till::books;
use crate::station::{Dir, alice, assert_clean, bob, card, noon, op, open, staff_id};
use serde_json::{Value, json};
use wenming::domain::{AccountId, Booked, Catalogue, Refusal, no};
use wenming::services::{Actor, Command, Order, Signature};
use wenming::store::Store;

fn book(store: &mut Store, key: u8, (kind, what): (&str, &Value)) -> Result<Booked, Refusal> {
    let order = Order {
        key: op(key),
        signed: Signature::of(Actor::Staff(staff_id("A001"))),
        command: Command::read(kind, what.clone()).unwrap().unwrap(),
    };
    let catalogue = Catalogue::default();
    store.book(&noon(), books(&catalogue, &[]), &order).unwrap()
}

/// Somebody who opens an account; `person` and `more` are put in the place of what is usual.
fn someone(person: &Value, more: &Value) -> Value {
    let mut what = json!({
        "holder": "individual",
        "group": "villager",
        "consent": "own",
        "person": { "name": "张小明", "birth-year": 1952 },
    });
    let put = |to: &mut Value, with: &Value| {
        let with = with.as_object().unwrap().clone();
        to.as_object_mut().unwrap().extend(with);
    };
    put(&mut what["person"], person);
    put(&mut what, more);
    what
}

#[test]
fn an_account_is_opened_and_its_name_stands_beside_the_log() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let what = someone(&json!({}), &json!({}));
    let opened = book(&mut store, 1, ("account-opened", &what)).unwrap();
    let who = opened.who.clone().unwrap();
    assert!(who.is_resident());
    // The same command again is answered, not repeated.
    let again = book(&mut store, 1, ("account-opened", &what)).unwrap();
    assert_eq!(again, opened);
    assert_eq!(dir.count("account-opened"), 3);
    let row = "SELECT count(*) FROM resident r JOIN account a ON a.id = r.account
                WHERE r.name = '张小明' AND r.number = 3 AND a.kind = 'resident'";
    assert_eq!(dir.number(row), 1);
    let leaks = "SELECT count(*) FROM operation WHERE body LIKE '%张小明%' OR body LIKE '%1952%'";
    assert_eq!(dir.number(leaks), 0);
    let body = "SELECT count(*) FROM operation WHERE kind = 'account-opened' AND n = 3
                 AND who LIKE 'R-%' AND actor = 'A001' AND json_extract(body, '$.what.consent') = 'own'";
    assert_eq!(dir.number(body), 1);
    assert_clean(&store);
}

#[test]
fn who_may_have_an_account() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let nothing = json!({});
    let child = json!({ "birth-year": 2015 });
    let rows = [
        (
            json!({ "name": " \u{200b}" }),
            nothing.clone(),
            Some("no-name"),
        ),
        (
            json!({ "birth-year": 1850 }),
            nothing.clone(),
            Some("birth-year"),
        ),
        (
            json!({ "birth-year": 2031 }),
            nothing.clone(),
            Some("birth-year"),
        ),
        (child.clone(), json!({ "group": "minor" }), Some("guardian")),
        (
            child.clone(),
            json!({ "guardian": "R-00000000000000FF" }),
            Some("guardian"),
        ),
        (
            child.clone(),
            json!({ "guardian": alice(), "consent": "guardian" }),
            None,
        ),
        // Whoever agrees for a child is the guardian, with the own account.
        (
            child.clone(),
            json!({ "guardian": alice() }),
            Some("guardian"),
        ),
        (
            nothing.clone(),
            json!({ "consent": "guardian" }),
            Some("guardian"),
        ),
        // A number that the station has not come to.
        (nothing.clone(), json!({ "n": 1 }), Some("op-reused")),
        // From 14 on a person agrees alone.
        (json!({ "birth-year": 2012 }), nothing.clone(), None),
        (json!({ "birth-year": null }), nothing.clone(), None),
        (
            nothing.clone(),
            json!({ "who": "BUDGET" }),
            Some("account-unknown"),
        ),
        (
            nothing.clone(),
            json!({ "who": alice() }),
            Some("already-there"),
        ),
        (nothing, json!({ "person": null }), Some("no-name")),
    ];
    for (key, (person, more, want)) in (1..).zip(rows) {
        let before = dir.number("SELECT count(*) FROM resident");
        let what = someone(&person, &more);
        let got = book(&mut store, key, ("account-opened", &what));
        let code = got.as_ref().err().map(Refusal::code);
        assert_eq!(code, want, "{what}");
        let opened = i64::from(want.is_none());
        assert_eq!(dir.number("SELECT count(*) FROM resident"), before + opened);
    }
    assert_clean(&store);
}

fn card_of(who: &AccountId, number: &str) -> Value {
    json!({ "who": who, "card": "card", "number": number })
}

/// Books one after the other, each with its own key, and compares why each is refused.
fn check(store: &mut Store, first: u8, rows: &[(&str, Value, Option<&str>)]) {
    for (key, (kind, what, want)) in (first..).zip(rows) {
        let got = book(store, key, (kind, what));
        let code = got.as_ref().err().map(Refusal::code);
        assert_eq!(code, *want, "{kind} {what}");
    }
}

fn opens(store: &Store, number: &str) -> Result<AccountId, Refusal> {
    let found = store.statement_by_card(&card(number)).unwrap();
    found.map(|statement| statement.member.account)
}

#[test]
fn a_card_is_one_persons_until_it_is_blocked_and_for_ever_after() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let nobody = AccountId::resident([0xEE; 8]);
    let unsaid = json!({ "who": alice(), "card": "card" });
    let lost = |who| json!({ "who": who, "number": "00000001" });
    let rows = [
        (
            "card-issued",
            card_of(&alice(), "00000002"),
            Some("card-taken"),
        ),
        (
            "card-issued",
            card_of(&alice(), "00000001"),
            Some("card-taken"),
        ),
        (
            "card-issued",
            card_of(&alice(), "BADGE001"),
            Some("card-staff"),
        ),
        (
            "card-issued",
            card_of(&alice(), "00000000"),
            Some("card-shared"),
        ),
        ("card-issued", unsaid, Some("card-unreadable")),
        (
            "card-issued",
            card_of(&nobody, "00000077"),
            Some("account-unknown"),
        ),
        ("card-issued", card_of(&alice(), "00000077"), None),
        // One card is lost, the other goes on.
        ("card-blocked", lost(bob()), Some("card-unknown")),
        ("card-blocked", lost(alice()), None),
        ("card-blocked", lost(alice()), Some("card-blocked")),
    ];
    check(&mut store, 1, &rows);
    assert_eq!(opens(&store, "00000001"), Err(no("card-blocked")));
    assert_eq!(opens(&store, "00000077"), Ok(alice()));
    // All of them; a blocked number is nobody else's ever.
    let all = json!({ "who": alice() });
    let rows = [
        ("card-blocked", all.clone(), None),
        ("card-blocked", all, Some("card-blocked")),
        (
            "card-issued",
            card_of(&bob(), "00000077"),
            Some("card-taken"),
        ),
    ];
    check(&mut store, 20, &rows);
    assert_eq!(opens(&store, "00000077"), Err(no("card-blocked")));
    let leaks = "SELECT count(*) FROM operation WHERE body LIKE '%00000077%'";
    assert_eq!(dir.number(leaks), 0);
    assert_clean(&store);
}

#[test]
fn a_key_with_another_person_or_card_is_no_repeat() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let taken = [
        (
            "account-opened",
            someone(&json!({}), &json!({})),
            someone(&json!({ "name": "张大明" }), &json!({})),
        ),
        (
            "card-issued",
            card_of(&alice(), "00000077"),
            card_of(&alice(), "00000078"),
        ),
        (
            "card-blocked",
            card_of(&alice(), "00000001"),
            card_of(&alice(), "00000077"),
        ),
    ];
    for (key, (kind, mut first, mut other)) in (1..).zip(taken) {
        if kind == "card-blocked" {
            for what in [&mut first, &mut other] {
                what.as_object_mut().unwrap().remove("card");
            }
        }
        let done = book(&mut store, key, (kind, &first)).unwrap();
        assert_eq!(book(&mut store, key, (kind, &first)), Ok(done), "{kind}");
        assert_eq!(
            book(&mut store, key, (kind, &other)),
            Err(no("op-reused")),
            "{kind}"
        );
    }
    assert_eq!(opens(&store, "00000077"), Ok(alice()));
    assert_eq!(opens(&store, "00000078"), Err(no("card-unknown")));
    assert_eq!(
        dir.number("SELECT count(*) FROM resident WHERE name = '张大明'"),
        0
    );
}

#[test]
fn with_little_room_nobody_is_taken_in_and_a_lost_card_is_blocked() {
    let dir = Dir::new();
    let mut store = open(&dir);
    store.hold_free(u64::MAX);
    let rows = [
        (
            "account-opened",
            someone(&json!({}), &json!({})),
            Some("disk-low"),
        ),
        (
            "card-issued",
            card_of(&alice(), "00000077"),
            Some("disk-low"),
        ),
        ("card-blocked", json!({ "who": alice() }), None),
    ];
    check(&mut store, 1, &rows);
    assert_eq!(
        (
            dir.number("SELECT count(*) FROM resident"),
            dir.count("card-blocked")
        ),
        (2, 1)
    );
}

#[test]
fn people_are_found_by_number_and_by_first_letters() {
    let dir = Dir::new();
    let mut store = open(&dir);
    for (key, name) in (1..).zip(["曾理", "张小明", "欧阳小芳"]) {
        let what = someone(&json!({ "name": name }), &json!({}));
        book(&mut store, key, ("account-opened", &what)).unwrap();
    }
    let found = |typed: &str| -> Vec<String> {
        let found = store.find_people(typed, 20).unwrap();
        found
            .into_iter()
            .map(|(member, n)| format!("{n} {}", member.name))
            .collect()
    };
    // 张三友 is 1 and zsy, 李四 2 and ls.
    assert_eq!(found("1"), ["1 张三友"]);
    assert_eq!(found("04"), ["4 张小明"]);
    assert_eq!(found("9"), ["1 张三友", "3 曾理", "4 张小明"]);
    assert_eq!(found("996"), ["4 张小明"]);
    assert_eq!(found("25"), ["3 曾理"]);
    assert_eq!(found("95"), ["3 曾理"]);
    assert_eq!(found("6993"), ["5 欧阳小芳"]);
    assert_eq!(found("777"), [""; 0]);
    assert_eq!(store.find_people("9", 2).unwrap().len(), 2);
}
