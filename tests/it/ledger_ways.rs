//! What services may move stands in rows: with a row the guards take it, without it they refuse.
//! The rows here are those of services that are not built; only the database of a test has them.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene must fail"
)]

use crate::common::told::english;
use crate::forge::{
    Forged, Leg, add_rows, forged, leg, op_of, refusal, sql, trial, unguarded, write,
};
use crate::station::{Dir, alice, bob, open};
use rusqlite::Connection;
use serde_json::json;
use wenming::store::{AuditFault, Store};

const ROWS: &str = "
    INSERT INTO kind(name, phase, legs, pends, reverses, undo, signed, once) VALUES
      ('minus', 'single', 1, 0, 0, 1, 'both', ''), ('grant', 'single', 2, 0, 0, 1, 'may', ''),
      ('book', 'hold', 1, 0, 0, 0, 'none', ''), ('aid-paid', 'single', 1, 0, 0, 1, 'actor', ''),
      ('goods-out', 'single', 1, 0, 0, 1, 'actor', ''), ('expired', 'single', 1, 0, 0, 0, 'none', '');
    INSERT INTO way(kind, unit_class, debit_kind, credit_kind, tie) VALUES
      ('minus', 'points', 'resident', 'hq', ''), ('grant', 'points', 'budget', 'resident', ''),
      ('book', 'points', 'resident', 'partner', 'payer'), ('book', 'points', 'resident', 'resident', 'payer'),
      ('book', 'points', 'resident', 'aid', 'payer'), ('book', 'goods', 'supplier', 'delivered', ''),
      ('aid-paid', 'points', 'aid', 'resident', ''), ('goods-out', 'goods', 'stock', 'hq', ''),
      ('goods-out', 'goods', 'stock', 'adjust', ''), ('goods-out', 'goods', 'adjust', 'stock', ''),
      ('expired', 'points', 'resident', 'expired', '');";

/// A collective; it has an account like a resident.
const CHOIR: &str = "R-C0C0C0C0C0C0C0C0";

/// A station whose schema has the rows of the services.
fn village() -> (Dir, Connection) {
    let dir = Dir::new();
    drop(open(&dir));
    let conn = dir.plain();
    let choir =
        format!("INSERT INTO account(name, kind, floored) VALUES ('{CHOIR}', 'resident', 1)");
    conn.execute_batch(&choir).unwrap();
    add_rows(&conn, ROWS);
    // A third member of staff, who has no account here either.
    let third = "INSERT INTO staff SELECT 'C003', name, role, NULL, NULL, pin_hash, 1 FROM staff WHERE id = 'A001'";
    conn.execute_batch(third).unwrap();
    (dir, conn)
}

fn by(
    kind: &'static str,
    (actor, approver): (&str, Option<&'static str>),
    legs: Vec<Leg>,
) -> Forged {
    Forged {
        approver,
        ..forged(kind, actor, legs)
    }
}

fn settle(kind: &'static str, hold: i64, actor: &str, legs: Vec<Leg>) -> Forged {
    Forged {
        approver: (kind == "post").then_some("A001"),
        pends: Some(hold),
        ..forged(kind, actor, legs)
    }
}

fn mirror(of: i64, legs: Vec<Leg>) -> Forged {
    Forged {
        reverses: Some(of),
        ..forged("reversal", "A001", legs)
    }
}

#[test]
#[rustfmt::skip] // one row a line
fn a_way_is_open_while_its_row_is_there() {
    let (_dir, conn) = village();
    let (me, him) = (alice().to_string(), bob().to_string());
    let (me, him) = (me.as_str(), him.as_str());
    for (kind, signed, (unit, debit, credit), (from, to)) in [
        ("minus", ("A001", Some("C003")), ("POINTS", me, "HQ"), ("resident", "hq")),
        ("grant", ("A001", None), ("POINTS", "BUDGET", me), ("budget", "resident")),
        ("book", (me, None), ("POINTS", me, "PARTNER-SHOP"), ("resident", "partner")),
        ("book", (me, None), ("POINTS", me, him), ("resident", "resident")),
        ("book", (me, None), ("POINTS", me, CHOIR), ("resident", "resident")),
        ("book", (me, None), ("POINTS", me, "AID"), ("resident", "aid")),
        ("book", (me, None), ("I-RICE", "SUPPLIER", "DELIVERED"), ("supplier", "delivered")),
        ("goods-out", ("A001", None), ("I-RICE", "STOCK", "HQ"), ("stock", "hq")),
        ("goods-out", ("A001", None), ("I-RICE", "STOCK", "ADJUST"), ("stock", "adjust")),
        ("goods-out", ("A001", None), ("I-RICE", "ADJUST", "STOCK"), ("adjust", "stock")),
        ("expired", ("HQ", None), ("POINTS", me, "EXPIRED"), ("resident", "expired")),
    ] {
        let sql = sql(&conn, &by(kind, signed, vec![leg(unit, debit, credit, 2)]));
        assert_eq!(trial(&conn, &sql), "accepted", "{kind} {from} {to}");
        let row = format!("kind = '{kind}' AND debit_kind = '{from}' AND credit_kind = '{to}'");
        conn.execute_batch(&format!("CREATE TEMP TABLE kept AS SELECT * FROM way WHERE {row}")).unwrap();
        unguarded(&conn, &["way_delete"], &format!("DELETE FROM way WHERE {row}"));
        let answer = trial(&conn, &sql);
        assert!(answer.contains("not a way"), "{kind} {from} {to}: {answer}");
        add_rows(&conn, "INSERT INTO way SELECT * FROM kept; DROP TABLE kept");
    }
}

#[test]
#[rustfmt::skip] // one row a line
fn no_kind_takes_the_way_of_another() {
    let (_dir, conn) = village();
    let (me, him) = (alice().to_string(), bob().to_string());
    let one = |kind, actor: &str, unit, from: &str, to: &str| sql(&conn, &forged(kind, actor, vec![leg(unit, from, to, 1)]));
    let two = |kind, unit, from: &str, to: &str| sql(&conn, &by(kind, ("A001", Some("C003")), vec![leg(unit, from, to, 1)]));
    for (name, sql) in [
        ("minus to the budget", two("minus", "POINTS", &me, "BUDGET")),
        ("minus from a partner", two("minus", "POINTS", "PARTNER-SHOP", "HQ")),
        ("minus in goods", two("minus", "I-RICE", &me, "HQ")),
        ("award out of HQ", two("grant", "POINTS", "HQ", &me)),
        ("a redemption paid to a resident", one("hold", &me, "POINTS", &me, &him)),
        ("a redemption paid into AID", one("hold", &me, "POINTS", &me, "AID")),
        ("a redemption that expires", one("hold", &me, "POINTS", &me, "EXPIRED")),
        ("a booking of stock", one("book", &me, "I-RICE", "STOCK", "DELIVERED")),
        ("a booking to HQ", one("book", &me, "POINTS", &me, "HQ")),
        ("stock to a resident", one("goods-out", "A001", "I-RICE", "STOCK", &me)),
        ("stock-out of points", one("goods-out", "A001", "POINTS", "HQ", "ADJUST")),
        ("expiry to HQ", one("expired", "HQ", "POINTS", &me, "HQ")),
        ("expiry of a budget", one("expired", "HQ", "POINTS", "BUDGET", "EXPIRED")),
        ("budget back to HQ", one("budget-in", "HQ", "POINTS", "BUDGET", "HQ")),
    ] {
        let answer = trial(&conn, &sql);
        assert!(answer.contains("not a way"), "{name}: {answer}");
    }
}

/// The one who taps pays with their own; everyone else who pays has consented to this very operation.
#[test]
fn a_payer_is_the_actor_or_has_consented() {
    let (dir, conn) = village();
    let (me, him) = (alice().to_string(), bob().to_string());
    let both = |kind| {
        let legs = vec![
            leg("POINTS", &me, "PARTNER-SHOP", 5),
            leg("POINTS", &him, "PARTNER-SHOP", 7),
            leg("I-RICE", "SUPPLIER", "DELIVERED", 1),
        ];
        forged(kind, &me, legs)
    };
    let consent = |actor: &str, of: i64| Forged {
        what: json!({"about": op_of(of)}),
        ..forged("consent", actor, vec![])
    };
    let next = || dir.number("SELECT max(seq) + 1 FROM operation");
    let refused = |why: &str| {
        for kind in ["hold", "book"] {
            let answer = trial(&conn, &sql(&conn, &both(kind)));
            assert!(answer.contains("not a way"), "{kind}, {why}: {answer}");
        }
    };
    refused("no consent");
    write(&conn, &consent(&him, next()));
    refused("to another operation");
    write(&conn, &consent(&me, next() + 1));
    refused("of another");
    let given = write(&conn, &consent(&him, next() + 2));
    let undone = Forged {
        reverses: Some(given),
        ..forged("annulled", "A001", vec![])
    };
    write(&conn, &undone);
    refused("taken back");
    write(&conn, &consent(&him, next() + 1));
    let hold = write(&conn, &both("hold"));
    assert_eq!(dir.free(&him, "POINTS"), 93);
    write(&conn, &settle("post", hold, &me, both("hold").legs));
    assert_eq!(dir.free("PARTNER-SHOP", "POINTS"), 12);
    // Whoever pays a part does not confirm it either.
    write(&conn, &consent(&him, next() + 1));
    let hold = write(&conn, &both("book"));
    let own = Forged {
        approver: Some("B002"),
        ..settle("post", hold, &me, both("book").legs)
    };
    assert!(trial(&conn, &sql(&conn, &own)).contains("own account"));
    write(&conn, &settle("void", hold, &me, both("book").legs));
    assert_eq!(
        (dir.free(&me, "POINTS"), dir.free(&him, "POINTS")),
        (95, 93)
    );
}

/// A price of 0 holds a seat without a leg in points; still nobody signs for their own.
#[test]
fn an_offer_of_price_zero_is_held_and_posted() {
    let (dir, conn) = village();
    let him = bob().to_string();
    let seat = || vec![leg("I-SOAP", "SUPPLIER", "DELIVERED", 1)];
    for kind in ["hold", "book"] {
        let hold = write(&conn, &forged(kind, &him, seat()));
        assert_eq!(dir.number("SELECT max(seq) FROM open_hold"), hold);
        for settling in ["post", "void"] {
            let own = Forged {
                approver: (settling == "post").then_some("B002"),
                ..settle(
                    settling,
                    hold,
                    if settling == "post" { &him } else { "B002" },
                    seat(),
                )
            };
            let answer = trial(&conn, &sql(&conn, &own));
            assert!(
                answer.contains("own account"),
                "{kind} {settling}: {answer}"
            );
        }
        let post = write(&conn, &settle("post", hold, &him, seat()));
        let back = || vec![leg("I-SOAP", "DELIVERED", "SUPPLIER", 1)];
        let own = Forged {
            actor: "B002".to_owned(),
            ..mirror(post, back())
        };
        assert!(trial(&conn, &sql(&conn, &own)).contains("own account"));
        write(&conn, &mirror(post, back()));
    }
    assert_eq!(dir.free("DELIVERED", "I-SOAP"), 0);
    let nothing = sql(&conn, &forged("book", &him, vec![]));
    assert!(trial(&conn, &nothing).contains("what its kind must"));
}

fn pledge(from: &str) -> Vec<Leg> {
    vec![leg("POINTS", from, "AID", 20)]
}

/// An open hold of 20 of Alice's points for AID.
fn pledged(conn: &Connection) -> i64 {
    let me = alice().to_string();
    write(conn, &forged("book", &me, pledge(&me)))
}

fn passed_on(amount: i64) -> Forged {
    let legs = vec![leg("POINTS", "AID", bob().as_str(), amount)];
    by("aid-paid", ("A001", None), legs)
}

/// Points pass through AID within one transaction: with foreign keys, as our program has them, it
/// cannot end before.
#[test]
fn a_transaction_leaves_aid_empty() {
    let (dir, conn) = village();
    let me = alice().to_string();
    assert!(trial(&conn, &sql(&conn, &passed_on(1))).contains("no_overdraft"));
    let hold = pledged(&conn);
    let post = sql(&conn, &settle("post", hold, &me, pledge(&me)));
    let run = |sql: &str| -> String {
        let answer = conn.execute_batch(sql);
        answer.map_or_else(|error| error.to_string(), |()| "done".to_owned())
    };
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    assert!(refusal(&conn, &post).contains("FOREIGN KEY"));
    assert_eq!(run(&format!("BEGIN IMMEDIATE; {post}")), "done");
    let boot = sql(&conn, &forged("boot", "STATION", vec![]));
    assert!(run(&boot).contains("AID is not empty"));
    assert_eq!(run(&sql(&conn, &passed_on(15))), "done");
    assert!(run("COMMIT").contains("FOREIGN KEY"));
    assert_eq!(run(&sql(&conn, &passed_on(5))), "done");
    assert_eq!(run("COMMIT"), "done");
    let free = |account: &str| dir.free(account, "POINTS");
    assert_eq!((free("AID"), free(bob().as_str())), (0, 120));
}

/// Without foreign keys points can be left in AID; then only the way out is open, and the audit says so.
#[test]
fn what_was_left_in_aid_is_told_and_goes_out_first() {
    let (dir, conn) = village();
    let (me, him) = (alice().to_string(), bob().to_string());
    let hold = pledged(&conn);
    let post = write(&conn, &settle("post", hold, &me, pledge(&me)));
    let store = Store::open_existing(dir.path()).unwrap();
    let faults = store.audit().unwrap().faults;
    let left = |fault: &AuditFault| english(&fault.what).contains("AID POINTS is not 0");
    assert!(faults.iter().any(left), "{faults:?}");
    let boot = sql(&conn, &forged("boot", "STATION", vec![]));
    assert!(trial(&conn, &boot).contains("AID is not empty"));
    let paid = write(&conn, &passed_on(20));
    assert!(!store.audit().unwrap().faults.iter().any(left));

    // The mirrors go the same way backwards, within one transaction as well.
    conn.execute_batch("PRAGMA foreign_keys = ON; BEGIN IMMEDIATE")
        .unwrap();
    for (of, legs) in [
        (paid, vec![leg("POINTS", &him, "AID", 20)]),
        (post, vec![leg("POINTS", "AID", &me, 20)]),
    ] {
        conn.execute_batch(&sql(&conn, &mirror(of, legs))).unwrap();
    }
    conn.execute_batch("COMMIT").unwrap();
    let free = |account: &str| dir.free(account, "POINTS");
    assert_eq!((free("AID"), free(&me), free(&him)), (0, 100, 100));
}
