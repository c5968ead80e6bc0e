//! Reading who the pseudonyms are: residents and staff.

use super::error::StoreError;
use super::{random, rules};
use crate::domain::{AccountId, HolderKind, Member, MemberGroup, OpId, Role, Staff, StaffId};
use rusqlite::{Connection, OptionalExtension as _, Row};

/// A pseudonym and a number that no account has yet; the pseudonym follows from the key of the command.
pub(super) fn fresh(conn: &Connection, key: OpId) -> Result<(AccountId, i64), StoreError> {
    let mut random = [0; 8];
    let drawn = random::follow_up(b"account", key);
    random
        .iter_mut()
        .zip(drawn.bytes())
        .for_each(|(to, from)| *to = *from);
    let last = "SELECT coalesce(max(number), 0) FROM resident";
    let last: i64 = conn.prepare_cached(last)?.query_row([], |row| row.get(0))?;
    let who = AccountId::resident(random);
    Ok((who, last.saturating_add(1)))
}

/// The depositor of an account; `None` for an account of the bank, or none at all.
pub(super) fn member(conn: &Connection, account: &AccountId) -> Result<Option<Member>, StoreError> {
    let row = conn
        .prepare_cached(
            "SELECT r.name, r.holder, r.member_group, r.birth_year, r.household
             FROM resident r JOIN account a ON a.id = r.account WHERE a.name = ?1",
        )?
        .query_row([account.as_str()], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get(3)?,
                row.get::<_, Option<String>>(4)?,
            ))
        })
        .optional()?;
    row.map(|(name, kind, group, birth_year, household)| {
        Ok(Member {
            account: account.clone(),
            name,
            kind: rules::named(&HolderKind::ALL, &kind)?,
            group: rules::named(&MemberGroup::ALL, &group)?,
            birth_year,
            household: household.as_deref().map(rules::household).transpose()?,
        })
    })
    .transpose()
}

fn staff_of(row: &Row<'_>) -> rusqlite::Result<(String, String, String, Option<String>)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn parse(row: (String, String, String, Option<String>)) -> Result<Staff, StoreError> {
    let (id, name, role, account) = row;
    Ok(Staff {
        id: rules::staff(&id)?,
        name,
        role: rules::named(&Role::ALL, &role)?,
        account: account.as_deref().map(rules::account).transpose()?,
    })
}

/// A member of staff who is in the config now.
pub(super) fn staff(conn: &Connection, id: &StaffId) -> Result<Option<Staff>, StoreError> {
    conn.prepare_cached("SELECT id, name, role, account FROM staff WHERE id = ?1 AND active = 1")?
        .query_row([id.as_str()], staff_of)
        .optional()?
        .map(parse)
        .transpose()
}

/// The member of staff with that badge.
pub(super) fn staff_by_badge(
    conn: &Connection,
    badge: &[u8; 32],
) -> Result<Option<Staff>, StoreError> {
    conn.prepare_cached(
        "SELECT id, name, role, account FROM staff WHERE badge = ?1 AND active = 1",
    )?
    .query_row([badge], staff_of)
    .optional()?
    .map(parse)
    .transpose()
}
