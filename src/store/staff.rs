//! The people behind the counter: taken from the config, known by their badges.

use super::append::STATION;
use super::error::StoreError;
use super::writer::Writer;
use super::{Store, cards, guard, people};
use crate::domain::json::{int, map, text};
use crate::domain::{
    AccountId, CardId, Catalogue, Kind, Now, Refusal, Role, ShownBy, Staff, StaffEntry, StaffId, no,
};
use rusqlite::{OptionalExtension as _, params};

impl Writer<'_> {
    /// Takes one entry of the config; says whether anything about it was new.
    fn set_staff(&mut self, entry: &StaffEntry) -> Result<bool, StoreError> {
        let Staff {
            id,
            name,
            role,
            account,
        } = &entry.staff;
        let badge = self.key()?.hash(&entry.badge);
        let own = account.as_ref().map(AccountId::as_str);
        let same = self
            .conn
            .query_row(
                "SELECT 1 FROM staff WHERE id = ?1 AND name = ?2 AND role = ?3 AND account IS ?4
                   AND badge = ?5 AND pin_hash = ?6 AND active = 1",
                params![id.as_str(), name, role.name(), own, badge, entry.pin_hash],
                |_| Ok(()),
            )
            .optional()?;
        if same.is_some() {
            return Ok(false);
        }
        if cards::find(self.conn, &badge)?.is_some() {
            return Err(StoreError::Taken(format!("give a badge to {id}")));
        }
        self.conn.execute(
            "INSERT INTO staff(id, name, role, account, badge, pin_hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT(id) DO UPDATE SET name = excluded.name, role = excluded.role,
               account = excluded.account, badge = excluded.badge, pin_hash = excluded.pin_hash,
               active = 1",
            params![id.as_str(), name, role.name(), own, badge, entry.pin_hash],
        )?;
        self.staff_event(id.as_str(), *role, (own, true))?;
        Ok(true)
    }

    fn staff_event(
        &mut self,
        id: &str,
        role: Role,
        (account, active): (Option<&str>, bool),
    ) -> Result<(), StoreError> {
        let what = map([
            ("account", account.and_then(text)),
            ("active", int(i64::from(active))),
            ("role", text(role.name())),
            ("staff", text(id)),
        ]);
        self.event(Kind::STAFF_SET, STATION, what)?;
        Ok(())
    }

    /// Takes the badges of everyone whom the config does not name with that badge, so that badges
    /// can be swapped; retires those whom it does not name at all.
    fn clear_badges(&mut self, entries: &[StaffEntry]) -> Result<(), StoreError> {
        let mut query = self.conn.prepare("SELECT id, badge, active FROM staff")?;
        let rows: Vec<(String, Option<[u8; 32]>, bool)> = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        for (id, badge, active) in rows {
            let entry = entries.iter().find(|entry| entry.staff.id.as_str() == id);
            let named = entry.map(|entry| self.key().map(|key| key.hash(&entry.badge)));
            if named.transpose()? != badge {
                self.conn
                    .execute("UPDATE staff SET badge = NULL WHERE id = ?1", [&id])?;
            }
            if entry.is_none() && active {
                let who = StaffId::parse(&id).ok_or_else(|| StoreError::Unknown(id.clone()))?;
                let role = people::staff(self.conn, &who)?.map_or(Role::Attendant, |s| s.role);
                self.conn
                    .execute("UPDATE staff SET active = 0 WHERE id = ?1", [&id])?;
                self.staff_event(&id, role, (None, false))?;
            }
        }
        Ok(())
    }
}

impl Store {
    /// Takes over the config: units of rewards, accounts of partners, and the staff.
    ///
    /// Says how many members of staff were new or changed. Nothing is written when nothing changed.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a badge is a resident's card; else when the disk fails.
    pub fn apply_config(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        staff: &[StaffEntry],
    ) -> Result<usize, StoreError> {
        self.write(now, |writer| {
            for item in &catalogue.items {
                writer.ensure_unit(&item.code)?;
            }
            for partner in &catalogue.partners {
                writer.ensure_partner(&AccountId::partner(&partner.code))?;
            }
            writer.clear_badges(staff)?;
            let mut changed = 0;
            for entry in staff {
                changed += usize::from(writer.set_staff(entry)?);
            }
            Ok(changed)
        })
    }

    /// Whose badge it is that was shown so, for confirming something of `for_account`.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the badge will not do.
    pub fn badge(
        &mut self,
        now: &Now,
        (card, by): (&CardId, ShownBy),
        for_account: Option<&AccountId>,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        self.write(now, |writer| {
            let hash = writer.key()?.hash(card);
            let Some(staff) = people::staff_by_badge(writer.conn, &hash)? else {
                let account = cards::find(writer.conn, &hash)?.map(|card| card.account);
                return match account {
                    Some(account) if Some(&account) == for_account => {
                        writer.refuse(account.as_str(), no("own-card"), None)
                    }
                    Some(_) | None => Ok(Err(no("not-staff"))),
                };
            };
            if for_account.is_some() && staff.account.as_ref() == for_account {
                return writer.refuse(staff.id.as_str(), no("own-account"), None);
            }
            let who = (&staff.id, by);
            if let Some(locked) = guard::locked(writer.conn, who, now, writer.boot)? {
                return writer.refuse(staff.id.as_str(), locked, None);
            }
            Ok(Ok(staff))
        })
    }
}
