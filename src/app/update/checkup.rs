//! When a check-up is asked for: soon after the start, every night, and by a technician. One at a time.

use crate::app::{CheckupList, Effect, Model, Screen};
use crate::domain::{Checkup, Now, Refusal, Role};

/// The first one comes so long after the start: readers are open by then.
const FIRST_MS: i64 = 10_000;
/// An export that makes up for a power cut goes first, for so long.
const EXPORT_FIRST_MS: i64 = 60_000;
/// The nightly one, in minutes after midnight: nobody is there.
const NIGHTLY_MINUTE: i64 = 3 * 60 + 10;
/// Two that nobody asked for are at least so far apart, whatever the wall clock says.
const GAP_MS: i64 = 600_000;
/// One that does not answer for so long is given up.
const SILENT_MS: i64 = 600_000;
/// A clock that goes back by more was wrong before.
const AHEAD_MS: i64 = 7_200_000;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

/// Asks for a check-up, unless one runs.
pub(super) fn ask(model: &mut Model, now: &Now) -> Vec<Effect> {
    let checkup = &mut model.checkup;
    let since = checkup.asked_ms.map(|at| now.mono_ms.saturating_sub(at));
    let waits = since.is_some_and(|since| since < SILENT_MS);
    if checkup.running && waits || matches!(model.screen, Screen::OutOfOrder(_)) {
        return Vec::new();
    }
    checkup.running = true;
    checkup.asked_ms = Some(now.mono_ms);
    checkup.served_ms = now.wall.timestamp_millis();
    vec![Effect::CheckUp]
}

/// Asks for what is due.
pub(super) fn tick(model: &mut Model, now: &Now) -> Vec<Effect> {
    let Some(asked) = model.checkup.asked_ms else {
        let exports = model.export.running.is_some() && now.mono_ms < EXPORT_FIRST_MS;
        if now.mono_ms < FIRST_MS || exports {
            return Vec::new();
        }
        return ask(model, now);
    };
    if now.mono_ms.saturating_sub(asked) < GAP_MS || !matches!(model.screen, Screen::Idle(_)) {
        return Vec::new();
    }
    let wall_ms = now.wall.timestamp_millis();
    let served = &mut model.checkup.served_ms;
    if served.saturating_sub(wall_ms) > AHEAD_MS {
        *served = wall_ms;
    }
    let is_due = *served < due(now);
    if is_due { ask(model, now) } else { Vec::new() }
}

/// The last nightly moment, in milliseconds since 1970.
fn due(now: &Now) -> i64 {
    let minute = i64::from(now.minute_of_day());
    let wall_ms = now.wall.timestamp_millis();
    let tonight = wall_ms
        .div_euclid(MINUTE_MS)
        .saturating_sub(minute)
        .saturating_add(NIGHTLY_MINUTE)
        .saturating_mul(MINUTE_MS);
    if tonight <= wall_ms {
        tonight
    } else {
        tonight.saturating_sub(DAY_MS)
    }
}

/// Takes what was found.
pub(super) fn told(model: &mut Model, checkup: Checkup) -> Vec<Effect> {
    model.checkup.running = false;
    if let Screen::Checkup(list) = &mut model.screen {
        list.last = Some(checkup.clone());
        list.page = 0;
    }
    model.checkup.last = Some(checkup);
    Vec::new()
}

/// Opens the list for a technician at the desk.
pub(super) fn open(model: &mut Model, now: &Now) -> Vec<Effect> {
    let Screen::Desk(desk) = &model.screen else {
        return Vec::new();
    };
    if desk.staff.role != Role::Technician {
        model.notice = Some(Refusal::RoleTooLow);
        model.shown_ms = now.mono_ms;
        return Vec::new();
    }
    let list = CheckupList {
        staff: desk.staff.clone(),
        last: model.checkup.last.clone(),
        page: 0,
    };
    model.show(Screen::Checkup(list), now);
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use chrono::{DateTime, FixedOffset};

    fn at(wall: &str, mono_ms: i64) -> Now {
        Now {
            wall: DateTime::<FixedOffset>::parse_from_rfc3339(wall).unwrap(),
            mono_ms,
        }
    }

    fn asks(model: &mut Model, now: &Now) -> bool {
        let asked = tick(model, now) == [Effect::CheckUp];
        if asked {
            let wall_ms = now.wall.timestamp_millis();
            let findings = Vec::new();
            told(model, Checkup { wall_ms, findings });
        }
        asked
    }

    #[test]
    fn one_comes_after_the_start_and_one_a_night_and_none_in_a_loop() {
        let start = at("2026-11-21T18:00:00+08:00", 0);
        let mut model = Model::new(0, Lang::default(), &start);
        let hour = 3_600_000;
        for (wall, mono_ms, want) in [
            ("2026-11-21T18:00:09+08:00", 9_000, false),
            ("2026-11-21T18:00:10+08:00", 10_000, true),
            ("2026-11-21T18:30:00+08:00", hour / 2, false),
            ("2026-11-22T03:09:59+08:00", 9 * hour, false),
            ("2026-11-22T03:10:00+08:00", 9 * hour + 1, true),
            ("2026-11-22T03:10:01+08:00", 9 * hour + 2, false),
            ("2026-11-22T23:00:00+08:00", 29 * hour, false),
            // The machine slept over the time: made up for.
            ("2026-11-23T08:00:00+08:00", 38 * hour, true),
            // A clock that jumps on and back asks once more at most.
            ("2050-01-01T00:00:00+08:00", 39 * hour, true),
            ("2026-11-23T09:00:00+08:00", 40 * hour, false),
            ("2026-11-24T03:10:00+08:00", 58 * hour, true),
        ] {
            assert_eq!(asks(&mut model, &at(wall, mono_ms)), want, "{wall}");
        }
    }

    #[test]
    fn one_that_runs_is_not_asked_for_again_until_it_is_given_up() {
        let now = at("2026-11-21T18:00:10+08:00", 10_000);
        let mut model = Model::new(0, Lang::default(), &now);
        assert_eq!(tick(&mut model, &now), [Effect::CheckUp]);
        assert_eq!(ask(&mut model, &now), []);
        let later = at("2026-11-21T18:10:10+08:00", 10_000 + SILENT_MS);
        assert_eq!(ask(&mut model, &later), [Effect::CheckUp]);
    }
}
