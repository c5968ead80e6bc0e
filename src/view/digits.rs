//! Numbers drawn big: 7×10 pixels a digit as half blocks, with an open zero and strokes two wide.

use crate::domain::Theme;
use crate::view::Ink;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows of a big number.
pub const DIGIT_ROWS: u16 = 5;

/// The picture of a character, ten rows of pixels from the top.
const fn glyph(c: char) -> Option<[&'static str; 10]> {
    Some(match c {
        '0' => [
            " ##### ", "#######", "##   ##", "##   ##", "##   ##", "##   ##", "##   ##", "##   ##",
            "#######", " ##### ",
        ],
        '1' => [
            "  ##   ", " ###   ", "####   ", "  ##   ", "  ##   ", "  ##   ", "  ##   ", "  ##   ",
            "###### ", "###### ",
        ],
        '2' => [
            " ##### ", "#######", "##   ##", "     ##", "    ###", "  #### ", " ####  ", "###    ",
            "#######", "#######",
        ],
        '3' => [
            " ##### ", "#######", "##   ##", "     ##", "  #### ", "  #### ", "     ##", "##   ##",
            "#######", " ##### ",
        ],
        '4' => [
            "   ### ", "  #### ", " ## ## ", "##  ## ", "##  ## ", "#######", "#######", "    ## ",
            "    ## ", "    ## ",
        ],
        '5' => [
            "#######", "#######", "##     ", "###### ", "#######", "     ##", "     ##", "##   ##",
            "#######", " ##### ",
        ],
        '6' => [
            " ##### ", "#######", "##     ", "##     ", "###### ", "#######", "##   ##", "##   ##",
            "#######", " ##### ",
        ],
        '7' => [
            "#######", "#######", "     ##", "    ## ", "    ## ", "   ##  ", "   ##  ", "  ##   ",
            "  ##   ", "  ##   ",
        ],
        '8' => [
            " ##### ", "#######", "##   ##", "##   ##", " ##### ", " ##### ", "##   ##", "##   ##",
            "#######", " ##### ",
        ],
        '9' => [
            " ##### ", "#######", "##   ##", "##   ##", "#######", " ######", "     ##", "     ##",
            "#######", " ##### ",
        ],
        ',' => [
            "   ", "   ", "   ", "   ", "   ", "   ", "   ", " ##", " ##", "## ",
        ],
        ':' => ["  ", "  ", "##", "##", "  ", "  ", "##", "##", "  ", "  "],
        '-' => [
            "     ", "     ", "     ", "     ", "#####", "#####", "     ", "     ", "     ",
            "     ",
        ],
        _ => return None,
    })
}

/// Columns that a number takes; characters without a picture take none.
pub fn digits_width(text: &str) -> u16 {
    let widths = text.chars().filter_map(glyph).map(|rows| {
        let width = rows.first().map_or(0, |row| row.len());
        u16::try_from(width).unwrap_or(0) + 1
    });
    widths.sum::<u16>().saturating_sub(1)
}

/// Paints a number at the left of an area.
pub(crate) fn paint(buffer: &mut Buffer, at: Rect, text: &str, theme: Theme) {
    let (fg, bg) = Ink::Page.pair(theme);
    let mut x = at.x;
    for rows in text.chars().filter_map(glyph) {
        let width = rows.first().map_or(0, |row| row.len());
        for (y, pair) in (at.y..).zip(rows.chunks(2)) {
            let [top, bottom] = pair else { continue };
            for ((column, upper), lower) in (x..).zip(top.bytes()).zip(bottom.bytes()) {
                let symbol = match (upper, lower) {
                    (b'#', b'#') => "█",
                    (b'#', _) => "▀",
                    (_, b'#') => "▄",
                    _ => continue,
                };
                if let Some(cell) = buffer.cell_mut((column, y)) {
                    cell.set_symbol(symbol).set_fg(fg).set_bg(bg);
                }
            }
        }
        x += u16::try_from(width).unwrap_or(0) + 1;
    }
}
