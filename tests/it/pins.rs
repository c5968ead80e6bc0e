//! Wrong PINs: the growing wait, the day's cap, the number apart from the badge, and whom they are told to.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::station::{Dir, assert_clean, at, card, catalogue, open, reopen, staff, staff_id};
use wenming::domain::{Fact, Refusal, Role, ShownBy, TriedPins, no};
use wenming::store::Store;

const NOON: &str = "2026-11-23T12:00:00+08:00";
const MINUTE: i64 = 60_000;

/// How many wrong or early tries are in the log, all of them shown this way.
fn refused(dir: &Dir, by: &str) -> i64 {
    let others = format!(
        "SELECT count(*) FROM operation WHERE kind = 'sign-in-refused'
            AND json_extract(body, '$.what.by') IS NOT '{by}'"
    );
    assert_eq!(dir.number(&others), 0, "not by {by}");
    dir.count("sign-in-refused")
}

/// Somebody tries a PIN on the badge of A001.
fn try_pin(
    store: &mut Store,
    by: ShownBy,
    (wall, mono_ms): (&str, i64),
    pin: &str,
) -> Result<String, Refusal> {
    let answer = store.sign_in(&at(wall, mono_ms), (&staff_id("A001"), by), pin);
    answer.unwrap().map(|staff| staff.id.to_string())
}

fn locked(minutes: i64) -> Result<String, Refusal> {
    Err(no("pin-locked").count("minutes", minutes))
}

/// Wrong PINs, each as soon as it is looked at, until the cap; gives the moment of the last one.
fn use_up(store: &mut Store, by: ShownBy, from_ms: i64) -> i64 {
    let mut mono_ms = from_ms;
    loop {
        match try_pin(store, by, (NOON, mono_ms), "9999") {
            Err(refusal) if refusal.is("pin-wrong") => {}
            Err(refusal) if refusal.is("pin-locked") => {
                let minutes = refusal.facts().iter().find_map(|(_, fact)| {
                    if let Fact::Count(minutes) = fact {
                        Some(*minutes)
                    } else {
                        None
                    }
                });
                mono_ms += minutes.unwrap() * MINUTE;
            }
            Err(refusal) if refusal.is("pin-day-locked") => return mono_ms,
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn the_wait_grows_and_neither_a_restart_nor_a_clock_shortens_it() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let by = ShownBy::Badge;
    for empty in ["", "12", "123456789", "12a4"] {
        let missing = Err(no("pin-missing"));
        assert_eq!(try_pin(&mut store, by, (NOON, 0), empty), missing);
    }
    for left in [2, 1] {
        let wrong = Err(no("pin-wrong").count("left", left));
        assert_eq!(try_pin(&mut store, by, (NOON, 0), "9999"), wrong);
    }
    let mut mono_ms = 0;
    for minutes in [1, 2, 4, 8] {
        assert_eq!(
            try_pin(&mut store, by, (NOON, mono_ms), "9999"),
            locked(minutes)
        );
        mono_ms += minutes * MINUTE;
        // A millisecond too early nothing is looked at, and nothing is counted.
        let early = try_pin(&mut store, by, (NOON, mono_ms - 1), "1234");
        assert_eq!(early, locked(1));
    }
    assert_eq!(try_pin(&mut store, by, (NOON, mono_ms), "9999"), locked(16));
    // The wall clock runs ahead, the monotonic one does not.
    let ahead = ("2027-01-01T00:00:00+08:00", mono_ms + MINUTE);
    assert_eq!(try_pin(&mut store, by, ahead, "1234"), locked(15));
    let badge = store.badge(&at(NOON, mono_ms + MINUTE), (&card("BADGE001"), by), None);
    assert_eq!(badge.unwrap(), Err(no("pin-locked").count("minutes", 15)));
    drop(store);

    let mut store = reopen(&dir);
    let later = ("2026-11-23T12:06:00+08:00", 10);
    assert_eq!(try_pin(&mut store, by, later, "1234"), locked(10));
    // The clock went back a year: only the time since this start counts.
    let back = "2025-11-23T12:00:00+08:00";
    assert_eq!(
        try_pin(&mut store, by, (back, 2 * MINUTE), "1234"),
        locked(14)
    );
    assert_eq!(dir.number("SELECT failures FROM pin_guard"), 7);
    assert_eq!(
        try_pin(&mut store, by, (back, 16 * MINUTE), "1234"),
        Ok("A001".to_owned())
    );
    // A right PIN ends the wait; the day keeps its count.
    assert_eq!(
        dir.number("SELECT failures * 100 + today FROM pin_guard"),
        7
    );
    let wrong = Err(no("pin-wrong").count("left", 2));
    assert_eq!(try_pin(&mut store, by, (back, 16 * MINUTE), "9999"), wrong);
    assert_eq!(dir.count("sign-in"), 1);
    // Eight wrong ones, and seven while it waited.
    assert_eq!(refused(&dir, "badge"), 15);
    assert_clean(&store);
}

#[test]
fn twenty_wrong_pins_lock_for_the_day_and_the_next_day_begins_anew() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let by = ShownBy::Badge;
    let last_ms = use_up(&mut store, by, 0);
    assert_eq!(dir.number("SELECT today FROM pin_guard"), 20);
    // 3 tries, six waits of 63 minutes together, then one an hour.
    assert_eq!(last_ms, (63 + 11 * 60) * MINUTE);
    let day_locked = || Err(no("pin-day-locked"));
    let evening = ("2026-11-23T23:59:00+08:00", last_ms + 10 * 60 * MINUTE);
    assert_eq!(try_pin(&mut store, by, evening, "1234"), day_locked());
    drop(store);
    let mut store = reopen(&dir);
    // All of them were stamped at noon: twelve hours must pass, whatever the clock says when it went back.
    let evening = ("2026-11-23T23:59:59+08:00", 0);
    assert_eq!(try_pin(&mut store, by, evening, "1234"), day_locked());
    let back = ("2026-11-20T00:00:01+08:00", 12 * 60 * MINUTE - 1);
    assert_eq!(try_pin(&mut store, by, back, "1234"), day_locked());
    let midnight = ("2026-11-24T00:00:00+08:00", 0);
    let wrong = Err(no("pin-wrong").count("left", 2));
    assert_eq!(try_pin(&mut store, by, midnight, "9999"), wrong);
    assert_eq!(
        try_pin(&mut store, by, midnight, "1234"),
        Ok("A001".to_owned())
    );
    assert_clean(&store);
}

/// Whoever has only the printed number uses up the tries of the number, not those of the badge.
#[test]
fn the_number_is_locked_apart_from_the_badge() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let last_ms = use_up(&mut store, ShownBy::Number, 0);
    let now = at(NOON, last_ms);
    let number = store.badge(&now, (&card("BADGE001"), ShownBy::Number), None);
    assert_eq!(number.unwrap(), Err(no("pin-day-locked")));
    let badge = store.badge(&now, (&card("BADGE001"), ShownBy::Badge), None);
    assert_eq!(badge.unwrap().unwrap().id, staff_id("A001"));
    let own = try_pin(&mut store, ShownBy::Badge, (NOON, last_ms), "1234");
    assert_eq!(own, Ok("A001".to_owned()));
    let number = try_pin(&mut store, ShownBy::Number, (NOON, last_ms), "1234");
    assert_eq!(number, Err(no("pin-day-locked")));
    assert_clean(&store);
}

#[test]
fn colleagues_are_told_once_each_and_a_manager_frees() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let mut entries = staff();
    entries.last_mut().unwrap().staff.role = Role::Manager;
    let mut third = entries.first().unwrap().clone();
    third.staff.id = staff_id("C003");
    third.badge = card("BADGE003");
    entries.push(third);
    store
        .apply_config(&at(NOON, 0), &catalogue(), &entries)
        .unwrap();

    let told = |store: &mut Store, who: &str, mono_ms| {
        store
            .tried_pins(&at(NOON, mono_ms), &staff_id(who))
            .unwrap()
    };
    let tried = |count, freed| {
        vec![TriedPins {
            name: "A001".to_owned(),
            count,
            freed,
        }]
    };
    assert_eq!(told(&mut store, "C003", 0), []);
    for _ in 0..2 {
        try_pin(&mut store, ShownBy::Number, (NOON, 0), "9999").unwrap_err();
    }
    assert_eq!(told(&mut store, "A001", 0), [], "it was her own badge");
    assert_eq!(told(&mut store, "C003", 0), tried(2, false));
    assert_eq!(told(&mut store, "C003", 0), [], "once");
    assert_eq!(told(&mut store, "B002", 0), tried(2, false), "each of them");

    let last_ms = use_up(&mut store, ShownBy::Number, 0);
    assert_eq!(told(&mut store, "C003", last_ms), tried(18, false));
    let by = (ShownBy::Number, (NOON, last_ms));
    let still = try_pin(&mut store, by.0, by.1, "1234");
    assert_eq!(
        still,
        Err(no("pin-day-locked")),
        "an attendant frees nobody"
    );
    assert_eq!(told(&mut store, "B002", last_ms), tried(18, true));
    assert_eq!(told(&mut store, "B002", last_ms), []);
    assert_eq!(
        try_pin(&mut store, by.0, by.1, "1234"),
        Ok("A001".to_owned())
    );
    let freed = "SELECT count(*) FROM operation WHERE kind = 'sign-in' AND actor = 'B002'
                   AND json_extract(body, '$.what.for') = 'A001'";
    assert_eq!(dir.number(freed), 1);
    assert_clean(&store);
}
