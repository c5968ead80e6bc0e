//! An invented village: residents, cards, a budget, stock, some months of good deeds and rewards.
//! Deterministic: the same size gives the same chain, byte for byte.

use crate::config::Config;
use crate::domain::{
    AccountId, Bucket, CardId, HolderKind, ItemKind, MemberGroup, NewAccount, Now, Points, Supply,
};
use crate::shell::export::make_station_key;
use crate::store::{CardKind, Store, StoreError, Writer};
use chrono::{DateTime, FixedOffset, TimeDelta};
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

/// A resident whose card people type: card number, name, birth year, points at the start.
pub struct Known {
    /// The printed card number.
    pub card: &'static str,
    /// The number a 125 kHz reader gives for the same card.
    pub chip: &'static str,
    /// The invented name.
    pub name: &'static str,
    /// The year of birth.
    pub birth_year: i32,
    /// Which group.
    pub group: MemberGroup,
    /// Points at the start.
    pub points: i64,
}

const fn known(
    card: &'static str,
    chip: &'static str,
    name: &'static str,
    (birth_year, group): (i32, MemberGroup),
    points: i64,
) -> Known {
    Known {
        card,
        chip,
        name,
        birth_year,
        group,
        points,
    }
}

/// The residents that the demo, the manual and the scripts speak of. All are invented.
pub const VILLAGE_CARDS: [Known; 6] = [
    known(
        "0005591234",
        "3C005550C2",
        "何云秀",
        (1950, MemberGroup::Villager),
        160,
    ),
    known(
        "0005591235",
        "3C005550D3",
        "何小禾",
        (2015, MemberGroup::Minor),
        55,
    ),
    known(
        "0005591236",
        "3C005550D4",
        "郑长福",
        (1962, MemberGroup::PartyMember),
        20,
    ),
    known(
        "0005591237",
        "3C005550D5",
        "沈阿莲",
        (1947, MemberGroup::Villager),
        0,
    ),
    known(
        "0005591238",
        "3C005550D6",
        "欧阳守田",
        (1955, MemberGroup::StreetChief),
        123_456,
    ),
    // The manager's own account: someone else must confirm what is redeemed from it.
    known(
        "0005591239",
        "3C005550D7",
        "周明山",
        (1975, MemberGroup::Villager),
        300,
    ),
];

/// A card that was blocked after it was lost.
const BLOCKED_CARD: &str = "0005591240";

/// The first known resident's QR code, as its card id: `Q` and the code's own id.
const FIRST_CODE: &str = "Q7K3M9Q2X";

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
    let mut store = Store::open_seeded(dir, 1)?;
    let start = start();
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
                writer.set_now(now);
                credit(writer, config, &accounts, (size, &mut dice))?;
            }
            Ok(())
        })?;
    }
    let now = store.write(&now, |writer| {
        opening_balances(writer, config, &accounts, now)
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

/// The first moment of the data set: 2026-06-01 08:00 at +08:00.
fn start() -> Now {
    let zone = FixedOffset::east_opt(8 * 3_600);
    let wall = DateTime::from_timestamp(1_780_272_000, 0).unwrap_or_default();
    Now {
        wall: zone.map_or_else(|| wall.fixed_offset(), |zone| wall.with_timezone(&zone)),
        mono_ms: 0,
    }
}

fn later(now: &Now, ms: i64) -> Now {
    let wall = now.wall.checked_add_signed(TimeDelta::milliseconds(ms));
    Now {
        wall: wall.unwrap_or(now.wall),
        mono_ms: now.mono_ms.saturating_add(ms),
    }
}

fn people(
    writer: &mut Writer<'_>,
    config: &Config,
    size: Size,
    dice: &mut Dice,
) -> Result<Vec<AccountId>, StoreError> {
    writer.budget_in(Points::new(20_000_000), Bucket::NEVER)?;
    for item in &config.catalogue.items {
        if item.supply == Supply::Counted && item.kind == ItemKind::Goods {
            // One reward has a single piece left, and one none, so that both can be met.
            let pieces = match item.code.as_str() {
                "UMBRELLA" => 1,
                "TISSUE" => continue,
                _ => 20 + i64::try_from(dice.below(20)).unwrap_or(0),
            };
            writer.stock_in(&item.code, pieces)?;
        }
    }
    let mut accounts = Vec::new();
    for person in &VILLAGE_CARDS {
        let new = NewAccount {
            name: person.name.to_owned(),
            kind: HolderKind::Individual,
            group: person.group,
            birth_year: Some(person.birth_year),
        };
        let account = writer.open_account(&new, dice.next().to_be_bytes())?;
        for (number, kind) in [
            (person.chip, CardKind::Card),
            (person.card, CardKind::Alias),
        ] {
            issue(writer, &account, number, kind)?;
        }
        accounts.push(account);
    }
    while accounts.len() < size.accounts() {
        let account = writer.open_account(&someone(dice), dice.next().to_be_bytes())?;
        let number = format!("{:010}", 10_000_000 + accounts.len());
        issue(writer, &account, &number, CardKind::Card)?;
        accounts.push(account);
    }
    if let Some(first) = accounts.first() {
        issue(writer, first, FIRST_CODE, CardKind::Code)?;
        issue(writer, first, BLOCKED_CARD, CardKind::Card)?;
    }
    if let Some(lost) = CardId::parse(BLOCKED_CARD) {
        writer.block_card(&lost)?;
    }
    Ok(accounts)
}

fn issue(
    writer: &mut Writer<'_>,
    account: &AccountId,
    number: &str,
    kind: CardKind,
) -> Result<(), StoreError> {
    if let Some(card) = CardId::parse(number) {
        writer.issue_card(account, &card, kind)?;
    }
    Ok(())
}

/// An invented resident.
fn someone(dice: &mut Dice) -> NewAccount {
    let family = ["何", "郑", "沈", "陆", "顾", "叶", "戴", "汪", "范", "石"];
    let given = ["禾", "田", "秀", "云", "福", "月", "春", "兰", "根", "水"];
    let mut name = String::from(*dice.pick(&family));
    name.push_str(dice.pick::<&str>(&given));
    if dice.below(3) > 0 {
        name.push_str(dice.pick::<&str>(&given));
    }
    let birth_year = 1935 + i32::try_from(dice.below(80)).unwrap_or(0);
    let group = match (birth_year > 2008, dice.below(10)) {
        (true, _) => MemberGroup::Minor,
        (false, 0) => MemberGroup::PartyMember,
        (false, 1) => MemberGroup::StreetChief,
        (false, _) => MemberGroup::Villager,
    };
    NewAccount {
        name,
        kind: HolderKind::Individual,
        group,
        birth_year: Some(birth_year),
    }
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
    let rules: Vec<_> = config
        .rules
        .iter()
        .filter(|rule| rule.direction == crate::domain::Direction::Plus)
        .collect();
    let rule = dice.pick(&rules);
    let points = 1 + i64::try_from(dice.below(2 * size.mean_points())).unwrap_or(0);
    let credited = (Points::new(points), Bucket::NEVER);
    writer.points_in(account, &rule.code, credited, None)?.ok();
    Ok(())
}

/// Between two good deeds of the known residents.
const DEED_MS: i64 = 9 * 3_600_000;

/// The points of the known residents, as several good deeds.
fn opening_balances(
    writer: &mut Writer<'_>,
    config: &Config,
    accounts: &[AccountId],
    mut now: Now,
) -> Result<Now, StoreError> {
    let rules = config.rules.iter();
    let mut rules = rules
        .filter(|rule| rule.direction == crate::domain::Direction::Plus)
        .cycle();
    for (account, person) in accounts.iter().zip(&VILLAGE_CARDS) {
        let mut left = person.points;
        while left > 0 {
            let Some(rule) = rules.next() else {
                return Ok(now);
            };
            let part = if left > 1_000 { left } else { left.min(25) };
            left -= part;
            now = later(&now, DEED_MS);
            writer.set_now(now);
            let credited = (Points::new(part), Bucket::NEVER);
            writer.points_in(account, &rule.code, credited, None)?.ok();
        }
    }
    Ok(now)
}

/// Numbers that look thrown and are the same each time. Source: `SplitMix64`, Steele et al. 2014.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the place is below the length, and no list here is empty"
    )]
    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let length = u64::try_from(list.len()).unwrap_or(1);
        &list[usize::try_from(self.below(length)).unwrap_or(0)]
    }
}
