//! From what a screen wants to an order of the ledger, and from its answer to what a screen shows.

use crate::app::VoidBy;
use crate::domain::{
    Booked, Held, Now, OpId, Priced, Quote, Refusal, Reprint, Seq, StaffId, Terms, Wish, no,
};
use crate::services::{Actor, Command, Order, Signature};
use crate::shell::station::Station;
use crate::store::StoreError;

impl Station {
    pub(super) fn book(
        &mut self,
        now: &Now,
        order: &Order,
    ) -> Result<Result<Booked, Refusal>, StoreError> {
        let books = (&self.config.catalogue, self.config.rules.as_slice());
        self.store.book(now, books, order)
    }

    pub(super) fn void(
        &mut self,
        now: &Now,
        settle: OpId,
        (hold, by): (Seq, VoidBy),
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        let actor = match by {
            VoidBy::Staff(staff) => Actor::Staff(staff),
            VoidBy::Holder => {
                let booked = self.store.booked(hold)?;
                match booked.and_then(|booked| booked.who) {
                    Some(account) => Actor::Holder(account),
                    None => return Ok(Err(no("no-such-operation"))),
                }
            }
        };
        let voided = self.book(now, &order(settle, actor, Command::void(hold)))?;
        Ok(voided.map(|voided| voided.seq))
    }

    pub(super) fn reprinted(
        &mut self,
        now: &Now,
        (of, copy): (Seq, i64),
        staff: &StaffId,
    ) -> Result<Result<Reprint, Refusal>, StoreError> {
        let key = self.store.reprint_key(of, copy)?;
        let order = order(key, Actor::Staff(staff.clone()), Command::reprint(of, copy));
        if let Err(refusal) = self.book(now, &order)? {
            return Ok(Err(refusal));
        }
        let found = self.store.receipt(of)?;
        Ok(found
            .map(|(booked, name)| Reprint {
                receipt: booked,
                name,
                copy,
            })
            .ok_or(no("no-such-operation")))
    }
}

pub(super) fn order(key: OpId, actor: Actor, command: Command) -> Order {
    let signed = Signature::from(actor);
    Order {
        key,
        signed,
        command,
    }
}

pub(super) fn quote(wish: &Wish, priced: &Priced) -> Quote {
    Quote {
        op_id: priced.key,
        wish: wish.clone(),
        via: None,
        terms: Terms {
            price: priced.points,
            parts: Vec::new(),
            total: priced.points,
            before: priced.before,
            after: priced.before.checked_sub(priced.points).unwrap_or_default(),
        },
    }
}

pub(super) fn held(booked: &Booked, wish: &Wish) -> Held {
    Held {
        seq: booked.seq,
        settle: booked.settle,
        wish: wish.clone(),
        total: booked.points,
        before: booked.before,
        after: booked.after,
    }
}
