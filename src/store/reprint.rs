//! Printing a receipt once more: an operation without legs, so that every copy is counted.

use super::append::Draft;
use super::error::StoreError;
use super::log::{self, Logged};
use super::random::follow_up;
use super::writer::Writer;
use super::{Store, people, rules};
use crate::domain::json::{int, map};
use crate::domain::{Now, OperationKind, Refusal, Reprint, Seq, StaffId, no};
use rusqlite::Connection;

/// How often the receipt of a redemption was printed again.
pub(super) fn count(conn: &Connection, of: Seq) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM operation
                WHERE kind = 'reprint' AND json_extract(body, '$.what.of') = ?1";
    Ok(conn
        .prepare_cached(sql)?
        .query_row([of.get()], |row| row.get(0))?)
}

impl Writer<'_> {
    /// Records that a receipt is printed for the `copy`-th time again. The same again gives the first answer again.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or there is no such redemption; the answer inside says why not.
    pub fn reprint(
        &mut self,
        of: Seq,
        copy: i64,
        staff: &StaffId,
    ) -> Result<Result<Reprint, Refusal>, StoreError> {
        let found = log::by_seq(self.conn, of)?.filter(|found| found.kind == OperationKind::Post);
        let posted = found.ok_or_else(|| StoreError::Unknown(format!("receipt {of}")))?;
        if people::staff(self.conn, staff)?.is_none() {
            return Ok(Err(no("not-staff")));
        }
        if log::reversing(self.conn, of)?.is_some() {
            return Ok(Err(no("already-reversed")));
        }
        let reprint = self.copy_of(&posted, copy)?;
        let key = follow_up(format!("reprint {copy}").as_bytes(), posted.op_id);
        if log::by_op_id(self.conn, key)?.is_some() {
            return Ok(Ok(reprint));
        }
        if copy != count(self.conn, of)?.saturating_add(1) {
            return self.refuse(staff.as_str(), no("op-reused"), Some(of));
        }
        let what = map([("copy", int(copy)), ("of", int(of.get()))]);
        let draft = Draft::event(OperationKind::Reprint, staff.as_str(), what);
        self.append(key, &draft)?;
        Ok(Ok(reprint))
    }

    fn copy_of(&self, posted: &Logged, copy: i64) -> Result<Reprint, StoreError> {
        let account = rules::account(&posted.actor)?;
        let member = people::member(self.conn, &account)?;
        Ok(Reprint {
            receipt: self.receipt(posted)?,
            name: member.map_or_else(String::new, |member| member.name),
            copy,
        })
    }
}

impl Store {
    /// The newest redemption's receipt, for a slip that a power cut took. `copy` is 0.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn last_receipt(&mut self, now: &Now) -> Result<Option<Reprint>, StoreError> {
        self.write(now, |writer| {
            let sql = "SELECT max(t.seq) FROM transfer t WHERE t.phase = 'post'
                         AND t.seq > (SELECT max(seq) - 200 FROM operation)";
            let last: Option<i64> = writer
                .conn
                .prepare_cached(sql)?
                .query_row([], |row| row.get(0))?;
            let posted = last
                .map(|seq| log::by_seq(writer.conn, Seq::new(seq)))
                .transpose()?;
            posted
                .flatten()
                .map(|posted| writer.copy_of(&posted, 0))
                .transpose()
        })
    }

    /// [`Writer::reprint`] in a transaction of its own.
    ///
    /// # Errors
    /// As there.
    pub fn reprint(
        &mut self,
        now: &Now,
        of: Seq,
        copy: i64,
        staff: &StaffId,
    ) -> Result<Result<Reprint, Refusal>, StoreError> {
        self.write(now, |writer| writer.reprint(of, copy, staff))
    }
}
