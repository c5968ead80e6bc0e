//! What one line of text means: a resident's code, a card number, or nothing.

use crate::domain::{CardFault, CardId, TownshipCode, is_hostile};
use crate::wire::code;

/// The longest text that can be a card or a code, in characters.
pub const MAX_TEXT_CHARS: usize = 64;

/// Reads one line without its end mark.
///
/// A code begins with `WB` and a version, see [`code`]. Anything else must be a card number as the reader prints
/// it: 4 to 32 letters and digits, kept as text with its leading zeros. Numbers in two parts, "176,42493",
/// are refused: they hold 24 of 40 bits and several cards share them.
///
/// # Errors
/// [`CardFault::NotText`] when it is not strict UTF-8 or holds controls, escapes or invisible characters;
/// [`CardFault::TooLong`] beyond [`MAX_TEXT_CHARS`]; what [`code::parse`] says of a code; else
/// [`CardFault::Unreadable`].
pub fn text(bytes: &[u8], town: &TownshipCode) -> Result<CardId, CardFault> {
    let line = std::str::from_utf8(bytes).map_err(|_| CardFault::NotText)?;
    let line = line.trim_matches(' ');
    if line.chars().any(is_hostile) {
        return Err(CardFault::NotText);
    }
    if line.chars().count() > MAX_TEXT_CHARS {
        return Err(CardFault::TooLong);
    }
    if code::is_code(line) {
        return code::parse(line, town);
    }
    CardId::parse(line).ok_or(CardFault::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CardFault::{CheckFailed, NotText, TooLong, Unreadable};

    #[test]
    fn lines_mean_a_card_or_say_why_not() {
        let town = TownshipCode::parse("LUCHENG").unwrap();
        let long = "7".repeat(65);
        let wide = "文".repeat(64);
        for (bytes, want) in [
            (&b"0005591234"[..], Ok("0005591234")),
            (b"  0005591234 ", Ok("0005591234")),
            (b"62e3086ced", Ok("62E3086CED")),
            (b"123", Err(Unreadable)),
            (b"", Err(Unreadable)),
            (b"123456789012345678901234567890123", Err(Unreadable)),
            (b"176,42493", Err(Unreadable)),
            (b"176 42493", Err(Unreadable)),
            (b"https://example.org/a?b=c", Err(Unreadable)),
            (b"WB1:LUCHENG:7K3M9Q2X:0000", Err(CheckFailed)),
            (b"WB2:LUCHENG:7K3M9Q2X:0000", Err(Unreadable)),
            (b"WB1:", Err(Unreadable)),
            (b"WB1", Err(Unreadable)),
            (b"WB17", Ok("WB17")),
            ("一二三四".as_bytes(), Err(Unreadable)),
            (wide.as_bytes(), Err(Unreadable)),
            (long.as_bytes(), Err(TooLong)),
            (b"0005\x1b[2J591234", Err(NotText)),
            (b"0005\x07", Err(NotText)),
            ("0005\u{202e}4321".as_bytes(), Err(NotText)),
            ("0005\u{200b}4321".as_bytes(), Err(NotText)),
            ("0005\u{9b}31m".as_bytes(), Err(NotText)),
            (b"\xc1\xaa\xcd\xa8", Err(NotText)),
        ] {
            let got = text(bytes, &town);
            assert_eq!(
                got.as_ref().map(CardId::as_str),
                want.as_ref().map(|w| *w),
                "{bytes:?}"
            );
        }
    }
}
