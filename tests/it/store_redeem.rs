//! A redemption happens at most once, by two people, and is mended by its mirror.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::screens::awarded;
use crate::station::till::{Fill as _, Quote, Till as _, Voider};
use crate::station::{
    Dir, alice, assert_clean, at, bob, catalogue, item_code, noon, op, open, quote, rule, staff_id,
    wish,
};
use std::thread;
use wenming::domain::{Bucket, Fact, Points, Refusal, Seq, Text, UnitCode, no};
use wenming::services::Command;
use wenming::store::Store;

#[test]
fn a_redemption_is_held_then_posted() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let quote = quote(&mut store, &alice(), "RICE", 2);
    let held = store
        .hold(&noon(), &catalogue(), &alice(), &quote)
        .unwrap()
        .unwrap();
    assert_eq!(
        (held.before.get(), held.points.get(), held.after.get()),
        (100, 20, 80)
    );
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 80);
    assert_eq!(dir.free("STOCK", "I-RICE"), 3);
    assert_eq!(dir.free("PARTNER-SHOP", "POINTS"), 0);
    assert_eq!(
        store.open_holds().unwrap().first().unwrap().settle,
        held.settle
    );
    assert_eq!(
        store.statement(&alice()).unwrap().unwrap().held,
        Points::new(20)
    );

    let receipt = store
        .post(&noon(), held.settle, held.seq, &staff_id("A001"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            receipt.before.get(),
            receipt.points.get(),
            receipt.after.get()
        ),
        (100, 20, 80)
    );
    assert_eq!(dir.free("PARTNER-SHOP", "POINTS"), 20);
    assert_eq!(dir.free("DELIVERED", "I-RICE"), 2);
    assert!(store.open_holds().unwrap().is_empty());
    assert_eq!(dir.free("STOCK", "I-RICE"), 3);
    assert_eq!(receipt.wish, Some(wish("RICE", 2)));
    assert_clean(&store);
}

#[test]
fn the_same_step_twice_happens_once() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let quote = quote(&mut store, &alice(), "RICE", 1);
    let first = store
        .hold(&noon(), &catalogue(), &alice(), &quote)
        .unwrap()
        .unwrap();
    let later = at("2026-11-23T13:00:00+08:00", 5_000);
    let again = store
        .hold(&later, &catalogue(), &alice(), &quote)
        .unwrap()
        .unwrap();
    assert_eq!(first, again);
    assert_eq!(dir.count("hold"), 1);

    let a001 = staff_id("A001");
    let post = store
        .post(&noon(), first.settle, first.seq, &a001)
        .unwrap()
        .unwrap();
    let more = quote_and_hold(&mut store, "SOAP", 1);
    let again = store
        .post(&later, first.settle, first.seq, &a001)
        .unwrap()
        .unwrap();
    assert_eq!(post, again);
    assert_eq!(dir.count("post"), 1);
    let late = store
        .void(&later, first.settle, first.seq, &Voider::Holder)
        .unwrap();
    assert_eq!(late, Err(no("hold-settled")));

    let voided = store
        .void(&later, more.1, more.0, &Voider::Staff(a001.clone()))
        .unwrap();
    let again = store
        .void(&later, more.1, more.0, &Voider::Staff(a001.clone()))
        .unwrap();
    assert_eq!(voided, again);
    assert_eq!(dir.count("void"), 1);
    let late = store.post(&later, op(9), more.0, &a001).unwrap();
    assert_eq!(late, Err(no("hold-settled")));

    let back = store
        .reverse(&later, op(10), post.seq, &a001)
        .unwrap()
        .unwrap();
    let again = store
        .reverse(&later, op(10), post.seq, &a001)
        .unwrap()
        .unwrap();
    assert_eq!(back, again);
    assert_eq!(dir.count("reversal"), 1);
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 100);
    assert_eq!(dir.free("STOCK", "I-RICE"), 5);
    assert_clean(&store);
}

fn quote_and_hold(store: &mut Store, item: &str, quantity: i64) -> (Seq, wenming::domain::OpId) {
    let quote = quote(store, &alice(), item, quantity);
    let held = store
        .hold(&noon(), &catalogue(), &alice(), &quote)
        .unwrap()
        .unwrap();
    (held.seq, held.settle)
}

#[test]
fn a_key_that_comes_with_other_content_is_refused_and_recorded() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let first = quote(&mut store, &alice(), "RICE", 1);
    let held = store
        .hold(&noon(), &catalogue(), &alice(), &first)
        .unwrap()
        .unwrap();
    let mut other = quote(&mut store, &alice(), "RICE", 2);
    other.op_id = first.op_id;
    let refused = store.hold(&noon(), &catalogue(), &alice(), &other).unwrap();
    assert_eq!(refused, Err(no("op-reused")));
    let refused = store.hold(&noon(), &catalogue(), &bob(), &first).unwrap();
    assert_eq!(refused, Err(no("op-reused")));
    let refused = store
        .post(&noon(), first.op_id, held.seq, &staff_id("A001"))
        .unwrap();
    assert_eq!(refused, Err(no("op-reused")));
    assert_eq!(dir.count("refusal"), 3);
    assert_eq!(dir.count("hold"), 1);
    assert_eq!(dir.count("post"), 0);
    assert_clean(&store);
}

#[test]
fn a_key_gives_its_first_answer_only_to_the_very_same_question() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let (a001, b002) = (staff_id("A001"), staff_id("B002"));
    let hold = |store: &mut Store, quote: &Quote| {
        let held = store.hold(&noon(), &catalogue(), &alice(), quote);
        held.unwrap()
    };
    let first = quote(&mut store, &alice(), "RICE", 1);
    let one = hold(&mut store, &first).unwrap();
    let (two, two_key) = quote_and_hold(&mut store, "RICE", 1);
    // The same key for another thing, and at another price.
    let mut soap = first.clone();
    soap.wish = wish("SOAP", 1);
    assert_eq!(hold(&mut store, &soap), Err(no("op-reused")));
    let mut dearer = first.clone();
    dearer.total = Points::new(11);
    assert_eq!(hold(&mut store, &dearer), Err(no("op-reused")));

    let receipt = store.post(&noon(), one.settle, one.seq, &a001).unwrap();
    let posted = receipt.unwrap().seq;
    // The key of a post holds nothing; nor does it post another hold, or the same with another's word.
    let mut settled = first;
    settled.op_id = one.settle;
    assert_eq!(hold(&mut store, &settled), Err(no("op-reused")));
    let other = store.post(&noon(), one.settle, two, &a001).unwrap();
    assert_eq!(other, Err(no("op-reused")));
    let late = store.post(&noon(), one.settle, one.seq, &b002).unwrap();
    assert_eq!(late, Err(no("hold-settled")));

    let nobody = Voider::Staff(staff_id("Z999"));
    let refused = store.void(&noon(), two_key, two, &nobody).unwrap();
    assert_eq!(refused, Err(no("not-staff")));
    assert_eq!(dir.count("void"), 0);
    let voided = store.void(&noon(), two_key, two, &Voider::Holder).unwrap();
    voided.unwrap();
    let staff = Voider::Staff(a001.clone());
    let late = store.void(&noon(), two_key, two, &staff).unwrap();
    assert_eq!(late, Err(no("hold-settled")));
    let (three, three_key) = quote_and_hold(&mut store, "RICE", 1);
    let other = store
        .void(&noon(), two_key, three, &Voider::Holder)
        .unwrap();
    assert_eq!(other, Err(no("op-reused")));

    // What is no hold cannot be settled.
    let settled = store.post(&noon(), three_key, posted, &a001);
    assert_eq!(settled.unwrap(), Err(no("no-such-operation")));
    assert_eq!(
        (dir.count("hold"), dir.count("post"), dir.count("void")),
        (3, 1, 1)
    );
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 80);
    assert_eq!(dir.free("STOCK", "I-RICE"), 3);
    assert_clean(&store);
}

#[test]
fn two_kiosks_race_for_the_last_piece_and_one_gets_it() {
    let dir = Dir::new();
    drop(open(&dir));
    let threads: Vec<_> = [alice(), bob()]
        .into_iter()
        .map(|account| {
            let path = dir.path().to_owned();
            thread::spawn(move || {
                let mut store = Store::open(&path).unwrap();
                let mut won = 0;
                for _ in 0..5 {
                    let quote = store.quote(&noon(), &catalogue(), &account, &wish("RICE", 1));
                    let Ok(quote) = quote.unwrap() else { break };
                    let held = store.hold(&noon(), &catalogue(), &account, &quote).unwrap();
                    match held {
                        Ok(_) => won += 1,
                        Err(refusal) => {
                            assert_eq!(refusal, Refusal::out_of_stock(&item_code("RICE"), 0));
                        }
                    }
                }
                won
            })
        })
        .collect();
    let won: i32 = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .sum();
    assert_eq!(won, 5);
    assert_eq!(dir.count("hold"), 5);
    assert_eq!(dir.free("STOCK", "I-RICE"), 0);
    assert_clean(&Store::open_existing(dir.path()).unwrap());
}

#[test]
fn a_price_that_changed_is_said_and_nothing_is_held() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let quote = quote(&mut store, &alice(), "RICE", 1);
    let mut dearer = catalogue();
    dearer.items.first_mut().unwrap().prices.base = Points::new(12);
    let refused = store.hold(&noon(), &dearer, &alice(), &quote).unwrap();
    let (shown, now) = (Points::new(10), Points::new(12));
    assert_eq!(refused, Err(Refusal::price_changed(shown, now)));
    assert_eq!(dir.count("hold"), 0);
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 100);
}

#[test]
fn limits_count_holds_but_not_what_was_voided_or_reversed() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let a001 = staff_id("A001");
    let blocked = |store: &mut Store| {
        let answer = store
            .quote(&noon(), &catalogue(), &alice(), &wish("SOAP", 1))
            .unwrap();
        answer.is_err_and(|refusal| {
            refusal.is("limit-reached")
                && refusal
                    .facts()
                    .contains(&("used", Fact::Pieces(item_code("SOAP"), 2)))
        })
    };
    let (first, key) = quote_and_hold(&mut store, "SOAP", 2);
    assert!(blocked(&mut store));
    store
        .void(&noon(), key, first, &Voider::Holder)
        .unwrap()
        .unwrap();
    let (second, key) = quote_and_hold(&mut store, "SOAP", 2);
    assert!(blocked(&mut store));
    let receipt = store.post(&noon(), key, second, &a001).unwrap().unwrap();
    assert!(blocked(&mut store));
    store
        .reverse(&noon(), op(1), receipt.seq, &a001)
        .unwrap()
        .unwrap();
    quote_and_hold(&mut store, "SOAP", 2);
    assert!(blocked(&mut store));
    let tomorrow = at("2026-11-24T00:00:00+08:00", 9_000);
    let answer = store
        .quote(&tomorrow, &catalogue(), &alice(), &wish("SOAP", 2))
        .unwrap();
    assert!(answer.is_ok());
    let evening = at("2026-11-23T23:59:59+08:00", 9_000);
    assert!(
        store
            .quote(&evening, &catalogue(), &alice(), &wish("SOAP", 1))
            .unwrap()
            .is_err()
    );
}

#[test]
fn nobody_signs_for_their_own_account() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let (a001, b002) = (staff_id("A001"), staff_id("B002"));
    let quote = quote(&mut store, &bob(), "RICE", 1);
    let held = store
        .hold(&noon(), &catalogue(), &bob(), &quote)
        .unwrap()
        .unwrap();
    let own = store.post(&noon(), held.settle, held.seq, &b002).unwrap();
    assert_eq!(own, Err(no("own-account")));
    let receipt = store
        .post(&noon(), held.settle, held.seq, &a001)
        .unwrap()
        .unwrap();
    let own = store.reverse(&noon(), op(1), receipt.seq, &b002).unwrap();
    assert_eq!(own, Err(no("own-account")));
    let own = store.write(&noon(), |writer| {
        writer.points_in(
            &bob(),
            &rule(),
            (Points::new(5), Bucket::NEVER),
            Some(&b002),
        )
    });
    assert_eq!(own.unwrap(), Err(no("own-account")));
    assert_eq!(dir.count("refusal"), 3);
    assert_eq!(dir.free(bob().as_str(), "POINTS"), 90);
    assert_clean(&store);
}

#[test]
fn what_cannot_be_mended_is_refused() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let a001 = staff_id("A001");
    let credit = dir.number("SELECT min(seq) FROM operation WHERE kind = 'award'");
    let (hold, key) = quote_and_hold(&mut store, "HAIRCUT", 1);
    let reverse = |store: &mut Store, n, of| store.reverse(&noon(), op(n), Seq::new(of), &a001);
    assert_eq!(
        reverse(&mut store, 1, hold.get()).unwrap(),
        Err(no("not-reversible"))
    );
    assert_eq!(
        reverse(&mut store, 2, 1).unwrap(),
        Err(no("not-reversible"))
    );
    assert_eq!(
        reverse(&mut store, 3, credit).unwrap(),
        Err(no("already-spent"))
    );
    store
        .void(&noon(), key, hold, &Voider::Holder)
        .unwrap()
        .unwrap();
    let mirror = reverse(&mut store, 4, credit).unwrap().unwrap();
    assert_eq!(
        reverse(&mut store, 5, credit).unwrap(),
        Err(no("already-reversed"))
    );
    assert_eq!(
        reverse(&mut store, 6, mirror.get()).unwrap(),
        Err(no("not-reversible"))
    );
    assert_eq!(dir.free(alice().as_str(), "POINTS"), 0);
    assert_eq!(dir.free("BUDGET", "POINTS"), 900);
    assert_clean(&store);
}

#[test]
fn points_that_expire_first_are_spent_first() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let soon = Bucket::new(202_612);
    store
        .write(&noon(), |writer| {
            writer.budget_in(Points::new(50), soon)?;
            writer.points_in(&alice(), &rule(), (Points::new(4), soon), None)
        })
        .unwrap()
        .unwrap();
    quote_and_hold(&mut store, "RICE", 1);
    let held = |bucket: i64| {
        dir.number(&format!(
            "SELECT sum(held) FROM balance WHERE unit = 1 AND bucket = {bucket}"
        ))
    };
    assert_eq!((held(202_612), held(0)), (4, 6));
    assert_eq!(UnitCode::Points.name(), "POINTS");
    assert_clean(&store);
}

#[test]
fn the_passbook_says_what_was_earned_and_what_it_went_to() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let a001 = staff_id("A001");
    let (voided, key) = quote_and_hold(&mut store, "RICE", 1);
    store
        .void(&noon(), key, voided, &Voider::Holder)
        .unwrap()
        .unwrap();
    let (hold, key) = quote_and_hold(&mut store, "RICE", 2);
    let receipt = store.post(&noon(), key, hold, &a001).unwrap().unwrap();
    store
        .reverse(&noon(), op(1), receipt.seq, &a001)
        .unwrap()
        .unwrap();
    quote_and_hold(&mut store, "HAIRCUT", 1);
    let page = store.passbook(&alice(), 0, 10).unwrap();
    let lines: Vec<_> = page
        .lines
        .into_iter()
        .map(|line| (line.told, line.change.get(), line.after.get()))
        .collect();
    let told = |item, n| Command::redeem(&alice(), &wish(item, n), (None, None)).told();
    let wrapped = |id, what: Text| Text::of(id).fact("what", Fact::Text(Box::new(what)));
    assert_eq!(
        lines,
        [
            (wrapped("passbook-waiting", told("HAIRCUT", 1)), -20, 80),
            (wrapped("passbook-returned", told("RICE", 2)), 20, 100),
            (wrapped("passbook-redeemed", told("RICE", 2)), -20, 80),
            (awarded(&rule()), 100, 100),
        ]
    );
    let last = store.passbook(&alice(), 7, 3).unwrap();
    assert_eq!((last.page, last.pages, last.lines.len()), (1, 2, 1));
    let operations = store.last_operations(3).unwrap();
    let reversible: Vec<_> = operations.iter().map(|past| past.reversible).collect();
    assert_eq!(reversible, [false, false, false]);
    assert_eq!(operations.first().unwrap().told, told("HAIRCUT", 1));
    assert_eq!(
        operations.first().unwrap().member.as_ref().unwrap().account,
        alice()
    );
}

/// Where fewer MiB are left than the station keeps, nothing new begins by any door, and what was begun ends or is undone.
#[test]
fn with_little_room_on_the_disk_nothing_begins_and_everything_ends() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let priced = quote(&mut store, &alice(), "RICE", 1);
    let other = quote(&mut store, &alice(), "RICE", 1);
    let hold = store
        .hold(&noon(), &catalogue(), &alice(), &priced)
        .unwrap()
        .unwrap();
    let kept = store
        .hold(&noon(), &catalogue(), &alice(), &other)
        .unwrap()
        .unwrap();
    let third = quote(&mut store, &alice(), "RICE", 1);
    store.hold_free(u64::MAX);
    let low = Err(no("disk-low"));
    // The screen asks for a price first; a file of commands and whoever has a price already book at once.
    let asked = store
        .quote(&noon(), &catalogue(), &alice(), &wish("RICE", 1))
        .unwrap();
    assert_eq!(asked.map(drop), low);
    let began = store.hold(&noon(), &catalogue(), &alice(), &third).unwrap();
    assert_eq!(began.map(drop), low);
    // The same order again is no new one.
    let again = store
        .hold(&noon(), &catalogue(), &alice(), &priced)
        .unwrap()
        .unwrap();
    assert_eq!(again.seq, hold.seq);
    let posted = store
        .post(&noon(), hold.settle, hold.seq, &staff_id("A001"))
        .unwrap()
        .unwrap();
    store
        .void(&noon(), kept.settle, kept.seq, &Voider::Holder)
        .unwrap()
        .unwrap();
    store
        .reprint(&noon(), posted.seq, 1, &staff_id("A001"))
        .unwrap()
        .unwrap();
    store
        .reverse(&noon(), op(77), posted.seq, &staff_id("B002"))
        .unwrap()
        .unwrap();
    assert_eq!((dir.count("hold"), dir.count("reprint")), (2, 1));
    store.hold_free(0);
    store.keep_reserve();
    store
        .hold(&noon(), &catalogue(), &alice(), &third)
        .unwrap()
        .unwrap();
    assert_clean(&store);
}
