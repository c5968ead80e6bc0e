//! Opening accounts, and what fills them: the budget by HQ, residents by the rule book.

use super::append::{Draft, STATION};
use super::error::StoreError;
use super::writer::Writer;
use super::{people, standing};
use crate::domain::json::{Map, map, text};
use crate::domain::{
    AccountId, Bucket, Leg, MAX_NAME_CHARS, NewAccount, OperationKind, PartnerCode, Points,
    Refusal, RuleCode, Seq, StaffId, UnitCode, clean, no,
};
use rusqlite::params;

impl Writer<'_> {
    /// Opens a resident's account under a pseudonym of eight random bytes.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the pseudonym is in use.
    pub fn open_account(
        &mut self,
        new: &NewAccount,
        random: [u8; 8],
    ) -> Result<AccountId, StoreError> {
        let account = AccountId::resident(random);
        let what = map([("account", text(account.as_str()))]);
        let known = "SELECT EXISTS(SELECT 1 FROM account WHERE name = ?1)";
        let taken = self
            .conn
            .prepare_cached(known)?
            .query_row([account.as_str()], |row| row.get(0))?;
        if taken {
            return Err(StoreError::Taken(format!("open account {account}")));
        }
        self.event(OperationKind::AccountOpened, STATION, what)?;
        self.conn
            .prepare_cached("INSERT INTO account(name, kind, floored) VALUES (?1, 'resident', 1)")?
            .execute([account.as_str()])?;
        self.conn
            .prepare_cached(
                "INSERT INTO resident(account, name, holder, member_group, birth_year)
                 VALUES (last_insert_rowid(), ?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                clean(&new.name, MAX_NAME_CHARS),
                new.kind.name(),
                new.group.name(),
                new.birth_year,
            ])?;
        Ok(account)
    }

    /// Makes sure that a partner has an account.
    pub(super) fn ensure_partner(&self, code: &PartnerCode) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO account(name, kind, floored) SELECT ?1, 'partner', 0
                 WHERE NOT EXISTS(SELECT 1 FROM account WHERE name = ?1)",
            )?
            .execute([AccountId::partner(code).as_str()])?;
        Ok(())
    }

    /// HQ fills the station's budget for credits of one expiry period.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or the amount is not positive.
    pub fn budget_in(&mut self, points: Points, bucket: Bucket) -> Result<Seq, StoreError> {
        let leg = Leg {
            unit: UnitCode::Points,
            bucket,
            debit: AccountId::hq(),
            credit: AccountId::budget(),
            amount: points.get(),
        };
        let hq = AccountId::hq();
        self.moving(OperationKind::BudgetIn, hq.as_str(), leg, map([]))
    }

    /// Credits points by a rule, out of the budget; recorded by `actor`, or by the station itself.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or the amount is not positive.
    pub fn points_in(
        &mut self,
        account: &AccountId,
        rule: &RuleCode,
        (points, bucket): (Points, Bucket),
        actor: Option<&StaffId>,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        if people::member(self.conn, account)?.is_none() {
            return Err(StoreError::Unknown(format!("resident {account}")));
        }
        if let Some(id) = actor {
            let Some(staff) = people::staff(self.conn, id)? else {
                return Ok(Err(no("not-staff")));
            };
            if staff.account.as_ref() == Some(account) {
                return self.refuse(id.as_str(), no("own-account"), None);
            }
        }
        let have = self.budget_left(bucket)?;
        if have < points {
            return Ok(Err(Refusal::not_enough(have, points)));
        }
        let leg = Leg {
            unit: UnitCode::Points,
            bucket,
            debit: AccountId::budget(),
            credit: account.clone(),
            amount: points.get(),
        };
        let actor = actor.map_or(STATION, StaffId::as_str);
        let what = map([("rule", text(rule.as_str()))]);
        self.moving(OperationKind::PointsIn, actor, leg, what)
            .map(Ok)
    }

    /// What the station may still credit in an expiry period.
    fn budget_left(&self, bucket: Bucket) -> Result<Points, StoreError> {
        let parts = standing::free(self.conn, &AccountId::budget())?;
        let left = parts.into_iter().find(|(of, _)| *of == bucket);
        Ok(left.map_or(Points::ZERO, |(_, points)| points))
    }

    /// Writes an operation of one leg under a new key.
    pub(super) fn moving(
        &mut self,
        kind: OperationKind,
        actor: &str,
        leg: Leg,
        what: Map,
    ) -> Result<Seq, StoreError> {
        let op_id = self.next_op_id()?;
        let legs = vec![leg];
        let draft = Draft {
            legs,
            ..Draft::event(kind, actor, what)
        };
        Ok(self.append(op_id, &draft)?.seq)
    }
}
