//! Which day it is, asked at the desk while the clock is wrong, or something was booked meanwhile.

use super::rule::{DayTold, of_year};
use crate::domain::Role;
use crate::services::command::Command;
use crate::services::task::{Asking, Pick, Question, Task};
use chrono::NaiveDate;

/// What is asked. It is no entry of its own at the desk, but one that comes when it is needed.
pub(crate) const TASK: Task = Task {
    label: "task-day",
    least: Role::Attendant,
    again: false,
    ask: tell,
};

/// So many days after the latest trusted one are offered: two months, in which a station with an empty battery rested.
const DAYS: usize = 62;

/// The day that the machine shows, then the latest trusted one and those after it.
fn tell(asking: &mut Asking<'_>) -> Result<Command, Question> {
    let (today, shown) = (asking.today, asking.shown);
    let shown = Some(shown).filter(|day| today.may_be(*day));
    let later = today.date().iter_days().take(DAYS);
    let later = later.filter(|day| Some(*day) != shown && today.may_be(*day));
    let pick = |id, day: NaiveDate| (day, Pick::new(&day.to_string(), of_year(id, day)));
    let days = shown.map(|day| pick("day-shown", day)).into_iter();
    let days = days.chain(later.map(|day| pick("day-other", day)));
    let day = asking.pick("day-which", days)?;
    Ok(Command::DayTold(DayTold { day }))
}
