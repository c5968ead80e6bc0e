//! `notices.toml`, which a station may do without: what the idle screen tells in turn. Everybody sees
//! it, so nothing private belongs there.

use crate::config::fields::form;
use crate::config::form::Form;
use crate::config::hours::{DAYS, END, minute_of};
use crate::config::kind::{Choice, Day, Parsed, Tables, each};
use crate::config::label::{Both, Label};
use crate::domain::{Bilingual, Text};
use chrono::{Datelike as _, NaiveDate, Weekday};
use serde_json::json;

/// The most entries of each kind: with twelve seconds each, a round takes seven minutes.
const MAX_ENTRIES: usize = 12;
/// The most cells of an announcement, of an activity, of a name, of a reason: each fits in one line
/// of 62 cells with its heading.
const ANNOUNCEMENT_CELLS: usize = 50;
const ACTIVITY_CELLS: usize = 40;
const NAME_CELLS: usize = 16;
const REASON_CELLS: usize = 28;

const TIME: Parsed<u32> = Parsed {
    pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    right: Text::of("right-time"),
    parse: |text| minute_of(text).filter(|minute| *minute < END),
};

/// What the idle screen tells in turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// Announcements, each at most 50 cells.
    pub announcements: Vec<Announcement>,
    /// What happens in the village.
    pub activities: Vec<Activity>,
    /// Who is honoured in public.
    pub honours: Vec<Honour>,
}

/// An announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// What it says.
    pub text: Bilingual,
    /// The last day on which it is shown.
    pub until: Option<NaiveDate>,
}

/// Something that happens on a day, or every week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// When.
    pub on: ActivityDay,
    /// Minutes since midnight at the station, 0 to 1439.
    pub minute: u32,
    /// What and where, at most 40 cells.
    pub text: Bilingual,
}

/// The day of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityDay {
    /// Once.
    Day(NaiveDate),
    /// Every week.
    Weekly(Weekday),
}

impl Activity {
    /// Says whether it happens on that day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        match self.on {
            ActivityDay::Day(on) => on == day,
            ActivityDay::Weekly(weekday) => weekday == day.weekday(),
        }
    }
}

/// Someone whom the village honours in public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Honour {
    /// The name as the village publishes it, at most 16 cells.
    pub name: String,
    /// For what, at most 28 cells.
    pub reason: Bilingual,
}

form! {
    /// What the idle screen tells in turn. Everybody sees it: nothing private belongs here.
    FILE "notices.toml" fn notices(table) -> Notices {
        /// An announcement.
        announcements "announcement": few(&ANNOUNCEMENT), usual(Vec::new()) => |_, all| Some(each(&all, announcement));
        /// Something that happens on a day, or every week; shown on that day.
        activities "activity": few(&ACTIVITY), usual(Vec::new()) => |_, all| Some(each(&all, activity));
        /// Someone whom the village honours in public.
        honours "honour": few(&HONOUR), usual(Vec::new()) => |_, all| Some(each(&all, honour));
    }
}

const fn few(form: &'static Form) -> Tables {
    Tables::at_most(MAX_ENTRIES, form, Text::of("right-few-notices"))
}

form! {
    /// An announcement.
    ANNOUNCEMENT "[[announcement]]" fn announcement(table) -> Announcement {
        /// What it says, at most 50 cells; a Chinese character takes 2.
        text "text": Both(ANNOUNCEMENT_CELLS), need;
        /// The last day on which it is shown.
        until "until": Day, may;
    }
}

form! {
    /// Something that happens on a day, or every week.
    ACTIVITY "[[activity]]" fn activity(table) -> Activity {
        /// The day, for once; this or `weekday`.
        day "day": Day, may;
        /// The day of every week; this or `day`.
        weekday "weekday": Choice(&DAYS), may;
        /// The time of its beginning, as 14:30.
        minute "time": TIME, need;
        /// What and where, at most 40 cells; a Chinese character takes 2.
        text "text": Both(ACTIVITY_CELLS), need;
        also json!({ "oneOf": [{ "required": ["day"] }, { "required": ["weekday"] }] });
        check {
            if table.holds("day") == table.holds("weekday") {
                table.fault(Text::of("fault-activity"), Text::of("right-activity"));
            }
        }
    } => {
        let on = day.map(ActivityDay::Day).xor(weekday.map(ActivityDay::Weekly))?;
        Activity { on, minute, text }
    }
}

form! {
    /// Someone whom the village honours in public.
    HONOUR "[[honour]]" fn honour(table) -> Honour {
        /// The name as the village publishes it, at most 16 cells; a Chinese character takes 2.
        name "name": Label(NAME_CELLS), need;
        /// For what, at most 28 cells.
        reason "reason": Both(REASON_CELLS), need;
    }
}
