//! Somebody of the staff looks at what was booked with a wrong clock, and says which day it is.

use crate::domain::{Fact, Kind, Role, Text, no};
use crate::services::operation::{Ledger, Moment, Operation, Plan};
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

/// It is that day. Later clocks are judged by it; what was booked before with a wrong clock has been looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayTold {
    /// Which day it is. It may be before the day on which the ledger is, when a wrong clock was believed.
    pub day: NaiveDate,
}

impl Operation for DayTold {
    const KIND: Kind = Kind::DAY_TOLD;

    fn decide<L: Ledger>(&self, _ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Attendant)?;
        if !at.today.may_be(self.day) {
            return Err(no("no-such-day").into());
        }
        Ok(Plan::of(self, at))
    }

    fn told(&self) -> Text {
        of_year("told-day", self.day)
    }
}

/// A sentence with a day and its year.
pub(super) fn of_year(id: &'static str, day: NaiveDate) -> Text {
    let year = Fact::Code(day.year().to_string());
    Text::of(id).fact("year", year).fact("day", Fact::Day(day))
}
