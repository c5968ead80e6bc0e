//! Resident codes, printed as QR and shown to a scanner.
//!
//! ```text
//! WB1:<TOWNSHIP>:<ID>:<CHECK>        WB1:LUCHENG:7K3M9Q2X:R181
//! ```
//!
//! Only characters of the QR alphanumeric mode (ISO/IEC 18004, table 5), so that no scanner's GBK, UTF-8 or keyboard
//! layout setting can change them. `ID` is 8 to 16 characters of Crockford's base 32, `CHECK` is the first 20 bits
//! of the SHA-256 of everything before the last colon, as 4 of the same characters.
//!
//! The check finds typing and reading errors; one in a million slips through. **It is no signature.** Anyone can
//! compute it, and who photographs a code can show it: what protects an account is the attendant, who looks at the
//! person before confirming.

use crate::domain::{CardFault, CardId, TownshipCode};
use sha2::{Digest as _, Sha256};

/// Crockford's base 32: no I, L, O, U (crockford.com/base32.html).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes the code of an id of 8 to 16 characters of the alphabet; `None` for any other id.
pub fn make_code(town: &TownshipCode, id: &str) -> Option<String> {
    is_id(id).then(|| {
        let body = format!("WB1:{town}:{id}");
        let check = check(&body);
        format!("{body}:{check}")
    })
}

/// Reads a code of this town. Small letters are taken for capitals. The card of a code is `Q` and its id.
///
/// # Errors
/// [`CardFault::Unreadable`] when it has another form or version, then [`CardFault::CheckFailed`] whatever
/// town it names, because the name may be what was misread, then [`CardFault::OtherTown`].
pub fn parse(text: &str, town: &TownshipCode) -> Result<CardId, CardFault> {
    let text = text.to_ascii_uppercase();
    let form = || {
        let (body, seen) = text.rsplit_once(':')?;
        let (name, id) = body.strip_prefix("WB1:")?.split_once(':')?;
        let name = TownshipCode::parse(name)?;
        let card = CardId::parse(&format!("Q{id}"))?;
        (is_id(id) && seen.len() == 4 && in_alphabet(seen)).then_some((body, seen, name, card))
    };
    let (body, seen, name, card) = form().ok_or(CardFault::Unreadable)?;
    if check(body) != seen {
        return Err(CardFault::CheckFailed);
    }
    if name != *town {
        return Err(CardFault::OtherTown);
    }
    Ok(card)
}

/// Says whether a text claims to be a code of some version: `WB`, a digit, a colon.
pub(crate) fn is_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'W' | b'w', b'B' | b'b', digit, b':', ..] if digit.is_ascii_digit())
}

fn is_id(id: &str) -> bool {
    (8..=16).contains(&id.len()) && in_alphabet(id)
}

fn in_alphabet(text: &str) -> bool {
    text.bytes().all(|b| ALPHABET.contains(&b))
}

/// The first 20 bits of the sum, five at a time, highest first.
fn check(body: &str) -> String {
    let sum = Sha256::digest(body.as_bytes());
    let bits = sum
        .iter()
        .take(3)
        .fold(0, |bits: usize, b| bits << 8 | usize::from(*b));
    let letter = |shift: usize| ALPHABET.get(bits >> shift & 31).copied().map(char::from);
    [19, 14, 9, 4].into_iter().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CardFault::{CheckFailed, OtherTown, Unreadable};

    fn town(code: &str) -> TownshipCode {
        TownshipCode::parse(code).unwrap()
    }

    #[test]
    fn codes_are_made_and_read() {
        let lucheng = town("LUCHENG");
        let code = make_code(&lucheng, "7K3M9Q2X").unwrap();
        // printf %s WB1:LUCHENG:7K3M9Q2X | sha256sum
        assert_eq!(code, "WB1:LUCHENG:7K3M9Q2X:R181");
        let other = make_code(&town("LU-CHENG-2"), "7K3M9Q2X").unwrap();
        let longest = make_code(&lucheng, "0123456789ABCDEF").unwrap();
        for (text, want) in [
            (code.as_str(), Ok("Q7K3M9Q2X")),
            (&code.to_ascii_lowercase(), Ok("Q7K3M9Q2X")),
            (&longest, Ok("Q0123456789ABCDEF")),
            (&other, Err(OtherTown)),
            (&code.replace("7K3M", "7K3N"), Err(CheckFailed)),
            (&code.replace("LUCHENG", "LUCHENQ"), Err(CheckFailed)),
            (&code.replace("WB1", "WB2"), Err(Unreadable)),
            (&code.replace("7K3M", "7KOM"), Err(Unreadable)),
            (&code.replace("7K3M9Q2X", "7K3M9Q2"), Err(Unreadable)),
            (&format!("{code}0"), Err(Unreadable)),
            (&format!("{code}:"), Err(Unreadable)),
            ("WB1:LUCHENG:7K3M9Q2X", Err(Unreadable)),
            ("WB1:::", Err(Unreadable)),
            ("", Err(Unreadable)),
        ] {
            let got = parse(text, &lucheng);
            assert_eq!(
                got.as_ref().map(CardId::as_str),
                want.as_ref().map(|w| *w),
                "{text}"
            );
        }
    }

    #[test]
    fn ids_outside_the_alphabet_make_no_code() {
        for id in [
            "7K3M9Q2",
            "0123456789ABCDEFG",
            "7K3M9Q2I",
            "7k3m9q2x",
            "7K3M:Q2X",
            "",
        ] {
            assert_eq!(make_code(&town("LUCHENG"), id), None, "{id}");
        }
    }
}
