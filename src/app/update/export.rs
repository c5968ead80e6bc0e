//! When an export is asked for, and what its news mean. One at a time, once a due time, never in a
//! loop however the clock jumps; and nothing here changes a screen.

use crate::app::export::{is_scheduled, is_trouble};
use crate::app::{Effect, Model, Screen, Stick, StickNews};
use crate::config::Config;
use crate::domain::{ExportNews, ExportStatus, ExportWhy, Now};

/// Patterns have no seconds, so a wall minute is looked at once.
const MINUTE_MS: i64 = 60_000;
/// A clock that goes back by less keeps what was served; by more, it was wrong before. A wrong time
/// zone is more.
const AHEAD_MS: i64 = 120 * MINUTE_MS;
/// Two scheduled exports are at least so far apart, whatever the wall clock says.
const GAP_MS: i64 = 55_000;
/// A station without any bundle makes its first one so long after the start, or when one is due.
const FIRST_MS: i64 = 10 * MINUTE_MS;
/// An export that says nothing for so long is said to have failed.
const SILENT_MS: i64 = 30 * MINUTE_MS;

/// Asks for an export, unless one runs.
pub(super) fn ask(model: &mut Model, now: &Now, why: ExportWhy) -> Vec<Effect> {
    let export = &mut model.export;
    if export.running.is_some() || matches!(model.screen, Screen::OutOfOrder(_)) {
        return Vec::new();
    }
    export.running = Some((0, 0));
    export.heard_ms = now.mono_ms;
    if is_scheduled(why) {
        export.asked_ms = Some(now.mono_ms);
    }
    if why == ExportWhy::Stick {
        export.stick = Stick::In;
    }
    vec![Effect::Export(why)]
}

/// Asks for what is due.
pub(super) fn tick(model: &mut Model, config: &Config, now: &Now) -> Vec<Effect> {
    let export = &mut model.export;
    if export.running.is_some() {
        if now.mono_ms.saturating_sub(export.heard_ms) >= SILENT_MS {
            export.failed = true;
            export.fault = Some("the exporter has said nothing for 30 minutes".to_owned());
        }
        return Vec::new();
    }
    if export.stick == Stick::Waits {
        return ask(model, now, ExportWhy::Stick);
    }
    let minute = now.wall.timestamp_millis().div_euclid(MINUTE_MS);
    if export.looked == Some(minute) || !export.known {
        return Vec::new();
    }
    let soon = |asked: i64| now.mono_ms.saturating_sub(asked) < GAP_MS;
    if export.asked_ms.is_some_and(soon) {
        return Vec::new();
    }
    export.looked = Some(minute);
    due(model, config, now).map_or_else(Vec::new, |why| ask(model, now, why))
}

/// What is due now, if anything; it counts as served from here on.
fn due(model: &mut Model, config: &Config, now: &Now) -> Option<ExportWhy> {
    let schedule = &config.export.schedule;
    let export = &mut model.export;
    let wall_ms = now.wall.timestamp_millis();
    export.next = next(config, now);
    let due_ms = schedule.last_due(&now.wall)?.timestamp_millis();
    export.start_ms = export.start_ms.min(wall_ms);
    let served_ms = export.served_ms.filter(|served| !is_ahead(*served, now));
    let why = match served_ms {
        Some(served) if served >= due_ms => None,
        Some(_) if due_ms < export.start_ms => {
            export.missed = Some(due_ms);
            Some(ExportWhy::Missed)
        }
        Some(_) => Some(ExportWhy::Schedule),
        // The clock was wrong before: everything until now counts as served.
        None if export.served_ms.is_some() => None,
        None if due_ms >= export.start_ms || now.mono_ms >= FIRST_MS => Some(ExportWhy::Schedule),
        None => return None,
    };
    if why.is_some() || served_ms.is_none() {
        export.served_ms = Some(wall_ms);
    }
    why
}

fn next(config: &Config, now: &Now) -> Option<i64> {
    let due = config.export.schedule.next_due(&now.wall);
    due.map(|due| due.timestamp_millis())
}

/// Takes what stands on disk.
pub(super) fn told(model: &mut Model, config: &Config, now: &Now, status: &ExportStatus) {
    let export = &mut model.export;
    export.next = next(config, now);
    export.status = status.clone();
    export.known = true;
    export.looked = None;
    // A bundle on disk serves every due time before it, unless a wrong clock dated it.
    let last = status.last.as_ref().map(|last| last.wall_ms);
    let last = last.filter(|last| !is_ahead(*last, now));
    export.served_ms = export.served_ms.max(last);
}

/// Says whether a moment is so far ahead that the clock was wrong when it was written down.
fn is_ahead(wall_ms: i64, now: &Now) -> bool {
    wall_ms.saturating_sub(now.wall.timestamp_millis()) >= AHEAD_MS
}

/// Takes what the exporter says.
pub(super) fn news(model: &mut Model, config: &Config, now: &Now, news: ExportNews) -> Vec<Effect> {
    let export = &mut model.export;
    export.heard_ms = now.mono_ms;
    match news {
        ExportNews::Started(_) => {
            export.running = Some((0, 0));
            export.sinks = vec![None; config.export.sinks.len()];
            if export.stick == Stick::MayRemove {
                export.stick = Stick::In;
            }
            export.failed = false;
            export.fault = None;
        }
        ExportNews::Waits(_) => {}
        ExportNews::Progress { done, total } => export.running = Some((done.min(total), total)),
        ExportNews::Written(note) => export.status.last = Some(note),
        ExportNews::Sink { index, state } => {
            export.failed |= is_trouble(config, index, &state);
            if let Some(sink) = export.sinks.get_mut(index) {
                *sink = Some(state);
            }
        }
        ExportNews::MayRemove => export.stick = Stick::MayRemove,
        ExportNews::Failed(why) => {
            export.failed = true;
            export.fault = Some(why);
        }
        ExportNews::Ended(status) => {
            export.running = None;
            told(model, config, now, &status);
            if model.export.stick == Stick::Waits {
                return ask(model, now, ExportWhy::Stick);
            }
        }
    }
    Vec::new()
}

/// A stick is written as soon as it is there.
pub(super) fn stick(model: &mut Model, now: &Now, stick: StickNews) -> Vec<Effect> {
    let export = &mut model.export;
    match (stick, export.stick) {
        (StickNews::In, Stick::Absent) => {
            export.stick = Stick::Waits;
            ask(model, now, ExportWhy::Stick)
        }
        (StickNews::In, _) => Vec::new(),
        (StickNews::Out, _) => {
            export.stick = Stick::Absent;
            Vec::new()
        }
    }
}

/// The config may name other sinks and other times.
pub(super) fn reloaded(model: &mut Model, config: &Config, now: &Now) {
    model.export.sinks = vec![None; config.export.sinks.len()];
    model.export.next = next(config, now);
    model.export.looked = None;
}
