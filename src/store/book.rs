//! The one way by which a command gets into the log: a repeat of its key is answered with what the first one did; else the
//! rule decides, the operation is appended, and the transaction commits.

use super::append::Draft;
use super::error::StoreError;
use super::keys::CardKey;
use super::random::follow_up;
use super::reader::{Reader, Stop, free};
use super::writer::Writer;
use super::{Shut, Store, day, log, people, questions, register, rules};
use crate::domain::json::{Map, Value};
use crate::domain::{
    AccountId, Booked, Books, Fact, Kind, Leg, Logged, Now, OpId, Phase, Points, Refusal, Seq,
    Staff, StaffId, Stamp, UnitCode, no,
};
use crate::services::{self, Actor, Beside, Moment, Order, Plan, Priced, Signature};
use rusqlite::Connection;

/// The key with which a hold is settled, on whichever screen.
pub(super) fn settle_key(hold: OpId) -> OpId {
    follow_up(b"settle", hold)
}

/// The key with which an operation is reversed, on whichever screen.
pub(super) fn reverse_key(of: OpId) -> OpId {
    follow_up(b"reverse", of)
}

/// Says whether an operation begins something new. What ends or undoes an operation on disk, moves nothing, or blocks a lost card is
/// let through where there is little room: nobody shall stay in the middle of something, and the day can be told.
const fn is_new(kind: Kind, beside: Option<&Beside>) -> bool {
    let ends = kind.reverses || matches!(kind.phase(), Phase::Post | Phase::Void);
    let takes_in = matches!(beside, Some(Beside::Person(..) | Beside::Card(..)));
    kind.legs > 0 && !ends || takes_in
}

/// Says whether one of those who sign is concerned: by the body, by what it moves, or by what it undoes.
fn signs_for_own(
    conn: &Connection,
    plan: &Plan,
    signers: [Option<&Staff>; 2],
) -> Result<bool, StoreError> {
    let undone = plan.reverses.map(|of| log::by_seq(conn, of)).transpose()?;
    let undone = undone.flatten().map(|row| rules::what_map(&row.body));
    let undone = undone.transpose()?;
    let bodies = [Some(&plan.what), undone.as_ref()];
    let who = bodies.map(|what| what?.get("who")?.as_text());
    let accounts = signers.into_iter().flatten();
    let mut accounts = accounts.filter_map(|staff| staff.account.as_ref());
    Ok(accounts.any(|own| {
        let moves = |leg: &Leg| &leg.debit == own || &leg.credit == own;
        who.contains(&Some(own.as_str())) || plan.legs.iter().any(moves)
    }))
}

/// The resident whom an operation concerns: whom its body names, else who did it, else whose points it moves.
pub(super) fn whose(what: &Map, actor: &str, legs: &[Leg]) -> Option<AccountId> {
    let named = what.get("who").and_then(Value::as_text);
    let named = [named, Some(actor)].into_iter().flatten();
    let moved = legs
        .iter()
        .flat_map(|leg| [leg.debit.as_str(), leg.credit.as_str()]);
    named
        .chain(moved)
        .filter_map(AccountId::parse)
        .find(AccountId::is_resident)
}

impl Writer<'_> {
    /// Writes what an order wants, once. The same order again gives the first answer again.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the bank refuses.
    pub fn book(
        &mut self,
        books: Books<'_>,
        order: &Order,
    ) -> Result<Result<Booked, Refusal>, StoreError> {
        if let Some(found) = log::by_op_id(self.conn, order.key)? {
            return self.repeated(&found, order);
        }
        let stamp = self.now.stamp(self.boot);
        let asked = (order.key, &order.signed, &order.command);
        let room = self.low.then_some(no("disk-low"));
        let plan = match plan((self.conn, self.key, room), &stamp, books, asked) {
            Ok(plan) => plan,
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Refused(refusal)) => return self.refused(order, refusal),
        };
        for leg in &plan.legs {
            if let UnitCode::Item(item) = &leg.unit {
                self.ensure_unit(item)?;
            }
            self.ensure_partner(&leg.credit)?;
        }
        let draft = Draft {
            kind: plan.kind,
            actor: plan.actor,
            approver: plan.approver.map(|id| id.to_string()),
            pends: plan.pends,
            reverses: plan.reverses,
            legs: plan.legs,
            what: plan.what,
        };
        let written = self.append(order.key, &draft)?;
        if let Some(beside) = &plan.beside {
            self.keep(beside, written.seq)?;
        }
        let row = log::by_seq(self.conn, written.seq)?;
        let row = row.ok_or_else(|| StoreError::Corrupt(format!("operation {}", written.seq)))?;
        booked(self.conn, &row).map(Ok)
    }

    /// The place of the operation with that key, where there is one.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn place_of(&self, key: OpId) -> Result<Option<Seq>, StoreError> {
        Ok(log::by_op_id(self.conn, key)?.map(|found| found.seq))
    }

    /// A refusal, written into the log where the town wants to know of it.
    fn refused(
        &mut self,
        order: &Order,
        refusal: Refusal,
    ) -> Result<Result<Booked, Refusal>, StoreError> {
        if refusal.is_recorded() {
            let what = order.command.what();
            let of = what.get("of").or_else(|| what.get("about"));
            let of = of.and_then(Value::as_int).map(Seq::new);
            return self.refuse(order.signed.actor.as_str(), refusal, of);
        }
        Ok(Err(refusal))
    }

    /// The key is in the log: what it did, if it was this order.
    fn repeated(
        &mut self,
        found: &Logged,
        order: &Order,
    ) -> Result<Result<Booked, Refusal>, StoreError> {
        let command = &order.command;
        let wanted = command.what();
        let target = found.pends.or(found.reverses);
        let same_target =
            target.is_some() && wanted.get("of").and_then(Value::as_int).map(Seq::new) == target;
        let same_what = if target.is_some() {
            same_target
        } else {
            let what = rules::what_map(&found.body)?;
            wanted
                .iter()
                .all(|(key, value)| what.get(key) == Some(value))
        };
        let unlogged = command.unlogged();
        let is_kept = |said| register::is_kept(self.conn, self.key, (found, said));
        let same_what = same_what && unlogged.map(is_kept).transpose()?.unwrap_or(true);
        let signers = [Some(found.actor.as_str()), found.approver.as_deref()];
        let same_signers = order
            .signed
            .names()
            .all(|name| signers.contains(&Some(name)));
        let undoes = found.kind.reverses && command.kind().reverses;
        let same_kind = found.kind == command.kind() || undoes;
        if same_kind && same_what && same_signers {
            return booked(self.conn, found).map(Ok);
        }
        // Two screens offer one key for both answers to a question; the second answer came too late.
        if same_target {
            let late = if found.pends.is_some() {
                no("hold-settled")
            } else {
                no("already-reversed")
            };
            return Ok(Err(late));
        }
        self.refuse(
            order.signed.actor.as_str(),
            no("op-reused"),
            Some(found.seq),
        )
    }
}

/// An operation of the log as its screen and its slip show it.
pub(super) fn booked(conn: &Connection, row: &Logged) -> Result<Booked, StoreError> {
    let what = rules::what_map(&row.body)?;
    let legs = log::legs(conn, row.seq)?;
    let who = whose(&what, &row.actor, &legs);
    let moved = log::points_in(conn, row.seq)?;
    let (mut after, mut change) = (Points::ZERO, Points::ZERO);
    if let Some(who) = &who {
        after = log::free_at(conn, who, row.seq)?;
        change = change_of(who, row.kind.phase(), &legs);
    }
    let before = after.checked_sub(change);
    Ok(Booked {
        seq: row.seq,
        kind: row.kind,
        settle: settle_key(row.op_id),
        mark: row.hash.chars().take(8).collect(),
        wish: rules::wish(row.kind, &what),
        who,
        points: moved,
        // A post frees nothing: what it spends was taken off when it was held, and stands here as spent now.
        before: before.ok_or_else(|| StoreError::Corrupt(format!("points of {}", row.seq)))?,
        after,
        wall_ms: row.wall_ms,
    })
}

/// What legs change in the points that somebody sees as theirs; a hold counts as spent, and its post says so again.
pub(super) fn change_of(who: &AccountId, phase: Phase, legs: &[Leg]) -> Points {
    let sum = |side: fn(&Leg) -> &AccountId| -> i64 {
        let points = legs.iter().filter(|leg| leg.unit == UnitCode::Points);
        points
            .filter(|leg| side(leg) == who)
            .map(|leg| leg.amount)
            .sum()
    };
    let (gives, gets) = (sum(|leg| &leg.debit), sum(|leg| &leg.credit));
    Points::new(match phase {
        Phase::Void => gives,
        Phase::Single | Phase::Hold | Phase::Post => gets.saturating_sub(gives),
    })
}

/// The member of staff of a signature, who must be in the config now.
fn signer(conn: &Connection, id: Option<&StaffId>) -> Result<Option<Staff>, Stop> {
    let Some(id) = id else {
        return Ok(None);
    };
    let staff = people::staff(conn, id)?;
    Ok(Some(staff.ok_or(no("not-staff"))?))
}

/// What a command would write, or why nothing; `room` is why nothing new is begun, where the disk has little.
fn plan(
    (conn, card_key, room): (&Connection, Option<&CardKey>, Option<Refusal>),
    stamp: &Stamp,
    books: Books<'_>,
    (key, signed, command): (OpId, &Signature, &services::Command),
) -> Result<Plan, Stop> {
    let no_room = |beside| room.clone().filter(|_| is_new(command.kind(), beside));
    if let Some(refusal) = no_room(None) {
        return Err(refusal.into());
    }
    let actor = match &signed.actor {
        Actor::Staff(id) => Some(id),
        Actor::Station | Actor::Hq | Actor::Holder(_) => None,
    };
    let (staff, second) = (signer(conn, actor)?, signer(conn, signed.second.as_ref())?);
    if staff.is_some() && staff == second {
        return Err(no("second-person").into());
    }
    let (today, _) = day::judged(conn, stamp)?;
    let at = Moment {
        today: &today,
        books,
        signed,
        staff: staff.as_ref(),
        second: second.as_ref(),
    };
    let plan = command.decide(&Reader { conn, key }, &at)?;
    if signs_for_own(conn, &plan, [staff.as_ref(), second.as_ref()])? {
        return Err(no("own-account").into());
    }
    if let Some(first) = questions::natural_key(conn, &plan)? {
        return Err(no("already-there").fact("seq", Fact::Seq(first)).into());
    }
    register::check(conn, card_key, plan.beside.as_ref())?;
    match no_room(plan.beside.as_ref()) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(plan),
    }
}

impl Store {
    /// [`Writer::book`] in a transaction of its own.
    ///
    /// # Errors
    /// As there.
    pub fn book(
        &mut self,
        now: &Now,
        books: Books<'_>,
        order: &Order,
    ) -> Result<Result<Booked, Refusal>, StoreError> {
        self.write(now, |writer| writer.book(books, order))
    }

    /// What a command would cost or earn, with a fresh key that makes it happen at most once.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the bank refuses.
    pub fn price(
        &mut self,
        now: &Now,
        books: Books<'_>,
        (signed, command): (&Signature, &services::Command),
    ) -> Result<Result<Priced, Refusal>, StoreError> {
        // Nothing is begun that the disk may have no room to end.
        let room = match self.shut() {
            Some(Shut::ReadOnly) => Some(no("disk-read-only")),
            Some(Shut::Full) => Some(no("disk-low")),
            None => self.is_low().then_some(no("disk-low")),
        };
        let key = self.ids.op()?;
        let stamp = now.stamp(self.boot);
        let card_key = self.key.as_ref();
        self.read(|conn| {
            let asked = (key, signed, command);
            let plan = match plan((conn, card_key, room), &stamp, books, asked) {
                Ok(plan) => plan,
                Err(Stop::Failed(error)) => return Err(error),
                Err(Stop::Refused(refusal)) => return Ok(Err(refusal)),
            };
            let points = plan.legs.iter().filter(|leg| leg.unit == UnitCode::Points);
            let points = Points::new(points.map(|leg| leg.amount).sum());
            let (mut before, mut change) = (Points::ZERO, Points::ZERO);
            if let Some(who) = whose(&plan.what, &plan.actor, &plan.legs) {
                let free = free(conn, &who, &UnitCode::Points)?;
                before = Points::new(free.iter().map(|(_, free)| *free).sum());
                change = change_of(&who, plan.kind.phase(), &plan.legs);
            }
            let after = before.checked_add(change);
            let order = Order {
                key,
                signed: signed.clone(),
                command: command.clone().at_price(points),
            };
            Ok(Ok(Priced {
                order,
                wish: rules::wish(plan.kind, &plan.what),
                points,
                before,
                after: after.ok_or_else(|| StoreError::Corrupt(format!("points of {key}")))?,
            }))
        })
    }
}
