//! One write transaction: the verbs of the other files are methods of this.

use super::append::{Draft, Written, append};
use super::error::StoreError;
use super::keys::CardKey;
use super::random::Ids;
use crate::domain::json::{Map, int, map, text};
use crate::domain::{BootId, Kind, Now, OpId, Refusal, Seq};
use rusqlite::Connection;

/// The verbs of the ledger, inside one transaction.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(super) conn: &'a Connection,
    pub(super) now: Now,
    pub(super) boot: BootId,
    pub(super) key: Option<&'a CardKey>,
    ids: &'a mut Ids,
    /// The disk has room to end what was begun, and for nothing new.
    pub(super) low: bool,
}

impl<'a> Writer<'a> {
    pub(super) const fn new(
        conn: &'a Connection,
        now: Now,
        boot: BootId,
        key: Option<&'a CardKey>,
        ids: &'a mut Ids,
    ) -> Self {
        Self {
            conn,
            now,
            boot,
            key,
            ids,
            low: false,
        }
    }

    /// A new idempotency key; from the seed where the store has one.
    ///
    /// # Errors
    /// [`StoreError::Random`] when the system gives no random bytes.
    pub fn next_op_id(&mut self) -> Result<OpId, StoreError> {
        self.ids.op()
    }

    /// The moment of what is written next. A seeder moves it from one operation to the next.
    pub const fn set_now(&mut self, now: Now) {
        self.now = now;
    }

    /// Does something of its own within the transaction. Where a guard of the ledger refuses it, nothing of it stays, and
    /// its reason is the answer.
    ///
    /// # Errors
    /// As `f`, except for what a guard says.
    pub fn attempt<T>(
        &mut self,
        f: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<Result<T, String>, StoreError> {
        self.conn.execute_batch("SAVEPOINT attempt")?;
        match f(self) {
            Ok(done) => {
                self.conn.execute_batch("RELEASE attempt")?;
                Ok(Ok(done))
            }
            Err(error) => {
                let why = error.guard().map(str::to_owned).ok_or(error)?;
                self.conn
                    .execute_batch("ROLLBACK TO attempt; RELEASE attempt")?;
                Ok(Err(why))
            }
        }
    }

    pub(super) fn key(&self) -> Result<&CardKey, StoreError> {
        CardKey::needed(self.key)
    }

    /// Writes an operation with a key that the caller has.
    pub(super) fn append(&self, op_id: OpId, draft: &Draft) -> Result<Written, StoreError> {
        append(self.conn, op_id, &self.now.stamp(self.boot), draft)
    }

    /// Writes an event under a new key.
    pub(super) fn event(&mut self, kind: Kind, actor: &str, what: Map) -> Result<Seq, StoreError> {
        let op_id = self.next_op_id()?;
        let written = self.append(op_id, &Draft::event(kind, actor, what))?;
        Ok(written.seq)
    }

    /// Records a refusal that the town should know of, and answers with it.
    pub(super) fn refuse<T>(
        &mut self,
        actor: &str,
        refusal: Refusal,
        of: Option<Seq>,
    ) -> Result<Result<T, Refusal>, StoreError> {
        let what = map([
            ("code", text(refusal.code())),
            ("of", of.and_then(|seq| int(seq.get()))),
        ]);
        self.event(Kind::REFUSAL, actor, what)?;
        Ok(Err(refusal))
    }
}
