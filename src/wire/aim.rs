//! The symbology identifier that a scanner can put in front of its data, ISO/IEC 15424.
//!
//! `]` and two characters: `]Q1` QR, `]C0` Code 128, `]E0` EAN-13, `]A0` Code 39, `]I0` ITF, `]d2` Data Matrix,
//! `]L0` PDF417. Sources: NCR 7895, Zebra DS457 and Cino manuals.

/// The letters of the symbologies that a station can meet.
const LETTERS: &[u8] = b"ACEFGILQRSXdez";

/// What follows an identifier; `None` when there is none. A code of somebody else's may begin with `]`, too, so take what
/// follows only when it means something.
pub fn after_identifier(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [b']', letter, modifier, ..]
            if LETTERS.contains(letter) && modifier.is_ascii_alphanumeric() =>
        {
            text.get(3..)
        }
        _ => None,
    }
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
            assert_eq!(after_identifier(text), want, "{text}");
        }
    }
}
