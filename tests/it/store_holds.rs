//! A hold of any service waits, is posted and is voided like a redemption, whatever its body says.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::forge::{Forged, forged, leg, write};
use crate::station::till::{Till as _, Voider};
use crate::station::{
    Dir, alice, assert_clean, bob, catalogue, noon, open, quote, reopen, staff_id,
};
use serde_json::{Value, json};
use wenming::domain::{Fact, OpenHold, Points, ReportDays, Seq, Text, no};
use wenming::services;
use wenming::store::Store;

/// A hold of Alice's that is no redemption: its body names no reward.
fn foreign(dir: &Dir, what: Value) -> Seq {
    let legs = vec![leg("POINTS", alice().as_str(), "PARTNER-SHOP", 5)];
    let hold = Forged {
        what,
        ..forged("hold", alice().as_str(), legs)
    };
    Seq::new(write(&dir.plain(), &hold))
}

fn waiting(store: &Store, seq: Seq) -> OpenHold {
    let holds = store.open_holds().unwrap();
    holds.into_iter().find(|hold| hold.seq == seq).unwrap()
}

#[test]
fn a_hold_that_is_no_redemption_waits_and_is_settled() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let quote = quote(&mut store, &alice(), "RICE", 1);
    store
        .hold(&noon(), &catalogue(), &alice(), &quote)
        .unwrap()
        .unwrap();
    let bodies = [
        json!({}),
        json!({"item": 7}),
        json!({"about": "ROBOT", "n": 1}),
    ];
    let seqs = bodies.map(|what| foreign(&dir, what));
    // The next start of the program asks for them first.
    let mut store = {
        drop(store);
        reopen(&dir)
    };
    assert_eq!(store.open_holds().unwrap().len(), 4);
    let [first, second, third] = seqs;
    let hold = waiting(&store, first);
    // It is told by its kind.
    let kind = services::kind("hold").unwrap();
    assert_eq!(
        hold.told,
        Text::of("told-kind").fact("kind", Fact::Kind(kind))
    );
    assert_eq!(hold.member.unwrap().account, alice());
    assert_eq!(hold.total, Points::new(5));

    let a001 = staff_id("A001");
    let receipt = store
        .post(&noon(), hold.settle, first, &a001)
        .unwrap()
        .unwrap();
    assert_eq!(
        (receipt.wish.clone(), receipt.points),
        (None, Points::new(5))
    );
    let again = store.post(&noon(), hold.settle, first, &a001).unwrap();
    assert_eq!(again.unwrap(), receipt);
    let key = waiting(&store, second).settle;
    let by = Voider::Staff(a001.clone());
    store.void(&noon(), key, second, &by).unwrap().unwrap();
    let key = waiting(&store, third).settle;
    let posted = store.post(&noon(), key, third, &a001).unwrap().unwrap();
    // A settlement says the same as its hold.
    let said = format!(
        "SELECT count(*) FROM operation WHERE seq = {} AND about = 'ROBOT' AND n = 1",
        posted.seq
    );
    assert_eq!(dir.number(&said), 1);
    assert_eq!(store.open_holds().unwrap().len(), 1);

    // Lists, books and tables take it as well.
    let page = store.passbook(&alice(), 0, 10).unwrap();
    let posted = page.lines.iter();
    let posted = posted.filter(|line| line.told.id == "passbook-redeemed");
    assert_eq!(posted.count(), 2);
    assert_eq!(store.last_operations(20).unwrap().len(), 12);
    let today = ReportDays::one(noon().date());
    let report = store.report(|reports| reports.day(today)).unwrap();
    assert_eq!((report.open_holds, report.rewards.len()), (1, 0));
    let copy = store.reprint(&noon(), receipt.seq, 1, &a001).unwrap();
    assert!(copy.unwrap().seq > receipt.seq);
    assert_clean(&store);
}

#[test]
fn staff_neither_confirm_nor_call_off_what_is_theirs() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let quote = quote(&mut store, &bob(), "RICE", 1);
    let held = store
        .hold(&noon(), &catalogue(), &bob(), &quote)
        .unwrap()
        .unwrap();
    let b002 = staff_id("B002");
    let own = store.post(&noon(), held.settle, held.seq, &b002).unwrap();
    assert_eq!(own, Err(no("own-account")));
    let by = Voider::Staff(b002);
    let own = store.void(&noon(), held.settle, held.seq, &by).unwrap();
    assert_eq!(own, Err(no("own-account")));
    assert_eq!(dir.count("refusal"), 2);
    // As the holder they may.
    store
        .void(&noon(), held.settle, held.seq, &Voider::Holder)
        .unwrap()
        .unwrap();
    let unknown = store.post(
        &noon(),
        wenming::domain::OpId::new([9; 16]),
        Seq::new(1),
        &staff_id("A001"),
    );
    assert_eq!(unknown.unwrap(), Err(no("no-such-operation")));
    assert_clean(&store);
}
