//! The day as villagers count it: the lunar date, and the solar term that is or comes next.

use crate::words::Say;
use chinese_lunisolar_calendar::LunisolarDate;
use chrono::{Datelike as _, Days, NaiveDate};

/// When the sun reaches each term, from 小寒 on: the month, and 10,000 times the day in the year 2000
/// at UTC+8. Fitted to the sun's longitude of all years 2001 to 2099, computed by VSOP87.
const TERMS: [(u32, i32); 24] = [
    (1, 53_850),
    (1, 201_100),
    (2, 38_700),
    (2, 186_900),
    (3, 55_950),
    (3, 206_450),
    (4, 48_050),
    (4, 200_950),
    (5, 55_000),
    (5, 210_400),
    (6, 56_500),
    (6, 213_700),
    (7, 71_050),
    (7, 228_250),
    (8, 75_000),
    (8, 231_250),
    (9, 76_450),
    (9, 230_350),
    (10, 83_050),
    (10, 234_400),
    (11, 74_450),
    (11, 223_550),
    (12, 71_750),
    (12, 219_000),
];
/// By how much of a day the sun is later every common year, times 10,000.
const DRIFT: i32 = 2_422;
/// Where the line misses the sun: year, term, and days to add.
const MISSES: [(i32, usize, i32); 7] = [
    (2002, 8, 1),
    (2002, 14, 1),
    (2020, 22, -1),
    (2022, 10, 1),
    (2047, 4, 1),
    (2087, 23, 1),
    (2099, 9, -1),
];
/// The longest gap between two terms, in days.
const LONGEST_GAP: u64 = 17;

/// The solar term that begins on a day, from 0 for 小寒; none outside 2001 to 2099.
pub fn solar_term(day: NaiveDate) -> Option<usize> {
    let year = day.year();
    if !(2001..=2099).contains(&year) {
        return None;
    }
    let begins = |(place, (month, first)): (usize, &(u32, i32))| {
        let n = year - 2000;
        // The leap day of a year comes after its January and February.
        let leap_days = if *month < 3 { (n - 1) / 4 } else { n / 4 };
        let miss = MISSES
            .iter()
            .find(|(of, term, _)| *of == year && *term == place);
        let of_month = (first + DRIFT * n) / 10_000 - leap_days + miss.map_or(0, |miss| miss.2);
        let is_it = *month == day.month() && u32::try_from(of_month) == Ok(day.day());
        is_it.then_some(place)
    };
    TERMS.iter().enumerate().find_map(begins)
}

impl Say<'_> {
    /// The lunar date: 农历十月十三; empty outside 1901 to 2100.
    pub fn lunar(&self, day: NaiveDate) -> String {
        let Ok(lunar) = LunisolarDate::from_date(day) else {
            return String::new();
        };
        let month = lunar.to_lunar_month();
        let leap = if month.is_leap_month() { "yes" } else { "no" };
        let month = self.entry("lunar-months", usize::from(month.to_u8()) - 1);
        let of_month = self.entry("lunar-days", usize::from(lunar.to_lunar_day().to_u8()) - 1);
        self.with(
            "lunar",
            &[("leap", leap), ("month", &month), ("day", &of_month)],
        )
    }

    /// The solar term of a day, or how soon the next one comes; empty outside 2001 to 2099.
    pub fn term(&self, day: NaiveDate) -> String {
        let next = (0..=LONGEST_GAP).find_map(|ahead| {
            let term = solar_term(day.checked_add_days(Days::new(ahead))?)?;
            Some((ahead, self.entry("solar-terms", term)))
        });
        match next {
            None => String::new(),
            Some((0, term)) => self.with("term-today", &[("term", &term)]),
            Some((1, term)) => self.with("term-tomorrow", &[("term", &term)]),
            Some((days, term)) => {
                self.with("term-soon", &[("days", &days.to_string()), ("term", &term)])
            }
        }
    }

    /// An entry of a sentence that is a list with commas, from 0.
    fn entry(&self, id: &str, place: usize) -> String {
        let list = self.text(id);
        list.split(',').nth(place).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::words::Words;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Source: the State Council's holiday calendars and the Purple Mountain Observatory's almanac.
    #[test]
    fn known_days_are_what_the_almanac_says() {
        let words = Words::new();
        let say = words.say(Lang::Zh);
        for (at, want) in [
            (day(2026, 2, 17), "农历正月初一"),
            (day(2027, 2, 6), "农历正月初一"),
            (day(2026, 9, 25), "农历八月十五"),
            (day(2026, 6, 19), "农历五月初五"),
            (day(2025, 7, 25), "农历闰六月初一"),
            (day(2026, 11, 21), "农历十月十三"),
        ] {
            assert_eq!(say.lunar(at), want, "{at}");
        }
        for (at, want) in [
            (day(2026, 12, 22), "今天冬至"),
            (day(2026, 12, 21), "明天冬至"),
            (day(2026, 4, 5), "今天清明"),
            (day(2026, 2, 4), "今天立春"),
            (day(2026, 11, 21), "明天小雪"),
            (day(2026, 11, 23), "14天后大雪"),
            (day(2025, 12, 31), "5天后小寒"),
            (day(2021, 12, 21), "今天冬至"),
            (day(2024, 12, 21), "今天冬至"),
        ] {
            assert_eq!(say.term(at), want, "{at}");
        }
    }

    /// Every term once a year, in order, 14 to 16 days apart; all of them have names in both languages.
    #[test]
    fn every_year_has_its_terms() {
        let mut from = day(2001, 1, 1);
        let mut found = Vec::new();
        while from.year() < 2100 {
            if let Some(term) = solar_term(from) {
                found.push((from, term));
            }
            from = from.succ_opt().unwrap();
        }
        assert_eq!(found.len(), 24 * 99);
        for (n, (_, term)) in found.iter().enumerate() {
            assert_eq!(*term, n % 24);
        }
        for pair in found.windows(2) {
            let gap = (pair[1].0 - pair[0].0).num_days();
            assert!((14..=16).contains(&gap), "{pair:?}");
        }
        let words = Words::new();
        for lang in [Lang::Zh, Lang::En] {
            let say = words.say(lang);
            for (id, count) in [
                ("solar-terms", 24),
                ("lunar-months", 12),
                ("lunar-days", 30),
            ] {
                let list = say.text(id);
                assert_eq!(
                    list.split(',').filter(|s| !s.is_empty()).count(),
                    count,
                    "{id}"
                );
            }
        }
    }

    #[test]
    fn a_clock_that_is_far_off_says_nothing() {
        let words = Words::new();
        let say = words.say(Lang::Zh);
        for at in [day(1800, 1, 1), day(2300, 1, 1)] {
            assert_eq!(say.lunar(at) + &say.term(at), "");
        }
    }
}
