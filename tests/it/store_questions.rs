//! What every service asks of the log: sums, lists, natural keys, folds; net of what was undone.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::forge::{Forged, forged, leg, write};
use crate::station::{Dir, alice, assert_clean, bob, open};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde_json::{Value, json};
use wenming::domain::{About, Kind, Seq, Tally};
use wenming::services;

/// An event with the shared words. `consent` is a kind that can be annulled, `refusal` one that cannot.
fn event(conn: &Connection, kind: &'static str, what: Value) -> i64 {
    write(
        conn,
        &Forged {
            what,
            ..forged(kind, "STATION", vec![])
        },
    )
}

fn annul(conn: &Connection, of: i64) {
    write(
        conn,
        &Forged {
            reverses: Some(of),
            ..forged("annulled", "A001", vec![])
        },
    );
}

fn code(text: &str) -> About {
    About::Code(text.to_owned())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn consents() -> Tally {
    Tally::of(Kind::CONSENT)
}

#[test]
#[rustfmt::skip] // one row a line
fn a_tally_counts_what_it_asks_for_and_what_still_holds() {
    let dir = Dir::new();
    let store = open(&dir);
    let conn = dir.plain();
    let (me, him) = (alice(), bob());
    let what = |about: &str, who: &str, day: &str, n: i64| json!({"about": about, "who": who, "day": day, "n": n});
    event(&conn, "consent", what("LAMP", me.as_str(), "2026-11-01", 1));
    event(&conn, "consent", what("LAMP", me.as_str(), "2026-11-02", 2));
    event(&conn, "consent", what("LAMP", him.as_str(), "2026-11-02", 4));
    event(&conn, "consent", what("PIPE", me.as_str(), "2026-11-30", 8));
    let wrong = event(&conn, "consent", what("LAMP", me.as_str(), "2026-11-02", 100));
    event(&conn, "refusal", what("LAMP", me.as_str(), "2026-11-02", 16));
    event(&conn, "consent", json!({"about": 3, "n": 32}));
    event(&conn, "consent", json!({}));
    let november = |tally: Tally| tally.within(day("2026-11-02"), day("2026-11-30"));
    let before = store.net(&consents().about(code("LAMP"))).unwrap();
    assert_eq!((before.count, before.n), (4, 107));
    annul(&conn, wrong);
    for (name, tally, count, n) in [
        ("kind", consents(), 6, 47),
        ("about", consents().about(code("LAMP")), 3, 7),
        ("about a seq", consents().about(About::Seq(Seq::new(3))), 1, 32),
        ("no code 3", consents().about(code("3")), 0, 0),
        ("who", consents().who(&me), 3, 11),
        ("about and who", consents().about(code("LAMP")).who(&me), 2, 3),
        ("days", november(consents()), 3, 14),
        ("about, days", november(consents().about(code("LAMP"))), 2, 6),
        ("who, days", november(consents().who(&me)), 2, 10),
        ("all", november(consents().about(code("LAMP")).who(&me)), 1, 2),
        ("from", Tally { from: Some(day("2026-11-03")), ..consents() }, 1, 8),
        ("to", Tally { to: Some(day("2026-11-01")), ..consents() }, 1, 1),
        ("another kind", Tally::of(Kind::REFUSAL).who(&me), 1, 16),
        ("two kinds", Tally { kinds: vec![Kind::REFUSAL, Kind::CONSENT], ..consents().who(&me) }, 4, 27),
        ("no kind", Tally::default(), 0, 0),
    ] {
        let net = store.net(&tally).unwrap();
        assert_eq!((net.count, net.n), (count, n), "{name}");
        let listed = store.logged(&tally, 100).unwrap();
        assert_eq!(i64::try_from(listed.len()).unwrap(), count, "{name}");
        assert!(listed.windows(2).all(|pair| matches!(pair, [a, b] if a.seq > b.seq)), "{name}");
    }
    assert_clean(&store);
}

#[test]
fn a_hold_counts_until_it_is_voided_or_its_post_reversed() {
    let dir = Dir::new();
    let store = open(&dir);
    let conn = dir.plain();
    let me = alice().to_string();
    let legs = || vec![leg("POINTS", &me, "PARTNER-SHOP", 5)];
    let hold = |n: i64| {
        let what = json!({"about": "ROBOT", "n": n, "who": me});
        write(
            &conn,
            &Forged {
                what,
                ..forged("hold", &me, legs())
            },
        )
    };
    let settle = |kind, hold| {
        let approver = (kind == "post").then_some("A001");
        let pends = Some(hold);
        write(
            &conn,
            &Forged {
                approver,
                pends,
                ..forged(kind, &me, legs())
            },
        )
    };
    let seats = || {
        let tally = Tally::of(services::kind("hold").unwrap()).about(code("ROBOT"));
        store.net(&tally).unwrap().n
    };
    let (one, two, _four) = (hold(1), hold(2), hold(4));
    assert_eq!(seats(), 7);
    settle("void", one);
    assert_eq!(seats(), 6);
    let post = settle("post", two);
    assert_eq!(seats(), 6);
    let back = vec![leg("POINTS", "PARTNER-SHOP", &me, 5)];
    let reverses = Some(post);
    write(
        &conn,
        &Forged {
            reverses,
            ..forged("reversal", "A001", back)
        },
    );
    assert_eq!(seats(), 4);
}

#[test]
fn the_newest_come_first_and_a_fold_begins_at_the_beginning() {
    let dir = Dir::new();
    let store = open(&dir);
    let conn = dir.plain();
    let step = |kind, n: i64| event(&conn, kind, json!({"about": "CASE-7", "n": n}));
    let seqs = [
        step("consent", 1),
        step("refusal", 2),
        step("consent", 3),
        step("refusal", 4),
    ];
    event(&conn, "refusal", json!({"about": "CASE-8", "n": 5}));
    let kinds = [Kind::REFUSAL, Kind::CONSENT];
    let both = Tally {
        kinds: kinds.to_vec(),
        ..Tally::default()
    };
    let seqs_of = |logged: Vec<wenming::domain::Logged>| -> Vec<i64> {
        logged.iter().map(|logged| logged.seq.get()).collect()
    };
    let newest = store.logged(&both.about(code("CASE-7")), 3).unwrap();
    assert_eq!(newest.first().unwrap().kind, Kind::REFUSAL);
    assert!(newest.first().unwrap().body.contains("\"n\":4"));
    assert_eq!(seqs_of(newest), [seqs[3], seqs[2], seqs[1]]);
    let all = || seqs_of(store.about(&kinds, &code("CASE-7")).unwrap());
    assert_eq!(all(), seqs);
    annul(&conn, seqs[0]);
    assert_eq!(all(), seqs[1..]);
    let standing = store.logged(&consents().about(code("CASE-7")), 1).unwrap();
    assert_eq!(seqs_of(standing), [seqs[2]]);
}
