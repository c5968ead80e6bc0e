//! The ledger refuses what is wrong from anyone who opens the file: plain SQL, default settings.

use crate::forge::{check_all, forged, leg, sql, transfer};
use crate::station::till::Till as _;
use crate::station::{Dir, alice, bob, catalogue, noon, open, quote};

#[test]
#[rustfmt::skip] // one row a line
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
        ("way", "tie = ''", "fixed by the schema"),
        ("account_kind", "floored = 0", "fixed by the schema"),
    ] {
        rows.push((table, format!("UPDATE {table} SET {set};"), why));
        rows.push((table, format!("UPDATE OR REPLACE {table} SET {set};"), why));
        rows.push((table, format!("DELETE FROM {table};"), why));
    }
    for (name, sql, why) in [
        ("delete balance", "DELETE FROM balance;", "kept by transfers"),
        ("forged balance", "UPDATE balance SET credits = credits + 1000;", "only by a transfer"),
        ("forged hold", "UPDATE balance SET held = 0, touched = touched + 1;", "only by a transfer"),
        ("changed floor", "UPDATE balance SET floored = 0;", "only by a transfer"),
        ("counted again", "UPDATE balance SET credits = credits + 9 WHERE account = 1;", "only by a transfer"),
        ("new balance", "INSERT INTO balance VALUES (1, 1, 7, 1, 0, 500, 0, 0);", "begins with zeros"),
        ("unfloored balance", "INSERT INTO balance VALUES (1, 1, 7, 0, 0, 0, 0, 0);", "begins with zeros"),
        ("replaced balance", "INSERT OR REPLACE INTO balance SELECT account, unit, bucket, floored, 0, 0, 0, 0 FROM balance;", "balance: exists"),
        ("replaced account", "INSERT OR REPLACE INTO account VALUES (2, 'BUDGET', 'hq', 0);", "account: exists"),
        ("replaced name", "INSERT OR REPLACE INTO account VALUES (99, 'BUDGET', 'hq', 0);", "account: exists"),
        ("resident without floor", "INSERT INTO account VALUES (99, 'R-1', 'resident', 0);", "floored is not that"),
        ("account of no kind", "INSERT INTO account VALUES (99, 'R-1', 'gift', 0);", "floored is not that"),
        ("second stock", "INSERT INTO account VALUES (99, 'STOCK2', 'stock', 1);", "has one of that kind"),
        ("second AID", "INSERT INTO account VALUES (99, 'AID2', 'aid', 1);", "has one of that kind"),
        ("replaced unit", "INSERT OR REPLACE INTO unit VALUES (1, 'I-RICE');", "unit: exists"),
        ("new kind", "INSERT INTO kind VALUES ('gift', 'single', 1, 0, 0, 0, 'none', '');", "fixed by the schema"),
        ("new way", "INSERT INTO way VALUES ('hold', 'points', 'resident', 'resident', '');", "fixed by the schema"),
        ("new kind of account", "INSERT INTO account_kind VALUES ('gift', 0);", "fixed by the schema"),
        ("replaced way", "INSERT OR REPLACE INTO way SELECT kind, unit_class, debit_kind, credit_kind, '' FROM way;", "fixed by the schema"),
    ] {
        rows.push((name, sql.to_owned(), why));
    }
    check_all(&dir, &store, &rows);
}

#[test]
#[rustfmt::skip] // one row a line
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
#[rustfmt::skip] // one row a line
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
        ("overdraft ignored", overdraft.replace("INSERT INTO", "INSERT OR IGNORE INTO"), "no_overdraft"),
        ("overdraft replaced", overdraft.replace("INSERT INTO", "INSERT OR REPLACE INTO"), "no_overdraft"),
        ("overdraft through holds", hold(21, "SUPPLIER", 1), "no_overdraft"),
        ("stock below zero", hold(20, "STOCK", 6), "no_overdraft"),
        ("budget below zero", credit(801), "no_overdraft"),
        ("no amount", credit(0), "CHECK"),
        ("negative amount", credit(-5), "CHECK"),
        ("too much", one("budget-in", "HQ", "POINTS", "HQ", "BUDGET", 1_000_000_001), "CHECK"),
        ("a fraction", credit(5).replace("\"amount\":5", "\"amount\":1.5").replace(",5);", ",1.5);"), "cannot store REAL"),
        ("a word", credit(5).replace("\"amount\":5", "\"amount\":\"ten\"").replace(",5);", ",'ten');"), "cannot store TEXT"),
        ("to oneself", one("points-in", "STATION", "POINTS", "BUDGET", "BUDGET", 5), "to_another_account"),
        ("more than the body says", credit(5).replace(",5);", ",500);"), "not the leg in the body"),
        ("a leg too many", credit(5) + &transfer(dir.number("SELECT max(seq) + 1 FROM operation"), 2, "single", ("POINTS", "BUDGET", &me, "5")), "more legs"),
        ("a leg of an old operation", transfer(6, 2, "single", ("POINTS", "BUDGET", &me, "5")), "only the newest"),
        ("an unknown account", credit(5).replace("name='BUDGET'", "name='NOBODY'"), "unknown account"),
        ("a hold that moves at once", hold(5, "STOCK", 1).replace("'hold',(SELECT", "'single',(SELECT"), "phase"),
        ("budget filled by a partner", one("budget-in", "HQ", "POINTS", shop, "BUDGET", 5), "not a way"),
        ("credit out of nothing", one("points-in", "STATION", "POINTS", "HQ", &me, 5), "not a way"),
        ("points as goods", one("stock-in", "STATION", "POINTS", "SUPPLIER", "STOCK", 5), "not a way"),
        ("goods out of the station", one("stock-in", "STATION", "I-RICE", "STOCK", "DELIVERED", 1), "not a way"),
        ("a hold on another's points", hold(5, "STOCK", 1).replace(&format!("'hold','{me}'"), "'hold','A001'").replace(&format!("\"actor\":\"{me}\""), "\"actor\":\"A001\""), "not a way"),
        ("a gift between residents", one("hold", &me, "POINTS", &me, bob().as_str(), 5), "not a way"),
        ("self-grant", one("points-in", "B002", "POINTS", "BUDGET", bob().as_str(), 5), "own account"),
    ];
    check_all(&dir, &store, &rows);
}
