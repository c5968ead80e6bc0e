//! A terminal that is too small says what it needs, down to one cell.

use crate::view::context::View;
use crate::view::layout::{MIN_COLUMNS, MIN_ROWS, row};
use crate::view::page::Page;
use crate::view::theme::Ink;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, view: &View<'_>, area: Rect) {
    let [columns, lines, has_columns, has_rows] =
        [MIN_COLUMNS, MIN_ROWS, area.width, area.height].map(|n| n.to_string());
    let text = view.say.with(
        "too-small",
        &[
            ("columns", &columns),
            ("rows", &lines),
            ("has-columns", &has_columns),
            ("has-rows", &has_rows),
        ],
    );
    // Broken by hand: the sentence is all there is, and it must be readable at any width.
    let width = usize::from(area.width.max(2));
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let full = lines.last().is_some_and(|line| {
            let taken = unicode_width::UnicodeWidthStr::width(line.as_str());
            taken + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) > width
        });
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    for (y, line) in (0..area.height).zip(lines) {
        page.text(row(area, y), Ink::Strong, line);
    }
}
