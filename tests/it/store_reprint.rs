//! Reprints stand in the ledger: counted one by one, once for each key pressed, and they move nothing.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::station::till::Till as _;
use crate::station::{
    Dir, alice, assert_clean, catalogue, noon, op, open, quote, reopen, staff_id,
};
use wenming::domain::{Booked, Seq, no};
use wenming::store::Store;

/// Rice for Alice, handed over.
fn redeemed(store: &mut Store) -> Booked {
    let quote = quote(store, &alice(), "RICE", 1);
    let held = store
        .hold(&noon(), &catalogue(), &alice(), &quote)
        .unwrap()
        .unwrap();
    store
        .post(&noon(), held.settle, held.seq, &staff_id("A001"))
        .unwrap()
        .unwrap()
}

#[test]
fn every_copy_is_one_operation_without_legs() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let receipt = redeemed(&mut store);
    let seq = receipt.seq;
    let free = dir.free(alice().as_str(), "POINTS");
    let a001 = staff_id("A001");
    let first = store.reprint(&noon(), seq, 1, &a001).unwrap().unwrap();
    assert!(first.seq > seq, "{first:?}");
    // What is printed is the post.
    let (shown, _name) = store.receipt(seq).unwrap().unwrap();
    assert_eq!(shown, receipt);
    // The same key pressed twice, also over a restart, is the same copy.
    let again = store.reprint(&noon(), seq, 1, &a001).unwrap().unwrap();
    assert_eq!(again, first);
    drop(store);
    let mut store = reopen(&dir);
    let again = store.reprint(&noon(), seq, 1, &a001).unwrap().unwrap();
    assert_eq!(again, first);
    assert_eq!(dir.count("reprint"), 1);
    let second = store.reprint(&noon(), seq, 2, &a001).unwrap().unwrap();
    assert!(second.seq > first.seq, "{second:?}");
    let again = store.reprint(&noon(), seq, 1, &a001).unwrap().unwrap();
    assert_eq!(again, first);
    let past = store.operation(seq).unwrap().unwrap();
    assert_eq!(past.reprints, 2);
    // A copy cannot be left out.
    let skipped = store.reprint(&noon(), seq, 4, &a001).unwrap();
    assert_eq!(skipped, Err(no("op-reused")));
    assert_eq!(dir.count("reprint"), 2);
    assert_eq!(dir.free(alice().as_str(), "POINTS"), free);
    let sql = "SELECT group_concat(n || ' of ' || about)
                 FROM operation WHERE kind = 'reprint' AND nlegs = 0 AND actor = 'A001'";
    let said: String = dir.plain().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(said, format!("1 of {seq},2 of {seq}"));
    assert_clean(&store);
}

#[test]
fn only_staff_reprint_and_only_receipts_that_hold() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let seq = redeemed(&mut store).seq;
    let nobody = store.reprint(&noon(), seq, 1, &staff_id("A999")).unwrap();
    assert_eq!(nobody, Err(no("not-staff")));
    let none = store
        .reprint(&noon(), Seq::new(1), 1, &staff_id("A001"))
        .unwrap();
    assert_eq!(none, Err(no("no-such-operation")));
    let key = store.operation(seq).unwrap().unwrap().reverse;
    assert_ne!(key, op(1));
    store
        .reverse(&noon(), key, seq, &staff_id("A001"))
        .unwrap()
        .unwrap();
    let mended = store.reprint(&noon(), seq, 1, &staff_id("A001")).unwrap();
    assert_eq!(mended, Err(no("already-reversed")));
    assert_eq!(dir.count("reprint"), 0);
    let kind = wenming::services::kind("reprint").unwrap();
    assert!(!kind.is_reversible());
    assert_clean(&store);
}
