//! `notices.toml`, which a station may do without: what the idle screen tells in turn. Everybody sees
//! it, so nothing private belongs there.

use crate::config::label::{bilingual, label};
use crate::config::read::{Form, Table, Value};
use crate::domain::Bilingual;
use chrono::{Datelike as _, NaiveDate, Weekday};

/// The most entries of each kind: with twelve seconds each, a round takes seven minutes.
const MAX_ENTRIES: usize = 12;
/// The most cells of an announcement, of an activity, of a name, of a reason: each fits in one line
/// of 62 cells with its heading.
const ANNOUNCEMENT_CELLS: usize = 50;
const ACTIVITY_CELLS: usize = 40;
const NAME_CELLS: usize = 16;
const REASON_CELLS: usize = 28;

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

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

pub(super) const FILE: Form = Form {
    title: "notices.toml",
    keys: &["announcement", "activity", "honour"],
};
const ANNOUNCEMENT: Form = Form {
    title: "[[announcement]]",
    keys: &["text", "until"],
};
const ACTIVITY: Form = Form {
    title: "[[activity]]",
    keys: &["day", "weekday", "time", "text"],
};
const HONOUR: Form = Form {
    title: "[[honour]]",
    keys: &["name", "reason"],
};

/// Reads the whole file; what is wrong is noted and left out.
pub(super) fn notices(file: &Table<'_>) -> Notices {
    Notices {
        announcements: entries(file, "announcement", &ANNOUNCEMENT, announcement),
        activities: entries(file, "activity", &ACTIVITY, activity),
        honours: entries(file, "honour", &HONOUR, honour),
    }
}

fn entries<T>(
    file: &Table<'_>,
    key: &'static str,
    form: &'static Form,
    read: impl Fn(&Table<'_>) -> Option<T>,
) -> Vec<T> {
    let tables = file.tables(key, form);
    if let Some(table) = tables.get(MAX_ENTRIES) {
        table.fault(
            format_args!("there are {} {}", tables.len(), form.title),
            format_args!("at most {MAX_ENTRIES} are shown, take the others out"),
        );
    }
    tables.iter().filter_map(read).collect()
}

fn announcement(table: &Table<'_>) -> Option<Announcement> {
    let text = table
        .need("text")
        .and_then(|v| bilingual(v, ANNOUNCEMENT_CELLS));
    let until = table.get("until").map(Value::date);
    Some(Announcement {
        text: text?,
        until: match until {
            Some(day) => Some(day?),
            None => None,
        },
    })
}

fn activity(table: &Table<'_>) -> Option<Activity> {
    let day = table.get("day");
    let weekday = table.get("weekday");
    let on = match (day, weekday) {
        (Some(day), None) => day.date().map(ActivityDay::Day),
        (None, Some(weekday)) => weekday.choice(&DAYS).map(ActivityDay::Weekly),
        (Some(_), Some(_)) | (None, None) => {
            table.fault(
                "[[activity]] needs one of `day` and `weekday`",
                "write `day = 2026-01-31` or `weekday = \"sat\"`",
            );
            None
        }
    };
    let minute = table
        .need("time")
        .and_then(|v| v.parsed(minute, "write a time such as \"14:30\""));
    let text = table
        .need("text")
        .and_then(|v| bilingual(v, ACTIVITY_CELLS));
    Some(Activity {
        on: on?,
        minute: minute?,
        text: text?,
    })
}

/// `14:30` as minutes since midnight.
fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn honour(table: &Table<'_>) -> Option<Honour> {
    let name = table.need("name").and_then(|v| label(v, NAME_CELLS));
    let reason = table
        .need("reason")
        .and_then(|v| bilingual(v, REASON_CELLS));
    Some(Honour {
        name: name?,
        reason: reason?,
    })
}
