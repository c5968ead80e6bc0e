//! Every screen with the widest data it can have, reached as the shell reaches it.

use crate::common::refusals::refusals;
use chrono::{DateTime, FixedOffset};
use std::path::Path;
use wenming::app::{Answer, Effect, Event, Key, Model, Screen, StationFault, update};
use wenming::config::{Config, load};
use wenming::domain::{
    AccountId, Bilingual, Booked, CardId, Fact, HolderKind, Item, ItemOption, Kind, Lang, Member,
    MemberGroup, Now, OpId, OpenHold, PassbookLine, PassbookPage, PastOperation, Points, Refusal,
    Role, RuleCode, Seq, Shown, ShownBy, Staff, Statement, Text, TriedPins, Via, Wish,
};
use wenming::panel::MENU_A_PAGE;
use wenming::services::{Actor, Asking, Command, Field, Order, Priced, Signature};

/// The example station.
pub(crate) fn example() -> Config {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")).unwrap()
}

/// The example station with every name as wide, and every price as high, as the config allows.
pub(crate) fn stretched() -> Config {
    let mut config = example();
    let wide = |cells: usize| Bilingual {
        zh: "宽".repeat(cells / 2),
        en: "w".repeat(cells),
    };
    config.station.name = wide(20);
    config.station.village = wide(20);
    let catalogue = &mut config.catalogue;
    for category in &mut catalogue.categories {
        category.name = wide(12);
    }
    for partner in &mut catalogue.partners {
        partner.name = wide(24);
    }
    for item in &mut catalogue.items {
        item.name = wide(if item.options.is_empty() { 14 } else { 9 });
        item.max_quantity = 6;
        item.prices.base = Points::new(9_999);
        (item.prices.senior, item.prices.groups) = (None, Vec::new());
        for option in &mut item.options {
            option.name = wide(15);
            option.prices.base = Points::new(9_999);
            (option.prices.senior, option.prices.groups) = (None, Vec::new());
        }
    }
    for entry in &mut config.staff {
        entry.staff.name = "宽".repeat(10);
    }
    for rule in &mut config.rules {
        rule.name = wide(30);
    }
    config
}

/// Saturday, 21 November 2026, 18:41 at the station.
pub(crate) fn now() -> Now {
    Now {
        wall: DateTime::<FixedOffset>::parse_from_rfc3339("2026-11-21T18:41:00+08:00").unwrap(),
        mono_ms: 1_000_000,
    }
}

/// What stands on the button of a reward that a person cannot have, with its widest figures.
fn on_button() -> Vec<Refusal> {
    let short = Refusal::not_enough(Points::ZERO, Points::new(9_999));
    let codes = ["out-of-stock", "limit-reached", "closed"];
    let others = codes.map(|code| {
        refusals()
            .into_iter()
            .find(|refusal| refusal.is(code))
            .unwrap()
    });
    others.into_iter().chain([short]).collect()
}

fn member() -> Member {
    Member {
        account: AccountId::resident([7; 8]),
        name: "迪丽热巴·迪力木拉提".to_owned(),
        kind: HolderKind::Individual,
        group: MemberGroup::Villager,
        birth_year: Some(1950),
        household: None,
    }
}

fn staff(config: &Config, role: Role) -> Staff {
    Staff {
        role,
        ..config.staff[0].staff.clone()
    }
}

fn shown(staff: Staff) -> Answer {
    let by = ShownBy::Badge;
    Answer::Badge(Ok(Shown { staff, by }))
}

/// The reward with the widest name, variant included, six times.
pub(super) fn widest_wish(config: &Config, lang: Lang) -> Wish {
    let wishes = config.catalogue.items.iter().flat_map(|item| {
        let wish = |option| Wish {
            item: item.code.clone(),
            option,
            quantity: 6,
        };
        let options = item
            .options
            .iter()
            .map(move |option| wish(Some(option.code.clone())));
        let plain = item.options.is_empty().then(|| wish(None));
        options.chain(plain).collect::<Vec<_>>()
    });
    let words = wenming::words::Words::new();
    let say = words.say(lang);
    let width = |wish: &Wish| {
        unicode_width::UnicodeWidthStr::width(
            say.item(&config.catalogue, &wish.item, wish.option.as_ref())
                .as_str(),
        )
    };
    wishes.max_by_key(width).unwrap()
}

fn key_of(seed: u8) -> OpId {
    OpId::new([seed; 16])
}

fn priced(wish: &Wish) -> Priced {
    let who = AccountId::resident([7; 8]);
    let points = Points::new(59_994);
    let command = Command::redeem(&who, wish, (Some(points), None));
    Priced {
        order: Order::by(Actor::Holder(who), key_of(1), command),
        wish: Some(wish.clone()),
        points,
        before: Points::new(999_999),
        after: Points::new(940_005),
    }
}

/// An operation of a kind that has just been booked.
fn booked(kind: &str, wish: &Wish) -> Booked {
    Booked {
        seq: Seq::new(123_457),
        kind: wenming::services::kind(kind).unwrap(),
        settle: key_of(3),
        who: None,
        mark: "9f86d081".to_owned(),
        wish: Some(wish.clone()),
        before: Points::new(999_999),
        points: Points::new(59_994),
        after: Points::new(940_005),
        wall_ms: now().wall.timestamp_millis(),
    }
}

/// What a redemption is about.
pub(crate) fn told(wish: &Wish) -> Text {
    let who = AccountId::resident([7; 8]);
    wenming::services::Command::redeem(&who, wish, (None, None)).told()
}

/// What points by a rule are about.
pub(crate) fn awarded(rule: &RuleCode) -> Text {
    let what = serde_json::json!({ "who": "R-0707070707070707", "about": rule, "n": 1 });
    Command::read("award", what).unwrap().unwrap().told()
}

/// Why a line of the passbook is there.
pub(crate) fn wrapped(id: &'static str, what: Text) -> Text {
    Text::of(id).fact("what", Fact::Text(Box::new(what)))
}

fn passbook(config: &Config, wish: &Wish, page: usize) -> PassbookPage {
    let line = |seq, told, change, after| PassbookLine {
        seq: Seq::new(seq),
        wall_ms: now().wall.timestamp_millis(),
        told,
        change: Points::new(change),
        after: Points::new(after),
    };
    let rule: RuleCode = config.rules[0].code.clone();
    PassbookPage {
        lines: vec![
            line(4, wrapped("passbook-waiting", told(wish)), -59_994, 940_005),
            line(
                3,
                wrapped("passbook-redeemed", told(wish)),
                -59_994,
                999_999,
            ),
            line(2, awarded(&rule), 100_000, 999_999),
            line(
                1,
                wrapped("passbook-reversed", awarded(&rule)),
                -100_000,
                899_999,
            ),
        ],
        page,
        pages: 12,
    }
}

fn open_holds(wish: &Wish, count: i64) -> Vec<OpenHold> {
    let hold = |n| OpenHold {
        seq: Seq::new(123_456 + n),
        settle: key_of(3),
        member: Some(member()),
        told: told(wish),
        total: Points::new(59_994),
        wall_ms: now().wall.timestamp_millis(),
    };
    (0..count).map(hold).collect()
}

/// One of each kind.
pub(super) fn operations(wish: &Wish) -> Vec<PastOperation> {
    let past = |(n, kind): (i64, Kind)| PastOperation {
        seq: Seq::new(123_456 - n),
        kind,
        member: Some(member()),
        told: told(wish),
        points: Points::new(-59_994),
        wall_ms: now().wall.timestamp_millis(),
        doubted: false,
        reversible: matches!(kind.name(), "post" | "points-in"),
        reverse: key_of(4),
        reprints: 0,
        reprint: key_of(5),
    };
    (0..).zip(wenming::services::kinds()).map(past).collect()
}

/// A redemption that has just become final.
pub(super) fn posted(drive: &mut Drive<'_>, lang: Lang) {
    let wish = widest_wish(drive.config, lang);
    drive
        .sign_in()
        .digit(1)
        .answer(Answer::Priced(Ok(priced(&wish))))
        .answer(Answer::Priced(Ok(priced(&wish))));
    drive
        .answer(Answer::Booked(Ok(booked("hold", &wish))))
        .answer(Answer::Booked(Ok(booked("post", &wish))));
}

/// A station that is driven by events and answers, one second apart.
pub(super) struct Drive<'a> {
    /// What is to be priced since the last event.
    price: Option<(Signature, Command)>,
    pub(super) config: &'a Config,
    pub(super) now: Now,
    pub(super) model: Model,
    pub(super) shots: Vec<(String, Model)>,
}

impl<'a> Drive<'a> {
    pub(super) fn event(&mut self, event: Event) -> &mut Self {
        self.now.mono_ms += 3_000;
        let wanted = update(&mut self.model, self.config, &self.now, event);
        self.price = wanted.into_iter().find_map(|effect| {
            let Effect::Price(signed, command) = effect else {
                return None;
            };
            Some((signed, command))
        });
        self
    }

    /// Begins with a station as it is.
    pub(super) fn new(config: &'a Config, model: Model) -> Self {
        Self {
            config,
            now: now(),
            model,
            shots: Vec::new(),
            price: None,
        }
    }

    pub(super) fn key(&mut self, key: Key) -> &mut Self {
        self.event(Event::Key(key, self.now.mono_ms + 3_000))
    }

    pub(super) fn digit(&mut self, digit: u8) -> &mut Self {
        self.key(Key::Digit(digit))
    }

    pub(super) fn answer(&mut self, answer: Answer) -> &mut Self {
        self.event(Event::Answer(answer))
    }

    /// Begins again at idle with all readers there.
    pub(super) fn restart(&mut self) -> &mut Self {
        self.restart_with(1)
    }

    /// Begins again at idle with so many readers, all there.
    pub(super) fn restart_with(&mut self, readers: usize) -> &mut Self {
        self.model = Model::new(readers, Lang::default(), &self.now);
        for index in 0..readers {
            self.event(Event::Reader { index, up: true });
        }
        self
    }

    fn sign_in(&mut self) -> &mut Self {
        let statement = Statement {
            member: member(),
            free: Points::new(999_999),
            held: Points::ZERO,
            look: None,
        };
        self.restart().answer(Answer::Statement(Ok(statement)))
    }

    pub(super) fn desk(&mut self, role: Role) -> &mut Self {
        let staff = staff(self.config, role);
        self.restart()
            .answer(shown(staff.clone()))
            .answer(Answer::SignedIn(Ok(staff)))
    }

    /// Takes a picture when everyone has had time to read.
    pub(super) fn shot(&mut self, name: &str) -> &mut Self {
        let mut model = self.model.clone();
        model.shown_ms = now().mono_ms - 60_000;
        model.came_ms = model.shown_ms;
        self.shots.push((name.to_owned(), model));
        self
    }

    /// Takes a picture of the first moment.
    fn shot_at_once(&mut self, name: &str) -> &mut Self {
        self.shot(name);
        if let Some((_, model)) = self.shots.last_mut() {
            model.shown_ms = now().mono_ms;
            model.came_ms = model.shown_ms;
        }
        self
    }

    #[expect(clippy::too_many_lines, reason = "one session after the other")]
    fn residents(&mut self, lang: Lang) {
        let config = self.config;
        let wish = widest_wish(config, lang);
        self.restart().shot("idle");
        self.model.open_holds = 12;
        self.shot("idle-holds").key(Key::Help).shot("idle-help");
        self.restart()
            .event(Event::Reader {
                index: 0,
                up: false,
            })
            .shot("idle-reader-lost");
        self.sign_in().shot("home").key(Key::Help).shot("home-help");
        self.sign_in()
            .key(Key::Theme)
            .key(Key::Finish)
            .shot("remember");
        if let Some((_, model)) = self.shots.last_mut() {
            model.theme = wenming::domain::Theme::default();
        }
        let statement = Statement {
            member: member(),
            free: Points::new(940_005),
            held: Points::new(59_994),
            look: None,
        };
        self.restart()
            .answer(Answer::Statement(Ok(statement)))
            .shot("home-held");
        for (place, category) in (1..).zip(&config.catalogue.categories) {
            self.sign_in()
                .digit(place)
                .shot(&format!("rewards-{place}"));
            let all = config.catalogue.items_in(&category.code);
            let refused = all.zip(on_button().into_iter().cycle());
            let refused = refused.map(|(item, refusal)| (item.code.clone(), refusal));
            self.answer(Answer::Shelf(refused.collect()))
                .shot(&format!("rewards-{place}-gone"));
            self.digit(9).shot(&format!("rewards-{place}-on"));
        }
        self.choosing();
        self.sign_in()
            .digit(1)
            .answer(Answer::Priced(Ok(priced(&wish))))
            .answer(Answer::Priced(Ok(priced(&wish))))
            .shot("confirm")
            .shot_at_once("confirm-at-once");
        self.answer(Answer::Booked(Ok(booked("hold", &wish))))
            .shot("waiting")
            .shot_at_once("waiting-at-once");
        self.model.via = Some(Via::Scanner);
        self.shot("waiting-scanned");
        self.model.via = Some(Via::Typed);
        self.shot("waiting-typed")
            .key(Key::Help)
            .shot("waiting-help");
        self.answer(shown(staff(config, Role::Attendant)))
            .shot("pin");
        for _ in 0..12 {
            self.digit(1);
        }
        self.shot("pin-long")
            .answer(Answer::SignedIn(Ok(staff(config, Role::Attendant))));
        self.answer(Answer::Booked(Ok(booked("post", &wish))))
            .shot("done");
        self.sign_in()
            .digit(1)
            .answer(Answer::Priced(Ok(priced(&wish))))
            .answer(Answer::Priced(Ok(priced(&wish))));
        self.answer(Answer::Booked(Ok(booked("hold", &wish))))
            .answer(Answer::Booked(Ok(booked("void", &wish))));
        self.shot("home-called-off");
        if let Some(holder) = &mut self.model.holder {
            holder.held = Points::new(59_994);
        }
        self.shot("home-called-off-held");
        let service = config
            .catalogue
            .items
            .iter()
            .find(|item| is_service(item))
            .unwrap();
        let wish = Wish {
            item: service.code.clone(),
            option: service.options.first().map(|option| option.code.clone()),
            quantity: 6,
        };
        self.sign_in()
            .digit(1)
            .answer(Answer::Priced(Ok(priced(&wish))))
            .answer(Answer::Priced(Ok(priced(&wish))));
        self.answer(Answer::Booked(Ok(booked("hold", &wish))))
            .answer(Answer::Booked(Ok(booked("post", &wish))));
        self.shot("done-service");
        let wish = widest_wish(config, lang);
        let empty = PassbookPage {
            lines: Vec::new(),
            page: 0,
            pages: 1,
        };
        self.sign_in()
            .answer(Answer::Passbook(passbook(config, &wish, 5)))
            .shot("passbook");
        self.sign_in()
            .answer(Answer::Passbook(empty))
            .shot("passbook-empty");
        self.sign_in().model.asking_until_ms = Some(now().mono_ms + 120_000);
        self.shot("asking");
    }

    /// Variants and quantities of every reward.
    fn choosing(&mut self) {
        let config = self.config;
        for (place, category) in (1..).zip(&config.catalogue.categories) {
            let items: Vec<&Item> = config.catalogue.items_in(&category.code).collect();
            // Beside the keys for other pages there is room for four.
            let a_page = if items.len() > MENU_A_PAGE {
                4
            } else {
                MENU_A_PAGE
            };
            for (n, item) in items.iter().enumerate() {
                self.sign_in().digit(place);
                for _ in 0..n / a_page {
                    self.digit(9);
                }
                self.digit(u8::try_from(n % a_page + 1).unwrap());
                self.one(item, None);
                let code = item.code.as_str().to_lowercase();
                if matches!(self.model.screen, Screen::Variants(_)) {
                    self.shot(&format!("variants-{code}"));
                    self.digit(9).shot(&format!("variants-{code}-on"));
                    self.digit(1).one(item, Some(&item.options[0]));
                }
                if matches!(self.model.screen, Screen::Quantity(_)) {
                    self.shot(&format!("quantity-{code}"));
                }
            }
        }
    }

    /// The ledger says that one can be had.
    fn one(&mut self, item: &Item, option: Option<&ItemOption>) {
        if self.price.take().is_some() {
            let wish = Wish {
                item: item.code.clone(),
                option: option.map(|option| option.code.clone()),
                quantity: 1,
            };
            self.answer(Answer::Priced(Ok(priced(&wish))));
        }
    }

    /// By the number on a receipt, and by the card of a person.
    fn looked_up(&mut self, list: &[PastOperation]) {
        self.digit(7).digit(1).digit(5).shot("by-number");
        self.desk(Role::Attendant)
            .answer(Answer::Operations(list.to_vec()))
            .answer(Answer::Person(Ok(member())))
            .answer(Answer::Operations(list.to_vec()))
            .shot("whose-operations");
    }

    fn attendants(&mut self, lang: Lang) {
        let config = self.config;
        let wish = widest_wish(config, lang);
        self.restart()
            .answer(shown(staff(config, Role::Attendant)))
            .shot("pin-desk");
        self.desk(Role::Attendant).shot("desk");
        let tried = |name: &str, freed| TriedPins {
            name: name.to_owned(),
            count: 999,
            freed,
        };
        self.answer(Answer::TriedPins(vec![
            tried(&"宽".repeat(10), true),
            tried("吴大可", false),
        ]))
        .shot("desk-tried");
        self.desk(Role::Technician);
        self.model.open_holds = 12;
        self.shot("desk-technician").digit(5).shot("close").digit(2);
        self.digit(1)
            .answer(Answer::OpenHolds(open_holds(&wish, 12)))
            .shot("holds");
        self.digit(9).shot("holds-on");
        self.digit(1).shot("choose").shot_at_once("choose-at-once");
        self.answer(Answer::Booked(Ok(booked("post", &wish))))
            .shot("desk-posted");
        self.desk(Role::Attendant)
            .digit(1)
            .answer(Answer::OpenHolds(open_holds(&wish, 4)));
        self.shot("holds-one-page")
            .digit(1)
            .answer(Answer::Booked(Ok(booked("void", &wish))));
        self.shot("desk-voided");
        self.desk(Role::Attendant)
            .digit(1)
            .answer(Answer::OpenHolds(Vec::new()))
            .shot("holds-empty");
        let list = operations(&wish);
        self.desk(Role::Attendant)
            .answer(Answer::Operations(list.clone()))
            .shot("operations");
        self.digit(6).shot("lists");
        self.desk(Role::Attendant)
            .answer(Answer::Operations(list.clone()));
        for n in 1..4 {
            self.digit(9).shot(&format!("operations-{n}"));
        }
        self.looked_up(&list);
        let reversible = list.into_iter().filter(|past| past.reversible).collect();
        self.desk(Role::Attendant)
            .answer(Answer::Operations(reversible))
            .digit(1)
            .shot("reverse")
            .digit(1)
            .shot("why")
            .shot_at_once("why-at-once");
        self.cosigned();
        self.answer(Answer::Booked(Ok(booked("reversal", &wish))))
            .shot("desk-reversed");
        self.desk(Role::Attendant)
            .answer(Answer::Operations(Vec::new()))
            .shot("operations-empty");
        self.tasks();
        self.out_of_order();
    }

    /// Somebody else signs a correction as well.
    fn cosigned(&mut self) {
        let alone = Answer::Booked(Err(wenming::domain::no("second-person")));
        self.digit(1).answer(alone).shot("cosign");
        let second = self.config.staff[1].staff.clone();
        self.answer(shown(second.clone()))
            .shot("cosign-pin")
            .answer(Answer::SignedIn(Ok(second)));
    }

    fn out_of_order(&mut self) {
        for (name, fault) in [
            ("disk-full", StationFault::DiskFull),
            ("read-only", StationFault::ReadOnly),
            ("corrupt", StationFault::Corrupt),
            ("locked", StationFault::Locked),
            ("other", StationFault::Other),
        ] {
            self.restart()
                .answer(Answer::Failed(fault))
                .shot(&format!("out-{name}"));
        }
    }
}

impl Drive<'_> {
    /// Every task from its first question to what comes of it.
    fn tasks(&mut self) {
        self.desk(Role::Attendant).digit(4).shot("more");
        for (place, task) in wenming::services::tasks().enumerate() {
            self.desk(task.least);
            match u8::try_from(place).unwrap() {
                0 => self.digit(2),
                place => self.digit(4).digit(place),
            };
            let mut asked = 0;
            while let Some(field) = self.question() {
                self.shot(&format!("{}-{asked}", task.label));
                asked += 1;
                assert!(asked < 9, "{task:?} asks {field:?} for ever");
                match field {
                    Field::Person => self
                        .found(&format!("{}-found", task.label))
                        .answer(Answer::Person(Ok(member()))),
                    Field::Pick(_) => self.digit(1),
                    Field::Number(most) => self
                        .digit(u8::try_from(most.min(9)).unwrap())
                        .shot(task.label)
                        .key(Key::Enter),
                    Field::Card(same) => {
                        let card = same.unwrap_or_else(|| CardId::parse("0009100001").unwrap());
                        self.event(Event::Card(wenming::app::Way::Reader(0), Ok(card)))
                    }
                    Field::Second => {
                        let mut staff = self.config.staff.iter().map(|entry| &entry.staff);
                        let own = self.model.staff.as_ref().map(|staff| staff.id.clone());
                        let second = staff.find(|staff| Some(&staff.id) != own.as_ref());
                        let second = second.unwrap().clone();
                        self.answer(shown(second.clone()))
                            .shot(&format!("{}-pin", task.label))
                            .answer(Answer::SignedIn(Ok(second)))
                    }
                };
                let Some((signed, command)) = self.price.take() else {
                    continue;
                };
                let (key, points) = (key_of(1), Points::new(59_994));
                let order = Order {
                    key,
                    signed,
                    command,
                };
                self.answer(Answer::Priced(Ok(Priced {
                    order,
                    wish: None,
                    points,
                    before: Points::new(940_005),
                    after: Points::new(999_999),
                })));
                break;
            }
            assert!(matches!(self.model.screen, Screen::Agree(_)), "{task:?}");
            let wish = widest_wish(self.config, Lang::Zh);
            self.shot(&format!("{}-agree", task.label))
                .answer(Answer::Booked(Ok(booked("award", &wish))))
                .shot(&format!("{}-done", task.label));
        }
    }

    /// As many people with one name as the list of found ones may hold, on its pages.
    fn found(&mut self, name: &str) -> &mut Self {
        let one = |n: i64| (member(), 99_980 + n);
        let mut unborn = one(19);
        unborn.0.birth_year = None;
        let found = (0..19).map(one).chain([unborn]).collect();
        self.answer(Answer::People(found)).shot(name);
        self.digit(9).shot(&format!("{name}-on"))
    }

    /// What answers the question in front.
    fn question(&self) -> Option<Field> {
        let Screen::Task(working) = &self.model.screen else {
            return None;
        };
        let mut asking = Asking {
            today: &self.model.today,
            shown: self.now.date(),
            catalogue: &self.config.catalogue,
            rules: &self.config.rules,
            given: &working.given,
            second: None,
        };
        let question = (working.task.ask)(&mut asking).err()?;
        Some(question.field)
    }
}

fn is_service(item: &Item) -> bool {
    item.kind == wenming::domain::ItemKind::Service
}

/// Says whether a screen stands in the snapshots. Two tasks show each kind of question; what further tasks ask is checked
/// for its room, and no service changes a picture of another.
pub(crate) fn is_pictured(name: &str) -> bool {
    !name.starts_with("task-")
        || ["task-record", "task-opening"]
            .iter()
            .any(|task| name.starts_with(task))
}

/// Every screen of a station in one language, by name.
pub(crate) fn screens(config: &Config, lang: Lang) -> Vec<(String, Model)> {
    let mut drive = Drive::new(config, Model::new(1, Lang::default(), &now()));
    drive.residents(lang);
    drive.attendants(lang);
    let mut codes = Vec::new();
    for refusal in refusals() {
        let code = refusal.code();
        codes.push(code);
        let again = codes.iter().filter(|known| **known == code).count();
        drive.sign_in().model.notice = Some(refusal);
        drive.shot(&format!("notice-{code}-{again}"));
    }
    let mut shots = drive.shots;
    for (_, model) in &mut shots {
        model.lang = lang;
    }
    shots
}

/// A station where cards are typed, with the longest number that can be.
pub(crate) fn typing(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    config.station.screen.typed_cards = true;
    let wish = widest_wish(&config, lang);
    let mut drive = Drive::new(&config, Model::new(1, Lang::default(), &now()));
    drive.restart();
    for _ in 0..CardId::MAX {
        drive.digit(9);
    }
    drive
        .shot("idle-typed")
        .sign_in()
        .digit(1)
        .answer(Answer::Priced(Ok(priced(&wish))))
        .answer(Answer::Priced(Ok(priced(&wish))));
    drive.answer(Answer::Booked(Ok(booked("hold", &wish))));
    for _ in 0..CardId::MAX {
        drive.digit(9);
    }
    let mut shots = drive.shot("waiting-typed").shots.clone();
    for (_, model) in &mut shots {
        model.lang = lang;
    }
    (config.clone(), shots)
}

/// A station that speaks, and the same screens again for who covers the balance.
pub(crate) fn speaking(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    config.voice.speak_zh = Some(vec!["say".to_owned()]);
    config.voice.speak_en = Some(vec!["say".to_owned()]);
    let open = screens(&config, lang);
    let covered = open.iter().filter(|(_, model)| model.holder.is_some());
    let covered = covered.cloned().map(|(name, mut model)| {
        model.cover.covers = true;
        (format!("{name}-covered"), model)
    });
    let covered: Vec<_> = covered.collect();
    let all = open.into_iter().chain(covered).collect();
    (config, all)
}
