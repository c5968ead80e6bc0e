//! Does what the app wants: one effect, at most one answer.

use crate::app::{Answer, Effect};
use crate::domain::{AccountId, Look, Now, Quote, Receipt, Refusal, Supply, Wish};
use crate::shell::station::{Exit, Station};
use crate::store::{StoreError, Voider, free_disk_mib};
use crate::words::{date_time, receipt_text};

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
                let found = found.map(|statement| statement.ok_or(Refusal::UnknownCard));
                self.answer(now, found, Answer::Statement)
            }
            Effect::LoadShelf => self.shelf(now),
            Effect::Quote { account, wish } => self.quote(now, &account, &wish),
            Effect::Hold { account, quote } => self.hold(now, &account, &quote),
            Effect::CheckBadge { card, account } => {
                let badge = self.store.badge(now, &card, account.as_ref());
                self.answer(now, badge, Answer::Badge)
            }
            Effect::SignIn { staff, pin } => {
                let signed = self.store.sign_in(now, &staff, pin.digits());
                self.answer(now, signed, Answer::SignedIn)
            }
            Effect::Post {
                settle,
                hold,
                staff,
            } => {
                let posted = self.store.post(now, settle, hold, &staff);
                self.answer(now, posted, Answer::Posted)
            }
            Effect::Void { settle, hold, by } => {
                let voided = self.store.void(now, settle, hold, &voider(by));
                self.answer(now, voided, Answer::Voided)
            }
            Effect::Reverse { op_id, of, staff } => {
                let reversed = self.store.reverse(now, op_id, of, &staff);
                self.answer(now, reversed, Answer::Reversed)
            }
            Effect::LoadPassbook { account, page } => {
                let lines = crate::app::LINES_A_PAGE;
                let page = self.store.passbook(&account, page, lines);
                self.told(now, page, Answer::Passbook)
            }
            Effect::KeepLook { account, look } => {
                self.keep_look(now, &account, look);
                return None;
            }
            Effect::LoadHolds => self.told(now, self.store.open_holds(), Answer::OpenHolds),
            Effect::LoadOperations => {
                let operations = self.store.last_operations(LAST_OPERATIONS);
                self.told(now, operations, Answer::Operations)
            }
            Effect::SpoolReceipt { receipt, name } => {
                self.spool_receipt(now, &receipt, &name);
                return None;
            }
            Effect::LoadExports => {
                let status = self.store.export_status();
                self.told(now, status, Answer::Exports)
            }
            // Exports run beside the station; whoever drives it hands this to an exporter.
            Effect::Export(why) => {
                self.wanted = Some(why);
                return None;
            }
            Effect::Exit => {
                self.exit = Some(Exit::Asked);
                return None;
            }
        };
        Some(answer)
    }

    fn quote(&mut self, now: &Now, account: &AccountId, wish: &Wish) -> Answer {
        if let Some(low) = self.disk_low() {
            return Answer::Quoted(Err(low));
        }
        let catalogue = &self.config.catalogue;
        let quoted = self.store.quote(now, catalogue, account, wish);
        self.answer(now, quoted, Answer::Quoted)
    }

    fn hold(&mut self, now: &Now, account: &AccountId, quote: &Quote) -> Answer {
        if let Some(low) = self.disk_low() {
            return Answer::Held(Err(low));
        }
        let catalogue = &self.config.catalogue;
        let held = self.store.hold(now, catalogue, account, quote);
        self.answer(now, held, Answer::Held)
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
            Err(error) if error.is_busy() => answer(Err(Refusal::Busy)),
            Err(error) => Answer::Failed(self.fail(now, &error)),
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

    fn shelf(&mut self, now: &Now) -> Answer {
        let counted = self.config.catalogue.items.iter();
        let counted = counted.filter(|item| item.supply == Supply::Counted);
        let left = counted
            .map(|item| Ok((item.code.clone(), self.store.stock_left(&item.code)?)))
            .collect();
        self.told(now, left, Answer::Shelf)
    }

    /// New redemptions stop early, so that there is room to finish what is held.
    fn disk_low(&self) -> Option<Refusal> {
        let least = self.config.station.min_free_mib;
        let free = free_disk_mib(self.store.dir()).ok()?;
        (free < least).then_some(Refusal::DiskLow)
    }

    /// Keeps how a resident likes the screen. A wish about colours stops no station.
    fn keep_look(&mut self, now: &Now, account: &AccountId, look: Look) {
        if let Err(error) = self.store.keep_look(account, look) {
            self.log.remark(now, &format!("look not kept: {error}"));
        }
    }

    /// Writes the slip. A spool that fails is told to the technician and changes no booking.
    fn spool_receipt(&mut self, now: &Now, receipt: &Receipt, name: &str) {
        let station = &self.config.station;
        let say = self.words.say(self.model.lang);
        let when = date_time(&now.wall);
        let head = (
            station.id.as_str(),
            station.name.get(say.lang),
            when.as_str(),
        );
        let text = receipt_text(&say, receipt, &self.config.catalogue, head, name);
        let number = format!("{}-{}", station.id, receipt.seq);
        if let Err(error) = self.spool.write(&number, &text) {
            self.log
                .remark(now, &format!("receipt {number} not spooled: {error}"));
        }
    }
}

fn voider(by: crate::app::VoidBy) -> Voider {
    match by {
        crate::app::VoidBy::Holder => Voider::Holder,
        crate::app::VoidBy::Staff(staff) => Voider::Staff(staff),
    }
}
