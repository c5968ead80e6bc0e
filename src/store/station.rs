//! The station's own events: starts of the program, and a wall clock that cannot be right.

use super::append::STATION;
use super::error::StoreError;
use super::{Store, day, questions};
use crate::domain::json::{int, map, text};
use crate::domain::{Kind, Now, Seq, Tally, Today};
use rusqlite::{Connection, OptionalExtension as _};

fn last_wall(conn: &Connection) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT wall_ms FROM operation ORDER BY seq DESC LIMIT 1";
    Ok(conn.query_row(sql, [], |row| row.get(0)).optional()?)
}

impl Store {
    /// The day as rules read it, and how many operations wait to be looked at because their clock was wrong.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn today(&self, now: &Now) -> Result<(Today, usize), StoreError> {
        let stamp = now.stamp(self.boot);
        self.read(|conn| Ok((day::judged(conn, &stamp)?.0, day::unseen(conn)?)))
    }

    /// The wall clock of the first operation, and the newest trusted moment where there is one, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn moments(&self) -> Result<Option<(i64, Option<i64>)>, StoreError> {
        self.read(|conn| {
            let sql = "SELECT wall_ms FROM operation ORDER BY seq LIMIT 1";
            let first: Option<i64> = conn.query_row(sql, [], |row| row.get(0)).optional()?;
            let trusted = day::trusted(conn)?.map(|trusted| trusted.stamp.wall_ms);
            Ok(first.map(|first| (first, trusted)))
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

    /// Records a start of the program, and a clock fault where the wall clock is known to be wrong.
    ///
    /// Says whether the clock was at fault.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn boot(&mut self, now: &Now, version: &str) -> Result<bool, StoreError> {
        self.write(now, |writer| {
            let wall_ms = now.wall.timestamp_millis();
            let last = last_wall(writer.conn)?;
            let (today, _) = day::judged(writer.conn, &now.stamp(writer.boot))?;
            let fault = today.doubt();
            let what = map([("version", text(version))]);
            writer.event(Kind::BOOT, STATION, what)?;
            if let Some(why) = fault {
                let jump = last.map_or(0, |last| wall_ms.saturating_sub(last));
                let what = map([("jump", int(jump)), ("why", text(why.name()))]);
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
