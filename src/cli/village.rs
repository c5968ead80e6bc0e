//! An invented village: residents, cards, a budget, stock, some months of good deeds and rewards.
//! Deterministic: the same size gives the same chain, byte for byte.

use crate::cli::redeemed::redemptions;
use crate::cli::villagers::{Dice, VILLAGE_CARDS, daylight, later, someone};
use crate::config::Config;
use crate::domain::{
    AccountId, HolderKind, ItemKind, Member, MemberGroup, Now, Points, Role, Rule, RuleUnit,
    StaffId, Supply,
};
use crate::services::{Actor, Command, Order, Signature};
use crate::shell::export::make_station_key;
use crate::store::{Store, StoreError, Writer};
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::json;
use std::path::Path;

/// How large a data set is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// One village.
    Village,
    /// A town's accounts and check-ins. Source: 38,000 accounts, 200,000 check-ins and 5.50 million
    /// points are the figures reported for one town in 2025.
    Lucheng,
}

impl Size {
    const fn accounts(self) -> usize {
        match self {
            Self::Village => 300,
            Self::Lucheng => 38_000,
        }
    }

    const fn credits(self) -> usize {
        match self {
            Self::Village => 900,
            Self::Lucheng => 200_000,
        }
    }

    /// The mean of a credit, so that 200,000 of them make 5.5 million points.
    const fn mean_points(self) -> u64 {
        match self {
            Self::Village => 12,
            Self::Lucheng => 27,
        }
    }
}

/// A card that was blocked after it was lost.
const BLOCKED_CARD: &str = "0005591240";

/// The first known resident's QR code, as its card id: `Q` and the code's own id.
pub(super) const FIRST_CODE: &str = "Q7K3M9Q2X";

/// Who records most deeds.
const ATTENDANT: &str = "A001";

/// Which of the known residents is which member of staff.
const MANAGER: (usize, &str) = (5, "M001");

/// What was seeded.
pub struct Seeded {
    /// How many operations.
    pub operations: i64,
    /// The hash of the last one.
    pub head: String,
}

/// Fills an empty data folder, and names the manager's own account in the config.
///
/// # Errors
/// The ledger cannot be written.
pub fn seed_village(dir: &Path, config: &mut Config, size: Size) -> Result<Seeded, StoreError> {
    seed(dir, config, size, (start(), false))
}

/// Days from the first moment of a village to its last redemption.
const LIVED_DAYS: i64 = 174;

/// The same, lived until now, and with redemptions in the last days.
///
/// # Errors
/// The ledger cannot be written.
pub(super) fn seed_until(dir: &Path, config: &mut Config, now: &Now) -> Result<Seeded, StoreError> {
    let first = now.wall.checked_sub_signed(TimeDelta::days(LIVED_DAYS));
    // No village begins before the release of the program, when no clock is believed.
    let start = start();
    let wall = first.map_or(start.wall, |first| first.max(start.wall));
    seed(dir, config, Size::Village, (Now { wall, ..start }, true))
}

fn seed(
    dir: &Path,
    config: &mut Config,
    size: Size,
    (start, redeems): (Now, bool),
) -> Result<Seeded, StoreError> {
    let mut store = Store::open_seeded(dir, 1)?;
    store.keep_reserve();
    store.boot(&start, env!("CARGO_PKG_VERSION"))?;
    store.apply_config(&start, &config.catalogue, &config.staff)?;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let accounts = store.write(&start, |writer| people(writer, config, size, &mut dice))?;
    let mut left = size.credits();
    let mut now = start;
    while left > 0 {
        let batch = left.min(5_000);
        left -= batch;
        store.write(&now.clone(), |writer| {
            for _ in 0..batch {
                now = later(
                    &now,
                    150 * 24 * 3_600_000 / i64::try_from(size.credits()).unwrap_or(1),
                );
                writer.set_now(daylight(&now));
                credit(writer, config, &accounts, (size, &mut dice))?;
            }
            Ok(())
        })?;
    }
    let now = store.write(&now, |writer| {
        let now = opening_balances(writer, config, &accounts, now)?;
        let others = accounts.get(VILLAGE_CARDS.len()..).unwrap_or_default();
        match StaffId::parse(ATTENDANT).filter(|_| redeems) {
            Some(staff) => redemptions(writer, config, (others, &staff), now),
            None => Ok(now),
        }
    })?;
    let (place, id) = MANAGER;
    for entry in &mut config.staff {
        if entry.staff.id.as_str() == id {
            entry.staff.account = accounts.get(place).cloned();
        }
    }
    store.apply_config(&later(&now, 120_000), &config.catalogue, &config.staff)?;
    let key = make_station_key(dir);
    key.map_err(|fault| StoreError::Disk(fault.to_string()))?;
    let report = store.audit()?;
    Ok(Seeded {
        operations: report.operations,
        head: report.head.map_or_else(String::new, |(_, hash)| hash),
    })
}

/// The village lived in a time of its own; its attendant says that it is today, so that no clock is doubted.
///
/// # Errors
/// The ledger cannot be written.
pub fn tell_the_day(dir: &Path, config: &Config, now: &Now) -> Result<(), StoreError> {
    let what = json!({ "day": now.date().to_string() });
    // A machine that shows no possible day goes on, and says at the desk that it is doubted.
    Store::open(dir)?.write(now, |writer| {
        book(writer, config, &attendant(), ("day-told", what)).map(drop)
    })
}

/// The first moment of the data set: 2026-06-01 08:00 at +08:00.
fn start() -> Now {
    let zone = FixedOffset::east_opt(8 * 3_600);
    let wall = DateTime::from_timestamp(1_780_272_000, 0).unwrap_or_default();
    Now {
        wall: zone.map_or_else(|| wall.fixed_offset(), |zone| wall.with_timezone(&zone)),
        mono_ms: 0,
    }
}

fn people(
    writer: &mut Writer<'_>,
    config: &Config,
    size: Size,
    dice: &mut Dice,
) -> Result<Vec<AccountId>, StoreError> {
    book(
        writer,
        config,
        &HQ,
        ("budget-in", json!({ "n": 20_000_000 })),
    )?;
    for item in &config.catalogue.items {
        if item.supply == Supply::Counted && item.kind == ItemKind::Goods {
            // One reward has a single piece left, and one none, so that both can be met.
            let pieces = match item.code.as_str() {
                "UMBRELLA" => 1,
                "TISSUE" => continue,
                _ => 20 + i64::try_from(dice.below(20)).unwrap_or(0),
            };
            let goods = json!({ "about": item.code, "n": pieces });
            book(writer, config, &HQ, ("stock-in", goods))?;
        }
    }
    let mut accounts = Vec::new();
    for person in &VILLAGE_CARDS {
        let account = AccountId::resident(dice.next().to_be_bytes());
        open(
            writer,
            config,
            &Member {
                account: account.clone(),
                name: person.name.to_owned(),
                kind: HolderKind::Individual,
                group: person.group,
                birth_year: Some(person.birth_year),
                household: None,
            },
            accounts.first(),
        )?;
        for (number, kind) in [(person.chip, "card"), (person.card, "alias")] {
            issue(writer, config, &account, (number, kind))?;
        }
        accounts.push(account);
    }
    while accounts.len() < size.accounts() {
        let new = someone(dice);
        open(writer, config, &new, accounts.first())?;
        let number = format!("{:010}", 10_000_000 + accounts.len());
        issue(writer, config, &new.account, (&number, "card"))?;
        accounts.push(new.account);
    }
    if let Some(first) = accounts.first() {
        issue(writer, config, first, (FIRST_CODE, "code"))?;
        issue(writer, config, first, (BLOCKED_CARD, "card"))?;
        let lost = json!({ "who": first, "number": BLOCKED_CARD });
        book(writer, config, &attendant(), ("card-blocked", lost))?;
    }
    Ok(accounts)
}

/// Opens an account, by a paper that its person signed, or a child's guardian.
fn open(
    writer: &mut Writer<'_>,
    config: &Config,
    new: &Member,
    grown: Option<&AccountId>,
) -> Result<(), StoreError> {
    let guardian = grown.filter(|_| new.group == MemberGroup::Minor);
    let what = json!({
        "who": new.account,
        "holder": new.kind,
        "group": new.group,
        "consent": "paper",
        "guardian": guardian,
        "person": { "name": new.name, "birth-year": new.birth_year, "household": new.household },
    });
    done(book(
        writer,
        config,
        &attendant(),
        ("account-opened", what),
    )?)
}

fn issue(
    writer: &mut Writer<'_>,
    config: &Config,
    account: &AccountId,
    (number, kind): (&str, &str),
) -> Result<(), StoreError> {
    let what = json!({ "who": account, "card": kind, "number": number });
    done(book(writer, config, &attendant(), ("card-issued", what))?)
}

/// Of an invented village nobody is turned away.
fn done(booked: Option<Points>) -> Result<(), StoreError> {
    let refused = || StoreError::Unknown("a reason to refuse an invented person".to_owned());
    booked.map(drop).ok_or_else(refused)
}

/// Who records most.
fn attendant() -> Signature {
    Signature::of(StaffId::parse(ATTENDANT).map_or(Actor::Station, Actor::Staff))
}

/// One good deed of someone who is not among the known residents.
fn credit(
    writer: &mut Writer<'_>,
    config: &Config,
    accounts: &[AccountId],
    (size, dice): (Size, &mut Dice),
) -> Result<(), StoreError> {
    let others = accounts.get(VILLAGE_CARDS.len()..).unwrap_or_default();
    let account = dice.pick(others);
    let rules: Vec<_> = config.rules.iter().filter(|rule| rule.is_plain()).collect();
    let rule = dice.pick(&rules);
    let wanted = 1 + i64::try_from(dice.below(2 * size.mean_points())).unwrap_or(0);
    let times = match rule.unit {
        RuleUnit::Time | RuleUnit::Hour => wanted / rule.points.get().max(1),
        RuleUnit::Day | RuleUnit::Month => 1,
    };
    award(writer, config, account, (rule, times.max(1)))?;
    Ok(())
}

/// Books a good deed; `None` where the rule says no.
fn award(
    writer: &mut Writer<'_>,
    config: &Config,
    who: &AccountId,
    (rule, times): (&Rule, i64),
) -> Result<Option<Points>, StoreError> {
    let what = json!({ "who": who, "about": rule.code, "n": times });
    let most = rule.points.checked_times(times);
    let second = most.filter(|points| rule.wants_second(*points));
    let signed = Signature {
        second: second.and_then(|_| StaffId::parse(ATTENDANT)),
        ..recorder(rule)
    };
    book(writer, config, &signed, ("award", what))
}

/// Who may record by a rule.
fn recorder(rule: &Rule) -> Signature {
    let id = if rule.recorder == Role::Attendant {
        ATTENDANT
    } else {
        MANAGER.1
    };
    Signature::of(StaffId::parse(id).map_or(Actor::Station, Actor::Staff))
}

/// The town bank.
const HQ: Signature = Signature {
    actor: Actor::Hq,
    second: None,
};

/// Writes a command; the points that it moved, or `None` where the bank says no.
fn book(
    writer: &mut Writer<'_>,
    config: &Config,
    signed: &Signature,
    (kind, what): (&str, serde_json::Value),
) -> Result<Option<Points>, StoreError> {
    let Some(Ok(command)) = Command::read(kind, what) else {
        return Err(StoreError::Unknown(format!("a command {kind}")));
    };
    let order = Order {
        key: writer.next_op_id()?,
        signed: signed.clone(),
        command,
    };
    let booked = writer.book(config.books(), &order)?;
    Ok(booked.ok().map(|booked| booked.points))
}

/// Between two good deeds of the known residents.
const DEED_MS: i64 = 22 * 3_600_000;

/// Good deeds of each known resident; the rest of their points is brought over from the paper register.
const DEEDS: usize = 6;

/// The points of the known residents: several good deeds, and what the paper register had.
fn opening_balances(
    writer: &mut Writer<'_>,
    config: &Config,
    accounts: &[AccountId],
    mut now: Now,
) -> Result<Now, StoreError> {
    let rules = config.rules.iter();
    let mut rules = rules.filter(|rule| rule.is_plain()).cycle();
    for (account, person) in accounts.iter().zip(&VILLAGE_CARDS) {
        let mut left = Points::new(person.points);
        // Who has just what one deed gives did just that.
        let one = config.rules.iter().find(|rule| {
            let once = matches!(rule.unit, RuleUnit::Time);
            once && rule.is_plain() && rule.points_for(person.group) == left
        });
        let mut deed = |rule, left: Points| {
            now = later(&now, DEED_MS);
            writer.set_now(daylight(&now));
            let granted = award(writer, config, account, (rule, 1))?;
            let after = left.checked_sub(granted.unwrap_or_default());
            Ok::<_, StoreError>(after.unwrap_or(left))
        };
        if let Some(rule) = one {
            left = deed(rule, left)?;
        }
        for rule in rules.by_ref().take(DEEDS) {
            let after = left.checked_sub(rule.points_for(person.group));
            if after.is_none_or(|after| after <= Points::ZERO) {
                continue;
            }
            left = deed(rule, left)?;
        }
        if left > Points::ZERO {
            let two = Signature {
                second: StaffId::parse(MANAGER.1),
                ..attendant()
            };
            let what = json!({ "who": account, "points": left });
            book(writer, config, &two, ("points-in", what))?;
        }
    }
    Ok(now)
}
