//! Cards: kept as keyed hashes only.

use super::Store;
use super::error::StoreError;
use super::writer::Writer;
use super::{people, rules};
use crate::domain::{AccountId, CardId, Refusal, hex, no};
use rusqlite::{Connection, OptionalExtension as _};

/// A card on file.
pub(super) struct OnFile {
    pub(super) account: AccountId,
    pub(super) blocked: bool,
}

/// Finds a card by its hash.
pub(super) fn find(conn: &Connection, hash: &[u8; 32]) -> Result<Option<OnFile>, StoreError> {
    let row = conn
        .prepare_cached(
            "SELECT a.name, c.blocked FROM card c JOIN account a ON a.id = c.account
             WHERE c.hash = ?1",
        )?
        .query_row([hash], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(account, blocked)| {
        let account = rules::account(&account)?;
        Ok(OnFile { account, blocked })
    })
    .transpose()
}

impl Writer<'_> {
    /// Whose card it is, or why it opens no account.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the card opens nothing.
    pub fn account_of(&self, card: &CardId) -> Result<Result<AccountId, Refusal>, StoreError> {
        account_of(self.conn, &self.key()?.hash(card))
    }
}

impl Store {
    /// A short tag of a card for logs: the first 6 hex digits of its keyed hash.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`] without the card key.
    pub fn card_tag(&self, card: &CardId) -> Result<String, StoreError> {
        let hash = self.key()?.hash(card);
        Ok(hex(&hash).chars().take(6).collect())
    }
}

/// Whose card it is, by its keyed hash, or why it opens no account.
pub(super) fn account_of(
    conn: &Connection,
    hash: &[u8; 32],
) -> Result<Result<AccountId, Refusal>, StoreError> {
    if people::staff_by_badge(conn, hash)?.is_some() {
        return Ok(Err(no("card-staff")));
    }
    Ok(match find(conn, hash)? {
        Some(OnFile { blocked: true, .. }) => Err(no("card-blocked")),
        Some(OnFile { account, .. }) => Ok(account),
        None => Err(no("card-unknown")),
    })
}
