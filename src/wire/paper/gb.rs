//! Text as Chinese receipt printers read it: GB18030, with a stand-in for what their fonts lack.

use crate::domain::is_hostile;
use encoding_rs::GB18030;

/// The geta mark 〓, printed where a character is missing. In GB 2312 since 1980, so every font has it.
const GETA: [u8; 2] = [0xA1, 0xFE];
/// U+FFE5 ￥, which GB 2312 has; U+00A5 ¥, which keyboards and catalogues write, it has not.
const YEN: [u8; 2] = [0xA3, 0xA4];

/// The columns that a text takes on paper: one for a printable ASCII character, two for every other.
///
/// Paper differs from a terminal: `·`, `×` and `①` are two bytes and 24 dots in every GB font.
pub fn paper_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

pub(super) fn char_width(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        _ if is_hostile(c) => 0,
        _ => 2,
    }
}

/// A text as bytes for the printer. Controls and invisible characters are dropped: here they would be commands.
///
/// With `four_byte` the font is said to have all of GB18030; without, a character of four bytes becomes 〓.
pub fn gb_bytes(text: &str, four_byte: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_hostile(*c)) {
        match c {
            ' '..='~' => bytes.extend(u8::try_from(c)),
            '¥' => bytes.extend(YEN),
            _ => {
                let mut utf8 = [0; 4];
                let (encoded, _, lost) = GB18030.encode(c.encode_utf8(&mut utf8));
                match encoded.len() {
                    2 if !lost => bytes.extend_from_slice(&encoded),
                    4 if four_byte && !lost => bytes.extend_from_slice(&encoded),
                    _ => bytes.extend(GETA),
                }
            }
        }
    }
    bytes
}
