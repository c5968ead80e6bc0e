//! When a running kiosk checks up by itself, as the app decides it.

use chrono::DateTime;
use std::path::Path;
use wenming::app::{Effect, Event, Key, Model, Screen, update};
use wenming::config::{Config, load};
use wenming::domain::{Checkup, Now};

const HOUR: i64 = 3_600_000;

fn config() -> Config {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")).unwrap()
}

fn at(wall: &str, mono_ms: i64) -> Now {
    Now {
        wall: DateTime::parse_from_rfc3339(&format!("{wall}+08:00")).unwrap(),
        mono_ms,
    }
}

fn asks(model: &mut Model, now: &Now) -> bool {
    update(model, &config(), now, Event::Tick).contains(&Effect::CheckUp)
}

fn told(model: &mut Model, now: &Now) {
    let found = Checkup {
        wall_ms: now.wall.timestamp_millis(),
        findings: Vec::new(),
    };
    assert_eq!(update(model, &config(), now, Event::Checkup(found)), []);
}

#[test]
fn one_comes_after_the_start_and_one_a_night_and_none_in_a_loop() {
    let mut model = Model::new(0, wenming::domain::Lang::Zh, &at("2026-11-21T18:00:00", 0));
    for (wall, mono_ms, want) in [
        ("2026-11-21T18:00:09", 9_000, false),
        ("2026-11-21T18:00:10", 10_000, true),
        ("2026-11-21T18:30:00", HOUR / 2, false),
        ("2026-11-22T03:09:59", 9 * HOUR, false),
        ("2026-11-22T03:10:00", 9 * HOUR + 1, true),
        ("2026-11-22T03:10:01", 9 * HOUR + 2, false),
        ("2026-11-22T23:00:00", 29 * HOUR, false),
        // The machine slept over the time: made up for.
        ("2026-11-23T08:00:00", 38 * HOUR, true),
        // A clock that jumps far ahead and back asks once more, not every second.
        ("2050-01-01T08:00:00", 39 * HOUR, true),
        ("2026-11-23T09:00:00", 40 * HOUR, false),
        ("2026-11-24T03:10:00", 58 * HOUR, true),
    ] {
        let now = at(wall, mono_ms);
        assert_eq!(asks(&mut model, &now), want, "{wall}");
        if want {
            told(&mut model, &now);
        }
    }
}

#[test]
fn a_clock_that_flaps_asks_once_in_ten_minutes() {
    let start = at("2026-11-21T18:00:10", 10_000);
    let mut model = Model::new(0, wenming::domain::Lang::Zh, &start);
    assert!(asks(&mut model, &start));
    told(&mut model, &start);
    let tomorrow = |mono_ms| at("2026-11-22T03:10:00", mono_ms);
    assert!(!asks(&mut model, &tomorrow(609_999)));
    assert!(asks(&mut model, &tomorrow(610_000)));
}

#[test]
fn an_export_that_makes_up_for_a_power_cut_goes_first_for_a_minute() {
    let begin = at("2026-11-21T18:00:00", 0);
    let mut model = Model::new(0, wenming::domain::Lang::Zh, &begin);
    model.export.running = Some((0, 0));
    assert!(!asks(&mut model, &at("2026-11-21T18:00:10", 10_000)));
    assert!(!asks(&mut model, &at("2026-11-21T18:00:59", 59_999)));
    assert!(asks(&mut model, &at("2026-11-21T18:01:00", 60_000)));
}

#[test]
fn a_technician_who_asks_twice_is_answered_once() {
    let start = at("2026-11-21T18:00:10", 10_000);
    let mut model = Model::new(0, wenming::domain::Lang::Zh, &start);
    model.screen = Screen::Checkup(wenming::app::CheckupList);
    let press = |model: &mut Model, mono_ms| {
        let now = at("2026-11-21T18:00:20", mono_ms);
        let effects = update(model, &config(), &now, Event::Key(Key::Digit(1), mono_ms));
        effects.contains(&Effect::CheckUp)
    };
    assert!(press(&mut model, 20_000));
    assert!(!press(&mut model, 30_000), "one runs");
    told(&mut model, &at("2026-11-21T18:00:31", 31_000));
    assert!(press(&mut model, 40_000));
    // One that hangs is given up.
    assert!(!press(&mut model, 639_999));
    assert!(press(&mut model, 641_000));
}

#[test]
fn nobody_is_disturbed_at_night_and_one_that_hangs_is_given_up() {
    let start = at("2026-11-21T18:00:10", 10_000);
    let mut model = Model::new(0, wenming::domain::Lang::Zh, &start);
    assert!(asks(&mut model, &start));
    // It never answers: the night's one is asked for all the same.
    let night = at("2026-11-22T03:10:00", 9 * HOUR);
    model.screen = Screen::PinPad(pad());
    model.touched_ms = night.mono_ms;
    assert!(!asks(&mut model, &night), "someone stands there");
    let finish = Event::Key(Key::Finish, night.mono_ms);
    update(&mut model, &config(), &night, finish);
    assert!(matches!(model.screen, Screen::Idle(_)));
    assert!(asks(
        &mut model,
        &at("2026-11-22T03:20:00", 9 * HOUR + 600_000)
    ));
}

fn pad() -> wenming::app::PinPad {
    wenming::app::PinPad {
        staff: config().staff[0].staff.clone(),
        by: wenming::domain::ShownBy::Badge,
        pin: wenming::app::TypedPin::default(),
        then: wenming::app::AfterPin::Desk,
    }
}
