//! Opening hours: `hours = ["mon-fri 08:00-11:30", "sat 09:00-11:00"]`.

use crate::config::kind::Kind;
use crate::config::suggest::shown;
use crate::config::table::Value;
use crate::domain::{Hours, Span, Text};
use chrono::Weekday;
use serde_json::{Value as Json, json};

/// The days of a week with their names in the config.
pub(super) const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// Opening hours that are right.
const EXAMPLE: &str = "[\"mon-fri 08:00-11:30\"]";
/// The minutes of a day.
pub(super) const END: u32 = 24 * 60;

/// Opening hours; without the key a door is always open.
pub(super) struct OpeningHours;

impl Kind for OpeningHours {
    type Read<'a> = Hours;

    fn read(&self, value: Value<'_>) -> Option<Hours> {
        let entries = value.list(Text::of("right-list").word("example", EXAMPLE));
        let spans = entries.into_iter().flat_map(entry).collect();
        Some(Hours { spans })
    }

    fn schema(&self) -> Json {
        let day = format!("({})", DAYS.map(|(_, day)| day).join("|"));
        let days = format!("{day}(-{day})?");
        let time = "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";
        let entry = format!("^\\s*{days}(,{days})* \\s*{time}-{time}\\s*$");
        let entry = json!({ "type": "string", "pattern": entry });
        json!({ "type": "array", "minItems": 1, "items": entry })
    }
}

/// Says whether both doors are ever open at the same time.
pub(super) fn meet(a: &Hours, b: &Hours) -> bool {
    let overlap = |x: &Span, y: &Span| x.day == y.day && x.from < y.until && y.from < x.until;
    a.spans.is_empty()
        || b.spans.is_empty()
        || a.spans
            .iter()
            .any(|x| b.spans.iter().any(|y| overlap(x, y)))
}

/// The openings of one entry; none after a fault.
fn entry(value: Value<'_>) -> Vec<Span> {
    let Some(text) = value.text() else {
        return Vec::new();
    };
    match parse(text) {
        Ok(spans) => spans,
        Err(Why::Shape) => {
            value.wrong(Text::of("right-hours"));
            Vec::new()
        }
        Err(Why::Other(wrong, right)) => {
            value.fault(wrong, right);
            Vec::new()
        }
    }
}

enum Why {
    Shape,
    Other(Text, Text),
}

fn parse(text: &str) -> Result<Vec<Span>, Why> {
    let (days, times) = text.trim().split_once(' ').ok_or(Why::Shape)?;
    let days = days_in(days)?;
    let (from, until) = times.trim().split_once('-').ok_or(Why::Shape)?;
    let (from, until) = (minute(from)?, minute(until)?);
    if from >= until {
        return Err(Why::Other(
            Text::of("fault-hours-end").word("text", shown(text)),
            Text::of("right-hours-end"),
        ));
    }
    let open = |day| Span { day, from, until };
    Ok(days.into_iter().map(open).collect())
}

/// The days of `mon`, `mon-fri` or `mon,wed,fri`.
fn days_in(text: &str) -> Result<Vec<Weekday>, Why> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place_of(first)?, place_of(last)?);
        if first > last {
            return Err(Why::Other(
                Text::of("fault-hours-backwards").word("text", shown(part)),
                Text::of("right-hours-backwards"),
            ));
        }
        let run = DAYS.iter().skip(first).take(last - first + 1);
        days.extend(run.map(|(day, _)| *day));
    }
    Ok(days)
}

fn place_of(name: &str) -> Result<usize, Why> {
    DAYS.iter()
        .position(|(_, day)| *day == name)
        .ok_or_else(|| {
            Why::Other(
                Text::of("fault-hours-day").word("text", shown(name)),
                Text::of("right-hours-day"),
            )
        })
}

/// Minutes since midnight of `HH:MM`, up to 24:00.
fn minute(text: &str) -> Result<u32, Why> {
    minute_of(text).ok_or_else(|| {
        let wrong = Text::of("fault-has-time").word("key", "hours");
        Why::Other(wrong.word("text", shown(text)), Text::of("right-times"))
    })
}

/// Minutes since midnight of `HH:MM`, up to 24:00; anything else is `None`.
pub(super) fn minute_of(text: &str) -> Option<u32> {
    let two = |digits: &str| {
        let whole = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        whole.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (two(hour)?, two(minute).filter(|minute| *minute < 60)?);
    Some(hour * 60 + minute).filter(|minute| *minute <= END)
}
