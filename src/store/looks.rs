//! How residents like the screen, kept with their account when they wish it. Personal data beside the
//! log, like their names: nothing of it enters the chain, and it can be removed.

use super::error::StoreError;
use super::{Store, rules};
use crate::domain::{AccountId, Lang, Look, Theme};
use rusqlite::{Connection, OptionalExtension as _, params};

/// What a resident wished to keep; `None` for who never wished anything.
pub(super) fn look(conn: &Connection, account: &AccountId) -> Result<Option<Look>, StoreError> {
    let row = conn
        .prepare_cached(
            "SELECT p.lang, p.theme FROM preference p JOIN account a ON a.id = p.account
             WHERE a.name = ?1",
        )?
        .query_row([account.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    row.map(|(lang, theme)| {
        Ok(Look {
            lang: rules::named(&Lang::ALL, &lang)?,
            theme: rules::named(&Theme::ALL, &theme)?,
        })
    })
    .transpose()
}

impl Store {
    /// Keeps with an account how its resident likes the screen.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such resident; else the disk failed.
    pub fn keep_look(&mut self, account: &AccountId, look: Look) -> Result<(), StoreError> {
        let kept = self.conn.execute(
            "INSERT INTO preference(account, lang, theme)
             SELECT r.account, ?2, ?3 FROM resident r JOIN account a ON a.id = r.account
             WHERE a.name = ?1
             ON CONFLICT(account) DO UPDATE SET lang = excluded.lang, theme = excluded.theme",
            params![account.as_str(), look.lang.name(), look.theme.name()],
        )?;
        if kept == 0 {
            return Err(StoreError::Unknown(format!("resident {account}")));
        }
        Ok(())
    }
}
