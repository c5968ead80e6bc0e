//! The grid: from 64×16 up to 96×24 cells, centred on larger terminals.

use ratatui::layout::Rect;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The fewest columns. Source: 42 px type on a 15.6" 1366×768 screen.
pub const MIN_COLUMNS: u16 = 64;
/// The fewest rows.
pub const MIN_ROWS: u16 = 16;
/// The most columns that are used.
pub const MAX_COLUMNS: u16 = 96;
/// The most rows that are used.
pub const MAX_ROWS: u16 = 24;
/// Columns of a button for an aid: the widest word with its sign.
pub(crate) const AID_COLUMNS: u16 = 16;

/// The places that every screen has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    /// Place, name, clock.
    pub(crate) header: Rect,
    /// One sentence.
    pub(crate) sentence: Rect,
    /// What the screen is for.
    pub(crate) body: Rect,
    /// 返回, 叫人帮忙, 办完了.
    pub(crate) footer: Rect,
}

impl Grid {
    /// Lays the grid into a terminal; `None` when it is too small.
    pub(crate) fn of(area: Rect) -> Option<Self> {
        if area.width < MIN_COLUMNS || area.height < MIN_ROWS {
            return None;
        }
        let canvas = area.centered(
            area.width.min(MAX_COLUMNS).into(),
            area.height.min(MAX_ROWS).into(),
        );
        let footer_height = if canvas.height >= 22 { 5 } else { 3 };
        let body_height = canvas.height - 2 - footer_height;
        let row = |y, height| Rect::new(canvas.x, canvas.y + y, canvas.width, height);
        Some(Self {
            header: row(0, 1),
            sentence: inset(row(1, 1), 2),
            body: inset(row(2, body_height), 1),
            footer: inset(row(2 + body_height, footer_height), 1),
        })
    }

    /// The place of the footer from edge to edge.
    pub(crate) const fn foot(&self) -> Rect {
        Rect {
            x: self.header.x,
            width: self.header.width,
            ..self.footer
        }
    }
}

/// The same rows, so many columns narrower on each side.
pub(crate) fn inset(area: Rect, columns: u16) -> Rect {
    Rect {
        x: area.x + columns,
        width: area.width.saturating_sub(2 * columns),
        ..area
    }
}

/// One row of an area, from its top.
pub(crate) fn row(area: Rect, y: u16) -> Rect {
    rows(area, y, 1)
}

/// Some rows of an area, from its top, as far as it reaches.
pub(crate) fn rows(area: Rect, y: u16, height: u16) -> Rect {
    let y = y.min(area.height);
    Rect {
        y: area.y + y,
        height: height.min(area.height - y),
        ..area
    }
}

/// Some columns of an area, from its left, as far as it reaches.
pub(crate) fn columns(area: Rect, x: u16, width: u16) -> Rect {
    let x = x.min(area.width);
    Rect {
        x: area.x + x,
        width: width.min(area.width - x),
        ..area
    }
}

/// Where the buttons stand that cannot be undone: a body's last three rows at 64×16.
pub(crate) fn lower(body: Rect) -> Rect {
    let above = upper(body).height;
    rows(body, above, body.height - above)
}

/// The rest of the body, where the buttons of notices, questions and lists of staff stand: none of
/// them lies under one that cannot be undone.
pub(crate) fn upper(body: Rect) -> Rect {
    rows(body, 0, body.height * 8 / 11)
}

/// Cuts an area into cells, row by row; each is an odd number of rows high so that its label is
/// centred, and none is higher than seven.
pub(crate) fn cells(area: Rect, columns: u16, lines: u16) -> Vec<Rect> {
    let pitch = (area.height / lines.max(1)).max(1);
    let height = if pitch.is_multiple_of(2) {
        pitch - 1
    } else {
        pitch
    }
    .min(7);
    let spare = area.height.saturating_sub(pitch.min(height + 1) * lines);
    let columns = columns.max(1);
    let x = |column: u16| area.x + area.width * column / columns;
    let mut cells = Vec::new();
    for line in 0..lines {
        for column in 0..columns {
            cells.push(Rect {
                x: x(column),
                y: area.y + spare / 2 + line * pitch.min(height + 1),
                width: x(column + 1) - x(column),
                height,
            });
        }
    }
    cells
}

/// The first line of a text, broken at a blank or between Hanzi, and the rest.
pub(crate) fn wrapped(text: &str, columns: usize) -> (String, String) {
    if text.width() <= columns {
        return (text.to_owned(), String::new());
    }
    let (mut width, mut cut, mut hard) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        if c == ' ' || c.width() == Some(2) {
            cut = at;
        }
        width += c.width().unwrap_or(0);
        if width > columns {
            break;
        }
        hard = at + c.len_utf8();
    }
    let cut = if cut == 0 { hard } else { cut };
    let (first, rest) = text.split_at_checked(cut).unwrap_or((text, ""));
    (first.to_owned(), rest.trim_start().to_owned())
}
