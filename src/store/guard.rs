//! Wrong PINs: how many there were, how long the next try waits, and whom they are told to.
//!
//! They are counted apart for a badge itself and for its number: whoever has only the number, which stands on the badge,
//! can use up the tries of the number and never those of the badge.

use super::error::StoreError;
use super::writer::Writer;
use super::{Store, people};
use crate::domain::json::{map, text};
use crate::domain::{
    BootId, Kind, Now, Refusal, Role, ShownBy, StaffId, Stamp, TRIES_A_DAY, TriedPins, no,
    wait_minutes,
};
use chrono::{DateTime, FixedOffset, Timelike as _};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Milliseconds of a minute and of a day.
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Wrong PINs of one badge, shown in one way.
struct Guard {
    failures: i64,
    today: i64,
    last: Stamp,
}

impl Guard {
    /// Milliseconds since the last wrong PIN, as far as they are certain.
    ///
    /// In the same start of the program the monotonic clock tells. Over a restart the wall clock
    /// tells, unless it went back; then only the time since this start is certain.
    fn passed_ms(&self, now: &Stamp) -> i64 {
        let wall = now.wall_ms.saturating_sub(self.last.wall_ms);
        let passed = if now.boot == self.last.boot {
            now.mono_ms.saturating_sub(self.last.mono_ms)
        } else if wall >= 0 {
            wall
        } else {
            now.mono_ms
        };
        passed.max(0)
    }

    /// Milliseconds from the last wrong PIN to the end of its day. A clock that is set changes nothing: so much time must
    /// pass.
    fn day_ms(&self, zone: FixedOffset) -> i64 {
        let wall = DateTime::from_timestamp_millis(self.last.wall_ms).unwrap_or_default();
        let wall = wall.with_timezone(&zone);
        let secs = i64::from(wall.num_seconds_from_midnight());
        DAY_MS - secs * 1_000 - self.last.wall_ms.rem_euclid(1_000)
    }

    /// Why there is no try now.
    fn refusal(&self, now: &Now, boot: BootId) -> Option<Refusal> {
        let passed_ms = self.passed_ms(&now.stamp(boot));
        let left_ms = self.day_ms(*now.wall.offset()).saturating_sub(passed_ms);
        if left_ms <= 0 {
            return None;
        }
        if self.today >= TRIES_A_DAY {
            return Some(no("pin-day-locked"));
        }
        let wait_ms = wait_minutes(self.failures).saturating_mul(MINUTE_MS);
        let wait_ms = wait_ms.min(self.day_ms(*now.wall.offset()));
        let left_ms = wait_ms.saturating_sub(passed_ms);
        let minutes = left_ms.saturating_add(MINUTE_MS - 1) / MINUTE_MS;
        (minutes > 0).then_some(no("pin-locked").count("minutes", minutes))
    }
}

fn guard(conn: &Connection, (staff, by): (&StaffId, ShownBy)) -> Result<Option<Guard>, StoreError> {
    let row = conn
        .prepare_cached(
            "SELECT failures, today, boot, mono_ms, wall_ms FROM pin_guard WHERE staff = ?1 AND shown = ?2",
        )?
        .query_row([staff.as_str(), by.name()], |row| {
            Ok(Guard {
                failures: row.get(0)?,
                today: row.get(1)?,
                last: Stamp {
                    boot: BootId::new(row.get(2)?),
                    mono_ms: row.get(3)?,
                    wall_ms: row.get(4)?,
                },
            })
        });
    Ok(row.optional()?)
}

/// Why a badge that is shown so may not try a PIN now.
pub(super) fn locked(
    conn: &Connection,
    who: (&StaffId, ShownBy),
    now: &Now,
    boot: BootId,
) -> Result<Option<Refusal>, StoreError> {
    let guard = guard(conn, who)?;
    Ok(guard.and_then(|guard| guard.refusal(now, boot)))
}

/// Counts a wrong PIN; how many there are now in a row.
pub(super) fn wrong(
    conn: &Connection,
    (staff, by): (&StaffId, ShownBy),
    now: &Now,
    boot: BootId,
) -> Result<i64, StoreError> {
    let stamp = now.stamp(boot);
    // With the day both counts are over: whoever mistypes the next morning has all tries.
    let before = guard(conn, (staff, by))?
        .filter(|guard| guard.passed_ms(&stamp) < guard.day_ms(*now.wall.offset()))
        .map_or((0, 0), |guard| (guard.failures, guard.today));
    let (failures, today) = (before.0.saturating_add(1), before.1.saturating_add(1));
    conn.execute(
        "INSERT INTO pin_guard(staff, shown, failures, today, ever, boot, mono_ms, wall_ms)
         VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7)
         ON CONFLICT(staff, shown) DO UPDATE SET failures = excluded.failures, today = excluded.today,
           ever = ever + 1, boot = excluded.boot, mono_ms = excluded.mono_ms, wall_ms = excluded.wall_ms",
        params![
            staff.as_str(),
            by.name(),
            failures,
            today,
            stamp.boot.bytes(),
            stamp.mono_ms,
            stamp.wall_ms
        ],
    )?;
    Ok(failures)
}

/// The PIN was right: the wait begins anew, the day's count does not.
pub(super) fn right(conn: &Connection, (staff, by): (&StaffId, ShownBy)) -> Result<(), StoreError> {
    conn.execute(
        "UPDATE pin_guard SET failures = 0 WHERE staff = ?1 AND shown = ?2",
        [staff.as_str(), by.name()],
    )?;
    Ok(())
}

impl Writer<'_> {
    /// Wrong PINs on colleagues' badges of which this person has not read yet. Who runs or repairs the station frees with
    /// this sign-in whoever is locked for the day, which is a sign-in for that person in the ledger.
    fn tried_pins(&mut self, reader: &StaffId) -> Result<Vec<TriedPins>, StoreError> {
        let Some(me) = people::staff(self.conn, reader)? else {
            return Ok(Vec::new());
        };
        let mut query = self.conn.prepare_cached(
            "SELECT g.staff, s.name, sum(g.ever), coalesce((SELECT t.ever FROM pin_told t
                                                            WHERE t.reader = ?1 AND t.staff = g.staff), 0)
             FROM pin_guard g JOIN staff s ON s.id = g.staff
             WHERE g.staff <> ?1 AND s.active = 1 GROUP BY g.staff ORDER BY g.staff",
        )?;
        let rows: Vec<(String, String, i64, i64)> = query
            .query_map([reader.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        drop(query);
        let mut tried = Vec::new();
        for (id, name, ever, told) in rows {
            let freed = me.role > Role::Attendant && self.free(reader, &id)?;
            let count = ever.saturating_sub(told);
            if count > 0 {
                self.conn.execute(
                    "INSERT INTO pin_told(reader, staff, ever) VALUES (?1, ?2, ?3)
                     ON CONFLICT(reader, staff) DO UPDATE SET ever = excluded.ever",
                    params![reader.as_str(), id, ever],
                )?;
            }
            if count > 0 || freed {
                tried.push(TriedPins { name, count, freed });
            }
        }
        Ok(tried)
    }

    /// Gives the tries back to whoever is locked for the day; says whether somebody was.
    fn free(&mut self, by: &StaffId, staff: &str) -> Result<bool, StoreError> {
        let id = super::rules::staff(staff)?;
        let mut locked = false;
        for (shown, _) in ShownBy::ALL {
            let refusal = self::locked(self.conn, (&id, shown), &self.now, self.boot)?;
            locked |= refusal == Some(no("pin-day-locked"));
        }
        if locked {
            self.conn.execute(
                "UPDATE pin_guard SET failures = 0, today = 0 WHERE staff = ?1",
                [staff],
            )?;
            let what = map([("for", text(staff))]);
            self.event(Kind::SIGN_IN, by.as_str(), what)?;
        }
        Ok(locked)
    }
}

impl Store {
    /// Tells somebody who has just signed in of wrong PINs on colleagues' badges, each once; a manager or a technician
    /// frees with it whoever is locked for the day.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn tried_pins(
        &mut self,
        now: &Now,
        reader: &StaffId,
    ) -> Result<Vec<TriedPins>, StoreError> {
        self.write(now, |writer| writer.tried_pins(reader))
    }
}
