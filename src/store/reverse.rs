//! Mending a mistake by its mirror image. Nothing is ever edited.

use super::Store;
use super::append::Draft;
use super::error::StoreError;
use super::log::{self, Logged};
use super::people;
use super::random::follow_up;
use super::writer::Writer;
use crate::domain::json::map;
use crate::domain::{Leg, Now, OpId, OperationKind, Refusal, Seq, Staff, StaffId, no};

/// The key with which an operation is reversed, on whichever screen.
pub(super) fn reverse_key(of: OpId) -> OpId {
    follow_up(b"reverse", of)
}

impl Writer<'_> {
    /// Books the mirror image of an operation. The same again gives the first answer again.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or there is no such operation.
    pub fn reverse(
        &mut self,
        op_id: OpId,
        of: Seq,
        staff: &StaffId,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        if let Some(found) = log::by_op_id(self.conn, op_id)? {
            if found.reverses != Some(of) {
                return self.refuse(staff.as_str(), no("op-reused"), Some(found.seq));
            }
            let same = found.actor == staff.as_str();
            return Ok(if same {
                Ok(found.seq)
            } else {
                Err(no("already-reversed"))
            });
        }
        let found = log::by_seq(self.conn, of)?;
        let Logged { kind, .. } =
            found.ok_or_else(|| StoreError::Unknown(format!("operation {of}")))?;
        let Some(Staff { account: own, .. }) = people::staff(self.conn, staff)? else {
            return Ok(Err(no("not-staff")));
        };
        if !kind.is_reversible() {
            return Ok(Err(no("not-reversible")));
        }
        if log::reversing(self.conn, of)?.is_some() {
            return Ok(Err(no("already-reversed")));
        }
        let legs: Vec<Leg> = log::legs(self.conn, of)?
            .iter()
            .map(Leg::mirrored)
            .collect();
        if own.is_some_and(|own| legs.iter().any(|leg| leg.debit == own || leg.credit == own)) {
            return self.refuse(staff.as_str(), no("own-account"), Some(of));
        }
        let draft = Draft {
            reverses: Some(of),
            legs,
            ..Draft::event(OperationKind::Reversal, staff.as_str(), map([]))
        };
        self.unless_overdrawn(op_id, &draft)
    }

    /// Writes an operation, or takes it back when it would overdraw an account.
    fn unless_overdrawn(
        &self,
        op_id: OpId,
        draft: &Draft,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        self.conn.execute_batch("SAVEPOINT mirror")?;
        match self.append(op_id, draft) {
            Ok(written) => {
                self.conn.execute_batch("RELEASE mirror")?;
                Ok(Ok(written.seq))
            }
            Err(StoreError::Sqlite(error)) if error.to_string().contains("no_overdraft") => {
                self.conn
                    .execute_batch("ROLLBACK TO mirror; RELEASE mirror")?;
                Ok(Err(no("already-spent")))
            }
            Err(error) => Err(error),
        }
    }
}

impl Store {
    /// [`Writer::reverse`] in a transaction of its own.
    ///
    /// # Errors
    /// As there.
    pub fn reverse(
        &mut self,
        now: &Now,
        op_id: OpId,
        of: Seq,
        staff: &StaffId,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        self.write(now, |writer| writer.reverse(op_id, of, staff))
    }
}
