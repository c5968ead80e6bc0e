//! What a card shows: whose account it is and what is on it.

use super::error::StoreError;
use super::{Store, cards, looks, people};
use crate::domain::{AccountId, CardId, Points, Refusal, Statement, no};
use rusqlite::Connection;

fn statement(conn: &Connection, account: &AccountId) -> Result<Option<Statement>, StoreError> {
    let Some(member) = people::member(conn, account)? else {
        return Ok(None);
    };
    let (free, held) = conn
        .prepare_cached(
            "SELECT coalesce(sum(credits - debits - held), 0), coalesce(sum(held), 0) FROM balance
             WHERE account = (SELECT id FROM account WHERE name = ?1) AND unit = 1",
        )?
        .query_row([account.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(Statement {
        member,
        free: Points::new(free),
        held: Points::new(held),
        look: looks::look(conn, account)?,
    }))
}

impl Store {
    /// The account that a card opens.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the card opens nothing.
    pub fn statement_by_card(
        &self,
        card: &CardId,
    ) -> Result<Result<Statement, Refusal>, StoreError> {
        let hash = self.key()?.hash(card);
        self.read(|conn| match cards::account_of(conn, &hash)? {
            Ok(account) => Ok(statement(conn, &account)?.ok_or(no("card-unknown"))),
            Err(refusal) => Ok(Err(refusal)),
        })
    }

    /// A resident's account; `None` for an account of the bank, or none at all.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn statement(&self, account: &AccountId) -> Result<Option<Statement>, StoreError> {
        self.read(|conn| statement(conn, account))
    }
}
