//! How residents like the screen, kept with their account when they wish it. Personal data beside the
//! log, like their names: nothing of it enters the chain, and it can be removed.

use super::error::StoreError;
use super::{Store, rules};
use crate::domain::{AccountId, Lang, Look, Theme};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Whether the balance is covered, with its names on disk.
const COVERS: [(bool, &str); 2] = [(false, "shown"), (true, "covered")];

/// What a resident wished to keep; `None` for who never wished anything.
pub(super) fn look(conn: &Connection, account: &AccountId) -> Result<Option<Look>, StoreError> {
    let row = conn
        .prepare_cached(
            "SELECT p.lang, p.theme, p.balance FROM preference p JOIN account a ON a.id = p.account
             WHERE a.name = ?1",
        )?
        .query_row([account.as_str()], |row| {
            let text = |at| row.get::<_, String>(at);
            Ok((text(0)?, text(1)?, text(2)?))
        })
        .optional()?;
    row.map(|(lang, theme, balance)| {
        Ok(Look {
            lang: rules::named(&Lang::ALL, &lang)?,
            theme: rules::named(&Theme::ALL, &theme)?,
            covers: rules::named(&COVERS, &balance)?,
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
            "INSERT INTO preference(account, lang, theme, balance)
             SELECT r.account, ?2, ?3, ?4 FROM resident r JOIN account a ON a.id = r.account
             WHERE a.name = ?1
             ON CONFLICT(account) DO UPDATE SET lang = excluded.lang,
               theme = excluded.theme, balance = excluded.balance",
            params![
                account.as_str(),
                look.lang.name(),
                look.theme.name(),
                if look.covers { "covered" } else { "shown" }
            ],
        )?;
        if kept == 0 {
            return Err(StoreError::Unknown(format!("resident {account}")));
        }
        Ok(())
    }
}
