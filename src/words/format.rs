//! Numbers and moments as people read them.

use crate::domain::{Kind, Lang, Opening, Points};
use crate::words::Say;
use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _, Weekday};

/// A number with a comma every three digits: 1280 → 1,280.
pub fn grouped(points: Points) -> String {
    let digits = points.get().unsigned_abs().to_string();
    let mut out = String::from(if points.get() < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A moment for paper and logs: `2026-11-21 09:41`.
pub fn date_time(wall: &DateTime<FixedOffset>) -> String {
    wall.format("%Y-%m-%d %H:%M").to_string()
}

/// A moment of the ledger at the station, +08:00; `None` beyond the calendar.
pub fn station_time(wall_ms: i64) -> Option<DateTime<FixedOffset>> {
    let zone = FixedOffset::east_opt(8 * 3_600)?;
    let wall = DateTime::from_timestamp_millis(wall_ms)?;
    Some(wall.with_timezone(&zone))
}

/// The same for tables: `2026-11-21 09:41:05`; empty beyond the calendar.
pub fn local_time(wall_ms: i64) -> String {
    let wall = station_time(wall_ms);
    wall.map_or_else(String::new, |wall| {
        wall.format("%Y-%m-%d %H:%M:%S").to_string()
    })
}

impl Say<'_> {
    /// The name of a kind of operation.
    pub fn kind(&self, kind: Kind) -> String {
        self.text(&format!("kind-{}", kind.name()))
    }

    /// The clock in the header: 上午 9:41.
    pub fn clock(&self, wall: &DateTime<FixedOffset>) -> String {
        self.time(wall.hour(), wall.minute())
    }

    /// The day on the idle screen: 11月21日 星期六.
    pub fn date(&self, wall: &DateTime<FixedOffset>) -> String {
        let (month, day) = (wall.month().to_string(), wall.day().to_string());
        let weekday = self.weekday(wall.weekday());
        self.with(
            "date",
            &[("month", &month), ("day", &day), ("weekday", &weekday)],
        )
    }

    /// A moment on staff's screens: 11月21日 上午 9:41.
    pub fn moment(&self, wall: &DateTime<FixedOffset>) -> String {
        let (month, day) = (wall.month().to_string(), wall.day().to_string());
        let time = self.clock(wall);
        self.with(
            "moment",
            &[("month", &month), ("day", &day), ("time", &time)],
        )
    }

    /// When a door opens next: 明天上午 8:00.
    pub fn opening(&self, opening: &Opening) -> String {
        let time = self.time(opening.minute / 60, opening.minute % 60);
        match opening.days_ahead {
            0 => self.with("when-today", &[("time", &time)]),
            1 => self.with("when-tomorrow", &[("time", &time)]),
            _ => {
                let weekday = self.weekday(opening.day);
                self.with("when-weekday", &[("weekday", &weekday), ("time", &time)])
            }
        }
    }

    fn weekday(&self, day: Weekday) -> String {
        self.text(&format!("weekday-{}", day.number_from_monday()))
    }

    /// A time of day as people say it: 凌晨 0:05, 上午 9:41, 中午 12:00, 晚上 8:05.
    pub fn time(&self, hour: u32, minute: u32) -> String {
        let part = match hour {
            0..=4 => "night",
            5..=11 => "am",
            12 => "noon",
            13..=17 => "pm",
            _ => "evening",
        };
        let hour = match (hour % 12, self.lang) {
            (0, Lang::Zh) if hour == 0 => 0,
            (0, _) => 12,
            (hour, _) => hour,
        };
        if self.aloud {
            return self.time_aloud(part, hour, minute);
        }
        let minute = format!("{minute:02}");
        self.with(
            "clock",
            &[
                ("part", part),
                ("hour", &hour.to_string()),
                ("minute", &minute),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (points, want) in [
            (0, "0"),
            (999, "999"),
            (1_280, "1,280"),
            (-12_345, "-12,345"),
            (123_456, "123,456"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(grouped(Points::new(points)), want);
        }
    }
}
