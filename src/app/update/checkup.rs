//! When a check-up is asked for: soon after the start, every night, and by a technician. One at a time.

use crate::app::{Effect, Model, Screen};
use crate::domain::{Checkup, Now};

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
    if matches!(model.screen, Screen::Checkup(_)) {
        model.page = 0;
    }
    model.checkup.last = Some(checkup);
    Vec::new()
}
