//! What time does by itself: presses that are one press, sessions that end, duties that end.

use crate::app::aid;
use crate::app::{Duty, Effect, Key, Model, Screen};
use crate::config::Config;
use crate::domain::{CardId, Now, Staff};
use crate::panel::Stays;

/// The same key within this is one press, however hard a finger trembles or a key repeats.
/// Source: two presses of a person are at least 70 ms apart.
const SAME_PRESS_MS: i64 = 60;
/// The same card within this is one tap.
const SAME_TAP_MS: i64 = 1_500;
/// How long a badge confirms without its PIN: one working day.
const DUTY_MS: i64 = 10 * 60 * 60 * 1_000;
/// How long a notice stays on the idle screen.
const NOTICE_MS: i64 = 20_000;

/// Says whether a key or a touch is not meant: it is still the last press, follows it sooner than a
/// person can decide, or comes before anyone can have read the screen. `seen` is the moment at which it was seen, which
/// is before the screen came where it waited for a busy machine. The one place for all of that.
pub(super) fn is_same_press(
    model: &mut Model,
    config: &Config,
    seen: &Now,
    (key, by_finger): (Key, bool),
) -> bool {
    let since = |at: i64| seen.mono_ms.saturating_sub(at);
    let screen = &config.station.screen;
    let last = model.last_key.replace((key, seen.mono_ms));
    let repeats = last.is_some_and(|(last, at)| last == key && since(at) < SAME_PRESS_MS);
    // Digits follow each other fast where they are typed; the screen does not change under them.
    let typed = model.panel(config, seen).typing.is_some();
    let deaf = if !typed || model.notice.is_some() || model.asking_until_ms.is_some() {
        let acted = |(_, at): (Key, i64)| since(at) < screen.deaf_after_press_ms();
        model.last_act.is_some_and(acted) || since(model.came_ms) < screen.deaf_ms
    } else if by_finger {
        let again = |(last, at)| last == key && since(at) < screen.same_digit_ms();
        model.last_act.is_some_and(again) || since(model.came_ms) < screen.deaf_ms
    } else {
        since(model.came_ms) < 0
    };
    if !repeats && !deaf {
        model.last_act = Some((key, seen.mono_ms));
    }
    repeats || deaf
}

/// Says whether a card is still the last tap.
pub(super) fn is_same_tap(model: &mut Model, now: &Now, card: &CardId) -> bool {
    let last = model.last_card.replace((card.clone(), now.mono_ms));
    last.is_some_and(|(last, at)| last == *card && now.mono_ms.saturating_sub(at) < SAME_TAP_MS)
}

/// Lets this badge confirm without a PIN for one working day.
pub(super) fn put_on_duty(model: &mut Model, staff: &Staff, now: &Now) {
    model.duty.retain(|duty| duty.staff.id != staff.id);
    model.duty.push(Duty {
        staff: staff.clone(),
        until_ms: now.mono_ms.saturating_add(DUTY_MS),
    });
}

/// Seconds of the config as milliseconds of the clock.
fn seconds(secs: i64) -> i64 {
    secs.saturating_mul(1_000)
}

/// Ends what has lasted long enough. A hold is never freed by time alone.
pub(super) fn tick(model: &mut Model, config: &Config, now: &Now) -> Vec<Effect> {
    let screen = &config.station.screen;
    let quiet_ms = now.mono_ms.saturating_sub(model.touched_ms);
    if let Some(until) = model.asking_until_ms {
        model.hurries = until.saturating_sub(now.mono_ms) <= seconds(aid::LAST_SECS);
        if now.mono_ms >= until {
            model.end_session(now);
        }
        return Vec::new();
    }
    let shown_ms = now.mono_ms.saturating_sub(model.shown_ms);
    if matches!(model.screen, Screen::Idle(_)) {
        if quiet_ms >= NOTICE_MS && model.notice.is_some() {
            model.notice = None;
            model.came_ms = now.mono_ms;
        }
        if quiet_ms >= seconds(screen.idle_secs) {
            model.end_session(now);
            model.touched_ms = now.mono_ms;
        }
        return Vec::new();
    }
    let idle_secs = match model.panel(config, now).stays {
        Stays::Forever => return Vec::new(),
        Stays::Ends(secs) => {
            if shown_ms >= seconds(secs) {
                model.end_session(now);
            }
            return Vec::new();
        }
        Stays::AsUsual => screen.idle_secs,
        Stays::Asks(secs) => secs,
    };
    if quiet_ms >= seconds(idle_secs) {
        model.hurries = screen.ask_secs <= aid::LAST_SECS;
        model.asking_until_ms = Some(now.mono_ms.saturating_add(seconds(screen.ask_secs)));
    }
    Vec::new()
}
