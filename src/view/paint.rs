//! Paints the pieces of a page. Colour and cell, nothing else; what stands where is decided before.

use crate::domain::Theme;
use crate::view::digits;
use crate::view::layout::{columns, inset, row};
use crate::view::page::{Button, Page, Piece};
use crate::view::theme::Ink;
use ratatui::buffer::Buffer;
use ratatui::layout::HorizontalAlignment::{self, Center, Left, Right};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

impl Page {
    /// Paints everything, in order, over a clean page.
    pub fn paint(&self, buffer: &mut Buffer) {
        let area = buffer.area;
        let theme = self.theme;
        buffer.set_style(area, Ink::Page.style(theme));
        for piece in &self.pieces {
            match piece {
                Piece::Fill(at, ink) => fill(buffer, *at, ink.style(theme)),
                Piece::Text {
                    at,
                    text,
                    ink,
                    side,
                } => line(buffer, *at, text, ink.style(theme), *side),
                Piece::Digits { at, text } => digits::paint(buffer, *at, text, theme),
                Piece::Boxes { at, filled, total } => boxes(buffer, *at, (*filled, *total), theme),
                Piece::Bar { at, done, total } => bar(buffer, *at, (*done, *total), theme),
                Piece::Button(button) => paint_button(buffer, button, theme),
            }
        }
    }
}

fn fill(buffer: &mut Buffer, at: Rect, style: Style) {
    let at = at.intersection(buffer.area);
    for position in at.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Cuts a text to so many cells, marking the cut with two dots. A wide character is never halved.
pub(crate) fn fitted(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut width = 0;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            width += c.width().unwrap_or(0);
            width + 2 <= columns
        })
        .collect();
    kept.push_str("..");
    kept
}

fn line(buffer: &mut Buffer, at: Rect, text: &str, style: Style, side: HorizontalAlignment) {
    let text = fitted(text, at.width.into());
    let width = u16::try_from(text.width()).unwrap_or(at.width);
    let spare = at.width.saturating_sub(width);
    let x = match side {
        Left => at.x,
        Center => at.x + spare / 2,
        Right => at.x + spare,
    };
    if at.height > 0 && buffer.area.contains((x, at.y).into()) {
        buffer.set_stringn(x, at.y, text, at.width.into(), style);
    }
}

fn boxes(buffer: &mut Buffer, at: Rect, (filled, total): (usize, usize), theme: Theme) {
    for (place, x) in (at.x..at.right()).step_by(3).take(total).enumerate() {
        let (ink, symbol) = if place < filled {
            (Ink::Page, "██")
        } else {
            (Ink::EmptyBox, "▄▄")
        };
        buffer.set_stringn(x, at.y, symbol, 2, ink.style(theme));
    }
}

/// Filled cells as far as it is done, low ones for the rest; full only at the very end.
fn bar(buffer: &mut Buffer, at: Rect, (done, total): (u64, u64), theme: Theme) {
    let cells = u64::from(at.width).saturating_mul(done.min(total));
    let filled = cells.checked_div(total).unwrap_or(0);
    for (place, x) in (0..).zip(at.x..at.right()) {
        let (ink, symbol) = if place < filled {
            (Ink::Page, "█")
        } else {
            (Ink::EmptyBox, "▄")
        };
        buffer.set_stringn(x, at.y, symbol, 1, ink.style(theme));
    }
}

/// Paints a button half a row smaller above and below, so that neighbours show a gap although
/// their areas touch, and there is no dead zone between them.
fn paint_button(buffer: &mut Buffer, button: &Button, theme: Theme) {
    let ink = button.tone.ink();
    // A line of a list is two rows to touch, the lower one to see.
    let unseen = u16::from(button.at.height == 2);
    let at = Rect {
        x: button.at.x + 1,
        y: button.at.y + unseen,
        width: button.at.width.saturating_sub(2),
        height: button.at.height - unseen,
    }
    .intersection(buffer.area);
    paint_face(buffer, at, ink, theme);
    paint_label(buffer, at, button, theme);
}

/// The coloured face, its first and last row only half.
fn paint_face(buffer: &mut Buffer, at: Rect, ink: Ink, theme: Theme) {
    let (_, face) = ink.pair(theme);
    let (_, page) = Ink::Page.pair(theme);
    fill(buffer, at, ink.style(theme));
    if at.height > 1 {
        for (y, symbol) in [(at.y, "▄"), (at.bottom() - 1, "▀")] {
            for x in at.x..at.right() {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_symbol(symbol).set_fg(face).set_bg(page);
                }
            }
        }
    }
}

/// Digit, word and figure in the middle row.
fn paint_label(buffer: &mut Buffer, at: Rect, button: &Button, theme: Theme) {
    let middle = inset(row(at, at.height / 2), 1);
    let badge = u16::try_from(button.badge.width()).unwrap_or(0);
    let label = if badge == 0 {
        middle
    } else {
        let text = format!(" {} ", button.badge);
        line(buffer, middle, &text, Ink::Badge.style(theme), Left);
        columns(middle, badge + 3, middle.width)
    };
    let style = button.tone.ink().style(theme);
    if button.note.is_empty() {
        line(buffer, label, &button.label, style, Center);
    } else {
        line(buffer, label, &button.note, style, Right);
        let note = u16::try_from(button.note.width()).unwrap_or(0);
        let rest = columns(label, 0, label.width.saturating_sub(note + 1));
        line(buffer, rest, &button.label, style, Left);
    }
}

impl Button {
    /// Cells that the label may take; a longer one would be cut.
    pub fn label_room(&self) -> usize {
        let badge = match self.badge.width() {
            0 => 0,
            width => width + 3,
        };
        let note = match self.note.width() {
            0 => 0,
            width => width + 1,
        };
        usize::from(self.at.width).saturating_sub(4 + badge + note)
    }
}
