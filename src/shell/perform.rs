//! Does what the app wants: one effect, at most one answer.

use crate::app::{Answer, Effect, Which};
use crate::config::PrinterSetting;
use crate::domain::{
    AccountId, Booked, CardId, ItemCode, Look, Member, Now, PastOperation, Refusal, Seq, Shown,
    ShownBy, SlipKey, StaffId, no,
};
use crate::services::{Command, Order, Priced, Signature};
use crate::shell::errand::{Errand, Sheet};
use crate::shell::station::{Exit, Station, not_now};
use crate::store::StoreError;
use crate::wire::paper::{Profile, escpos};
use crate::words::{SlipHead, date_time, local_time, receipt_slip, test_slip};
use std::collections::BTreeMap;

/// A receipt that a power cut took is made up for when it is at most so old, in milliseconds.
const RECENT_MS: i64 = 10 * 60_000;
/// Operations of one person in the attendant's list; older ones are found by their number.
const HIS_OPERATIONS: usize = 200;
/// People who are shown as found, on several pages: more than have the same first letters in the largest village, where no digit more
/// would tell them apart.
const MOST_FOUND: usize = 200;
/// Operations in the attendant's list.
const LAST_OPERATIONS: usize = 40;

impl Station {
    /// Performs one effect. Whatever the ledger answers, it is on disk by then.
    pub(super) fn perform(&mut self, now: &Now, effect: Effect) -> Option<Answer> {
        let answer = match effect {
            Effect::LoadStatement(card) => {
                let found = self.store.statement_by_card(&card);
                self.answer(now, found, Answer::Statement)
            }
            Effect::RefreshStatement(account) => {
                let found = self.store.statement(&account);
                let found = found.map(|statement| statement.ok_or(no("card-unknown")));
                self.answer(now, found, Answer::Statement)
            }
            Effect::LoadShelf(signed, asked) => self.shelf(now, (&signed, asked)),
            Effect::Price(signed, command) => {
                let priced = self.price(now, &signed, &command);
                self.answer(now, priced, Answer::Priced)
            }
            Effect::Book(order) => {
                let booked = self.book(now, &order);
                self.answer(now, booked, Answer::Booked)
            }
            Effect::FindPerson(card) => {
                let found = self.store.statement_by_card(&card);
                let found = found.map(|found| found.map(|statement| statement.member));
                self.answer(now, found, Answer::Person)
            }
            Effect::FindPeople(typed) => {
                let found = self.store.find_people(&typed, MOST_FOUND);
                self.told(now, found, Answer::People)
            }
            Effect::CheckBadge { card, by, account } => {
                self.badge(now, (&card, by), account.as_ref())
            }
            Effect::SignIn { staff, by, pin } => {
                let signed = self.store.sign_in(now, (&staff, by), pin.digits());
                self.answer(now, signed, Answer::SignedIn)
            }
            Effect::LoadTriedPins(staff) => self.tried_pins(now, &staff),
            Effect::Rest(way) => return self.unanswered(|station| station.rest(now, way)),
            Effect::LoadPassbook { account, page } => self.passbook(now, &account, page),
            Effect::KeepLook { account, look } => {
                return self.unanswered(|station| station.keep_look(now, &account, look));
            }
            Effect::FindHold(account) => self.told(now, self.own_hold(&account), Answer::OwnHold),
            Effect::LoadHolds => self.told(now, self.store.open_holds(), Answer::OpenHolds),
            Effect::LoadOperations(which) => {
                self.told(now, self.operations(which), Answer::Operations)
            }
            Effect::Slip(of, copy) => return self.slip(now, of, copy),
            Effect::LoadExports => {
                let status = self.store.export_status();
                self.told(now, status, Answer::Exports)
            }
            // These run beside the station; whoever drives it hands them on.
            Effect::Export(why) => return self.leave(Errand::Export(why)),
            Effect::PutCard(card) => return self.leave(Errand::Card(card)),
            Effect::CheckUp => {
                self.tidy(now);
                return self.leave(Errand::Checkup);
            }
            Effect::ChangeSetting(change) => return self.leave(Errand::Setting(change)),
            Effect::PrintSheet(setting) => {
                return self.leave(Errand::Sheet(self.sheet(now, setting)));
            }
            Effect::Aloud(aloud) => return self.unanswered(|station| station.be_heard(aloud)),
            Effect::Exit => return self.unanswered(|station| station.exit = Some(Exit::Asked)),
        };
        Some(answer)
    }

    fn badge(
        &mut self,
        now: &Now,
        (card, by): (&CardId, ShownBy),
        account: Option<&AccountId>,
    ) -> Answer {
        let badge = self.store.badge(now, (card, by), account);
        let shown = badge.map(|badge| badge.map(|staff| Shown { staff, by }));
        self.answer(now, shown, Answer::Badge)
    }

    fn tried_pins(&mut self, now: &Now, staff: &StaffId) -> Answer {
        let tried = match self.store.tried_pins(now, staff) {
            // It is told the next time.
            Err(error) if not_now(&error).is_some() => Ok(Vec::new()),
            tried => tried,
        };
        self.told(now, tried, Answer::TriedPins)
    }

    /// Leaves something to whoever drives the station; the answer, where there is one, comes as an event of its own.
    fn leave(&mut self, errand: Errand) -> Option<Answer> {
        self.unanswered(|station| station.errands.push(errand))
    }

    /// Does what nothing answers.
    fn unanswered(&mut self, act: impl FnOnce(&mut Self)) -> Option<Answer> {
        act(self);
        None
    }

    /// The test sheet for a printer as it is tried.
    fn sheet(&self, now: &Now, setting: PrinterSetting) -> Sheet {
        let say = self.words.say(self.model.lang);
        let when = date_time(&now.wall);
        let head = SlipHead {
            station: &self.config.station.id,
            name: "",
            when: &when,
        };
        let slip = test_slip(&say, &setting.profile, head, setting.name);
        let bytes = escpos(&slip, &setting.profile);
        (setting, bytes)
    }

    /// The oldest hold of an account that waits, as it was when it was made.
    fn own_hold(&self, account: &AccountId) -> Result<Option<Booked>, StoreError> {
        let holds = self.store.open_holds()?;
        let is_own = |member: &Member| &member.account == account;
        let own = holds
            .into_iter()
            .find(|hold| hold.member.as_ref().is_some_and(is_own));
        match own {
            Some(own) => self.store.booked(own.seq),
            None => Ok(None),
        }
    }

    fn passbook(&mut self, now: &Now, account: &AccountId, page: usize) -> Answer {
        let lines = crate::app::LINES_A_PAGE;
        let page = self.store.passbook(account, page, lines);
        self.told(now, page, Answer::Passbook)
    }

    /// Says what a command would come to.
    fn price(
        &mut self,
        now: &Now,
        signed: &Signature,
        command: &Command,
    ) -> Result<Result<Priced, Refusal>, StoreError> {
        self.store
            .price(now, self.config.books(), (signed, command))
    }

    fn book(&mut self, now: &Now, order: &Order) -> Result<Result<Booked, Refusal>, StoreError> {
        self.store.book(now, self.config.books(), order)
    }

    /// A business answer, or the reason why there is none.
    fn answer<T>(
        &mut self,
        now: &Now,
        result: Result<Result<T, Refusal>, StoreError>,
        answer: fn(Result<T, Refusal>) -> Answer,
    ) -> Answer {
        match result {
            Ok(result) => answer(result),
            Err(error) => match not_now(&error) {
                Some(refusal) => answer(Err(refusal)),
                None => Answer::Failed(self.fail(now, &error)),
            },
        }
    }

    /// A list that cannot be refused.
    fn told<T>(
        &mut self,
        now: &Now,
        result: Result<T, StoreError>,
        answer: fn(T) -> Answer,
    ) -> Answer {
        match result {
            Ok(list) => answer(list),
            Err(error) => Answer::Failed(self.fail(now, &error)),
        }
    }

    fn shelf(
        &mut self,
        now: &Now,
        (signed, asked): (&Signature, Vec<(ItemCode, Command)>),
    ) -> Answer {
        let mut refused = BTreeMap::new();
        for (item, command) in asked {
            match self
                .store
                .price(now, self.config.books(), (signed, &command))
            {
                Ok(Ok(_)) => {}
                Ok(Err(refusal)) => {
                    refused.insert(item, refusal);
                }
                Err(error) => return Answer::Failed(self.fail(now, &error)),
            }
        }
        Answer::Shelf(refused)
    }

    /// Keeps how a resident likes the screen. A wish about colours stops no station.
    fn keep_look(&mut self, now: &Now, account: &AccountId, look: Look) {
        if let Err(error) = self.store.keep_look(account, look) {
            self.log.remark(now, &format!("look not kept: {error}"));
        }
    }

    fn operations(&self, which: Which) -> Result<Vec<PastOperation>, StoreError> {
        match which {
            Which::Last => self.last_operations(),
            Which::In(tally) => self.store.operations_in(&tally, LAST_OPERATIONS),
            Which::Of(account) => self.store.operations_of(&account, HIS_OPERATIONS),
            Which::One(seq) => Ok(self.store.operation(seq)?.into_iter().collect()),
        }
    }

    /// The last operations, and older ones whose receipt has not come out.
    fn last_operations(&self) -> Result<Vec<PastOperation>, StoreError> {
        let mut list = self.store.last_operations(LAST_OPERATIONS)?;
        let printer = &self.model.printer;
        let unprinted = printer.news.unprinted.keys().chain(&printer.lost).rev();
        for seq in unprinted {
            if list.iter().all(|past| past.seq != *seq) {
                list.extend(self.store.operation(*seq)?);
            }
        }
        Ok(list)
    }

    /// Makes the slip of a post that is on disk.
    fn slip(&mut self, now: &Now, of: Seq, copy: i64) -> Option<Answer> {
        match self.store.receipt(of) {
            Ok(Some((booked, name))) => self.spool_receipt(now, &booked, (&name, copy)),
            Ok(None) => None,
            Err(error) if not_now(&error).is_some() => Some(Answer::NotQueued(of)),
            Err(error) => Some(Answer::Failed(self.fail(now, &error))),
        }
    }

    /// Writes the slip and puts it into the printer's queue, where there is a printer. What fails here is told to the
    /// staff and the technician and changes no booking.
    fn spool_receipt(
        &mut self,
        now: &Now,
        receipt: &Booked,
        (name, copy): (&str, i64),
    ) -> Option<Answer> {
        let station = &self.config.station;
        let say = self.words.say(self.model.lang);
        // To the minute; the ledger has the seconds.
        let when: String = local_time(receipt.wall_ms).chars().take(16).collect();
        let head = SlipHead {
            station: &station.id,
            name: station.name.get(say.lang),
            when: &when,
        };
        let key = SlipKey {
            station: station.id.clone(),
            seq: receipt.seq,
            copy,
        };
        let slip = receipt_slip(&say, receipt, &self.config.catalogue, head, (name, copy));
        let printer = self.config.printer.as_ref();
        let profile = printer.map_or_else(Profile::default, |printer| printer.profile);
        let queued = printer.map(|_| self.queue.put(&key, &escpos(&slip, &profile)));
        // Last: that this file is there means that everything before it was done.
        let text = slip.to_text(profile.columns);
        if let Err(error) = self.spool.write(&key.to_string(), &text) {
            let remark = format!("receipt {key} not spooled: {error}");
            self.log.remark(now, &remark);
        }
        match queued? {
            Ok(()) => {
                self.errands.push(Errand::Print);
                Some(Answer::Queued(receipt.seq))
            }
            Err(error) => {
                let remark = format!("receipt {key} not queued for the printer: {error}");
                self.log.remark(now, &remark);
                Some(Answer::NotQueued(receipt.seq))
            }
        }
    }

    /// Makes the slip that a power cut took between the booking and the spool, while somebody may still wait for it.
    pub(super) fn spool_again(&mut self, now: &Now) -> Result<Option<Answer>, StoreError> {
        let last = self.store.last_post()?;
        let last = last.map(|seq| self.store.receipt(seq)).transpose()?;
        let Some((last, name)) = last.flatten() else {
            return Ok(None);
        };
        let age_ms = now.wall.timestamp_millis().saturating_sub(last.wall_ms);
        let number = format!("{}-{}", self.config.station.id, last.seq);
        if !(0..=RECENT_MS).contains(&age_ms) || self.spool.has(&number) {
            return Ok(None);
        }
        Ok(self.spool_receipt(now, &last, (&name, 0)))
    }
}
