//! Exports: last, next, what waits, what each sink said and what to do; and one now.

use crate::app::{Exports, is_trouble};
use crate::config::{SinkKind, SinkSetting};
use crate::domain::{BundleNote, Points, SinkFault, SinkState};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::paint::fitted;
use crate::view::screens::{View, plain};
use crate::view::theme::Ink;
use crate::words::grouped;
use chrono::DateTime;
use ratatui::layout::Rect;

/// Lines above the sinks.
const HEAD: u16 = 4;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, exports: &Exports) {
    let say = view.say;
    let export = &view.model.export;
    sentence(page, grid, view, say.text("exports-title"));
    let sinks = u16::try_from(view.config.export.sinks.len()).unwrap_or(0);
    let spare = grid.body.height.saturating_sub(3 + HEAD + sinks);
    // The first spare row parts the head from the sinks, the second from the title.
    let body = inset(rows(grid.body, spare.min(2) / 2, grid.body.height), 1);
    page.text(row(body, 0), Ink::Page, last(view));
    page.text(row(body, 1), Ink::Page, next(view));
    page.text(row(body, 2), Ink::Page, waiting(view));
    remark(page, view, row(body, 3), exports);
    let gap = spare.min(1);
    let at = rows(body, HEAD + gap, sinks);
    for (place, sink) in view.config.export.sinks.iter().enumerate() {
        let line = row(at, u16::try_from(place).unwrap_or(u16::MAX));
        let state = export.sinks.get(place).and_then(Option::as_ref);
        sink_line(page, view, line, (place, sink, state));
    }
    if export.running.is_none() {
        let foot = rows(grid.body, grid.body.height - 3, 3);
        if let Some(at) = cells(foot, 1, 1).into_iter().next() {
            let at = inset(at, at.width / 4);
            page.choice(at, Exports::NOW, say.text("exports-now"), Tone::Choice);
        }
    }
    trio(page, grid, view, Trio::Choosing);
}

/// A moment at the station, however it stands on disk.
fn moment(view: &View<'_>, wall_ms: i64) -> String {
    let zone = view.now.wall.timezone();
    DateTime::from_timestamp_millis(wall_ms)
        .map_or_else(String::new, |at| view.say.moment(&at.with_timezone(&zone)))
}

fn last(view: &View<'_>) -> String {
    let say = view.say;
    let Some(BundleNote {
        wall_ms,
        from,
        to,
        why,
        ..
    }) = &view.model.export.status.last
    else {
        return say.text("exports-last-none");
    };
    let when = moment(view, *wall_ms);
    let why = say.text(&format!("export-why-{}", why.name()));
    if to < from {
        return say.with("exports-last-empty", &[("when", &when), ("why", &why)]);
    }
    let (from, to) = (from.to_string(), to.to_string());
    say.with(
        "exports-last",
        &[("when", &when), ("why", &why), ("from", &from), ("to", &to)],
    )
}

fn next(view: &View<'_>) -> String {
    match view.model.export.next {
        Some(due) => view
            .say
            .with("exports-next", &[("when", &moment(view, due))]),
        None => view.say.text("exports-next-none"),
    }
}

/// What HQ has, and what it has not.
fn waiting(view: &View<'_>) -> String {
    let status = &view.model.export.status;
    let count = grouped(Points::new(status.waiting));
    match status.acknowledged {
        Some(seq) => view.say.with(
            "exports-waiting",
            &[("count", &count), ("seq", &seq.to_string())],
        ),
        None => view.say.with("exports-waiting-all", &[("count", &count)]),
    }
}

/// How far it is, or what was wrong, the worst first.
fn remark(page: &mut Page, view: &View<'_>, at: Rect, exports: &Exports) {
    let (say, export) = (view.say, &view.model.export);
    if let Some((done, total)) = export.running.filter(|_| export.fault.is_none()) {
        let share = done.saturating_mul(100).checked_div(total).unwrap_or(0);
        let words = say.with("exports-running", &[("share", &share.to_string())]);
        let half = at.width / 2;
        page.text(Rect { width: half, ..at }, Ink::Strong, words);
        let bar = Rect {
            x: at.x + half,
            width: at.width - half,
            ..at
        };
        page.bar(bar, (done, total));
        return;
    }
    let unclean = export.status.last.as_ref().is_some_and(|last| !last.clean);
    let words = match (&export.fault, exports.missed) {
        (Some(why), _) => say.with("exports-failed", &[("why", &plain(why))]),
        (None, _) if unclean => say.text("exports-unclean"),
        (None, Some(due)) => {
            let since = |last: &BundleNote| last.wall_ms >= due;
            let made_up = if export.status.last.as_ref().is_some_and(since) {
                "yes"
            } else {
                "no"
            };
            let args = [("when", &*moment(view, due)), ("made-up", made_up)];
            say.with("exports-missed", &args)
        }
        (None, None) => return,
    };
    page.fill(at, Ink::Warning);
    page.text(at, Ink::Warning, fitted(&words, at.width.into()));
}

/// A sink's name, and what became of it.
fn sink_line(
    page: &mut Page,
    view: &View<'_>,
    at: Rect,
    (place, sink, state): (usize, &SinkSetting, Option<&SinkState>),
) {
    let said = match state {
        None if view.model.export.running.is_some() => view.say.text("sink-waits"),
        None => view.say.text("sink-unknown"),
        Some(SinkState::Done) => view.say.text("sink-done"),
        Some(SinkState::Failed(fault)) => failed(view, &sink.kind, fault),
    };
    let trouble = state.is_some_and(|state| is_trouble(view.config, place, state));
    let ink = if trouble { Ink::Warning } else { Ink::Page };
    let line = view
        .say
        .with("sink-line", &[("name", &sink.name), ("state", &said)]);
    if trouble {
        page.fill(at, ink);
    }
    page.text(at, ink, fitted(&line, at.width.into()));
}

/// Why a sink did not take it, and what to do.
fn failed(view: &View<'_>, kind: &SinkKind, fault: &SinkFault) -> String {
    let id = match (fault, kind) {
        (SinkFault::Absent, SinkKind::Directory { .. }) => "sink-absent-directory",
        (SinkFault::Absent, SinkKind::Stick { .. }) => "sink-absent-stick",
        (SinkFault::Absent, SinkKind::S3 { .. }) => "sink-absent-s3",
        (SinkFault::Ambiguous, _) => "sink-ambiguous",
        (SinkFault::Full, _) => "sink-full",
        (SinkFault::ReadOnly, _) => "sink-read-only",
        (SinkFault::Gone, _) => "sink-gone",
        (SinkFault::Different, _) => "sink-different",
        (SinkFault::Refused(why), _) => {
            return view.say.with("sink-refused", &[("why", &plain(why))]);
        }
    };
    view.say.text(id)
}
