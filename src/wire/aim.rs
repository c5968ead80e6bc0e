//! The symbology identifier that a scanner can put in front of its data, ISO/IEC 15424.
//!
//! `]` and two characters: `]Q1` QR, `]C0` Code 128, `]E0` EAN-13, `]A0` Code 39, `]I0` ITF, `]d2` Data Matrix,
//! `]L0` PDF417. Sources: NCR 7895, Zebra DS457 and Cino manuals.
//!
//! Some modifiers say that the data are in the protocol of extended channels (ECI): `\` and six digits name an
//! alphabet, such as `\000026` for UTF-8, and a `\` of the data comes twice. Our cards and codes are ASCII, which all
//! alphabets have in common, so the marks are dropped.

use std::borrow::Cow;

/// The letters of the symbologies that a station can meet.
const LETTERS: &[u8] = b"ACEFGILQRSXdez";

/// What follows an identifier, without the marks of alphabets; `None` when there is none. A code of somebody else's may begin
/// with `]`, too, so take what follows only when it means something.
pub fn after_identifier(text: &str) -> Option<Cow<'_, str>> {
    match text.as_bytes() {
        [b']', letter, modifier, ..]
            if LETTERS.contains(letter) && modifier.is_ascii_alphanumeric() =>
        {
            let rest = text.get(3..)?;
            Some(if has_channels(*letter, *modifier) {
                Cow::Owned(plain(rest))
            } else {
                Cow::Borrowed(rest)
            })
        }
        _ => None,
    }
}

/// Says whether the data are in the ECI protocol. Sources: ISO/IEC 18004, 16022, 24778, 15438, each in its annex on symbology
/// identifiers.
const fn has_channels(letter: u8, modifier: u8) -> bool {
    match letter {
        b'Q' => matches!(modifier, b'2' | b'4' | b'6'),
        b'd' => matches!(modifier, b'4' | b'5' | b'6'),
        b'z' => matches!(modifier, b'3' | b'4' | b'5' | b'9' | b'A' | b'B'),
        b'L' => modifier == b'1',
        _ => false,
    }
}

/// The data without the marks of alphabets, each doubled `\` once. What is neither stays as it is.
fn plain(data: &str) -> String {
    let mut plain = String::with_capacity(data.len());
    let mut rest = data;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        rest = match (after.strip_prefix('\\'), after.split_at_checked(6)) {
            (Some(after), _) => {
                plain.push('\\');
                after
            }
            (None, Some((digits, after))) if digits.bytes().all(|b| b.is_ascii_digit()) => after,
            (None, _) => {
                plain.push('\\');
                after
            }
        };
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_three_characters() {
        for (text, want) in [
            ("]Q1WB1:X", Some("WB1:X")),
            ("]C00005591234", Some("0005591234")),
            ("]E0", Some("")),
            ("]E", None),
            ("]?00005591234", None),
            ("]Q 0005591234", None),
            ("0005591234", None),
            ("]Q文", None),
        ] {
            assert_eq!(after_identifier(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn marks_of_alphabets_are_dropped_where_the_modifier_names_them() {
        for (text, want) in [
            (r"]Q2\000026WB1:X", "WB1:X"),
            (r"]Q4\000026WB1:X", "WB1:X"),
            (r"]Q6\000032WB1:X", "WB1:X"),
            (r"]Q2\000026WB1\000003:X", "WB1:X"),
            (r"]Q2WB1:X", "WB1:X"),
            (r"]Q2a\\000026b", r"a\000026b"),
            (r"]Q2a\\\\b", r"a\\b"),
            (r"]Q2a\\\000026b", r"a\b"),
            (r"]Q2\00002", r"\00002"),
            (r"]Q2\", r"\"),
            (r"]Q2\0000文", r"\0000文"),
            (r"]Q1\000026WB1:X", r"\000026WB1:X"),
            (r"]Q3a\\b", r"a\\b"),
            (r"]d4\000026WB1:X", "WB1:X"),
            (r"]d2\000026WB1:X", r"\000026WB1:X"),
            (r"]z3\000026WB1:X", "WB1:X"),
            (r"]L1\000026WB1:X", "WB1:X"),
            (r"]C2\000026", r"\000026"),
        ] {
            assert_eq!(after_identifier(text).as_deref(), Some(want), "{text}");
        }
    }
}
