//! Cards: kept as keyed hashes only, issued and blocked by operations.

use super::Store;
use super::append::STATION;
use super::error::StoreError;
use super::writer::Writer;
use super::{people, rules};
use crate::domain::json::{map, text};
use crate::domain::{AccountId, CardId, Kind, Refusal, Seq, Shared, hex, no};
use rusqlite::{Connection, OptionalExtension as _, params};

/// What names an account at a reader or a scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// A card of the bank.
    Card,
    /// Another card of the holder's, such as a bus card.
    Alias,
    /// A printed code.
    Code,
}

impl CardKind {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Alias => "alias",
            Self::Code => "code",
        }
    }
}

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
    /// Gives an account a card, an alias or a code.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the card is somebody's already, blocked or a badge; [`StoreError::NoOnes`] for a number
    /// that is no one card's.
    pub fn issue_card(
        &mut self,
        account: &AccountId,
        card: &CardId,
        kind: CardKind,
    ) -> Result<Seq, StoreError> {
        if people::member(self.conn, account)?.is_none() {
            return Err(StoreError::Unknown(format!("resident {account}")));
        }
        if let Some(shared) = Shared::of_text(card) {
            let what = format!("issue a card to {account}");
            return Err(StoreError::NoOnes(what, shared.name()));
        }
        let hash = self.key()?.hash(card);
        if find(self.conn, &hash)?.is_some() || people::staff_by_badge(self.conn, &hash)?.is_some()
        {
            return Err(StoreError::Taken(format!("issue a card to {account}")));
        }
        let what = map([("who", text(account.as_str())), ("card", text(kind.name()))]);
        let seq = self.event(Kind::CARD_ISSUED, STATION, what)?;
        self.conn
            .prepare_cached(
                "INSERT INTO card(hash, account, kind, seq)
                 VALUES (?1, (SELECT id FROM account WHERE name = ?2), ?3, ?4)",
            )?
            .execute(params![hash, account.as_str(), kind.name(), seq.get()])?;
        Ok(seq)
    }

    /// Whose card it is, or why it opens no account.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the card opens nothing.
    pub fn account_of(&self, card: &CardId) -> Result<Result<AccountId, Refusal>, StoreError> {
        account_of(self.conn, &self.key()?.hash(card))
    }

    /// Blocks a card for good; `None` when it was blocked before.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when nobody has the card.
    pub fn block_card(&mut self, card: &CardId) -> Result<Option<Seq>, StoreError> {
        let hash = self.key()?.hash(card);
        let found = find(self.conn, &hash)?;
        let OnFile { account, blocked } =
            found.ok_or_else(|| StoreError::Unknown("that card".to_owned()))?;
        if blocked {
            return Ok(None);
        }
        let what = map([("who", text(account.as_str()))]);
        let seq = self.event(Kind::CARD_BLOCKED, STATION, what)?;
        self.conn
            .prepare_cached("UPDATE card SET blocked = 1 WHERE hash = ?1")?
            .execute([hash])?;
        Ok(Some(seq))
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
