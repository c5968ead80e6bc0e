//! A careful forger with plain SQL: operations whose body, hash and legs are right, save for one thing.
#![expect(clippy::unwrap_used, reason = "a test that cannot forge must fail")]

use crate::station::{Dir, assert_clean};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use wenming::store::Store;

/// What one forged operation looks like; every field is right unless a row of the table says otherwise.
pub(crate) struct Forged {
    pub(crate) kind: &'static str,
    pub(crate) actor: String,
    pub(crate) approver: Option<&'static str>,
    pub(crate) pends: Option<i64>,
    pub(crate) reverses: Option<i64>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) what: Value,
}

/// Unit, debit, credit, amount.
pub(crate) type Leg = (&'static str, String, String, i64);

pub(crate) fn forged(kind: &'static str, actor: &str, legs: Vec<Leg>) -> Forged {
    Forged {
        kind,
        actor: actor.to_owned(),
        approver: None,
        pends: None,
        reverses: None,
        legs,
        what: json!({}),
    }
}

pub(crate) fn leg(unit: &'static str, debit: &str, credit: &str, amount: i64) -> Leg {
    (unit, debit.to_owned(), credit.to_owned(), amount)
}

/// How legs of a kind touch balances, as its row says.
fn phase(conn: &Connection, kind: &str) -> String {
    conn.query_row("SELECT phase FROM kind WHERE name = ?1", [kind], |row| {
        row.get(0)
    })
    .unwrap_or_else(|_unknown| "single".to_owned())
}

/// The idempotency key that [`sql`] gives the operation at a place, in hex.
pub(crate) fn op_of(seq: i64) -> String {
    format!("{seq:032x}")
}

/// Adds rows of services that are not built: the guards must take them as they are.
pub(crate) fn add_rows(conn: &Connection, rows: &str) {
    unguarded(conn, &["kind_insert", "way_insert"], rows);
}

/// Runs SQL without some triggers, and puts them back.
pub(crate) fn unguarded(conn: &Connection, triggers: &[&str], sql: &str) {
    let find = "SELECT sql FROM sqlite_schema WHERE name = ?1";
    let guards: Vec<String> = triggers
        .iter()
        .map(|name| conn.query_row(find, [name], |row| row.get(0)).unwrap())
        .collect();
    for name in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch(sql).unwrap();
    conn.execute_batch(&guards.join(";")).unwrap();
}

/// SQL that appends the operation with a right body, hash and legs, as a careful forger would.
pub(crate) fn sql(conn: &Connection, forged: &Forged) -> String {
    let head = "SELECT coalesce(max(seq), 0), (SELECT hash FROM operation ORDER BY seq DESC) FROM operation";
    let (last, prev): (i64, String) = conn
        .query_row(head, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let seq = last + 1;
    let id = op_of(seq);
    let phase = phase(conn, forged.kind);
    let legs: Vec<Value> = forged
        .legs
        .iter()
        .map(|(unit, debit, credit, amount)| {
            json!({"amount": amount, "bucket": 0, "credit": credit, "debit": debit,
                   "phase": phase, "unit": unit})
        })
        .collect();
    let mut body = json!({"actor": forged.actor, "boot": "00".repeat(16), "kind": forged.kind,
        "legs": legs, "mono": 5, "op": id, "seq": seq, "v": 1, "wall": 7, "what": forged.what});
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
    let hash = digest
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
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
            &phase,
            (unit, debit, credit, &amount.to_string()),
        ));
    }
    sql
}

pub(crate) fn transfer(
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
pub(crate) fn refusal(conn: &Connection, sql: &str) -> String {
    let answer = conn.execute_batch(&format!("BEGIN IMMEDIATE; {sql} COMMIT;"));
    if !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK").unwrap();
    }
    answer.map_or_else(|error| error.to_string(), |()| "accepted".to_owned())
}

/// As [`refusal`], but takes an accepted operation back, so that each trial begins alike.
pub(crate) fn trial(conn: &Connection, sql: &str) -> String {
    let answer = conn.execute_batch(&format!("BEGIN IMMEDIATE; {sql}"));
    if !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK").unwrap();
    }
    answer.map_or_else(|error| error.to_string(), |()| "accepted".to_owned())
}

/// Writes an operation that must be taken; the answer is its place.
pub(crate) fn write(conn: &Connection, forged: &Forged) -> i64 {
    assert_eq!(refusal(conn, &sql(conn, forged)), "accepted");
    let newest = "SELECT max(seq) FROM operation";
    conn.query_row(newest, [], |row| row.get(0)).unwrap()
}

/// Runs every row on one station; each must be refused with its fragment, and nothing may be left.
pub(crate) fn check_all(dir: &Dir, store: &Store, rows: &[(&str, String, &str)]) {
    let conn = dir.plain();
    let before = dir.number("SELECT count(*) FROM operation");
    for (name, sql, fragment) in rows {
        let answer = refusal(&conn, sql);
        assert!(answer.contains(fragment), "{name}: {answer}\n{sql}");
    }
    assert_eq!(dir.number("SELECT count(*) FROM operation"), before);
    assert_clean(store);
}
