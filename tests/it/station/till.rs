//! The verbs of a till for tests and benches: each makes one order and books it.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "no test needs every verb, and a test stops at the first surprise; an expectation would not be met everywhere"
)]

use serde_json::json;
use wenming::domain::{
    AccountId, Bilingual, Booked, Books, Bucket, CardId, CardKind, Catalogue, CategoryCode,
    Direction, Hours, Item, ItemCode, ItemKind, Member, Now, OpId, PartnerCode, Points, Prices,
    Refusal, Role, Rule, RuleCategory, RuleCode, RuleCounts, RulePath, RuleScope, RuleUnit, Seq,
    StaffId, Supply, Wish,
};
use wenming::services::{Actor, Command, Order, Signature, Why};
use wenming::store::{Store, StoreError, Writer};

/// What a verb answers.
pub(crate) type Told<T> = Result<Result<T, Refusal>, StoreError>;

/// A redemption as the confirm screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) op_id: OpId,
    pub(crate) wish: Wish,
    pub(crate) total: Points,
    pub(crate) before: Points,
}

/// Who calls a hold off.
#[derive(Clone, Debug)]
pub(crate) enum Voider {
    Holder,
    Staff(StaffId),
}

fn order(key: OpId, actor: Actor, command: Command) -> Order {
    Order {
        key,
        signed: Signature::of(actor),
        command,
    }
}

fn staff(id: &StaffId) -> Actor {
    Actor::Staff(id.clone())
}

/// Rewards and rules of a station where one corrects alone, however much it is.
pub(crate) const fn books<'a>(catalogue: &'a Catalogue, rules: &'a [Rule]) -> Books<'a> {
    Books {
        catalogue,
        rules,
        alone: Points::new(i64::MAX),
    }
}

pub(crate) trait Till {
    fn quote(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        account: &AccountId,
        wish: &Wish,
    ) -> Told<Quote>;
    fn hold(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        account: &AccountId,
        quote: &Quote,
    ) -> Told<Booked>;
    fn post(&mut self, now: &Now, key: OpId, hold: Seq, id: &StaffId) -> Told<Booked>;
    fn void(&mut self, now: &Now, key: OpId, hold: Seq, by: &Voider) -> Told<Seq>;
    fn reverse(&mut self, now: &Now, key: OpId, of: Seq, id: &StaffId) -> Told<Seq>;
    fn reprint(&mut self, now: &Now, of: Seq, copy: i64, id: &StaffId) -> Told<Booked>;
}

impl Till for Store {
    fn quote(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        account: &AccountId,
        wish: &Wish,
    ) -> Told<Quote> {
        let signed = Signature::of(Actor::Holder(account.clone()));
        let command = Command::redeem(account, wish, (None, None));
        let priced = self.price(now, books(catalogue, &[]), (&signed, &command))?;
        Ok(priced.map(|priced| Quote {
            op_id: priced.order.key,
            wish: wish.clone(),
            total: priced.points,
            before: priced.before,
        }))
    }

    fn hold(
        &mut self,
        now: &Now,
        catalogue: &Catalogue,
        account: &AccountId,
        quote: &Quote,
    ) -> Told<Booked> {
        let command = Command::redeem(account, &quote.wish, (Some(quote.total), None));
        let order = order(quote.op_id, Actor::Holder(account.clone()), command);
        self.book(now, books(catalogue, &[]), &order)
    }

    fn post(&mut self, now: &Now, key: OpId, hold: Seq, id: &StaffId) -> Told<Booked> {
        let order = order(key, staff(id), Command::post(hold));
        self.book(now, books(&Catalogue::default(), &[]), &order)
    }

    fn void(&mut self, now: &Now, key: OpId, hold: Seq, by: &Voider) -> Told<Seq> {
        let actor = match by {
            Voider::Staff(id) => staff(id),
            Voider::Holder => Actor::Holder(self.booked(hold)?.unwrap().who.unwrap()),
        };
        let order = order(key, actor, Command::void(hold));
        let voided = self.book(now, books(&Catalogue::default(), &[]), &order)?;
        Ok(voided.map(|voided| voided.seq))
    }

    fn reverse(&mut self, now: &Now, key: OpId, of: Seq, id: &StaffId) -> Told<Seq> {
        let order = order(key, staff(id), Command::reversal(of, Why::Other));
        let reversed = self.book(now, books(&Catalogue::default(), &[]), &order)?;
        Ok(reversed.map(|reversed| reversed.seq))
    }

    fn reprint(&mut self, now: &Now, of: Seq, copy: i64, id: &StaffId) -> Told<Booked> {
        let key = self.reprint_key(of, copy)?;
        let order = order(key, staff(id), Command::reprint(of, copy));
        self.book(now, books(&Catalogue::default(), &[]), &order)
    }
}

/// Fills a station before a test.
pub(crate) trait Fill {
    fn budget_in(&mut self, points: Points, bucket: Bucket) -> Result<Seq, StoreError>;
    fn stock_in(&mut self, item: &ItemCode, pieces: i64) -> Result<Seq, StoreError>;
    fn open_account(&mut self, new: &Member) -> Told<Seq>;
    fn issue_card(&mut self, who: &AccountId, number: &CardId, kind: CardKind) -> Told<Seq>;
    fn block_card(&mut self, who: &AccountId, number: &CardId) -> Told<Seq>;
    /// By a rule made for it, which gives just as many; signed by A001 where nobody else does.
    fn points_in(
        &mut self,
        account: &AccountId,
        rule: &RuleCode,
        points: (Points, Bucket),
        by: Option<&StaffId>,
    ) -> Told<Seq>;
}

fn booked(writer: &mut Writer<'_>, books: Books<'_>, actor: Actor, command: Command) -> Told<Seq> {
    let order = order(writer.next_op_id()?, actor, command);
    let booked = writer.book(books, &order)?;
    Ok(booked.map(|booked| booked.seq))
}

fn command(kind: &str, what: serde_json::Value) -> Command {
    Command::read(kind, what).unwrap().unwrap()
}

impl Fill for Writer<'_> {
    fn budget_in(&mut self, points: Points, bucket: Bucket) -> Result<Seq, StoreError> {
        let what = json!({ "n": points, "bucket": bucket });
        let none = Catalogue::default();
        let books = books(&none, &[]);
        Ok(booked(self, books, Actor::Hq, command("budget-in", what))?.unwrap())
    }

    fn stock_in(&mut self, item: &ItemCode, pieces: i64) -> Result<Seq, StoreError> {
        let what = json!({ "about": item, "n": pieces });
        let catalogue = offering(item);
        let books = books(&catalogue, &[]);
        Ok(booked(self, books, Actor::Station, command("stock-in", what))?.unwrap())
    }

    fn open_account(&mut self, new: &Member) -> Told<Seq> {
        let what = json!({
            "who": new.account,
            "holder": new.kind,
            "group": new.group,
            "consent": "paper",
            "person": { "name": new.name, "birth-year": new.birth_year, "household": new.household },
        });
        by_a001(self, "account-opened", what)
    }

    fn issue_card(&mut self, who: &AccountId, number: &CardId, kind: CardKind) -> Told<Seq> {
        let what = json!({ "who": who, "card": kind, "number": number.as_str() });
        by_a001(self, "card-issued", what)
    }

    fn block_card(&mut self, who: &AccountId, number: &CardId) -> Told<Seq> {
        let what = json!({ "who": who, "number": number.as_str() });
        by_a001(self, "card-blocked", what)
    }

    fn points_in(
        &mut self,
        account: &AccountId,
        rule: &RuleCode,
        (points, _): (Points, Bucket),
        by: Option<&StaffId>,
    ) -> Told<Seq> {
        let rules = [giving(rule, points)];
        let by = by.cloned().or_else(|| StaffId::parse("A001")).unwrap();
        let what = json!({ "who": account, "about": rule, "n": 1 });
        let none = Catalogue::default();
        let books = books(&none, &rules);
        booked(self, books, Actor::Staff(by), command("award", what))
    }
}

fn by_a001(writer: &mut Writer<'_>, kind: &str, what: serde_json::Value) -> Told<Seq> {
    let staff = StaffId::parse("A001").unwrap();
    let catalogue = Catalogue::default();
    let books = books(&catalogue, &[]);
    booked(writer, books, Actor::Staff(staff), command(kind, what))
}

fn named(code: &impl ToString) -> Bilingual {
    Bilingual {
        zh: code.to_string(),
        en: code.to_string(),
    }
}

/// A catalogue with one reward.
fn offering(code: &ItemCode) -> Catalogue {
    let item = Item {
        code: code.clone(),
        category: CategoryCode::parse("GOODS").unwrap(),
        name: named(code),
        unit: None,
        kind: ItemKind::Goods,
        supply: Supply::Counted,
        prices: Prices {
            base: Points::new(1),
            senior: None,
            groups: Vec::new(),
        },
        options: Vec::new(),
        limit: None,
        hours: Hours::default(),
        partner: PartnerCode::parse("P1").unwrap(),
        max_quantity: 9,
    };
    Catalogue {
        items: vec![item],
        ..Catalogue::default()
    }
}

/// A rule that gives so many points each time.
pub(crate) fn giving(code: &RuleCode, points: Points) -> Rule {
    Rule {
        code: code.clone(),
        category: RuleCategory::VolunteerService,
        name: named(code),
        direction: Direction::Plus,
        points,
        groups: Vec::new(),
        choices: Vec::new(),
        unit: RuleUnit::Time,
        minutes: false,
        cap: None,
        household_cap: None,
        from: None,
        until: None,
        evidence: None,
        recorder: Role::Attendant,
        scope: RuleScope::Home,
        path: RulePath::Direct,
        committee: None,
        notice_days: 0,
        second_above: None,
        proposable: false,
        counts: RuleCounts::Both,
        same_fact: None,
        repeat: Vec::new(),
        remedy: None,
    }
}
