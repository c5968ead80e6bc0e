//! Exports: last, next, what waits, what each sink said and what to do; and one now.

use crate::app::context::{Ask, Context, Transition};
use crate::app::screens::State;
use crate::app::{ExportView, is_trouble};
use crate::config::{SinkKind, SinkSetting};
use crate::domain::{BundleNote, ExportWhy, Fact, Points, SinkFault, SinkState, Text};
use crate::panel::{Body, Choice, Key, Line, Panel};

/// The exports screen. What else it shows is the model's, since it changes under every screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exports {
    /// The due time that passed while the power was off, in milliseconds since 1970.
    pub missed: Option<i64>,
}

impl Exports {
    /// How far it is, or what was wrong, the worst first.
    fn remark(&self, export: &ExportView) -> Line {
        if let Some((done, total)) = export.running.filter(|_| export.fault.is_none()) {
            let share = done.saturating_mul(100).checked_div(total).unwrap_or(0);
            let share = Fact::Code(share.to_string());
            let line = Line::strong(Text::of("exports-running").fact("share", share));
            return Line {
                bar: Some((done, total)),
                ..line
            };
        }
        let last = export.status.last.as_ref();
        let unclean = last.is_some_and(|last| !last.clean);
        Line::warning(match (&export.fault, self.missed) {
            (Some(why), _) => Text::of("exports-failed").fact("why", Fact::Foreign(why.clone())),
            (None, _) if unclean => Text::of("exports-unclean"),
            (None, Some(due)) => {
                let since = last.is_some_and(|last| last.wall_ms >= due);
                let made_up = Fact::Variant(if since { "yes" } else { "no" });
                let text = Text::of("exports-missed").fact("when", Fact::Moment(due));
                text.fact("made-up", made_up)
            }
            (None, None) => return Line::plain(Text::row([])),
        })
    }
}

fn last(export: &ExportView) -> Text {
    let Some(BundleNote {
        wall_ms,
        from,
        to,
        why,
        ..
    }) = &export.status.last
    else {
        return Text::of("exports-last-none");
    };
    let why = Fact::Message(format!("export-why-{}", why.name()));
    let text = if to < from {
        Text::of("exports-last-empty")
    } else {
        let text = Text::of("exports-last").fact("from", Fact::Seq(*from));
        text.fact("to", Fact::Seq(*to))
    };
    text.fact("when", Fact::Moment(*wall_ms)).fact("why", why)
}

fn next(export: &ExportView) -> Text {
    export.next.map_or_else(
        || Text::of("exports-next-none"),
        |due| Text::of("exports-next").fact("when", Fact::Moment(due)),
    )
}

/// What HQ has, and what it has not.
fn waiting(export: &ExportView) -> Text {
    // Without a town bank that answers, their number only grows and says nothing.
    let Some(seq) = export.status.acknowledged else {
        return Text::of("exports-waiting-all");
    };
    let text = Text::of("exports-waiting").seq(seq);
    // With commas: they can be many.
    let waiting = Points::new(export.status.waiting);
    text.fact("count", Fact::Points(waiting))
}

/// A sink's name, and what became of it.
fn sink(context: &Context<'_>, place: usize, sink: &SinkSetting) -> Line {
    let export = &context.model.export;
    let state = export.sinks.get(place).and_then(Option::as_ref);
    let said = match state {
        None if export.running.is_some() => Text::of("sink-waits"),
        None => Text::of("sink-unknown"),
        Some(SinkState::Done) => Text::of("sink-done"),
        Some(SinkState::Failed(fault)) => failed(&sink.kind, fault),
    };
    let text = Text::of("sink-line").fact("name", Fact::Code(sink.name.clone()));
    let text = text.fact("state", said.into());
    if state.is_some_and(|state| is_trouble(context.config, place, state)) {
        Line::warning(text)
    } else {
        Line::plain(text)
    }
}

fn because(id: &'static str, why: &str) -> Text {
    Text::of(id).fact("why", Fact::Foreign(why.to_owned()))
}

/// Why a sink did not take it, and what to do.
fn failed(kind: &SinkKind, fault: &SinkFault) -> Text {
    Text::of(match (fault, kind) {
        (SinkFault::Absent, SinkKind::Directory { .. }) => "sink-absent-directory",
        (SinkFault::Absent, SinkKind::Stick { .. }) => "sink-absent-stick",
        (SinkFault::Absent, SinkKind::S3 { .. }) => "sink-absent-s3",
        (SinkFault::Ambiguous, _) => "sink-ambiguous",
        (SinkFault::Full, _) => "sink-full",
        (SinkFault::ReadOnly, _) => "sink-read-only",
        (SinkFault::Gone, _) => "sink-gone",
        (SinkFault::Different, _) => "sink-different",
        (SinkFault::Unsure, _) => "sink-unsure",
        (SinkFault::Slow, _) => "sink-slow",
        (SinkFault::InTheWay(why), _) => return because("sink-in-the-way", why),
        (SinkFault::Unread(why), _) => return because("sink-unread", why),
        (SinkFault::Failed(why), _) => return because("sink-failed", why),
        (SinkFault::Refused(why), _) => return because("sink-refused", why),
    })
}

impl State for Exports {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let export = &context.model.export;
        let head = [last(export), next(export), waiting(export)].map(Line::plain);
        let head = head.into_iter().chain([self.remark(export)]).collect();
        let sinks = context.config.export.sinks.iter().enumerate();
        let sinks = sinks.map(|(place, one)| sink(context, place, one));
        let body = Body::Lines(vec![head, sinks.collect()]);
        let panel = Panel {
            hint: "demo-exports",
            ..Panel::staff(Text::of("exports-title"), body)
        };
        if export.running.is_some() {
            return panel;
        }
        let now = Transition::ask(Ask::Export(ExportWhy::Asked));
        panel.foot(Choice::new(Key::Digit(1), Text::of("exports-now"), now))
    }
}
