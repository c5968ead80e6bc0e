//! Who must sign, what may stand only once, what can be annulled: as the row of a kind says, by plain SQL.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene must fail"
)]

use crate::common::told::english;
use crate::forge::{Forged, add_rows, forged, leg, refusal, sql, trial, unguarded, write};
use crate::station::{Dir, alice, bob, open};
use rusqlite::Connection;
use serde_json::{Value, json};

const ROWS: &str = "
    INSERT INTO kind(name, phase, legs, pends, reverses, undo, signed, once) VALUES
      ('by-none', 'single', 0, 0, 0, 0, 'none', ''), ('by-actor', 'single', 0, 0, 0, 1, 'actor', ''),
      ('by-approver', 'single', 0, 0, 0, 0, 'approver', ''), ('by-both', 'single', 0, 0, 0, 0, 'both', ''),
      ('by-may', 'single', 0, 0, 0, 0, 'may', ''), ('either', 'single', 2, 0, 0, 1, 'none', ''),
      ('once-about', 'single', 0, 0, 0, 1, 'none', 'about'), ('once-who', 'single', 0, 0, 0, 1, 'none', 'who'),
      ('once-about-who', 'single', 0, 0, 0, 1, 'none', 'about-who'),
      ('once-about-who-day', 'single', 0, 0, 0, 1, 'none', 'about-who-day'),
      ('once-who-day', 'single', 0, 0, 0, 1, 'none', 'who-day'), ('book', 'hold', 1, 0, 0, 0, 'none', 'about-who');
    INSERT INTO way(kind, unit_class, debit_kind, credit_kind, tie) VALUES
      ('either', 'points', 'budget', 'resident', ''), ('book', 'points', 'resident', 'partner', 'payer');";

/// A001 and C003 work here, B002 is Bob, D004 works here no longer.
fn village() -> (Dir, Connection) {
    let dir = Dir::new();
    drop(open(&dir));
    let conn = dir.plain();
    add_rows(&conn, ROWS);
    for (id, active) in [("C003", 1), ("D004", 0)] {
        let sql = format!(
            "INSERT INTO staff SELECT '{id}', name, role, NULL, NULL, pin_hash, {active} FROM staff WHERE id = 'A001'"
        );
        conn.execute_batch(&sql).unwrap();
    }
    (dir, conn)
}

fn event(kind: &'static str, actor: &str, what: Value) -> Forged {
    Forged {
        what,
        ..forged(kind, actor, vec![])
    }
}

fn annul(of: i64, actor: &str, approver: Option<&'static str>) -> Forged {
    Forged {
        approver,
        reverses: Some(of),
        ..forged("annulled", actor, vec![])
    }
}

#[test]
#[rustfmt::skip] // one row a line
fn an_operation_is_signed_as_its_kind_demands() {
    let (_dir, conn) = village();
    let (look, staff, one) = ("what its kind must", "not signed by staff", "one person");
    for (kind, actor, approver, want) in [
        ("by-none", "STATION", None, "accepted"),
        ("by-none", "A001", None, "accepted"),
        ("by-none", "A001", Some("C003"), look),
        ("by-actor", "A001", None, "accepted"),
        ("by-actor", "A001", Some("C003"), look),
        ("by-actor", "STATION", None, staff),
        ("by-actor", "X999", None, staff),
        ("by-actor", "D004", None, staff),
        ("by-approver", "STATION", Some("A001"), "accepted"),
        ("by-approver", "STATION", None, look),
        ("by-approver", "STATION", Some("X999"), staff),
        ("by-approver", "A001", Some("D004"), staff),
        ("by-approver", "A001", Some("A001"), one),
        ("by-both", "A001", Some("C003"), "accepted"),
        ("by-both", "A001", None, look),
        ("by-both", "A001", Some("A001"), one),
        ("by-both", "STATION", Some("A001"), staff),
        ("by-both", "A001", Some("X999"), staff),
        ("by-both", "D004", Some("A001"), staff),
        ("by-both", "A001", Some("D004"), staff),
        ("by-may", "A001", None, "accepted"),
        ("by-may", "A001", Some("C003"), "accepted"),
        ("by-may", "STATION", None, staff),
        ("by-may", "D004", None, staff),
        ("by-may", "A001", Some("D004"), staff),
        ("by-may", "A001", Some("A001"), one),
    ] {
        let forged = Forged { approver, ..event(kind, actor, json!({})) };
        let answer = trial(&conn, &sql(&conn, &forged));
        assert!(answer.contains(want), "{kind} {actor} {approver:?}: {answer}");
    }
}

/// The kinds of the program itself, by the same table.
#[test]
#[rustfmt::skip] // one row a line
fn the_kinds_of_today_are_signed_as_before() {
    let (_dir, conn) = village();
    let staff = "not signed by staff";
    let me = alice().to_string();
    for (kind, actor, what, want) in [
        ("reprint", "A001", json!({"about": 5, "n": 1}), "accepted"),
        ("reprint", me.as_str(), json!({"about": 5, "n": 1}), staff),
        ("sign-in", "A001", json!({}), "accepted"),
        ("sign-in", "D004", json!({}), staff),
        ("refusal", me.as_str(), json!({"code": "x"}), "accepted"),
    ] {
        let answer = trial(&conn, &sql(&conn, &event(kind, actor, what)));
        assert!(answer.contains(want), "{kind} {actor}: {answer}");
    }
}

#[test]
fn staff_sign_for_nobody_they_are() {
    let (_dir, conn) = village();
    let him = bob().to_string();
    for (kind, actor, approver) in [
        ("by-none", "B002", None),
        ("by-actor", "B002", None),
        ("by-approver", "STATION", Some("B002")),
        ("by-both", "A001", Some("B002")),
        ("by-both", "B002", Some("A001")),
        ("by-may", "B002", None),
        ("by-may", "A001", Some("B002")),
    ] {
        for (who, want) in [
            (him.as_str(), "own account"),
            (alice().as_str(), "accepted"),
        ] {
            let forged = Forged {
                approver,
                ..event(kind, actor, json!({"who": who}))
            };
            let answer = trial(&conn, &sql(&conn, &forged));
            assert!(
                answer.contains(want),
                "{kind} {actor} {approver:?} {who}: {answer}"
            );
        }
    }
    // An approver is not the resident who acts.
    let acted = Forged {
        approver: Some("B002"),
        ..event("by-approver", &him, json!({}))
    };
    let own = trial(&conn, &sql(&conn, &acted));
    assert!(own.contains("own account"), "{own}");
    // Nor do they annul what concerns them.
    let theirs = write(&conn, &event("by-actor", "A001", json!({"who": him})));
    let own = trial(&conn, &sql(&conn, &annul(theirs, "B002", None)));
    assert!(own.contains("own account"), "{own}");
    assert_eq!(
        trial(&conn, &sql(&conn, &annul(theirs, "A001", None))),
        "accepted"
    );
}

/// A natural key stands once, until what stands there is undone.
#[test]
fn a_natural_key_stands_once() {
    let (_dir, conn) = village();
    let (me, him) = (alice().to_string(), bob().to_string());
    let what =
        |about: &str, who: &str, day: &str| json!({"about": about, "who": who, "day": day, "n": 2});
    let first = what("LAMP", &me, "2026-11-23");
    // Which of the three make another key: about, who, day.
    for (kind, other) in [
        ("once-about", [true, false, false]),
        ("once-who", [false, true, false]),
        ("once-about-who", [true, true, false]),
        ("once-who-day", [false, true, true]),
        ("once-about-who-day", [true, true, true]),
    ] {
        let seq = write(&conn, &event(kind, "STATION", first.clone()));
        let again = sql(&conn, &event(kind, "A001", first.clone()));
        assert!(trial(&conn, &again).contains("stands already"), "{kind}");
        let replaced = again.replace("INSERT INTO", "INSERT OR REPLACE INTO");
        assert!(trial(&conn, &replaced).contains("stands already"), "{kind}");
        let changed = [
            ("about", what("PIPE", &me, "2026-11-23")),
            ("who", what("LAMP", &him, "2026-11-23")),
            ("day", what("LAMP", &me, "2026-11-24")),
        ];
        for ((word, what), is_other) in changed.into_iter().zip(other) {
            let answer = trial(&conn, &sql(&conn, &event(kind, "STATION", what)));
            let want = if is_other {
                "accepted"
            } else {
                "stands already"
            };
            assert!(answer.contains(want), "{kind} {word}: {answer}");
            if is_other {
                let mut less = first.clone();
                less.as_object_mut().unwrap().remove(word);
                let answer = trial(&conn, &sql(&conn, &event(kind, "STATION", less)));
                assert!(
                    answer.contains("lacks its natural key"),
                    "{kind} {word}: {answer}"
                );
            }
        }
        // Another kind has keys of its own; and what was annulled stands no longer.
        assert_eq!(
            trial(
                &conn,
                &sql(&conn, &event("by-none", "STATION", first.clone()))
            ),
            "accepted"
        );
        write(&conn, &annul(seq, "A001", None));
        write(&conn, &event(kind, "STATION", first.clone()));
        assert!(
            trial(&conn, &sql(&conn, &event(kind, "STATION", first.clone())))
                .contains("stands already")
        );
    }
}

/// A hold gives its key back when it is voided, or when its post is reversed.
#[test]
fn a_hold_that_is_undone_gives_its_key_back() {
    let (_dir, conn) = village();
    let me = alice().to_string();
    let legs = || vec![leg("POINTS", &me, "PARTNER-SHOP", 5)];
    let book = || Forged {
        what: json!({"about": "ROBOT", "who": me}),
        ..forged("book", &me, legs())
    };
    let settle = |kind, hold| Forged {
        approver: (kind == "post").then_some("A001"),
        pends: Some(hold),
        ..forged(kind, &me, legs())
    };
    let is_taken = |taken: bool| {
        let want = if taken { "stands already" } else { "accepted" };
        assert!(trial(&conn, &sql(&conn, &book())).contains(want));
    };
    let hold = write(&conn, &book());
    is_taken(true);
    write(&conn, &settle("void", hold));
    is_taken(false);
    let hold = write(&conn, &book());
    let post = write(&conn, &settle("post", hold));
    is_taken(true);
    let back = vec![leg("POINTS", "PARTNER-SHOP", &me, 5)];
    let reversal = Forged {
        reverses: Some(post),
        ..forged("reversal", "A001", back)
    };
    write(&conn, &reversal);
    is_taken(false);
}

#[test]
#[rustfmt::skip] // one row a line
fn the_shared_words_are_of_their_types() {
    let (_dir, conn) = village();
    for (what, want) in [
        (json!({"about": "LAMP", "day": "2028-02-29", "n": -3, "who": "R-1"}), "accepted"),
        (json!({"about": 7}), "accepted"),
        (json!({"about": ["LAMP"]}), "what it must be"),
        (json!({"about": null}), "what it must be"),
        (json!({"who": 7}), "what it must be"),
        (json!({"day": 20_261_123}), "what it must be"),
        (json!({"day": "2026-02-30"}), "what it must be"),
        (json!({"day": "2026-11-23 10:00"}), "what it must be"),
        (json!({"day": "heute"}), "what it must be"),
        (json!({"n": "2"}), "what it must be"),
        (json!({"n": 1.5}), "cannot store REAL"),
        (json!({"n": "ten"}), "cannot store TEXT"),
    ] {
        let answer = trial(&conn, &sql(&conn, &event("by-none", "STATION", what.clone())));
        assert!(answer.contains(want), "{what}: {answer}");
    }
}

#[test]
#[rustfmt::skip] // one row a line
fn what_has_legs_is_reversed_and_what_has_none_is_annulled() {
    let (dir, conn) = village();
    let me = alice().to_string();
    let moved = write(&conn, &forged("either", "STATION", vec![leg("POINTS", "BUDGET", &me, 5)]));
    let plain = write(&conn, &forged("either", "STATION", vec![]));
    let fixed = write(&conn, &event("by-none", "STATION", json!({})));
    let back = |of| Forged { reverses: Some(of), ..forged("reversal", "A001", vec![leg("POINTS", &me, "BUDGET", 5)]) };
    let gone = write(&conn, &annul(write(&conn, &forged("either", "STATION", vec![])), "A001", Some("C003")));
    for (name, forged, want) in [
        ("legs by an event", annul(moved, "A001", None), "cannot be reversed"),
        ("an event by legs", back(plain), "cannot be reversed"),
        ("what stays", annul(fixed, "A001", None), "cannot be reversed"),
        ("a boot", annul(1, "A001", None), "cannot be reversed"),
        ("an annulment", annul(gone, "A001", None), "cannot be reversed"),
        ("twice", annul(gone - 1, "C003", None), "already reversed"),
        ("by the station", annul(plain, "STATION", None), "not signed by staff"),
        ("by one person twice", annul(plain, "A001", Some("A001")), "one person"),
        ("legs by their mirror", back(moved), "accepted"),
        ("an event by an event", annul(plain, "A001", None), "accepted"),
    ] {
        let answer = trial(&conn, &sql(&conn, &forged));
        assert!(answer.contains(want), "{name}: {answer}");
    }
    let undone = format!("SELECT count(*) FROM undone WHERE seq = {gone} - 1");
    assert_eq!(dir.number(&undone), 1);
}

/// The list of open holds is what the log says, and nobody else writes it.
#[test]
fn open_holds_are_kept_by_holds_alone() {
    let (dir, conn) = village();
    let me = alice().to_string();
    let legs = || vec![leg("POINTS", &me, "PARTNER-SHOP", 5)];
    let hold = write(&conn, &forged("hold", &me, legs()));
    let answer_to = |what: &str| refusal(&conn, what);
    for sql in [
        "INSERT INTO open_hold VALUES (1)".to_owned(),
        format!("INSERT INTO open_hold VALUES ({hold})"),
        format!("INSERT OR REPLACE INTO open_hold VALUES ({hold})"),
        "DELETE FROM open_hold".to_owned(),
        "UPDATE open_hold SET seq = 1".to_owned(),
        format!("UPDATE OR REPLACE open_hold SET seq = {hold} + 1"),
    ] {
        let answer = answer_to(&format!("{sql};"));
        assert!(answer.contains("kept by holds"), "{sql}: {answer}");
    }
    let void = Forged {
        pends: Some(hold),
        ..forged("void", &me, legs())
    };
    write(&conn, &void);
    assert_eq!(dir.number("SELECT count(*) FROM open_hold"), 0);
    let again = answer_to(&format!("INSERT INTO open_hold VALUES ({hold});"));
    assert!(again.contains("kept by holds"), "{again}");

    // Without the guards it can be changed, and the audit says so.
    let listed = write(&conn, &forged("hold", &me, legs()));
    unguarded(&conn, &["open_hold_delete"], "DELETE FROM open_hold");
    let store = wenming::store::Store::open_existing(dir.path()).unwrap();
    let faults = store.audit().unwrap().faults;
    let found = faults
        .iter()
        .find(|fault| english(&fault.what).contains("open_hold"));
    assert_eq!(found.unwrap().seq.unwrap().get(), listed, "{faults:?}");
}
