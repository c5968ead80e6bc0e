//! Holds are settled once, operations are mirrored once, nothing stays half-written: plain SQL, default settings.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene must fail"
)]

use crate::forge::{Forged, Leg, check_all, forged, leg, refusal, sql};
use crate::station::till::{Till as _, Voider};
use crate::station::{Dir, alice, assert_clean, bob, catalogue, noon, op, open, quote, staff_id};
use wenming::domain::Booked;
use wenming::store::Store;

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

/// Alice's holds of one rice each: one posted, one voided, one that waits, one posted and reversed.
struct Scene {
    dir: Dir,
    store: Store,
    posted: i64,
    voided: i64,
    waiting: i64,
    mended: i64,
}

fn scene() -> Scene {
    let dir = Dir::new();
    let mut store = open(&dir);
    let a001 = staff_id("A001");
    let mut held = || {
        let quote = quote(&mut store, &alice(), "RICE", 1);
        let held = store.hold(&noon(), &catalogue(), &alice(), &quote);
        held.unwrap().unwrap()
    };
    let [posted, voided, waiting, mended] = [held(), held(), held(), held()];
    let mut post = |of: &Booked| {
        let receipt = store.post(&noon(), of.settle, of.seq, &a001);
        receipt.unwrap().unwrap().seq
    };
    post(&posted);
    let mended_post = post(&mended);
    let by = Voider::Holder;
    store
        .void(&noon(), voided.settle, voided.seq, &by)
        .unwrap()
        .unwrap();
    store
        .reverse(&noon(), op(1), mended_post, &a001)
        .unwrap()
        .unwrap();
    Scene {
        dir,
        store,
        posted: posted.seq.get(),
        voided: voided.seq.get(),
        waiting: waiting.seq.get(),
        mended: mended.seq.get(),
    }
}

impl Scene {
    fn settling(&self, hold: i64) -> i64 {
        self.dir
            .number(&format!("SELECT seq FROM operation WHERE pends = {hold}"))
    }
}

fn legs(who: &str, points: i64) -> Vec<Leg> {
    vec![
        leg("POINTS", who, "PARTNER-SHOP", points),
        leg("I-RICE", "STOCK", "DELIVERED", 1),
    ]
}

fn back(points: i64) -> Vec<Leg> {
    vec![
        leg("POINTS", "PARTNER-SHOP", alice().as_str(), points),
        leg("I-RICE", "DELIVERED", "STOCK", 1),
    ]
}

fn post(hold: i64, legs: Vec<Leg>) -> Forged {
    Forged {
        approver: Some("A001"),
        pends: Some(hold),
        ..forged("post", alice().as_str(), legs)
    }
}

fn void(hold: i64, legs: Vec<Leg>) -> Forged {
    Forged {
        pends: Some(hold),
        ..forged("void", alice().as_str(), legs)
    }
}

fn reverse(of: i64, legs: Vec<Leg>) -> Forged {
    Forged {
        reverses: Some(of),
        ..forged("reversal", "A001", legs)
    }
}

#[test]
#[rustfmt::skip] // one row a line
fn a_hold_is_settled_once_by_two_people() {
    let mut scene = scene();
    let quote = quote(&mut scene.store, &bob(), "RICE", 1);
    let bobs = scene.store.hold(&noon(), &catalogue(), &bob(), &quote).unwrap().unwrap().seq.get();
    let conn = scene.dir.plain();
    let me = alice().to_string();
    let (posted, voided, waiting) = (scene.posted, scene.voided, scene.waiting);
    let good = sql(&conn, &post(waiting, legs(&me, 10)));
    let mut swapped = legs(&me, 10);
    swapped.truncate(1);
    let bob_post = Forged {
        approver: Some("B002"),
        ..Forged { actor: bob().to_string(), ..post(bobs, legs(bob().as_str(), 10)) }
    };
    let nobody = Forged { approver: Some("X999"), ..post(waiting, legs(&me, 10)) };
    let rows = [
        ("double post", sql(&conn, &post(posted, legs(&me, 10))), "already settled"),
        ("double post replaced", sql(&conn, &post(posted, legs(&me, 10))).replace("INSERT INTO", "INSERT OR REPLACE INTO"), "already settled"),
        ("void after post", sql(&conn, &void(posted, legs(&me, 10))), "already settled"),
        ("post after void", sql(&conn, &post(voided, legs(&me, 10))), "already settled"),
        ("post of a void", sql(&conn, &post(scene.settling(voided), legs(&me, 10))), "only a hold"),
        ("post of a boot", sql(&conn, &post(1, legs(&me, 10))), "only a hold"),
        ("post of nothing", sql(&conn, &Forged { pends: None, ..post(1, legs(&me, 10)) }), "what its kind must"),
        ("post of another amount", sql(&conn, &post(waiting, legs(&me, 9))), "not the leg of the hold"),
        ("post of fewer legs", sql(&conn, &post(waiting, swapped)), "not as many legs"),
        ("post to another", good.replace(&format!("'post','{me}'"), &format!("'post','{}'", bob())).replace(&format!("\"actor\":\"{me}\""), &format!("\"actor\":\"{}\"", bob())), "for the holder"),
        ("post without approver", sql(&conn, &Forged { approver: None, ..post(waiting, legs(&me, 10)) }), "what its kind must"),
        ("approver is the actor", good.replace(&format!("'post','{me}'"), "'post','A001'").replace(&format!("\"actor\":\"{me}\""), "\"actor\":\"A001\""), "one person"),
        ("approver's own account", sql(&conn, &bob_post), "own account"),
        ("approver is nobody", sql(&conn, &nobody), "not signed by staff"),
    ];
    check_all(&scene.dir, &scene.store, &rows);
    // The forger's tools are good: the one right post among them is taken.
    assert_eq!(refusal(&conn, &good), "accepted");
    assert_clean(&scene.store);
}

#[test]
#[rustfmt::skip] // one row a line
fn an_operation_is_mirrored_once_and_exactly() {
    let scene = scene();
    let conn = scene.dir.plain();
    let me = alice().to_string();
    let (posted, mended) = (scene.settling(scene.posted), scene.settling(scene.mended));
    let reversal = scene.dir.number("SELECT seq FROM operation WHERE kind = 'reversal'");
    let rows = [
        ("reversal of a hold", sql(&conn, &reverse(scene.waiting, back(10))), "cannot be reversed"),
        ("reversed twice", sql(&conn, &reverse(mended, back(10))), "already reversed"),
        ("reversed twice replaced", sql(&conn, &reverse(mended, back(10))).replace("INSERT INTO", "INSERT OR REPLACE INTO"), "already reversed"),
        ("reversal of a reversal", sql(&conn, &reverse(reversal, legs(&me, 10))), "cannot be reversed"),
        ("reversal of other amounts", sql(&conn, &reverse(posted, back(50))), "not the mirror"),
        ("reversal the same way round", sql(&conn, &reverse(posted, legs(&me, 10))), "not the mirror"),
        ("reversal by nobody", sql(&conn, &Forged { actor: "X999".to_owned(), ..reverse(posted, back(10)) }), "not signed by staff"),
    ];
    check_all(&scene.dir, &scene.store, &rows);
    assert_eq!(refusal(&conn, &sql(&conn, &reverse(posted, back(10)))), "accepted");
    assert_clean(&scene.store);
}
