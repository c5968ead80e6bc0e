//! "Are you still there?": a countdown, one big button, and that nothing is lost.

use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::{Trio, trio};
use crate::view::layout::{Grid, inset, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::screens::View;
use crate::view::theme::Ink;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>) {
    let say = view.say;
    let until = view.model.asking_until_ms.unwrap_or(view.now.mono_ms);
    let left = until.saturating_sub(view.now.mono_ms).max(0);
    let seconds = ((left + 999) / 1_000).to_string();
    page.text(grid.sentence, Ink::Strong, say.text("asking-what"));
    let spare = (grid.body.height - 11) / 2;
    let body = rows(grid.body, spare, grid.body.height - spare);
    let width = digits_width(&seconds);
    page.digits(
        Rect {
            x: body.x + (body.width - width) / 2,
            width,
            ..rows(body, 0, DIGIT_ROWS)
        },
        seconds.clone(),
    );
    let count = say.with("asking-count", &[("seconds", &seconds)]);
    page.centred(
        row(body, 5),
        Ink::Page,
        format!("{count}  {}", say.text("asking-safe")),
    );
    let at = inset(rows(body, 6, 5), body.width / 6);
    page.choice(at, 1, say.text("asking-yes"), Tone::Confirm);
    trio(page, grid, view, Trio::Choosing);
}
