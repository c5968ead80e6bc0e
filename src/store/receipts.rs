//! What is on disk, as screens and slips show it again: posts, and how often their receipts were printed.

use super::book::booked;
use super::error::StoreError;
use super::random::follow_up;
use super::{Store, log, people, questions};
use crate::domain::{Booked, OpId, Phase, Seq};
use crate::services::Command;
use rusqlite::Connection;

/// The key of the `n`-th reprint of a receipt.
pub(super) fn reprint_key(post: OpId, n: i64) -> OpId {
    follow_up(format!("reprint {n}").as_bytes(), post)
}

/// How often the receipt of a post was printed again.
pub(super) fn reprints(conn: &Connection, of: Seq) -> Result<i64, StoreError> {
    Ok(questions::net(conn, &Command::reprints(of))?.count)
}

impl Store {
    /// A post as its slip shows it, and whose it is; `None` where there is none at that place.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn receipt(&self, seq: Seq) -> Result<Option<(Booked, String)>, StoreError> {
        self.read(|conn| {
            let row = log::by_seq(conn, seq)?;
            let Some(row) = row.filter(|row| row.kind.phase() == Phase::Post) else {
                return Ok(None);
            };
            let booked = booked(conn, &row)?;
            let member = match &booked.who {
                Some(who) => people::member(conn, who)?,
                None => None,
            };
            let name = member.map_or_else(String::new, |member| member.name);
            Ok(Some((booked, name)))
        })
    }

    /// The operation at a place in the log, as its screen shows it.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn booked(&self, seq: Seq) -> Result<Option<Booked>, StoreError> {
        self.read(|conn| {
            let row = log::by_seq(conn, seq)?;
            row.map(|row| booked(conn, &row)).transpose()
        })
    }

    /// The newest post, for a slip that a power cut took.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn last_post(&self) -> Result<Option<Seq>, StoreError> {
        let sql = "SELECT max(t.seq) FROM transfer t WHERE t.phase = 'post'
                     AND t.seq > (SELECT max(seq) - 200 FROM operation)";
        let mut query = self.conn.prepare_cached(sql)?;
        let last: Option<i64> = query.query_row([], |row| row.get(0))?;
        Ok(last.map(Seq::new))
    }

    /// The key with which the receipt of a post is printed for the `n`-th time again.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such post.
    pub fn reprint_key(&self, post: Seq, n: i64) -> Result<OpId, StoreError> {
        let row = log::by_seq(&self.conn, post)?;
        row.map(|row| reprint_key(row.op_id, n))
            .ok_or_else(|| StoreError::Unknown(format!("receipt {post}")))
    }
}
