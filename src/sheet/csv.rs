//! CSV by RFC 4180: every text in quotes, no number in quotes, lines that end in CR LF.

use crate::sheet::Cell;
use std::io::{self, Write};

/// What a file begins with, so that Excel and WPS read it as UTF-8.
pub const BOM: &str = "\u{feff}";

/// Writes one row.
///
/// Texts are quoted always, so that one with a `;` or a tab stays one cell wherever those separate.
///
/// # Errors
/// What the writer answers.
pub fn write_row(out: &mut impl Write, cells: &[Cell]) -> io::Result<()> {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        match cell {
            Cell::Number(number) => write!(out, "{number}")?,
            Cell::Text(text) | Cell::Moment(text) => {
                out.write_all(b"\"")?;
                for (part, piece) in text.split('"').enumerate() {
                    if part > 0 {
                        out.write_all(b"\"\"")?;
                    }
                    out.write_all(piece.as_bytes())?;
                }
                out.write_all(b"\"")?;
            }
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_and_numbers_are_not() {
        let mut out = Vec::new();
        let cells = [Cell::text("何\"云\",秀"), Cell::Number(-12), Cell::text("")];
        write_row(&mut out, &cells).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\"何\"\"云\"\",秀\",-12,\"\"\r\n");
    }
}
