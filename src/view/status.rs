//! The devices in one row: card, scanner, printer. Each by a sign, a word and a colour.

use crate::domain::Check;
use crate::view::context::View;
use crate::view::layout::columns;
use crate::view::page::Page;
use crate::view::theme::Ink;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

/// A device of which the station has one or more, and whether all of them are there.
fn states(view: &View<'_>) -> Vec<(&'static str, bool)> {
    let readers = || {
        let settings = view.config.station.readers.iter();
        settings.zip(&view.model.readers)
    };
    let state = |device: Check| {
        let mut ups = readers().filter(|(setting, _)| setting.format.device() == device);
        let any = ups.clone().next().is_some();
        any.then(|| ups.all(|(_, up)| *up))
    };
    let printer = view.config.printer.as_ref();
    let printer = printer.map(|_| view.model.printer.trouble().is_none());
    let all = [
        ("dot-card", state(Check::Card)),
        ("dot-scanner", state(Check::Scanner)),
        ("dot-printer", printer),
    ];
    let known = all.into_iter().filter_map(|(id, up)| Some((id, up?)));
    known.collect()
}

/// Adds the devices that the config names.
pub(crate) fn devices(page: &mut Page, row: Rect, view: &View<'_>) {
    let say = view.say;
    let mut x = 0;
    for (id, up) in states(view) {
        let device = say.text(id);
        let id = if up { "dot-ready" } else { "dot-lost" };
        let text = format!(" {} ", say.with(id, &[("device", &device)]));
        let width = u16::try_from(text.width()).unwrap_or(u16::MAX);
        let at = columns(row, x, width);
        let ink = if up { Ink::Confirm } else { Ink::Warning };
        page.fill(at, ink);
        page.text(at, ink, text);
        x = x.saturating_add(at.width + 2);
    }
}
