//! Opening hours of partners and rewards.

use chrono::Weekday;

/// One opening on one weekday, in minutes since midnight; `from` is open, `until` is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The day.
    pub day: Weekday,
    /// The first minute open, 0 to 1439.
    pub from: u32,
    /// The first minute closed again, up to 1440.
    pub until: u32,
}

/// When a door is open. Without spans it always is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// The openings, in no order.
    pub spans: Vec<Span>,
}

/// The next time a door opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// 0 today, 1 tomorrow, up to 7.
    pub days_ahead: u32,
    /// The weekday of the opening.
    pub day: Weekday,
    /// Minutes since midnight.
    pub minute: u32,
}

impl Hours {
    /// Says whether the door is open at that minute of that day.
    pub fn is_open(&self, day: Weekday, minute: u32) -> bool {
        self.spans.is_empty()
            || self
                .spans
                .iter()
                .any(|s| s.day == day && s.from <= minute && minute < s.until)
    }

    /// The next opening strictly after that minute, within a week; `None` without spans.
    pub fn next_opening(&self, day: Weekday, minute: u32) -> Option<Opening> {
        let mut weekday = day;
        for days_ahead in 0..=7 {
            let first = self
                .spans
                .iter()
                .filter(|s| s.day == weekday && (days_ahead > 0 || s.from > minute))
                .map(|s| s.from)
                .min();
            if let Some(minute) = first {
                return Some(Opening {
                    days_ahead,
                    day: weekday,
                    minute,
                });
            }
            weekday = weekday.succ();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Weekday::{Fri, Mon, Sat, Sun};

    #[test]
    fn doors_open_and_say_when_next() {
        let span = |day, from, until| Span { day, from, until };
        let hours = Hours {
            spans: vec![
                span(Mon, 480, 690),
                span(Mon, 840, 1020),
                span(Fri, 480, 690),
            ],
        };
        for (day, minute, open, next) in [
            (Mon, 479, false, Some((0, Mon, 480))),
            (Mon, 480, true, Some((0, Mon, 840))),
            (Mon, 690, false, Some((0, Mon, 840))),
            (Mon, 1019, true, Some((4, Fri, 480))),
            (Sat, 600, false, Some((2, Mon, 480))),
            (Fri, 480, true, Some((3, Mon, 480))),
        ] {
            assert_eq!(hours.is_open(day, minute), open, "{day} {minute}");
            let got = hours
                .next_opening(day, minute)
                .map(|o| (o.days_ahead, o.day, o.minute));
            assert_eq!(got, next, "{day} {minute}");
        }
        assert!(Hours::default().is_open(Sun, 0));
        assert_eq!(Hours::default().next_opening(Sun, 0), None);
    }
}
