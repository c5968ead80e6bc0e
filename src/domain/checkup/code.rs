//! The findings as a few letters and digits that can be read over the phone.
//!
//! ```text
//! version   check cause   check cause   ..   check character
//!    1        3     2       8     1                ?             -> 1328-1?
//! ```
//!
//! Each sign is one of Crockford's 32 (crockford.com/base32.html): no I, L, O, U; when read, O counts as 0, I and L
//! as 1, and small letters, hyphens and blanks do not matter. The check character makes the sum of all signs,
//! each times a power of 2 by its place from the end, zero in the field of 32 elements (x^5 + x^2 + 1, in which 2
//! has order 31). So one wrong sign is always seen, and so is a swap of two neighbours. A mod 37 check sees
//! the same, but needs five signs that nobody can say over the phone.

use crate::domain::{Cause, Check, Health};
use std::fmt;

/// The signs, by value.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The version that this program writes. A check or cause that is added at the end of its list keeps it.
const VERSION: u8 = 1;
/// Signs read aloud in one breath.
const GROUP: usize = 4;
/// The most signs that are read; a check-up of all checks has fewer.
const MAX_SIGNS: usize = 128;

/// What was found, without where: checks and causes in the order of the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pairs: Vec<(Check, Cause)>,
}

/// Why a code cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// A sign that no code has.
    #[error("'{0}' is in no code; a code has digits and letters without U")]
    Sign(char),
    /// The check character does not fit.
    #[error("misheard or mistyped; have it read again, four signs at a time")]
    Check,
    /// Too few signs, too many, or half a finding.
    #[error("not whole; have it read again to the end")]
    Length,
    /// Made by a newer program.
    #[error("made by a newer version of this program; explain it with that one")]
    Newer,
}

/// Twice a value in the field.
const fn twice(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

/// The weighted sum of signs, the last one counted once.
fn sum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| twice(sum) ^ value)
}

/// The value of a sign as people write and hear it.
fn value(sign: char) -> Option<u8> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = SIGNS.iter().position(|own| char::from(*own) == sign)?;
    u8::try_from(place).ok()
}

/// A sign of a Chinese keyboard as the one that is meant: the full-width forms of ASCII.
fn narrow(sign: char) -> char {
    match u32::from(sign) {
        0x3000 => ' ',
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide.saturating_sub(0xFEE0)).unwrap_or(sign),
        _ => sign,
    }
}

impl Code {
    /// Packs what was found; what is well or does not exist at its check is left out.
    pub fn pack(mut pairs: Vec<(Check, Cause)>) -> Self {
        pairs.retain(|(check, cause)| {
            cause.health() > Health::Well && check.number(*cause).is_some()
        });
        pairs.sort_by_key(|(check, cause)| (*check, check.number(*cause)));
        // Beyond what can be read; the stations of this world have eight devices.
        pairs.truncate((MAX_SIGNS.saturating_sub(2)).saturating_div(2));
        Self { pairs }
    }

    /// What was found.
    pub fn pairs(&self) -> &[(Check, Cause)] {
        &self.pairs
    }

    /// Reads a code as it was heard.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, CodeFault> {
        let mut values = Vec::new();
        for sign in text.chars().map(narrow) {
            if sign == '-' || sign.is_whitespace() {
                continue;
            }
            values.push(value(sign).ok_or(CodeFault::Sign(sign))?);
            if values.len() > MAX_SIGNS {
                return Err(CodeFault::Length);
            }
        }
        if values.len() < 2 {
            return Err(CodeFault::Length);
        }
        if sum(&values) != 0 {
            return Err(CodeFault::Check);
        }
        let [version, body @ .., _check] = values.as_slice() else {
            return Err(CodeFault::Length);
        };
        match *version {
            VERSION => {}
            0 => return Err(CodeFault::Check),
            _newer => return Err(CodeFault::Newer),
        }
        if body.len() % 2 != 0 {
            return Err(CodeFault::Length);
        }
        let mut pairs = Vec::new();
        for pair in body.chunks(2) {
            let [check, cause] = pair else {
                return Err(CodeFault::Length);
            };
            pairs.push(known(*check, *cause).ok_or(CodeFault::Newer)?);
        }
        Ok(Self { pairs })
    }

    fn values(&self) -> Vec<u8> {
        let mut values = vec![VERSION];
        for (check, cause) in &self.pairs {
            let place = Check::ALL.iter().position(|(own, _)| own == check);
            let place = place.and_then(|place| u8::try_from(place).ok());
            values.push(place.unwrap_or(0).saturating_add(1));
            values.push(check.number(*cause).unwrap_or(0));
        }
        // The sum without its last sign, one place further from the end.
        values.push(twice(sum(&values)));
        values
    }
}

/// What two numbers mean, as far as this program knows.
fn known(check: u8, cause: u8) -> Option<(Check, Cause)> {
    let place = usize::from(check).checked_sub(1)?;
    let (check, _) = Check::ALL.get(place)?;
    Some((*check, check.cause(cause)?))
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, value) in self.values().into_iter().enumerate() {
            if place > 0 && place.is_multiple_of(GROUP) {
                f.write_str("-")?;
            }
            let sign = SIGNS.get(usize::from(value)).copied().unwrap_or(b'?');
            write!(f, "{}", char::from(sign))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_has_order_31_so_that_no_two_neighbours_weigh_the_same() {
        let mut value = 1;
        for power in 1..=31 {
            value = twice(value);
            assert_eq!(value == 1, power == 31, "{power}");
        }
    }

    #[test]
    fn a_code_is_short_and_read_as_it_is_heard() {
        let code = Code::pack(vec![
            (Check::Disk, Cause::DiskLow),
            (Check::Card, Cause::PortMissing),
            (Check::Scanner, Cause::PortInUse),
        ]);
        let text = code.to_string();
        assert_eq!(text.len(), 7, "{text}");
        assert!(text.starts_with("1328-1"), "{text}");
        for heard in [
            text.to_lowercase(),
            text.replace('1', "I"),
            text.replace('1', "l"),
            text.replace('-', " "),
            text.replace('-', ""),
            text.chars()
                .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
                .collect(),
        ] {
            assert_eq!(Code::read(&heard).unwrap(), code, "{heard}");
        }
        assert_eq!(Code::read("1328-U1"), Err(CodeFault::Sign('U')));
        for short in ["", "1", "--"] {
            assert_eq!(Code::read(short), Err(CodeFault::Length), "{short:?}");
        }
    }

    /// A code as a later program might write it.
    fn signed(mut values: Vec<u8>) -> String {
        values.push(twice(sum(&values)));
        let signs = values.iter().map(|v| char::from(SIGNS[usize::from(*v)]));
        signs.collect()
    }

    #[test]
    fn a_newer_program_is_told_from_a_misheard_code() {
        for values in [vec![2, 3, 2], vec![1, 13, 1], vec![1, 3, 29], vec![31]] {
            let text = signed(values);
            assert_eq!(Code::read(&text), Err(CodeFault::Newer), "{text}");
        }
        assert_eq!(Code::read(&signed(vec![1, 3])), Err(CodeFault::Length));
        assert_eq!(Code::read(&signed(vec![1])).unwrap().pairs(), []);
    }
}
