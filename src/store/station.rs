//! The station's own events: starts of the program, and a wall clock that cannot be right.

use super::append::STATION;
use super::error::StoreError;
use super::{Store, questions};
use crate::domain::json::{int, map, text};
use crate::domain::{EARLIEST_MS, Kind, LATEST_MS, Now, SLACK_MS, Seq, Tally};
use rusqlite::{Connection, OptionalExtension as _};

fn last_wall(conn: &Connection) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT wall_ms FROM operation ORDER BY seq DESC LIMIT 1";
    Ok(conn.query_row(sql, [], |row| row.get(0)).optional()?)
}

/// Why the wall clock cannot be right, and by how much it went back.
fn fault(wall_ms: i64, last: Option<i64>) -> Option<(&'static str, i64)> {
    let jump = last.map_or(0, |last| wall_ms.saturating_sub(last));
    if wall_ms < EARLIEST_MS {
        Some(("too-early", jump))
    } else if wall_ms >= LATEST_MS {
        Some(("too-late", jump))
    } else if jump < -SLACK_MS {
        Some(("back", jump))
    } else {
        None
    }
}

impl Store {
    /// The wall clock of the first and of the newest operation, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn moments(&self) -> Result<Option<(i64, i64)>, StoreError> {
        self.read(|conn| {
            let sql = "SELECT wall_ms FROM operation ORDER BY seq LIMIT 1";
            let first = conn.query_row(sql, [], |row| row.get(0)).optional()?;
            Ok(first.zip(last_wall(conn)?))
        })
    }

    /// Wall clock of the program's last start, in milliseconds since 1970; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn started(&self) -> Result<Option<i64>, StoreError> {
        self.read(|conn| {
            let boots = questions::logged(conn, &Tally::of(Kind::BOOT), 1)?;
            Ok(boots.first().map(|boot| boot.wall_ms))
        })
    }

    /// Records a start of the program, and a clock fault where the wall clock cannot be right.
    ///
    /// Says whether the clock was at fault.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn boot(&mut self, now: &Now, version: &str) -> Result<bool, StoreError> {
        self.write(now, |writer| {
            let wall_ms = now.wall.timestamp_millis();
            let fault = fault(wall_ms, last_wall(writer.conn)?);
            let what = map([("version", text(version))]);
            writer.event(Kind::BOOT, STATION, what)?;
            if let Some((why, jump)) = fault {
                let what = map([("jump", int(jump)), ("why", text(why))]);
                writer.event(Kind::CLOCK_FAULT, STATION, what)?;
            }
            Ok(fault.is_some())
        })
    }

    /// Records that the wall clock jumped by `jump_ms` while the program ran.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn clock_fault(&mut self, now: &Now, jump_ms: i64) -> Result<Seq, StoreError> {
        let what = map([("jump", int(jump_ms)), ("why", text("jump"))]);
        self.write(now, |writer| writer.event(Kind::CLOCK_FAULT, STATION, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_found() {
        let day = 86_400_000;
        for (wall, last, want) in [
            (EARLIEST_MS, None, None),
            (EARLIEST_MS - 1, None, Some("too-early")),
            (0, Some(EARLIEST_MS), Some("too-early")),
            (LATEST_MS - 1, Some(EARLIEST_MS), None),
            (LATEST_MS, None, Some("too-late")),
            (EARLIEST_MS + day, Some(EARLIEST_MS + day + SLACK_MS), None),
            (
                EARLIEST_MS + day,
                Some(EARLIEST_MS + day + SLACK_MS + 1),
                Some("back"),
            ),
        ] {
            assert_eq!(
                fault(wall, last).map(|(why, _)| why),
                want,
                "{wall} {last:?}"
            );
        }
    }
}
