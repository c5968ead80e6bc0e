//! A change of the config, as the technician sees it before and after it is written.

use crate::app::SettingKept;
use crate::app::context::{Context, Transition};
use crate::config::SettingChange;
use crate::domain::{Fact, Text};
use crate::panel::{Choice, Key, Line};

/// A reader's name.
pub(super) fn reader(context: &Context<'_>, index: usize) -> Fact {
    let reader = context.config.station.readers.get(index);
    let name = reader.map_or_else(String::new, |reader| reader.name.clone());
    Fact::Foreign(name)
}

/// The lines that stand, or would stand, in the config.
pub(super) fn lines(context: &Context<'_>, change: &SettingChange) -> Vec<Line> {
    let heading = Fact::Code(change.heading().to_owned());
    let heading = match change {
        SettingChange::Reader { index, .. } => {
            let mark = Fact::Code("#".to_owned());
            let name = Text::row([mark, reader(context, *index)]);
            Text::apart(Text::row([heading]), name)
        }
        SettingChange::Printer { .. } => Text::row([heading]),
    };
    let lines = change.lines().into_iter().map(Text::verbatim);
    [heading]
        .into_iter()
        .chain(lines)
        .map(Line::strong)
        .collect()
}

/// Shall it be written?
pub(super) fn yes_no(yes: Transition, no: Transition) -> [Choice<Transition>; 2] {
    [
        Choice::new(Key::Digit(1), Text::of("setting-write"), yes).yes(),
        Choice::new(Key::Digit(2), Text::of("setting-leave"), no).neutral(),
    ]
}

/// Why a change was not written, where it belongs, and its lines; nothing where it was written.
pub(super) fn not_kept(
    context: &Context<'_>,
    kept: &SettingKept,
    change: &SettingChange,
) -> Vec<Vec<Line>> {
    let (why, path) = match kept {
        SettingKept::Written => return Vec::new(),
        SettingKept::BuiltIn => (Text::of("setting-built-in"), "station.toml"),
        SettingKept::ReadOnly { path } => (Text::of("setting-read-only"), path.as_str()),
        SettingKept::Failed { path, why } => (
            Text::of("setting-failed").fact("why", why.clone().into()),
            path.as_str(),
        ),
    };
    let path = Line::strong(Text::row([Fact::Foreign(path.to_owned())]));
    let head = vec![
        Line::warning(why),
        Line::plain(Text::of("setting-by-hand")),
        Line { tail: true, ..path },
    ];
    vec![head, lines(context, change)]
}
