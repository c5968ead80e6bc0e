//! "Are you still there?": a countdown, one big button, and that nothing is lost.

use crate::panel::{Footer, Key, Panel};
use crate::view::context::View;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::footer;
use crate::view::layout::{Grid, cells, lower, row, upper};
use crate::view::page::{Button, Page, Tone};
use crate::view::theme::Ink;
use ratatui::layout::Rect;

pub(super) fn page<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let say = view.say;
    let until = view.model.asking_until_ms.unwrap_or(view.now.mono_ms);
    let left = until.saturating_sub(view.now.mono_ms).max(0);
    let seconds = ((left + 999) / 1_000).to_string();
    page.text(grid.sentence, Ink::Strong, say.text("asking-what"));
    let halves = cells(upper(grid.body), 2, 1);
    if let [left, right] = halves.as_slice() {
        let width = digits_width(&seconds);
        let big = Rect {
            x: left.x + left.width.saturating_sub(width) / 2,
            y: left.y + left.height.saturating_sub(DIGIT_ROWS) / 2,
            width,
            height: DIGIT_ROWS,
        };
        page.digits(big, seconds.clone());
        let (one, yes) = ((Key::Digit(1), "1"), say.text("asking-yes"));
        page.button(Button::of(*right, one, yes, Tone::Confirm));
    }
    let count = say.with("asking-count", &[("seconds", &seconds)]);
    let told = format!("{count}  {}", say.text("asking-safe"));
    page.centred(row(lower(grid.body), 1), Ink::Page, told);
    footer(page, grid, view, (panel, Footer::Choosing));
}
