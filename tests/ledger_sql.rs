//! The ledger refuses what is wrong from anyone who opens the file: plain SQL, default settings.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod station;

use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use station::{Dir, alice, assert_clean, bob, catalogue, noon, op, open, quote, staff_id};
use wenming::store::{Store, Voider};

/// What one forged operation looks like; every field is right unless a row of the table says otherwise.
struct Forged {
    kind: &'static str,
    actor: String,
    approver: Option<&'static str>,
    pends: Option<i64>,
    reverses: Option<i64>,
    legs: Vec<Leg>,
}

/// Unit, debit, credit, amount.
type Leg = (&'static str, String, String, i64);

fn forged(kind: &'static str, actor: &str, legs: Vec<Leg>) -> Forged {
    Forged {
        kind,
        actor: actor.to_owned(),
        approver: None,
        pends: None,
        reverses: None,
        legs,
    }
}

fn leg(unit: &'static str, debit: &str, credit: &str, amount: i64) -> Leg {
    (unit, debit.to_owned(), credit.to_owned(), amount)
}

fn phase(kind: &str) -> &str {
    if ["hold", "post", "void"].contains(&kind) {
        kind
    } else {
        "single"
    }
}

/// SQL that appends the operation with a right body, hash and legs, as a careful forger would.
fn sql(conn: &Connection, forged: &Forged) -> String {
    let head = "SELECT coalesce(max(seq), 0), (SELECT hash FROM operation ORDER BY seq DESC) FROM operation";
    let (last, prev): (i64, String) = conn
        .query_row(head, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let seq = last + 1;
    let id = format!("{seq:032x}");
    let phase = phase(forged.kind);
    let legs: Vec<Value> = forged
        .legs
        .iter()
        .map(|(unit, debit, credit, amount)| {
            json!({"amount": amount, "bucket": 0, "credit": credit, "debit": debit,
                   "phase": phase, "unit": unit})
        })
        .collect();
    let mut body = json!({"actor": forged.actor, "boot": "00".repeat(16), "kind": forged.kind,
        "legs": legs, "mono": 5, "op": id, "seq": seq, "v": 1, "wall": 7, "what": {}});
    for (key, value) in [
        ("approver", forged.approver.map(Value::from)),
        ("pends", forged.pends.map(Value::from)),
        ("reverses", forged.reverses.map(Value::from)),
    ] {
        if let Some(value) = value {
            body.as_object_mut().unwrap().insert(key.to_owned(), value);
        }
    }
    let body = body.to_string();
    let digest = Sha256::digest(format!("{prev}{body}"));
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let null = |n: Option<i64>| n.map_or("NULL".to_owned(), |n| n.to_string());
    let approver = forged
        .approver
        .map_or("NULL".to_owned(), |text| format!("'{text}'"));
    let mut sql = format!(
        "INSERT INTO operation(seq,op_id,kind,actor,approver,pends,reverses,wall_ms,boot,mono_ms,nlegs,body,prev,hash)
         VALUES ({seq},x'{id}','{}','{}',{approver},{},{},7,zeroblob(16),5,{},'{body}','{prev}','{hash}');",
        forged.kind,
        forged.actor,
        null(forged.pends),
        null(forged.reverses),
        forged.legs.len(),
    );
    for (n, (unit, debit, credit, amount)) in (1..).zip(&forged.legs) {
        sql.push_str(&transfer(
            seq,
            n,
            phase,
            (unit, debit, credit, &amount.to_string()),
        ));
    }
    sql
}

fn transfer(
    seq: i64,
    n: i64,
    phase: &str,
    (unit, debit, credit, amount): (&str, &str, &str, &str),
) -> String {
    format!(
        "INSERT INTO transfer VALUES ({seq},{n},'{phase}',(SELECT id FROM unit WHERE code='{unit}'),0,
           (SELECT id FROM account WHERE name='{debit}'),(SELECT id FROM account WHERE name='{credit}'),{amount});"
    )
}

/// Runs SQL in one transaction that is rolled back or refused; answers with the refusal.
fn refusal(conn: &Connection, sql: &str) -> String {
    let answer = conn.execute_batch(&format!("BEGIN IMMEDIATE; {sql} COMMIT;"));
    if !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK").unwrap();
    }
    answer.map_or_else(|error| error.to_string(), |()| "accepted".to_owned())
}

/// Runs every row on one station; each must be refused with its fragment, and nothing may be left.
fn check_all(dir: &Dir, store: &Store, rows: &[(&str, String, &str)]) {
    let conn = dir.plain();
    let before = dir.number("SELECT count(*) FROM operation");
    for (name, sql, fragment) in rows {
        let answer = refusal(&conn, sql);
        assert!(answer.contains(fragment), "{name}: {answer}\n{sql}");
    }
    assert_eq!(dir.number("SELECT count(*) FROM operation"), before);
    assert_clean(store);
}

#[test]
fn rows_are_never_changed_or_removed() {
    let dir = Dir::new();
    let store = open(&dir);
    let mut rows: Vec<(&str, String, &str)> = Vec::new();
    for (table, set, why) in [
        ("operation", "wall_ms = 0", "append-only"),
        ("transfer", "amount = 1", "append-only"),
        ("account", "floored = 0", "append-only"),
        ("unit", "code = 'I-X'", "append-only"),
        ("kind", "legs = 1", "fixed by the schema"),
    ] {
        rows.push((table, format!("UPDATE {table} SET {set};"), why));
        rows.push((table, format!("UPDATE OR REPLACE {table} SET {set};"), why));
        rows.push((table, format!("DELETE FROM {table};"), why));
    }
    for (name, sql, why) in [
        (
            "delete balance",
            "DELETE FROM balance;",
            "kept by transfers",
        ),
        (
            "forged balance",
            "UPDATE balance SET credits = credits + 1000;",
            "only by a transfer",
        ),
        (
            "forged hold",
            "UPDATE balance SET held = 0, touched = touched + 1;",
            "only by a transfer",
        ),
        (
            "changed floor",
            "UPDATE balance SET floored = 0;",
            "only by a transfer",
        ),
        (
            "counted again",
            "UPDATE balance SET credits = credits + 9 WHERE account = 1;",
            "only by a transfer",
        ),
        (
            "new balance",
            "INSERT INTO balance VALUES (1, 1, 7, 1, 0, 500, 0, 0);",
            "begins with zeros",
        ),
        (
            "unfloored balance",
            "INSERT INTO balance VALUES (1, 1, 7, 0, 0, 0, 0, 0);",
            "begins with zeros",
        ),
        (
            "replaced balance",
            "INSERT OR REPLACE INTO balance SELECT account, unit, bucket, floored, 0, 0, 0, 0 FROM balance;",
            "balance: exists",
        ),
        (
            "replaced account",
            "INSERT OR REPLACE INTO account VALUES (2, 'BUDGET', 'hq', 0);",
            "account: exists",
        ),
        (
            "replaced name",
            "INSERT OR REPLACE INTO account VALUES (99, 'BUDGET', 'hq', 0);",
            "account: exists",
        ),
        (
            "resident without floor",
            "INSERT INTO account VALUES (99, 'R-1', 'resident', 0);",
            "CHECK",
        ),
        (
            "replaced unit",
            "INSERT OR REPLACE INTO unit VALUES (1, 'I-RICE');",
            "unit: exists",
        ),
        (
            "new kind",
            "INSERT INTO kind VALUES ('gift', 'single', 1, 0, 0, 0);",
            "fixed by the schema",
        ),
    ] {
        rows.push((name, sql.to_owned(), why));
    }
    check_all(&dir, &store, &rows);
}

#[test]
fn the_chain_takes_only_the_next_operation() {
    let dir = Dir::new();
    let store = open(&dir);
    let conn = dir.plain();
    let good = sql(&conn, &forged("boot", "STATION", vec![]));
    let next = dir.number("SELECT max(seq) + 1 FROM operation");
    let prev: String = conn
        .query_row(
            "SELECT hash FROM operation ORDER BY seq DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let id = format!("x'{next:032x}'");
    let hash = good.rsplit('\'').nth(1).unwrap().to_owned();
    let change = |from: &str, to: &str| good.replacen(from, to, 1);
    let taken = "(SELECT op_id FROM operation WHERE seq = 3)";
    let rows = [
        ("gap", change(&format!("({next},"), &format!("({},", next + 1)), "not the next one"),
        ("no seq", change(&format!("({next},"), "(NULL,"), "not the next one"),
        ("old seq replaced", change(&format!("INTO operation(seq,op_id,kind,actor,approver,pends,reverses,wall_ms,boot,mono_ms,nlegs,body,prev,hash)\n         VALUES ({next},"), "INTO operation(seq,op_id,kind,actor,approver,pends,reverses,wall_ms,boot,mono_ms,nlegs,body,prev,hash)\n         VALUES (3,").replace("INSERT INTO", "INSERT OR REPLACE INTO"), "not the next one"),
        ("wrong prev", change(&format!("'{prev}'"), &format!("'{}'", "0".repeat(64))), "not the last hash"),
        ("wrong seq in the body", change(&format!("\"seq\":{next}"), "\"seq\":1"), "body does not agree"),
        ("seq as a fraction in the body", change(&format!("\"seq\":{next}"), &format!("\"seq\":{next}.0")), "body does not agree"),
        ("other actor in the body", change("\"actor\":\"STATION\"", "\"actor\":\"A001\""), "body does not agree"),
        ("spaces in the body", change("\"v\":1", "\"v\": 1"), "body does not agree"),
        ("more in the body", change("\"v\":1", "\"v\":1,\"vv\":1"), "body does not agree"),
        ("legs in the body alone", change("\"legs\":[]", "\"legs\":[{}]"), "body does not agree"),
        ("body is no JSON", change("\"v\":1", "\"v\"1"), "not JSON"),
        ("unknown kind", good.replace("boot',", "gift',").replace("\"boot\",\"l", "\"gift\",\"l"), "unknown kind"),
        ("op_id again", change(&id, taken), "op_id is taken"),
        ("op_id replaced", change(&id, taken).replace("INSERT INTO", "INSERT OR REPLACE INTO"), "op_id is taken"),
        ("op_id of 4 bytes", change(&id, "x'00000000'"), "body does not agree"),
        ("hash is no hex", change(&hash, &"g".repeat(64)), "CHECK"),
        ("hash is short", change(&hash, "abcd"), "CHECK"),
        ("hash replaced", change(&hash, &prev).replace("INSERT INTO", "INSERT OR REPLACE INTO"), "hash is taken"),
        ("an event with legs", sql(&conn, &forged("boot", "STATION", vec![leg("POINTS", "HQ", "BUDGET", 1)])), "what its kind must look like"),
        ("a credit without legs", sql(&conn, &forged("points-in", "STATION", vec![])), "what its kind must look like"),
    ];
    check_all(&dir, &store, &rows);
}

#[test]
fn legs_move_only_what_is_there_on_ways_that_exist() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let first = quote(&mut store, &alice(), "HAIRCUT", 4);
    store
        .hold(&noon(), &catalogue(), &alice(), &first)
        .unwrap()
        .unwrap();
    let conn = dir.plain();
    let (me, shop) = (alice().to_string(), "PARTNER-SHOP");
    let hold = |points: i64, from: &str, pieces: i64| {
        let legs = vec![
            leg("POINTS", &me, shop, points),
            leg("I-RICE", from, "DELIVERED", pieces),
        ];
        sql(&conn, &forged("hold", &me, legs))
    };
    let one = |kind, actor: &str, unit, debit: &str, credit: &str, amount| {
        sql(
            &conn,
            &forged(kind, actor, vec![leg(unit, debit, credit, amount)]),
        )
    };
    let credit = |amount| one("points-in", "STATION", "POINTS", "BUDGET", &me, amount);
    let overdraft = hold(101, "SUPPLIER", 1);
    let rows = [
        ("overdraft", overdraft.clone(), "no_overdraft"),
        (
            "overdraft ignored",
            overdraft.replace("INSERT INTO", "INSERT OR IGNORE INTO"),
            "no_overdraft",
        ),
        (
            "overdraft replaced",
            overdraft.replace("INSERT INTO", "INSERT OR REPLACE INTO"),
            "no_overdraft",
        ),
        (
            "overdraft through holds",
            hold(21, "SUPPLIER", 1),
            "no_overdraft",
        ),
        ("stock below zero", hold(20, "STOCK", 6), "no_overdraft"),
        ("budget below zero", credit(801), "no_overdraft"),
        ("no amount", credit(0), "CHECK"),
        ("negative amount", credit(-5), "CHECK"),
        (
            "too much",
            one("budget-in", "HQ", "POINTS", "HQ", "BUDGET", 1_000_000_001),
            "CHECK",
        ),
        (
            "a fraction",
            credit(5)
                .replace("\"amount\":5", "\"amount\":1.5")
                .replace(",5);", ",1.5);"),
            "cannot store REAL",
        ),
        (
            "a word",
            credit(5)
                .replace("\"amount\":5", "\"amount\":\"ten\"")
                .replace(",5);", ",'ten');"),
            "cannot store TEXT",
        ),
        (
            "to oneself",
            one("points-in", "STATION", "POINTS", "BUDGET", "BUDGET", 5),
            "to_another_account",
        ),
        (
            "more than the body says",
            credit(5).replace(",5);", ",500);"),
            "not the leg in the body",
        ),
        (
            "a leg too many",
            credit(5)
                + &transfer(
                    dir.number("SELECT max(seq) + 1 FROM operation"),
                    2,
                    "single",
                    ("POINTS", "BUDGET", &me, "5"),
                ),
            "more legs",
        ),
        (
            "a leg of an old operation",
            transfer(6, 2, "single", ("POINTS", "BUDGET", &me, "5")),
            "only the newest",
        ),
        (
            "an unknown account",
            credit(5).replace("name='BUDGET'", "name='NOBODY'"),
            "unknown account",
        ),
        (
            "a hold that moves at once",
            hold(5, "STOCK", 1).replace("'hold',(SELECT", "'single',(SELECT"),
            "phase",
        ),
        (
            "budget filled by a partner",
            one("budget-in", "HQ", "POINTS", shop, "BUDGET", 5),
            "not a way",
        ),
        (
            "credit out of nothing",
            one("points-in", "STATION", "POINTS", "HQ", &me, 5),
            "not a way",
        ),
        (
            "points as goods",
            one("stock-in", "STATION", "POINTS", "SUPPLIER", "STOCK", 5),
            "not a way",
        ),
        (
            "goods out of the station",
            one("stock-in", "STATION", "I-RICE", "STOCK", "DELIVERED", 1),
            "not a way",
        ),
        (
            "a hold on another's points",
            hold(5, "STOCK", 1)
                .replace(&format!("'hold','{me}'"), "'hold','A001'")
                .replace(&format!("\"actor\":\"{me}\""), "\"actor\":\"A001\""),
            "not a way",
        ),
        (
            "a gift between residents",
            one("hold", &me, "POINTS", &me, bob().as_str(), 5),
            "not a way",
        ),
        (
            "self-grant",
            one("points-in", "B002", "POINTS", "BUDGET", bob().as_str(), 5),
            "own account",
        ),
    ];
    check_all(&dir, &store, &rows);
}

#[test]
fn an_operation_is_complete_or_absent() {
    let dir = Dir::new();
    let store = open(&dir);
    let conn = dir.plain();
    let legs = vec![
        leg("POINTS", "HQ", "BUDGET", 5),
        leg("POINTS", "HQ", "BUDGET", 6),
    ];
    let whole = sql(&conn, &forged("budget-in", "HQ", legs));
    let (half, _) = whole.rsplit_once("INSERT INTO transfer").unwrap();
    let then = half.to_owned()
        + &half
            .split_inclusive(");")
            .next()
            .unwrap()
            .replace("INSERT INTO", "INSERT INTO");
    assert!(!refusal(&conn, &then).contains("accepted"));
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    assert!(refusal(&conn, half).contains("FOREIGN KEY"));
    assert_clean(&store);

    // Without foreign keys a half operation can be committed; then the ledger takes no other, and the audit says so.
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    assert_eq!(refusal(&conn, half), "accepted");
    let next = sql(&conn, &forged("boot", "STATION", vec![]));
    assert!(refusal(&conn, &next).contains("lacks legs"));
    assert!(!store.audit().unwrap().is_clean());
}

#[test]
fn holds_are_settled_once_and_operations_reversed_once() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let a001 = staff_id("A001");
    let mut held = Vec::new();
    for n in 1..=4 {
        let quote = quote(&mut store, &alice(), "RICE", 1);
        let hold = store
            .hold(&noon(), &catalogue(), &alice(), &quote)
            .unwrap()
            .unwrap();
        held.push(hold.seq);
        if n == 1 || n == 4 {
            store
                .post(&noon(), hold.settle, hold.seq, &a001)
                .unwrap()
                .unwrap();
        }
        if n == 2 {
            store
                .void(&noon(), hold.settle, hold.seq, &Voider::Holder)
                .unwrap()
                .unwrap();
        }
    }
    let [posted, voided, waiting, again]: [i64; 4] = held
        .iter()
        .map(|seq| seq.get())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let post_of =
        |hold: i64| dir.number(&format!("SELECT seq FROM operation WHERE pends = {hold}"));
    let reversal = store
        .reverse(&noon(), op(1), held_post(&dir, again), &a001)
        .unwrap()
        .unwrap();
    let quote = quote(&mut store, &bob(), "RICE", 1);
    let bobs = store
        .hold(&noon(), &catalogue(), &bob(), &quote)
        .unwrap()
        .unwrap()
        .seq
        .get();
    let conn = dir.plain();
    let me = alice().to_string();
    let legs = |who: &str, points| {
        vec![
            leg("POINTS", who, "PARTNER-SHOP", points),
            leg("I-RICE", "STOCK", "DELIVERED", 1),
        ]
    };
    let back = |points| {
        vec![
            leg("POINTS", "PARTNER-SHOP", &me, points),
            leg("I-RICE", "DELIVERED", "STOCK", 1),
        ]
    };
    let post = |pends, legs| Forged {
        approver: Some("A001"),
        pends: Some(pends),
        ..forged("post", &me, legs)
    };
    let void = |pends, legs| Forged {
        pends: Some(pends),
        ..forged("void", &me, legs)
    };
    let reverse = |of, legs| Forged {
        reverses: Some(of),
        ..forged("reversal", "A001", legs)
    };
    let good = sql(&conn, &post(waiting, legs(&me, 10)));
    let mut swapped = legs(&me, 10);
    swapped.truncate(1);
    let bob_post = Forged {
        approver: Some("B002"),
        pends: Some(bobs),
        ..forged("post", bob().as_str(), legs(bob().as_str(), 10))
    };
    let nobody = Forged {
        approver: Some("X999"),
        ..post(waiting, legs(&me, 10))
    };
    let rows = [
        (
            "double post",
            sql(&conn, &post(posted, legs(&me, 10))),
            "already settled",
        ),
        (
            "double post replaced",
            sql(&conn, &post(posted, legs(&me, 10)))
                .replace("INSERT INTO", "INSERT OR REPLACE INTO"),
            "already settled",
        ),
        (
            "void after post",
            sql(&conn, &void(posted, legs(&me, 10))),
            "already settled",
        ),
        (
            "post after void",
            sql(&conn, &post(voided, legs(&me, 10))),
            "already settled",
        ),
        (
            "post of a void",
            sql(&conn, &post(post_of(voided), legs(&me, 10))),
            "only a hold",
        ),
        (
            "post of a boot",
            sql(&conn, &post(1, legs(&me, 10))),
            "only a hold",
        ),
        (
            "post of nothing",
            sql(
                &conn,
                &Forged {
                    pends: None,
                    ..post(1, legs(&me, 10))
                },
            ),
            "what its kind must",
        ),
        (
            "post of another amount",
            sql(&conn, &post(waiting, legs(&me, 9))),
            "not the leg of the hold",
        ),
        (
            "post of fewer legs",
            sql(&conn, &post(waiting, swapped)),
            "not as many legs",
        ),
        (
            "post to another",
            good.replace(&format!("'post','{me}'"), &format!("'post','{}'", bob()))
                .replace(
                    &format!("\"actor\":\"{me}\""),
                    &format!("\"actor\":\"{}\"", bob()),
                ),
            "for the holder",
        ),
        (
            "post without approver",
            sql(
                &conn,
                &Forged {
                    approver: None,
                    ..post(waiting, legs(&me, 10))
                },
            ),
            "what its kind must",
        ),
        (
            "approver is the actor",
            good.replace(&format!("'post','{me}'"), "'post','A001'")
                .replace(&format!("\"actor\":\"{me}\""), "\"actor\":\"A001\""),
            "one person",
        ),
        (
            "approver's own account",
            sql(&conn, &bob_post),
            "own account",
        ),
        (
            "approver is nobody",
            sql(&conn, &nobody),
            "not signed by staff",
        ),
        (
            "reversal of a hold",
            sql(&conn, &reverse(waiting, back(10))),
            "cannot be reversed",
        ),
        (
            "reversed twice",
            sql(&conn, &reverse(post_of(again), back(10))),
            "already reversed",
        ),
        (
            "reversed twice replaced",
            sql(&conn, &reverse(post_of(again), back(10)))
                .replace("INSERT INTO", "INSERT OR REPLACE INTO"),
            "already reversed",
        ),
        (
            "reversal of a reversal",
            sql(&conn, &reverse(reversal.get(), legs(&me, 10))),
            "cannot be reversed",
        ),
        (
            "reversal of other amounts",
            sql(&conn, &reverse(post_of(posted), back(50))),
            "not the mirror",
        ),
        (
            "reversal the same way round",
            sql(&conn, &reverse(post_of(posted), legs(&me, 10))),
            "not the mirror",
        ),
        (
            "reversal by nobody",
            sql(
                &conn,
                &Forged {
                    actor: "X999".to_owned(),
                    ..reverse(post_of(posted), back(10))
                },
            ),
            "not signed by staff",
        ),
    ];
    check_all(&dir, &store, &rows);
    // The forger's tools are good: the one right post among them is taken.
    assert_eq!(refusal(&conn, &good), "accepted");
    assert_clean(&store);
}

fn held_post(dir: &Dir, hold: i64) -> wenming::domain::Seq {
    let sql = format!("SELECT seq FROM operation WHERE pends = {hold}");
    wenming::domain::Seq::new(dir.number(&sql))
}
