//! Opening accounts.

use super::append::STATION;
use super::error::StoreError;
use super::writer::Writer;
use crate::domain::json::{map, text};
use crate::domain::{AccountId, HouseholdCode, Kind, Member, clean_name};
use rusqlite::params;

impl Writer<'_> {
    /// Opens a resident's account under its pseudonym.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the pseudonym is in use, or is no resident's.
    pub fn open_account(&mut self, new: &Member) -> Result<(), StoreError> {
        let account = &new.account;
        let what = map([("who", text(account.as_str()))]);
        let known = "SELECT EXISTS(SELECT 1 FROM account WHERE name = ?1)";
        let taken = self
            .conn
            .prepare_cached(known)?
            .query_row([account.as_str()], |row| row.get(0))?;
        if taken || !account.is_resident() {
            return Err(StoreError::Taken(format!("open account {account}")));
        }
        self.event(Kind::ACCOUNT_OPENED, STATION, what)?;
        self.conn
            .prepare_cached("INSERT INTO account(name, kind, floored) VALUES (?1, 'resident', 1)")?
            .execute([account.as_str()])?;
        self.conn
            .prepare_cached(
                "INSERT INTO resident(account, name, holder, member_group, birth_year, household)
                 VALUES (last_insert_rowid(), ?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                clean_name(&new.name),
                new.kind.name(),
                new.group.name(),
                new.birth_year,
                new.household.as_ref().map(HouseholdCode::as_str),
            ])?;
        Ok(())
    }

    /// Makes sure that a partner's account is there; any other account is made otherwise.
    pub(super) fn ensure_partner(&self, account: &AccountId) -> Result<(), StoreError> {
        if !account.is_partner() {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "INSERT INTO account(name, kind, floored) SELECT ?1, 'partner', 0
                 WHERE NOT EXISTS(SELECT 1 FROM account WHERE name = ?1)",
            )?
            .execute([account.as_str()])?;
        Ok(())
    }
}
