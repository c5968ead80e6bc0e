//! A redemption: held by the resident, then posted by an attendant or voided. Each step happens at most once.

use super::append::Draft;
use super::error::StoreError;
use super::log::{self, Logged};
use super::random::follow_up;
use super::standing::standing;
use super::writer::Writer;
use super::{Store, people, rules};
use crate::domain::json::{Map, int, map, text};
use crate::domain::{
    AccountId, Bucket, Catalogue, Held, Item, Leg, Now, OpId, OperationKind, Quote, Receipt,
    Refusal, Seq, Staff, StaffId, Supply, Terms, UnitCode, Wish, decide, no,
};

/// Who calls a hold off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voider {
    /// The resident whose hold it is.
    Holder,
    /// An attendant.
    Staff(StaffId),
}

/// The key with which a hold is settled, on whichever screen.
pub(super) fn settle_key(hold: OpId) -> OpId {
    follow_up(b"settle", hold)
}

fn what(wish: &Wish) -> Map {
    map([
        ("item", text(wish.item.as_str())),
        (
            "option",
            wish.option.as_ref().and_then(|code| text(code.as_str())),
        ),
        ("quantity", int(wish.quantity)),
    ])
}

fn legs(account: &AccountId, item: &Item, wish: &Wish, terms: &Terms) -> Vec<Leg> {
    let partner = AccountId::partner(&item.partner);
    let points = terms.parts.iter().map(|(bucket, part)| Leg {
        unit: UnitCode::Points,
        bucket: *bucket,
        debit: account.clone(),
        credit: partner.clone(),
        amount: part.get(),
    });
    let pieces = Leg {
        unit: UnitCode::Item(item.code.clone()),
        bucket: Bucket::NEVER,
        debit: match item.supply {
            Supply::Counted => AccountId::stock(),
            Supply::Open => AccountId::supplier(),
        },
        credit: AccountId::delivered(),
        amount: wish.quantity,
    };
    points.chain([pieces]).collect()
}

impl Writer<'_> {
    /// Reserves the points and pieces of a quote. The same quote again gives the first result again.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the bank refuses.
    pub fn hold(
        &mut self,
        catalogue: &Catalogue,
        account: &AccountId,
        quote: &Quote,
    ) -> Result<Result<Held, Refusal>, StoreError> {
        let conn = self.conn;
        if let Some(found) = log::by_op_id(conn, quote.op_id)? {
            let same = found.kind == OperationKind::Hold
                && found.actor == account.as_str()
                && rules::wish_of_body(&found.body)? == quote.wish
                && log::points_in(conn, found.seq)? == quote.terms.total;
            return if same {
                self.held(account, &found.op_id, found.seq, &quote.wish)
                    .map(Ok)
            } else {
                self.refuse(account.as_str(), no("op-reused"), Some(found.seq))
            };
        }
        let Some(member) = people::member(conn, account)? else {
            return Ok(Err(no("card-unknown")));
        };
        let Some(item) = catalogue.item(&quote.wish.item) else {
            return Ok(Err(no("item-gone")));
        };
        let standing = standing(conn, &self.now, catalogue, (account, &quote.wish))?;
        let shown = (&self.now, Some(quote.terms.total));
        let terms = match decide(catalogue, &quote.wish, &member, &standing, shown) {
            Ok(terms) => terms,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.ensure_unit(&item.code)?;
        self.ensure_partner(&item.partner)?;
        let draft = Draft {
            legs: legs(account, item, &quote.wish, &terms),
            ..Draft::event(OperationKind::Hold, account.as_str(), what(&quote.wish))
        };
        let seq = self.append(quote.op_id, &draft)?.seq;
        self.held(account, &quote.op_id, seq, &quote.wish).map(Ok)
    }

    fn held(
        &self,
        account: &AccountId,
        op_id: &OpId,
        seq: Seq,
        wish: &Wish,
    ) -> Result<Held, StoreError> {
        let total = log::points_in(self.conn, seq)?;
        let after = log::free_at(self.conn, account, seq)?;
        Ok(Held {
            seq,
            settle: settle_key(*op_id),
            wish: wish.clone(),
            total,
            before: after.checked_add(total).unwrap_or(after),
            after,
        })
    }

    /// Makes a hold final with an attendant's word. The same again gives the first receipt again.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or there is no such hold.
    pub fn post(
        &mut self,
        op_id: OpId,
        hold: Seq,
        staff: &StaffId,
    ) -> Result<Result<Receipt, Refusal>, StoreError> {
        let open = self.hold_at(hold)?;
        let same = |found: &Logged| {
            found.kind == OperationKind::Post
                && found.pends == Some(hold)
                && found.approver.as_deref() == Some(staff.as_str())
        };
        match self.settled(op_id, &open, staff.as_str(), same)? {
            Some(Ok(found)) => return self.receipt(&found).map(Ok),
            Some(Err(refusal)) => return Ok(Err(refusal)),
            None => {}
        }
        let Some(Staff { account, .. }) = people::staff(self.conn, staff)? else {
            return Ok(Err(no("not-staff")));
        };
        if account.is_some_and(|own| own.as_str() == open.actor) {
            return self.refuse(staff.as_str(), no("own-account"), Some(hold));
        }
        let draft = Draft {
            approver: Some(staff.to_string()),
            ..self.settlement(OperationKind::Post, &open, &open.actor)?
        };
        self.append(op_id, &draft)?;
        match log::by_op_id(self.conn, op_id)? {
            Some(posted) => self.receipt(&posted).map(Ok),
            None => Err(StoreError::Unknown(format!("operation {op_id}"))),
        }
    }

    /// Calls a hold off. The same again gives the first answer again.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or there is no such hold.
    pub fn void(
        &mut self,
        op_id: OpId,
        hold: Seq,
        by: &Voider,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        let open = self.hold_at(hold)?;
        let actor = match by {
            Voider::Holder => open.actor.as_str(),
            Voider::Staff(id) => id.as_str(),
        };
        let same = |found: &Logged| {
            found.kind == OperationKind::Void && found.pends == Some(hold) && found.actor == actor
        };
        match self.settled(op_id, &open, actor, same)? {
            Some(Ok(found)) => return Ok(Ok(found.seq)),
            Some(Err(refusal)) => return Ok(Err(refusal)),
            None => {}
        }
        if let Voider::Staff(id) = by
            && people::staff(self.conn, id)?.is_none()
        {
            return Ok(Err(no("not-staff")));
        }
        let draft = self.settlement(OperationKind::Void, &open, actor)?;
        Ok(Ok(self.append(op_id, &draft)?.seq))
    }

    fn hold_at(&self, hold: Seq) -> Result<Logged, StoreError> {
        log::by_seq(self.conn, hold)?
            .filter(|found| found.kind == OperationKind::Hold)
            .ok_or_else(|| StoreError::Unknown(format!("hold {hold}")))
    }

    /// Whether a step was done before: the first result, or the reason why this is not that step.
    fn settled(
        &mut self,
        op_id: OpId,
        open: &Logged,
        actor: &str,
        same: impl Fn(&Logged) -> bool,
    ) -> Result<Option<Result<Logged, Refusal>>, StoreError> {
        match log::by_op_id(self.conn, op_id)? {
            Some(found) if same(&found) => return Ok(Some(Ok(found))),
            // Two screens offer one key for both answers; the second answer came too late.
            Some(found) if found.pends == Some(open.seq) => {
                return Ok(Some(Err(no("hold-settled"))));
            }
            Some(found) => {
                return self
                    .refuse(actor, no("op-reused"), Some(found.seq))
                    .map(Some);
            }
            None => {}
        }
        let settled = log::settling(self.conn, open.seq)?;
        Ok(settled.map(|_| Err(no("hold-settled"))))
    }

    fn settlement(
        &self,
        kind: OperationKind,
        open: &Logged,
        actor: &str,
    ) -> Result<Draft, StoreError> {
        let wish = rules::wish_of_body(&open.body)?;
        Ok(Draft {
            pends: Some(open.seq),
            legs: log::legs(self.conn, open.seq)?,
            ..Draft::event(kind, actor, what(&wish))
        })
    }

    pub(super) fn receipt(&self, posted: &Logged) -> Result<Receipt, StoreError> {
        let account = rules::account(&posted.actor)?;
        let left = log::free_at(self.conn, &account, posted.seq)?;
        let spent = log::points_in(self.conn, posted.seq)?;
        Ok(Receipt {
            seq: posted.seq,
            mark: posted.hash.chars().take(8).collect(),
            wish: rules::wish_of_body(&posted.body)?,
            before: left.checked_add(spent).unwrap_or(left),
            spent,
            left,
            wall_ms: posted.wall_ms,
        })
    }
}

impl Store {
    /// Prices a wish for an account and draws the key that makes the hold happen at most once.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the bank refuses.
    pub fn quote(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        account: &AccountId,
        wish: &Wish,
    ) -> Result<Result<Quote, Refusal>, StoreError> {
        let op_id = self.ids.op()?;
        self.read(|conn| {
            let Some(member) = people::member(conn, account)? else {
                return Ok(Err(no("card-unknown")));
            };
            let standing = standing(conn, now, catalogue, (account, wish))?;
            let terms = decide(catalogue, wish, &member, &standing, (now, None));
            Ok(terms.map(|terms| Quote {
                op_id,
                wish: wish.clone(),
                terms,
            }))
        })
    }

    /// [`Writer::hold`] in a transaction of its own.
    ///
    /// # Errors
    /// As there.
    pub fn hold(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        account: &AccountId,
        quote: &Quote,
    ) -> Result<Result<Held, Refusal>, StoreError> {
        self.write(now, |writer| writer.hold(catalogue, account, quote))
    }

    /// [`Writer::post`] in a transaction of its own.
    ///
    /// # Errors
    /// As there.
    pub fn post(
        &mut self,
        now: &Now,
        op_id: OpId,
        hold: Seq,
        staff: &StaffId,
    ) -> Result<Result<Receipt, Refusal>, StoreError> {
        self.write(now, |writer| writer.post(op_id, hold, staff))
    }

    /// [`Writer::void`] in a transaction of its own.
    ///
    /// # Errors
    /// As there.
    pub fn void(
        &mut self,
        now: &Now,
        op_id: OpId,
        hold: Seq,
        by: &Voider,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        self.write(now, |writer| writer.void(op_id, hold, by))
    }
}
