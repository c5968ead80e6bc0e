//! The day is judged before a rule reads it: the pure judgement by a table, what the ledger does with it by the disk.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::told::english;
use crate::station::till::{Till as _, books};
use crate::station::{
    Dir, alice, assert_clean, at, catalogue, noon, op, open, quote, reopen, staff_id, wish,
};
use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;
use serde_json::json;
use wenming::cli::{Size, example_config, seed_village};
use wenming::domain::{BootId, Doubt, LATEST_MS, RELEASED_MS, SLACK_MS, Stamp, Today, begin_ms};
use wenming::services::{Actor, Command, Order};
use wenming::store::Store;

const DAY_MS: i64 = 86_400_000;

fn ms(text: &str) -> i64 {
    let text = format!("{text}:00+08:00");
    DateTime::parse_from_rfc3339(&text)
        .unwrap()
        .timestamp_millis()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A wall clock in a start of the program, so many minutes after it.
fn stamp(wall: &str, boot: u8, minutes: i64) -> Stamp {
    Stamp {
        wall_ms: ms(wall),
        mono_ms: minutes * 60_000,
        boot: BootId::new([boot; 16]),
    }
}

/// A wall clock with its start of the program and the minutes since; the day that it is, and why that is not the clock's.
type Row = (&'static str, (u8, i64), &'static str, Option<Doubt>);

fn check(trusted: Option<(&str, (u8, i64))>, rows: &[Row]) {
    let by = trusted.map(|(text, (boot, minutes))| stamp(text, boot, minutes));
    for (text, (boot, minutes), want, doubt) in rows {
        let clock = stamp(text, *boot, *minutes);
        let today = Today::judge(&clock, by.as_ref(), ms("2026-10-01T00:00"));
        assert_eq!(
            (today.date(), today.doubt()),
            (day(want), *doubt),
            "{text} by {trusted:?}"
        );
        // Ages count up to the later of the two years; nobody is sent away for an hour that nobody knows.
        let year = |text: &str| text.get(..4).unwrap().parse::<i32>().unwrap();
        assert_eq!(today.latest_year(), year(want).max(year(text)), "{text}");
        assert_eq!(today.time().is_none(), doubt.is_some(), "{text}");
        assert!(today.is_shown(day(text.get(..10).unwrap())), "{text}");
    }
}

#[rustfmt::skip]
#[test]
fn a_clock_is_judged_by_what_is_known() {
    use Doubt::{Ahead, Back, Early, Late};
    // Nothing is known yet but the release.
    check(None, &[
        ("2026-10-01T00:00", (1, 0), "2026-10-01", None),
        ("2026-09-30T23:59", (1, 0), "2026-10-01", Some(Early)),
        ("1970-01-01T09:00", (1, 0), "2026-10-01", Some(Early)),
        ("2061-05-01T09:00", (1, 0), "2061-05-01", None),
        ("2090-01-01T00:00", (1, 0), "2026-10-01", Some(Late)),
    ]);
    check(Some(("2026-11-21T09:00", (1, 60))), &[
        // After another start: forward by what a holiday takes, backward by what a time server takes.
        ("2026-11-22T09:00", (2, 0), "2026-11-22", None),
        ("2026-12-22T09:00", (2, 0), "2026-12-22", None),
        ("2026-12-22T09:01", (2, 0), "2026-11-21", Some(Ahead)),
        ("2027-11-21T09:00", (2, 0), "2026-11-21", Some(Ahead)),
        ("2026-11-21T08:55", (2, 0), "2026-11-21", None),
        ("2026-11-21T08:54", (2, 0), "2026-11-21", Some(Back)),
        ("1970-01-01T09:00", (2, 0), "2026-11-21", Some(Early)),
        ("2099-12-31T23:59", (2, 0), "2026-11-21", Some(Late)),
        // In one start the monotonic clock says what has passed, also over midnight and over a year.
        ("1970-01-01T09:00", (1, 60 + 15 * 60), "2026-11-22", Some(Early)),
        ("2027-11-21T09:00", (1, 60 + 365 * 24 * 60), "2027-11-21", None),
        ("2026-12-22T09:01", (1, 60), "2026-11-21", Some(Ahead)),
        // Taken half an hour before the trusted one, and written after it.
        ("2026-11-21T08:30", (1, 30), "2026-11-21", None),
        ("2026-11-21T08:00", (1, 30), "2026-11-21", Some(Back)),
    ]);
    // A station that was shut for years and got a new release.
    check(Some(("2024-01-01T09:00", (1, 0))), &[
        ("2026-10-20T09:00", (2, 0), "2026-10-20", None),
        ("1970-01-01T09:00", (2, 0), "2026-10-01", Some(Early)),
    ]);
}

proptest! {
    /// Whatever the clock shows, the day never goes back behind what was trusted, nor far beyond what can have passed.
    #[test]
    fn the_day_never_leaves_what_is_known(
        walls in prop::collection::vec((-1_000..60_000_i64, any::<bool>(), 0..3_000_i64), 1..40),
    ) {
        let mut trusted: Option<Stamp> = None;
        let (mut boot, mut mono_ms) = (0_u8, 0);
        for (days, restart, minutes) in walls {
            if restart {
                (boot, mono_ms) = (boot.wrapping_add(1), 0);
            }
            mono_ms += minutes * 60_000;
            let clock = Stamp { wall_ms: days * DAY_MS / 2, mono_ms, boot: BootId::new([boot; 16]) };
            let today = Today::judge(&clock, trusted.as_ref(), RELEASED_MS);
            let judged = begin_ms(today.date());
            if let Some(trusted) = &trusted {
                prop_assert!(judged + DAY_MS > trusted.wall_ms);
            }
            prop_assert!((RELEASED_MS..LATEST_MS + 400 * DAY_MS).contains(&judged));
            if !today.is_doubted() {
                prop_assert!(clock.wall_ms >= RELEASED_MS && clock.wall_ms < LATEST_MS);
                if trusted.is_none_or(|trusted| trusted.wall_ms <= clock.wall_ms) {
                    trusted = Some(clock);
                }
            }
        }
    }
}

/// What the newest operation says of its clock.
fn newest(dir: &Dir) -> (Option<String>, Option<i64>) {
    let sql = "SELECT clock, trusted FROM operation ORDER BY seq DESC LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    dir.plain().query_row(sql, [], row).unwrap()
}

fn tell(store: &mut Store, wall: &str, day: &str, key: u8) -> Result<(), &'static str> {
    let what = json!({ "day": day });
    let command = Command::read("day-told", what).unwrap().unwrap();
    let order = Order::by(Actor::Staff(staff_id("A001")), op(key), command);
    let now = at(wall, 5_000);
    let told = store.book(&now, books(&catalogue(), &[]), &order).unwrap();
    told.map(drop).map_err(|refusal| refusal.code())
}

#[test]
fn what_is_written_with_a_wrong_clock_says_so_and_by_which_day_it_went() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let last = dir.number("SELECT max(seq) FROM operation");
    assert_eq!(newest(&dir), (None, None));
    for wall in [
        "1970-01-01T08:00:00+08:00",
        "2026-11-23T11:54:00+08:00",
        "2028-01-01T00:00:00+08:00",
        "2099-01-01T00:00:00+08:00",
    ] {
        store.clock_fault(&at(wall, 2_000), 1).unwrap();
        assert_eq!(
            newest(&dir),
            (Some("doubted".to_owned()), Some(last)),
            "{wall}"
        );
        assert_eq!(
            store.today(&at(wall, 2_000)).unwrap().0.date(),
            day("2026-11-23")
        );
    }
    // Two minutes back is nothing to speak of; the day goes by the later one all the same.
    let back = at("2026-11-23T11:58:00+08:00", 2_000);
    store.clock_fault(&back, 1).unwrap();
    assert_eq!(newest(&dir), (None, Some(last)));
    store
        .clock_fault(&at("2026-11-23T12:01:00+08:00", 3_000), 1)
        .unwrap();
    assert_eq!(newest(&dir), (None, None));
    assert_clean(&store);
}

#[test]
fn a_clock_that_creeps_back_does_not_take_the_day_along() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let mut wall = at("2026-11-24T00:01:00+08:00", 1_000);
    store.clock_fault(&wall, 1).unwrap();
    for _ in 0..9 {
        wall.wall -= chrono::TimeDelta::milliseconds(SLACK_MS - 1);
        store.clock_fault(&wall, 1).unwrap();
        assert_eq!(store.today(&wall).unwrap().0.date(), day("2026-11-24"));
    }
    assert_clean(&store);
}

#[test]
fn a_limit_of_a_day_is_not_passed_by_a_clock() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let soap = quote(&mut store, &alice(), "SOAP", 2);
    let held = store.hold(&noon(), &catalogue(), &alice(), &soap).unwrap();
    held.unwrap();
    for wall in [
        "1970-01-01T08:00:00+08:00",
        "2026-11-22T12:00:00+08:00",
        "2027-11-23T12:00:00+08:00",
        "2099-01-01T00:00:00+08:00",
    ] {
        for mut store in [reopen(&dir), reopen(&dir)] {
            let now = at(wall, 0);
            store.boot(&now, "test").unwrap();
            let again = store.quote(&now, &catalogue(), &alice(), &wish("SOAP", 1));
            assert_eq!(
                again.unwrap().unwrap_err().code(),
                "limit-reached",
                "{wall}"
            );
        }
    }
    let tomorrow = at("2026-11-24T08:00:00+08:00", 0);
    let again = store.quote(&tomorrow, &catalogue(), &alice(), &wish("SOAP", 1));
    again.unwrap().unwrap();
}

#[test]
fn somebody_says_which_day_it_is_and_the_list_is_empty() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let wrong = "1970-01-01T08:00:00+08:00";
    let soap = quote(&mut store, &alice(), "SOAP", 1);
    let held = store.hold(&at(wrong, 2_000), &catalogue(), &alice(), &soap);
    held.unwrap().unwrap();
    assert_eq!(store.today(&noon()).unwrap().1, 1);
    for (key, day) in [(51, "1970-01-01"), (52, "2025-12-31"), (53, "2090-01-01")] {
        assert_eq!(
            tell(&mut store, wrong, day, key),
            Err("no-such-day"),
            "{day}"
        );
    }
    assert_eq!(tell(&mut store, wrong, "2026-11-25", 54), Ok(()));
    assert_eq!(newest(&dir), (Some("doubted".to_owned()), None));
    let told = dir.number("SELECT max(seq) FROM operation");
    let (today, unseen) = store.today(&at(wrong, 6_000)).unwrap();
    assert_eq!((today.date(), unseen), (day("2026-11-25"), 0));
    // The day goes on by the monotonic clock, and a clock that is right again is trusted at once.
    let later = at(wrong, 5_000 + 30 * 3_600_000);
    assert_eq!(store.today(&later).unwrap().0.date(), day("2026-11-26"));
    store.clock_fault(&at(wrong, 7_000), 1).unwrap();
    assert_eq!(newest(&dir), (Some("doubted".to_owned()), Some(told)));
    store
        .clock_fault(&at("2026-11-25T07:00:00+08:00", 8_000), 1)
        .unwrap();
    assert_eq!(newest(&dir), (None, None));
    // A clock that was believed, twenty days ahead, and is put right: somebody says so, and it counts again.
    store
        .clock_fault(&at("2026-12-15T07:00:00+08:00", 9_000), 1)
        .unwrap();
    let right = "2026-11-25T08:00:00+08:00";
    assert_eq!(
        store.today(&at(right, 9_000)).unwrap().0.date(),
        day("2026-12-15")
    );
    assert_eq!(tell(&mut store, right, "2026-11-25", 55), Ok(()));
    assert_eq!(newest(&dir), (None, None));
    let (today, _) = store.today(&at(right, 9_000)).unwrap();
    assert_eq!((today.date(), today.doubt()), (day("2026-11-25"), None));
    assert_clean(&store);
}

/// The guards refuse, and the audit finds, an operation that goes by another one than the log does.
#[test]
fn nobody_chooses_the_operation_that_the_day_goes_by() {
    let dir = Dir::new();
    let mut store = open(&dir);
    store
        .clock_fault(&at("1970-01-01T08:00:00+08:00", 2_000), 1)
        .unwrap();
    let conn = dir.plain();
    let forged = |trusted: &str| {
        let sql = format!(
            "INSERT INTO operation(seq, op_id, kind, actor, wall_ms, boot, mono_ms, nlegs, body, prev, hash)
             SELECT seq + 1, unhex('{key}'), kind, actor, wall_ms, boot, mono_ms, nlegs,
                    replace(replace(replace(body, '\"seq\":' || seq, '\"seq\":' || (seq + 1)),
                      lower(hex(op_id)), '{key}'), '\"trusted\":' || trusted, '\"trusted\":' || ({trusted})),
                    hash, lower(hex(randomblob(32)))
               FROM operation ORDER BY seq DESC LIMIT 1",
            key = "99".repeat(16),
        );
        conn.execute(&sql, []).map_err(|error| error.to_string())
    };
    for other in ["1", "trusted - 1", "seq"] {
        let refused = forged(other).unwrap_err();
        assert!(refused.contains("trusted is not"), "{refused}");
    }
    assert_eq!(forged("trusted"), Ok(1));
    conn.execute_batch(
        "DROP TRIGGER operation_update;
         UPDATE operation SET body = replace(body, '\"trusted\":' || trusted, '\"trusted\":1') WHERE trusted > 1",
    )
    .unwrap();
    let faults = reopen_to_read(&dir);
    assert!(faults.contains("trusted is not the newest"), "{faults}");
}

fn reopen_to_read(dir: &Dir) -> String {
    let report = Store::open_existing(dir.path()).unwrap().audit().unwrap();
    let faults = report.faults.iter().map(|fault| english(&fault.told()));
    faults.collect::<Vec<_>>().join("\n")
}

/// The village, in which scripts and tests live, begins after the release; whoever raises the one moves the other.
#[test]
fn the_village_lives_after_the_release() {
    let dir = Dir::new();
    let mut config = example_config().unwrap();
    seed_village(dir.path(), &mut config, Size::Village).unwrap();
    assert!(dir.number("SELECT min(wall_ms) FROM operation") >= RELEASED_MS);
    assert_eq!(
        dir.number("SELECT count(*) FROM operation WHERE clock IS NOT NULL OR trusted IS NOT NULL"),
        0
    );
}
