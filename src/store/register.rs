//! What operations keep beside the log: who the pseudonyms are, how they are found, and the keyed hashes of their cards.

use super::cards::{OnFile, find};
use super::error::StoreError;
use super::keys::CardKey;
use super::people;
use super::reader::Stop;
use super::writer::Writer;
use crate::domain::{
    AccountId, CardId, CardKind, HolderKind, HouseholdCode, Logged, Member, OpId, Person, Refusal,
    Seq, Shared, clean_name, finder_keys, no,
};
use crate::services::{Beside, Unlogged};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Asks whether this can be kept.
pub(super) fn check(
    conn: &Connection,
    key: Option<&CardKey>,
    beside: Option<&Beside>,
) -> Result<(), Stop> {
    match beside {
        Some(Beside::Person(member, _)) if !member.account.is_resident() => {
            Err(no("account-unknown").into())
        }
        Some(Beside::Card(_, _, card)) => check_new(conn, key, card),
        Some(Beside::Lost(who, card)) => check_lost(conn, key, (who, card.as_ref())),
        Some(Beside::Person(..)) | None => Ok(()),
    }
}

/// A card is one person's, and one card's number.
fn check_new(conn: &Connection, key: Option<&CardKey>, card: &CardId) -> Result<(), Stop> {
    if Shared::of_text(card).is_some() {
        return Err(no("card-shared").into());
    }
    let hash = CardKey::needed(key)?.hash(card);
    if people::staff_by_badge(conn, &hash)?.is_some() {
        return Err(no("card-staff").into());
    }
    match find(conn, &hash)? {
        Some(_) => Err(no("card-taken").into()),
        None => Ok(()),
    }
}

/// There is something to block.
fn check_lost(
    conn: &Connection,
    key: Option<&CardKey>,
    (who, card): (&AccountId, Option<&CardId>),
) -> Result<(), Stop> {
    let works = match card {
        Some(card) => match find(conn, &CardKey::needed(key)?.hash(card))? {
            Some(OnFile { account, .. }) if &account != who => {
                return Err(no("card-unknown").into());
            }
            found => found.is_some_and(|card| !card.blocked),
        },
        None => conn
            .prepare_cached(
                "SELECT 1 FROM card WHERE blocked = 0
                 AND account = (SELECT id FROM account WHERE name = ?1)",
            )
            .and_then(|mut query| query.query_row([who.as_str()], |_| Ok(())).optional())
            .map_err(StoreError::from)?
            .is_some(),
    };
    let refusal: Refusal = no("card-blocked");
    works.then_some(()).ok_or(refusal.into())
}

/// Says whether an operation kept just that beside the log.
pub(super) fn is_kept(
    conn: &Connection,
    key: Option<&CardKey>,
    (found, said): (&Logged, Unlogged<'_>),
) -> Result<bool, StoreError> {
    let kept = match said {
        Unlogged::Person(person) => conn
            .prepare_cached(
                "SELECT 1 FROM resident r JOIN account a ON a.id = r.account
                   JOIN operation o ON o.who = a.name AND o.seq = ?1
                 WHERE r.name = ?2 AND r.birth_year IS ?3 AND r.household IS ?4",
            )?
            .query_row(
                params![
                    found.seq.get(),
                    clean_name(&person.name),
                    person.birth_year,
                    person.household.as_ref().map(HouseholdCode::as_str),
                ],
                |_| Ok(()),
            )
            .optional()?,
        Unlogged::Number(card) => conn
            .prepare_cached(
                "SELECT 1 FROM card c JOIN account a ON a.id = c.account
                   JOIN operation o ON o.who = a.name AND o.seq = ?1
                 WHERE c.hash = ?2 AND (c.seq = o.seq OR c.blocked AND c.seq < o.seq)",
            )?
            .query_row(
                params![found.seq.get(), CardKey::needed(key)?.hash(card)],
                |_| Ok(()),
            )
            .optional()?,
    };
    Ok(kept.is_some())
}

impl Writer<'_> {
    /// Keeps what the operation at `seq` says beside the log.
    pub(super) fn keep(&mut self, beside: &Beside, seq: Seq) -> Result<(), StoreError> {
        match beside {
            Beside::Person(member, number) => self.keep_person(member, *number),
            Beside::Card(who, kind, card) => self.keep_card((who, *kind, card), seq),
            Beside::Lost(who, card) => self.keep_lost(who, card.as_ref()),
        }
    }

    fn keep_person(&mut self, member: &Member, number: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO account(name, kind, floored) VALUES (?1, 'resident', 1)")?
            .execute([member.account.as_str()])?;
        let account = self.conn.last_insert_rowid();
        self.conn
            .prepare_cached(
                "INSERT INTO resident(account, name, holder, member_group, birth_year, household, number)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                account,
                member.name,
                member.kind.name(),
                member.group.name(),
                member.birth_year,
                member.household.as_ref().map(HouseholdCode::as_str),
                number,
            ])?;
        for keys in finder_keys(&member.name) {
            self.conn
                .prepare_cached("INSERT INTO finder(keys, account) VALUES (?1, ?2)")?
                .execute(params![keys, account])?;
        }
        Ok(())
    }

    fn keep_card(
        &mut self,
        (who, kind, card): (&AccountId, CardKind, &CardId),
        seq: Seq,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO card(hash, account, kind, seq)
                 VALUES (?1, (SELECT id FROM account WHERE name = ?2), ?3, ?4)",
            )?
            .execute(params![
                self.key()?.hash(card),
                who.as_str(),
                kind.name(),
                seq.get()
            ])?;
        Ok(())
    }

    fn keep_lost(&mut self, who: &AccountId, card: Option<&CardId>) -> Result<(), StoreError> {
        let hash = card
            .map(|card| Ok::<_, StoreError>(self.key()?.hash(card)))
            .transpose()?;
        self.conn
            .prepare_cached(
                "UPDATE card SET blocked = 1 WHERE (?2 IS NULL OR hash = ?2)
                 AND account = (SELECT id FROM account WHERE name = ?1)",
            )?
            .execute(params![who.as_str(), hash])?;
        Ok(())
    }
}

impl Writer<'_> {
    /// The idempotency key of something in a list, by its text: the same at this station for ever, and no hint of the text.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`] without the card key.
    pub fn key_of(&self, text: &str) -> Result<OpId, StoreError> {
        let hash = self.key()?.hash_of(text);
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Ok(OpId::new(bytes))
    }

    /// The account with this number at the station, and whose it is.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn numbered(&self, number: i64) -> Result<Option<Member>, StoreError> {
        let sql =
            "SELECT a.name FROM resident r JOIN account a ON a.id = r.account WHERE r.number = ?1";
        let mut query = self.conn.prepare_cached(sql)?;
        let name: Option<String> = query.query_row([number], |row| row.get(0)).optional()?;
        let account = name.as_deref().map(super::rules::account).transpose()?;
        Ok(account
            .map(|who| people::member(self.conn, &who))
            .transpose()?
            .flatten())
    }

    /// The depositor of an account.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn person(&self, who: &AccountId) -> Result<Option<Member>, StoreError> {
        people::member(self.conn, who)
    }

    /// The number of an account of somebody with the same name, the same year of birth and the same household.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn same_person(
        &self,
        person: &Person,
        holder: HolderKind,
    ) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT number FROM resident
                    WHERE name = ?1 AND birth_year IS ?2 AND household IS ?3 AND holder = ?4 LIMIT 1";
        let household = person.household.as_ref().map(HouseholdCode::as_str);
        let asked = params![person.name, person.birth_year, household, holder.name()];
        let mut query = self.conn.prepare_cached(sql)?;
        Ok(query.query_row(asked, |row| row.get(0)).optional()?)
    }
}

impl super::Store {
    /// Who has this number at the station, and whose name begins with syllables of these first letters, as the digits of a
    /// telephone's keys; at most `limit` people, by number.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn find_people(&self, typed: &str, limit: usize) -> Result<Vec<(Member, i64)>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT a.name, r.number FROM resident r JOIN account a ON a.id = r.account
              WHERE r.number = CAST(?1 AS INTEGER)
             UNION
             SELECT a.name, r.number FROM finder f JOIN resident r ON r.account = f.account
               JOIN account a ON a.id = f.account
              WHERE f.keys >= ?1 AND f.keys < ?1 || ':'
             ORDER BY 2 LIMIT ?2",
        )?;
        let rows = query.query_map(
            params![typed, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| Ok((row.get::<_, String>(0)?, row.get(1)?)),
        )?;
        let mut found = Vec::new();
        for row in rows {
            let (name, number) = row?;
            let account = super::rules::account(&name)?;
            if let Some(member) = people::member(&self.conn, &account)? {
                found.push((member, number));
            }
        }
        Ok(found)
    }
}
