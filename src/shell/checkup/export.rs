//! The exports: whether the last one is as old as the schedule lets it be.

use super::ledger::Ledger;
use super::subject::Subject;
use crate::domain::{Cause, Check, Finding};
use crate::words::local_time;
use chrono::TimeDelta;

/// An export that is due may take so long to be written, in minutes.
const GRACE_MINUTES: i64 = 30;

pub(super) fn look(subject: &Subject, ledger: &Ledger) -> Vec<Finding> {
    let found = |cause, text: &str| vec![subject.found(Check::Export, cause, text)];
    let (Ok(config), Some(status)) = (&subject.config, &ledger.status) else {
        return found(Cause::NotLooked, "");
    };
    let schedule = &config.export.schedule;
    if schedule.is_empty() {
        return found(Cause::ExportNone, "");
    }
    if !ledger.key {
        return found(Cause::ExportKey, "");
    }
    let before = TimeDelta::minutes(GRACE_MINUTES);
    // A station that was off catches up after its start.
    let starts = ledger.started.is_some_and(|at| {
        let ms = subject.now.wall.timestamp_millis().saturating_sub(at);
        (0..before.num_milliseconds()).contains(&ms)
    });
    let due = subject.now.wall.checked_sub_signed(before);
    let due = due.and_then(|at| schedule.last_due(&at));
    let due_ms = due.map_or(i64::MIN, |due| due.timestamp_millis());
    let first_ms = ledger.moments.map_or(i64::MAX, |(first, _)| first);
    match &status.last {
        _ if starts => vec![Finding::well(Check::Export, "")],
        None if first_ms < due_ms => found(Cause::ExportNever, &local_time(due_ms)),
        None => vec![Finding::well(Check::Export, "")],
        Some(last) if last.wall_ms < due_ms => {
            let text = format!("{} < {}", local_time(last.wall_ms), local_time(due_ms));
            found(Cause::ExportOld, &text)
        }
        Some(last) => vec![Finding::well(Check::Export, &local_time(last.wall_ms))],
    }
}
