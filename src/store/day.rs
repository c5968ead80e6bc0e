//! The day as the ledger judges it: by the newest operation whose clock was trusted, read inside the deciding transaction.
//!
//! An operation whose clock is known to be wrong says so in its body (`clock`), and names the operation by which its day
//! was judged (`trusted`). So the newest trusted one is found from the newest operation alone, however long a station
//! works with a wrong clock.

use super::error::StoreError;
use crate::domain::json::{Map, Value};
use crate::domain::{BootId, Kind, RELEASED_MS, Seq, Stamp, Today, begin_ms};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _};

/// More operations than this are as many to whoever shall look at them.
const MANY: i64 = 99;

/// An operation whose clock is trusted, or which says what day it was.
pub(super) struct Trusted {
    seq: Seq,
    pub(super) stamp: Stamp,
}

/// What a body says of its own clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The clock was known to be wrong.
    pub(super) doubted: bool,
    /// The operation by which the day was judged, where that is not this one.
    pub(super) trusted: Option<Seq>,
}

/// The day of the command `day-told`.
fn told(kind: Kind, what: &Map) -> Option<NaiveDate> {
    let day = what.get("day").and_then(Value::as_text);
    (kind == Kind::DAY_TOLD).then(|| day?.parse().ok())?
}

impl Mark {
    /// What is written with an operation that has this stamp.
    pub(super) fn of(
        conn: &Connection,
        (kind, what): (Kind, &Map),
        stamp: &Stamp,
    ) -> Result<Self, StoreError> {
        let (today, trusted) = judged(conn, stamp)?;
        if let Some(day) = told(kind, what) {
            // From here on the day is judged by this one, whether the clock is right or not.
            let right = today.is_shown(day) && today.may_be(day);
            return Ok(Self {
                doubted: !right,
                trusted: None,
            });
        }
        let behind = |trusted: &Trusted| stamp.wall_ms < trusted.stamp.wall_ms;
        let doubted = today.is_doubted();
        let trusted = trusted.filter(|trusted| doubted || behind(trusted));
        Ok(Self {
            doubted,
            trusted: trusted.map(|trusted| trusted.seq),
        })
    }

    /// Says whether later clocks are judged by an operation of that kind with this mark.
    pub(super) fn stands(self, kind: Kind) -> bool {
        !self.doubted || kind == Kind::DAY_TOLD
    }

    /// What a body says. Most say nothing, which costs no parsing: keys are sorted, and `what` is the last one.
    pub(super) fn read(body: &str) -> Self {
        let head = body.split_once(",\"what\":").map_or(body, |(head, _)| head);
        if !head.contains("\"clock\":") && !head.contains("\"trusted\":") {
            return Self::default();
        }
        let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        let trusted = body.get("trusted").and_then(serde_json::Value::as_i64);
        Self {
            doubted: body.get("clock").is_some(),
            trusted: trusted.map(Seq::new),
        }
    }
}

/// The newest operation by which the day can be judged.
pub(super) fn trusted(conn: &Connection) -> Result<Option<Trusted>, StoreError> {
    let sql = "SELECT coalesce(trusted, iif(clock IS NULL OR kind = ?1, seq, NULL))
               FROM operation ORDER BY seq DESC LIMIT 1";
    let mut query = conn.prepare_cached(sql)?;
    let seq: Option<Option<i64>> = query
        .query_row([Kind::DAY_TOLD.name()], |row| row.get(0))
        .optional()?;
    let Some(seq) = seq.flatten() else {
        return Ok(None);
    };
    let sql = "SELECT wall_ms, mono_ms, boot, iif(clock IS NULL, NULL, day) FROM operation WHERE seq = ?1";
    let mut query = conn.prepare_cached(sql)?;
    let found = query.query_row([seq], |row| {
        let stamp = Stamp {
            wall_ms: row.get(0)?,
            mono_ms: row.get(1)?,
            boot: BootId::new(row.get(2)?),
        };
        Ok((stamp, row.get::<_, Option<String>>(3)?))
    });
    let (mut stamp, day) = found.optional()?.ok_or_else(|| damaged(seq))?;
    if let Some(day) = day {
        stamp.wall_ms = begin_ms(day.parse().map_err(|_| damaged(seq))?);
    }
    let seq = Seq::new(seq);
    Ok(Some(Trusted { seq, stamp }))
}

fn damaged(seq: i64) -> StoreError {
    StoreError::Corrupt(format!("the clock of operation {seq}"))
}

/// The day at a moment, and by which operation it was judged.
pub(super) fn judged(
    conn: &Connection,
    stamp: &Stamp,
) -> Result<(Today, Option<Trusted>), StoreError> {
    let trusted = trusted(conn)?;
    let by = trusted.as_ref().map(|trusted| &trusted.stamp);
    Ok((Today::judge(stamp, by, RELEASED_MS), trusted))
}

/// How many operations that moved something have a doubted clock, and nobody has looked since; at most [`MANY`].
pub(super) fn unseen(conn: &Connection) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM operation INDEXED BY operation_doubted
                 WHERE clock = 'doubted' AND nlegs > 0
                   AND seq > (SELECT coalesce(max(seq), 0) FROM operation WHERE kind = ?1) LIMIT ?2)";
    let mut query = conn.prepare_cached(sql)?;
    let count: i64 = query.query_row((Kind::DAY_TOLD.name(), MANY), |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
