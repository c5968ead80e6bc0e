//! How often one person may have a reward.

use crate::domain::names;
use chrono::{Datelike as _, Days, Months, NaiveDate};

names! {
    /// A calendar period at the station, named as in the config.
    pub enum Period {
        /// One calendar day.
        Day = "day",
        /// Monday to Sunday.
        Week = "week",
        /// One calendar month.
        Month = "month",
        /// One calendar year.
        Year = "year",
    }
}

impl Period {
    /// The first day of the period that holds `date`.
    pub fn start(self, date: NaiveDate) -> NaiveDate {
        let first = match self {
            Self::Day => Some(date),
            Self::Week => {
                date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()))
            }
            Self::Month => date.with_day(1),
            Self::Year => date.with_ordinal(1),
        };
        first.unwrap_or(date)
    }

    /// The first day of the following period.
    pub fn next_start(self, date: NaiveDate) -> NaiveDate {
        let start = self.start(date);
        let next = match self {
            Self::Day => start.checked_add_days(Days::new(1)),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Year => start.checked_add_months(Months::new(12)),
        };
        next.unwrap_or(date)
    }

    /// The first and the last day of the period that `date` is in.
    pub fn days(self, date: NaiveDate) -> (NaiveDate, NaiveDate) {
        let next = self.next_start(date);
        (self.start(date), next.pred_opt().unwrap_or(date))
    }
}

/// At most `count` of a reward per person and period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many, 1 or more.
    pub count: i64,
    /// Within which period.
    pub period: Period,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_start_and_end_on_calendar_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (period, date, start, next) in [
            (Period::Day, "2026-11-21", "2026-11-21", "2026-11-22"),
            (Period::Week, "2026-11-21", "2026-11-16", "2026-11-23"),
            (Period::Month, "2026-12-31", "2026-12-01", "2027-01-01"),
            (Period::Year, "2024-02-29", "2024-01-01", "2025-01-01"),
        ] {
            assert_eq!(period.start(day(date)), day(start), "{period:?}");
            assert_eq!(period.next_start(day(date)), day(next), "{period:?}");
        }
    }
}
