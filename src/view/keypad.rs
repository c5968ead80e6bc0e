//! A keypad at the right, and what is typed on it at the left.

use crate::app::Key;
use crate::domain::Text;
use crate::panel::{Line, Panel};
use crate::view::context::View;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::sentence;
use crate::view::layout::{Grid, cells, columns, inset, row, rows, wrapped};
use crate::view::page::{Button, Page, Tone};
use crate::view::theme::Ink;
use ratatui::layout::Rect;

/// Columns of the keypad. Source: keys of 10 columns are 53 mm wide at 42 px.
const COLUMNS: u16 = 30;

/// Adds the title and the keypad; gives the room at the left of it.
pub(crate) fn keypad<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) -> Rect {
    let say = view.say;
    let left = |area: Rect| columns(area, 0, area.width.saturating_sub(COLUMNS));
    let beside = Grid {
        sentence: left(grid.sentence),
        ..*grid
    };
    sentence(page, &beside, view, panel);
    // It begins beside the sentence: four rows of keys need twelve of cells.
    let keys = Rect {
        x: grid.body.right().saturating_sub(COLUMNS),
        y: grid.sentence.y,
        width: COLUMNS,
        height: grid.body.height + 1,
    };
    let digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(|n| (Key::Digit(n), n.to_string(), Tone::Choice));
    let last = [
        (Key::Back, say.text("rub-out"), Tone::Neutral),
        (Key::Digit(0), "0".to_owned(), Tone::Choice),
        (Key::Enter, say.text("enter"), Tone::Confirm),
    ];
    let all = digits.into_iter().chain(last);
    for (at, (key, label, tone)) in cells(keys, 3, 4).into_iter().zip(all) {
        page.button(Button::of(at, (key, ""), label, tone));
    }
    inset(left(grid.body), 1)
}

/// Adds a number that is typed, big, and what helps; before the first digit what has just been done may stand there.
pub(crate) fn number<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, (above, typed), lines): (&Panel<A>, (Option<&Text>, &str), &[Line]),
) {
    let room = keypad(page, grid, view, panel);
    match above {
        Some(above) if typed.is_empty() => {
            let mut rest = view.tell(above);
            for y in 1..=DIGIT_ROWS {
                let (line, after) = wrapped(&rest, room.width.into());
                page.text(row(room, y), Ink::Strong, line);
                rest = after;
            }
        }
        Some(_) | None => {
            let typed = if typed.is_empty() { "-" } else { typed };
            if digits_width(typed) <= room.width {
                page.digits(rows(room, 1, DIGIT_ROWS), typed.to_owned());
            } else {
                page.text(row(room, 1 + DIGIT_ROWS / 2), Ink::Strong, typed.to_owned());
            }
        }
    }
    for (y, line) in (DIGIT_ROWS + 2..room.height).zip(lines) {
        page.text(row(room, y), Ink::of(line.emphasis), view.tell(&line.text));
    }
}
