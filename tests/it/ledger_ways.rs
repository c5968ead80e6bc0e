//! What services may move stands in rows: with a row the guards take it, without it they refuse.
//! The rows here are those of services that are not built; only the database of a test has them.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene must fail"
)]

use crate::forge::{
    Forged, Leg, add_rows, forged, leg, op_of, refusal, sql, trial, unguarded, write,
};
use crate::station::{Dir, alice, bob, open};
use rusqlite::Connection;
use serde_json::json;

const ROWS: &str = "
    INSERT INTO kind(name, phase, legs, pends, reverses, undo, signed, once) VALUES
      ('minus', 'single', 1, 0, 0, 1, 'both', ''), ('award', 'single', 2, 0, 0, 1, 'may', ''),
      ('book', 'hold', 1, 0, 0, 0, 'none', ''), ('aid-paid', 'single', 1, 0, 0, 1, 'actor', ''),
      ('stock-out', 'single', 1, 0, 0, 1, 'actor', ''), ('expired', 'single', 1, 0, 0, 0, 'none', '');
    INSERT INTO way(kind, unit_class, debit_kind, credit_kind, tie) VALUES
      ('minus', 'points', 'resident', 'hq', ''), ('award', 'points', 'budget', 'resident', ''),
      ('book', 'points', 'resident', 'partner', 'payer'), ('book', 'points', 'resident', 'resident', 'payer'),
      ('book', 'points', 'resident', 'aid', 'payer'), ('book', 'goods', 'supplier', 'delivered', ''),
      ('aid-paid', 'points', 'aid', 'resident', ''), ('stock-out', 'goods', 'stock', 'hq', ''),
      ('stock-out', 'goods', 'stock', 'adjust', ''), ('stock-out', 'goods', 'adjust', 'stock', ''),
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
fn a_way_is_open_while_its_row_is_there() {
    let (me, him) = (alice().to_string(), bob().to_string());
    let staff = ("A001", None);
    let rows = [
        (
            "minus",
            "resident",
            "hq",
            by(
                "minus",
                ("A001", Some("C003")),
                vec![leg("POINTS", &me, "HQ", 5)],
            ),
        ),
        (
            "award",
            "budget",
            "resident",
            by("award", staff, vec![leg("POINTS", "BUDGET", &me, 5)]),
        ),
        (
            "book",
            "resident",
            "partner",
            forged("book", &me, vec![leg("POINTS", &me, "PARTNER-SHOP", 5)]),
        ),
        (
            "book",
            "resident",
            "resident",
            forged("book", &me, vec![leg("POINTS", &me, &him, 5)]),
        ),
        (
            "book",
            "resident",
            "resident",
            forged("book", &me, vec![leg("POINTS", &me, CHOIR, 5)]),
        ),
        (
            "book",
            "resident",
            "aid",
            forged("book", &me, vec![leg("POINTS", &me, "AID", 5)]),
        ),
        (
            "book",
            "supplier",
            "delivered",
            forged("book", &me, vec![leg("I-RICE", "SUPPLIER", "DELIVERED", 1)]),
        ),
        (
            "stock-out",
            "stock",
            "hq",
            by("stock-out", staff, vec![leg("I-RICE", "STOCK", "HQ", 1)]),
        ),
        (
            "stock-out",
            "stock",
            "adjust",
            by(
                "stock-out",
                staff,
                vec![leg("I-RICE", "STOCK", "ADJUST", 1)],
            ),
        ),
        (
            "stock-out",
            "adjust",
            "stock",
            by(
                "stock-out",
                staff,
                vec![leg("I-RICE", "ADJUST", "STOCK", 2)],
            ),
        ),
        (
            "expired",
            "resident",
            "expired",
            forged("expired", "HQ", vec![leg("POINTS", &me, "EXPIRED", 5)]),
        ),
    ];
    let (_dir, conn) = village();
    for (kind, from, to, forged) in rows {
        let sql = sql(&conn, &forged);
        assert_eq!(trial(&conn, &sql), "accepted", "{kind} {from} {to}");
        let row = format!("kind = '{kind}' AND debit_kind = '{from}' AND credit_kind = '{to}'");
        conn.execute_batch(&format!(
            "CREATE TEMP TABLE kept AS SELECT * FROM way WHERE {row}"
        ))
        .unwrap();
        unguarded(
            &conn,
            &["way_delete"],
            &format!("DELETE FROM way WHERE {row}"),
        );
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
        ("award out of HQ", two("award", "POINTS", "HQ", &me)),
        ("a redemption paid to a resident", one("hold", &me, "POINTS", &me, &him)),
        ("a redemption paid into AID", one("hold", &me, "POINTS", &me, "AID")),
        ("a redemption that expires", one("hold", &me, "POINTS", &me, "EXPIRED")),
        ("a booking of stock", one("book", &me, "I-RICE", "STOCK", "DELIVERED")),
        ("a booking to HQ", one("book", &me, "POINTS", &me, "HQ")),
        ("stock to a resident", one("stock-out", "A001", "I-RICE", "STOCK", &me)),
        ("stock-out of points", one("stock-out", "A001", "POINTS", "HQ", "ADJUST")),
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

/// Points pass through AID within one transaction; meanwhile nothing else happens.
#[test]
fn aid_is_empty_after_every_finished_transaction() {
    let (dir, conn) = village();
    let (me, him) = (alice().to_string(), bob().to_string());
    let pledge = || vec![leg("POINTS", &me, "AID", 20)];
    let paid = |amount| {
        by(
            "aid-paid",
            ("A001", None),
            vec![leg("POINTS", "AID", &him, amount)],
        )
    };
    let out_of_nothing = sql(&conn, &paid(1));
    assert!(trial(&conn, &out_of_nothing).contains("no_overdraft"));
    let hold = write(&conn, &forged("book", &me, pledge()));
    let post = sql(&conn, &settle("post", hold, &me, pledge()));

    // With foreign keys, as our program has them, the transaction cannot end here.
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    assert!(refusal(&conn, &post).contains("FOREIGN KEY"));
    conn.execute_batch(&format!("BEGIN IMMEDIATE; {post}"))
        .unwrap();
    let boot = sql(&conn, &forged("boot", "STATION", vec![]));
    assert!(
        conn.execute_batch(&boot)
            .unwrap_err()
            .to_string()
            .contains("AID is not empty")
    );
    conn.execute_batch(&sql(&conn, &paid(15))).unwrap();
    assert!(
        conn.execute_batch("COMMIT")
            .unwrap_err()
            .to_string()
            .contains("FOREIGN KEY")
    );
    conn.execute_batch(&sql(&conn, &paid(5))).unwrap();
    conn.execute_batch("COMMIT").unwrap();
    assert_eq!(
        (dir.free("AID", "POINTS"), dir.free(&him, "POINTS")),
        (0, 120)
    );

    // Without them it can be left there; then only the way out is open, and the audit says so.
    let hold = write(&conn, &forged("book", &me, pledge()));
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    write(&conn, &settle("post", hold, &me, pledge()));
    let store = wenming::store::Store::open_existing(dir.path()).unwrap();
    let faults = store.audit().unwrap().faults;
    assert!(
        faults
            .iter()
            .any(|fault| fault.what.contains("AID POINTS is not 0")),
        "{faults:?}"
    );
    let boot = sql(&conn, &forged("boot", "STATION", vec![]));
    assert!(trial(&conn, &boot).contains("AID is not empty"));
    let paid = write(&conn, &paid(20));
    write(&conn, &forged("boot", "STATION", vec![]));

    // The mirrors go the same way backwards, within one transaction as well.
    conn.execute_batch("PRAGMA foreign_keys = ON; BEGIN IMMEDIATE")
        .unwrap();
    conn.execute_batch(&sql(
        &conn,
        &mirror(paid, vec![leg("POINTS", &him, "AID", 20)]),
    ))
    .unwrap();
    let settled = dir.number(&format!("SELECT seq FROM operation WHERE pends = {hold}"));
    conn.execute_batch(&sql(
        &conn,
        &mirror(settled, vec![leg("POINTS", "AID", &me, 20)]),
    ))
    .unwrap();
    conn.execute_batch("COMMIT").unwrap();
    assert_eq!(
        (dir.free("AID", "POINTS"), dir.free(&me, "POINTS")),
        (0, 80)
    );
}
