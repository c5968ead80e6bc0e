//! Laws of the schedule: what is due is at or before, what is next is after, and both agree.
#![expect(
    clippy::unwrap_used,
    reason = "a moment that does not exist fails the test"
)]

use crate::common::told::english;
use chrono::{DateTime, FixedOffset, TimeDelta, Timelike as _};
use proptest::prelude::*;
use wenming::config::Schedule;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}+08:00")).unwrap()
}

/// Last and next at a moment, as text.
#[track_caller]
fn check(entries: &[&str], moment: &str, last: &str, next: &str) {
    let schedule = Schedule::parse(entries).unwrap();
    let moment = at(moment);
    assert_eq!(
        schedule.last_due(&moment),
        Some(at(last)),
        "{entries:?} {moment}"
    );
    assert_eq!(
        schedule.next_due(&moment),
        Some(at(next)),
        "{entries:?} {moment}"
    );
}

#[test]
fn times_of_day_at_the_stations_clock() {
    let twice = ["18:00", "12:00"];
    for (moment, last, next) in [
        (
            "2026-11-21T11:59:59.999",
            "2026-11-20T18:00:00",
            "2026-11-21T12:00:00",
        ),
        (
            "2026-11-21T12:00:00",
            "2026-11-21T12:00:00",
            "2026-11-21T18:00:00",
        ),
        (
            "2026-11-21T12:00:00.5",
            "2026-11-21T12:00:00",
            "2026-11-21T18:00:00",
        ),
        (
            "2026-11-21T17:59:59",
            "2026-11-21T12:00:00",
            "2026-11-21T18:00:00",
        ),
        (
            "2026-11-21T23:59:59",
            "2026-11-21T18:00:00",
            "2026-11-22T12:00:00",
        ),
        (
            "2026-12-31T20:00:00",
            "2026-12-31T18:00:00",
            "2027-01-01T12:00:00",
        ),
    ] {
        check(&twice, moment, last, next);
    }
    // Midnight at the station is 16:00 of the day before in UTC.
    check(
        &["00:00"],
        "2026-11-21T07:59:00",
        "2026-11-21T00:00:00",
        "2026-11-22T00:00:00",
    );
    check(
        &["23:59"],
        "2026-11-21T00:00:00",
        "2026-11-20T23:59:00",
        "2026-11-21T23:59:00",
    );
}

#[test]
fn patterns_over_ends_of_months_and_years() {
    for (pattern, moment, last, next) in [
        (
            "0 */2 * * *",
            "2026-11-21T23:10:00",
            "2026-11-21T22:00:00",
            "2026-11-22T00:00:00",
        ),
        (
            "30 20 L * *",
            "2026-02-28T20:29:59",
            "2026-01-31T20:30:00",
            "2026-02-28T20:30:00",
        ),
        (
            "30 20 L * *",
            "2028-02-28T21:00:00",
            "2028-01-31T20:30:00",
            "2028-02-29T20:30:00",
        ),
        (
            "0 0 31 * *",
            "2026-11-15T00:00:00",
            "2026-10-31T00:00:00",
            "2026-12-31T00:00:00",
        ),
        (
            "0 0 29 2 *",
            "2026-11-21T00:00:00",
            "2024-02-29T00:00:00",
            "2028-02-29T00:00:00",
        ),
        (
            "0 8 * * MON",
            "2026-11-21T00:00:00",
            "2026-11-16T08:00:00",
            "2026-11-23T08:00:00",
        ),
        (
            "0 8 * * mon",
            "2099-12-31T23:59:59",
            "2099-12-28T08:00:00",
            "2100-01-04T08:00:00",
        ),
    ] {
        check(&[pattern], moment, last, next);
    }
}

#[test]
fn nothing_is_due_without_entries() {
    let never = Schedule::default();
    assert!(never.is_empty());
    assert_eq!(never.last_due(&at("2026-11-21T12:00:00")), None);
    assert_eq!(never.next_due(&at("2026-11-21T12:00:00")), None);
}

/// Entries that are good: times of day, and patterns of every part.
fn entry() -> impl Strategy<Value = String> {
    let time = (0_u32..24, 0_u32..60).prop_map(|(h, m)| format!("{h:02}:{m:02}"));
    let minute = prop_oneof![
        Just("*".to_owned()),
        (0_u32..60).prop_map(|m| m.to_string())
    ];
    let hour = prop_oneof![
        (1_u32..13).prop_map(|n| format!("*/{n}")),
        (0_u32..24).prop_map(|h| h.to_string())
    ];
    let day = prop_oneof![Just("*"), Just("L"), Just("31"), Just("1-7")];
    let week = prop_oneof![Just("*"), Just("SUN"), Just("1-5"), Just("FRI#2")];
    let pattern = (minute, hour, day, week)
        .prop_map(|(minute, hour, day, week)| format!("{minute} {hour} {day} * {week}"));
    prop_oneof![time, pattern]
}

/// Any moment from 2000 to 2100, to the millisecond.
fn moment() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (946_684_800_000_i64..4_102_444_800_000).prop_map(|ms| {
        let zone = at("2026-01-01T00:00:00").timezone();
        DateTime::from_timestamp_millis(ms)
            .unwrap()
            .with_timezone(&zone)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn last_and_next_stand_around_now_and_agree(
        entries in prop::collection::vec(entry(), 1..4), moment in moment(),
    ) {
        let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
        let schedule = Schedule::parse(&entries).unwrap();
        let last = schedule.last_due(&moment).unwrap();
        let next = schedule.next_due(&moment).unwrap();
        prop_assert!(last <= moment && moment < next);
        for due in [last, next] {
            prop_assert_eq!((due.second(), due.nanosecond()), (0, 0));
            prop_assert_eq!(schedule.last_due(&due), Some(due));
        }
        // Nothing is due between them.
        prop_assert_eq!(schedule.next_due(&last), Some(next));
        prop_assert_eq!(schedule.last_due(&(next - TimeDelta::milliseconds(1))), Some(last));
    }

    #[test]
    fn any_entry_at_all_is_read_or_refused(text in "[0-9A-Za-z*/,#:LW+?@ 月-]{0,24}") {
        if let Err(fault) = Schedule::parse(&[&text]) {
            prop_assert!(english(&fault.wrong).len() > 10 && english(&fault.right).len() > 10);
        }
    }

    #[test]
    fn any_five_parts_are_read_or_refused(
        parts in prop::collection::vec("[0-9*/,#LW+?SUN-]{1,6}", 5),
    ) {
        if let Ok(schedule) = Schedule::parse(&[&parts.join(" ")]) {
            prop_assert!(schedule.next_due(&at("2026-11-21T12:00:00")).is_some());
        }
    }
}
