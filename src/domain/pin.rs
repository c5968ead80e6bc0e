//! PINs: which may be chosen, and how long the next try has to wait after wrong ones.

use chrono::{Datelike as _, NaiveDate};
use std::fmt;
use zeroize::Zeroizing;

/// Wrong PINs in a row before the first wait.
pub const FREE_TRIES: i64 = 3;
/// Wrong PINs a day after which nothing is tried any more until the next one.
pub const TRIES_A_DAY: i64 = 20;
/// The waits after the free tries, in minutes; the last one again and again.
const WAITS: [i64; 7] = [1, 2, 4, 8, 16, 32, 60];
/// The first year in which somebody behind a counter can be born.
const FIRST_YEAR: i32 = 1900;
/// The PINs of the published example, which everybody can read.
const PUBLISHED: [&str; 3] = ["135790", "246813", "975310"];

/// Minutes to wait after so many wrong PINs in a row: none after the first two, then 1, 2, 4 … 60.
pub fn wait_minutes(failures: i64) -> i64 {
    let Ok(place) = usize::try_from(failures.saturating_sub(FREE_TRIES)) else {
        return 0;
    };
    WAITS.get(place).or(WAITS.last()).copied().unwrap_or(0)
}

/// A PIN as typed, wiped from memory after use, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

/// Why a PIN may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeakPin {
    /// Something else than ASCII digits, or fewer or more than may be chosen.
    Form,
    /// Every digit follows by the same step: 123456, 654321, 135791.
    Run,
    /// A piece that repeats, or fewer than three different digits: 111111, 121212, 123123.
    Repeat,
    /// It reads as a date since 1900: a birthday.
    Birthday,
    /// The birth year that was named stands in it.
    BirthYear,
    /// It stands in the published example.
    Published,
}

impl Pin {
    /// The fewest digits that are looked at: shorter ones are no PIN.
    pub const MIN: usize = 4;
    /// The fewest digits of a PIN that is chosen now.
    pub const MIN_CHOSEN: usize = 6;
    /// The most digits.
    pub const MAX: usize = 8;

    /// Takes 4 to 8 ASCII digits, to be checked against a hash; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (Self::MIN..=Self::MAX).contains(&text.len());
        (fits && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Takes a PIN that somebody chooses today; `born` is the year of birth where it is known.
    ///
    /// # Errors
    /// Why it is too easy to guess.
    pub fn choose(text: &str, today: NaiveDate, born: Option<u16>) -> Result<Self, WeakPin> {
        let pin = Self::parse(text)
            .filter(|pin| pin.digits().len() >= Self::MIN_CHOSEN)
            .ok_or(WeakPin::Form)?;
        let born = born.map(|year| format!("{year:04}"));
        if is_repeat(text) {
            Err(WeakPin::Repeat)
        } else if is_run(text) {
            Err(WeakPin::Run)
        } else if is_date(text, today) {
            Err(WeakPin::Birthday)
        } else if born.is_some_and(|year| text.contains(&year)) {
            Err(WeakPin::BirthYear)
        } else if PUBLISHED.contains(&text) {
            Err(WeakPin::Published)
        } else {
            Ok(pin)
        }
    }

    /// The digits, for hashing only.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(*)")
    }
}

/// Says whether a piece of at most half the PIN repeats, or hardly a digit differs.
fn is_repeat(text: &str) -> bool {
    let digits = text.as_bytes();
    let half = digits.len() / 2;
    let repeats = |size: usize| {
        digits
            .iter()
            .zip(digits.iter().skip(size))
            .all(|(a, b)| a == b)
    };
    let different = (b'0'..=b'9').filter(|digit| digits.contains(digit)).count();
    (1..=half).any(repeats) || different < 3
}

/// Says whether every digit follows by the same step, 0 after 9.
fn is_run(text: &str) -> bool {
    let digits = text.as_bytes();
    let steps = digits.iter().zip(digits.iter().skip(1));
    let mut steps = steps.map(|(a, b)| b.wrapping_add(10).wrapping_sub(*a) % 10);
    let first = steps.next();
    steps.all(|step| Some(step) == first)
}

/// Says whether it reads as a day, or as a month of a year, from 1900 to today. Source: how people write birthdays:
/// YYMMDD, DDMMYY, MMDDYY, YYYYMM, MMYYYY; with eight digits YYYYMMDD, DDMMYYYY, MMDDYYYY.
fn is_date(text: &str, today: NaiveDate) -> bool {
    let part = |from: usize, size: usize| -> Option<u32> {
        text.get(from..from.checked_add(size)?)?.parse().ok()
    };
    let day = |year: Option<i32>, month: Option<u32>, day: Option<u32>| {
        let date = NaiveDate::from_ymd_opt(year.unwrap_or(0), month.unwrap_or(0), day.unwrap_or(0));
        date.is_some_and(|date| date.year() >= FIRST_YEAR && date <= today)
    };
    let year = |from| part(from, 4).and_then(|year| i32::try_from(year).ok());
    if text.len() == 8 {
        return day(year(0), part(4, 2), part(6, 2))
            || day(year(4), part(2, 2), part(0, 2))
            || day(year(4), part(0, 2), part(2, 2));
    }
    if text.len() != 6 {
        return false;
    }
    // Two digits of a year stand for one of the last century or of this one.
    let short = |from, month, at| {
        [1900, 2000].into_iter().any(|century: i32| {
            let year = part(from, 2).and_then(|year| i32::try_from(year).ok());
            let year = year.and_then(|year| century.checked_add(year));
            day(year, part(month, 2), part(at, 2))
        })
    };
    let month = |from, month| day(year(from), part(month, 2), Some(1));
    short(0, 2, 4) || short(4, 2, 0) || short(4, 0, 2) || month(0, 4) || month(2, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<(), WeakPin> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        Pin::choose(text, today, Some(1987)).map(|_| ())
    }

    #[test]
    fn what_is_easy_to_guess_is_not_taken() {
        for (why, pins) in [
            (
                WeakPin::Form,
                &[
                    "",
                    "48291",
                    "123456789",
                    "48291a",
                    "４８２９１５",
                    " 482915",
                ][..],
            ),
            (
                WeakPin::Run,
                &[
                    "123456", "654321", "789012", "0123456", "87654321", "135791", "024680",
                ],
            ),
            (
                WeakPin::Repeat,
                &[
                    "111111", "121212", "123123", "48294829", "4824824", "112122", "000001",
                ],
            ),
            (
                WeakPin::Birthday,
                &[
                    "870513", "130587", "051387", "000229", "198705", "051987", "19870513",
                    "13051987", "05131987", "20261127", "19000101",
                ],
            ),
            (WeakPin::BirthYear, &["719874", "1987462", "98198752"]),
            (WeakPin::Published, &["135790", "246813", "975310"]),
        ] {
            for pin in pins {
                assert_eq!(choose(pin), Err(why), "{pin}");
            }
        }
        for pin in [
            "482915", "907264", "3391746", "58203961", "20261128", "18991231", "874513", "996299",
        ] {
            assert_eq!(choose(pin), Ok(()), "{pin}");
        }
    }

    #[test]
    fn the_wait_doubles_up_to_an_hour() {
        let waits: Vec<i64> = (0..13).map(wait_minutes).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
        assert_eq!(wait_minutes(i64::MAX), 60);
        assert_eq!(wait_minutes(i64::MIN), 0);
    }
}
