//! Whatever happens in whatever order, the disk agrees with a model that fits on one screen.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::station::till::{Fill as _, Till as _, Voider};
use crate::station::{
    Dir, alice, assert_clean, bob, catalogue, noon, op, open, rule, staff_id, wish,
};
use proptest::prelude::*;
use wenming::domain::{AccountId, Bucket, OpId, Points, Seq};
use wenming::store::Store;

#[derive(Clone, Debug)]
enum Step {
    Earn(bool, i64),
    Hold(bool, i64),
    Post(usize),
    Void(usize),
    Reverse(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (any::<bool>(), 1..40_i64).prop_map(|(who, points)| Step::Earn(who, points)),
        (any::<bool>(), 1..4_i64).prop_map(|(who, pieces)| Step::Hold(who, pieces)),
        any::<usize>().prop_map(Step::Post),
        any::<usize>().prop_map(Step::Void),
        any::<usize>().prop_map(Step::Reverse),
    ]
}

/// What is free: Alice's points, Bob's, and rice; then what is open and what is final.
#[derive(Default)]
struct Model {
    free: [i64; 2],
    rice: i64,
    open: Vec<(Seq, OpId, usize, i64)>,
    posted: Vec<(Seq, usize, i64)>,
}

fn who(bob_is_meant: bool) -> (usize, AccountId) {
    if bob_is_meant {
        (1, bob())
    } else {
        (0, alice())
    }
}

fn apply(store: &mut Store, model: &mut Model, n: u8, step: &Step) {
    let a001 = staff_id("A001");
    match *step {
        Step::Earn(is_bob, points) => {
            let (i, account) = who(is_bob);
            let part = (Points::new(points), Bucket::NEVER);
            let credit =
                |w: &mut wenming::store::Writer<'_>| w.points_in(&account, &rule(), part, None);
            if store.write(&noon(), credit).unwrap().is_ok() {
                model.free[i] += points;
            }
        }
        Step::Hold(is_bob, pieces) => {
            let (i, account) = who(is_bob);
            let quote = store
                .quote(&noon(), &catalogue(), &account, &wish("RICE", pieces))
                .unwrap();
            let fits = model.free[i] >= pieces * 10 && model.rice >= pieces;
            assert_eq!(quote.is_ok(), fits);
            if let Ok(quote) = quote {
                let held = store
                    .hold(&noon(), &catalogue(), &account, &quote)
                    .unwrap()
                    .unwrap();
                model.free[i] -= pieces * 10;
                model.rice -= pieces;
                model.open.push((held.seq, held.settle, i, pieces));
            }
        }
        Step::Post(at) if !model.open.is_empty() => {
            let (seq, key, i, pieces) = model.open.remove(at % model.open.len());
            let receipt = store.post(&noon(), key, seq, &a001).unwrap().unwrap();
            assert_eq!(receipt.after.get(), model.free[i]);
            model.posted.push((receipt.seq, i, pieces));
        }
        Step::Void(at) if !model.open.is_empty() => {
            let (seq, key, i, pieces) = model.open.remove(at % model.open.len());
            store
                .void(&noon(), key, seq, &Voider::Holder)
                .unwrap()
                .unwrap();
            model.free[i] += pieces * 10;
            model.rice += pieces;
        }
        Step::Reverse(at) if !model.posted.is_empty() => {
            let (seq, i, pieces) = model.posted.remove(at % model.posted.len());
            store.reverse(&noon(), op(n), seq, &a001).unwrap().unwrap();
            model.free[i] += pieces * 10;
            model.rice += pieces;
        }
        Step::Post(_) | Step::Void(_) | Step::Reverse(_) => {}
    }
}

/// The sum over all accounts is 0 in every unit, balances are those of the legs, and AID is empty.
fn is_conserved(dir: &Dir) -> bool {
    let by_balance = "SELECT count(*) FROM (SELECT sum(credits - debits) AS total FROM balance
        GROUP BY unit) WHERE total <> 0";
    let by_legs =
        "SELECT count(*) FROM balance b WHERE b.credits - b.debits <> (SELECT coalesce(sum(
          CASE WHEN t.credit = b.account THEN t.amount ELSE -t.amount END), 0) FROM transfer t
        WHERE b.account IN (t.debit, t.credit) AND t.unit = b.unit AND t.bucket = b.bucket
          AND t.phase IN ('single', 'post'))";
    let aid = "SELECT count(*) FROM balance WHERE credits - debits <> 0
        AND account = (SELECT id FROM account WHERE name = 'AID')";
    [by_balance, by_legs, aid]
        .iter()
        .all(|sql| dir.number(sql) == 0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn balances_are_those_of_the_model(steps in proptest::collection::vec(step(), 1..40)) {
        let dir = Dir::new();
        let mut store = open(&dir);
        let mut model = Model { free: [100, 100], rice: 5, ..Model::default() };
        for (n, step) in (1..).zip(&steps) {
            apply(&mut store, &mut model, n, step);
            prop_assert!(is_conserved(&dir), "after {step:?}");
        }
        prop_assert_eq!(dir.free(alice().as_str(), "POINTS"), model.free[0]);
        prop_assert_eq!(dir.free(bob().as_str(), "POINTS"), model.free[1]);
        prop_assert_eq!(dir.free("STOCK", "I-RICE"), model.rice);
        let below = "SELECT count(*) FROM balance WHERE floored = 1 AND credits - debits - held < 0";
        prop_assert_eq!(dir.number(below), 0);
        prop_assert_eq!(store.open_holds().unwrap().len(), model.open.len());
        assert_clean(&store);
    }
}
