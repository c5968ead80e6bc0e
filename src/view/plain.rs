//! A page as plain text, for scripts and tests.

use crate::view::Page;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

impl Page {
    /// The rows of a terminal of this size, as a person would copy them; blanks at the end dropped.
    pub fn to_lines(&self, area: Rect) -> Vec<String> {
        let mut buffer = Buffer::empty(area);
        self.paint(&mut buffer);
        (area.top()..area.bottom())
            .map(|y| {
                let mut line = String::new();
                // A wide character stands in one cell and covers the next.
                let mut covered = 0;
                for x in area.left()..area.right() {
                    if covered > 0 {
                        covered -= 1;
                        continue;
                    }
                    let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
                    covered = symbol.width().saturating_sub(1);
                    line.push_str(symbol);
                }
                line.trim_end().to_owned()
            })
            .collect()
    }
}
