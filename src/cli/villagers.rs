//! The invented people of a seeded village, their hours, and numbers that look thrown and are the same each time.

use crate::domain::{AccountId, HolderKind, Member, MemberGroup, Now};
use chrono::{TimeDelta, Timelike as _};

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

/// An invented resident.
pub(super) fn someone(dice: &mut Dice) -> Member {
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
    Member {
        account: AccountId::resident(dice.next().to_be_bytes()),
        name,
        kind: HolderKind::Individual,
        group,
        birth_year: Some(birth_year),
        household: None,
    }
}

/// The same day between eight and six: nobody helps a neighbour at two in the morning.
pub(super) fn daylight(now: &Now) -> Now {
    const OPEN_SECS: i64 = 10 * 3_600;
    let secs = i64::from(now.wall.num_seconds_from_midnight());
    let of_day = 8 * 3_600 + secs * OPEN_SECS / 86_400;
    later(now, (of_day - secs) * 1_000)
}

pub(super) fn later(now: &Now, ms: i64) -> Now {
    let wall = now.wall.checked_add_signed(TimeDelta::milliseconds(ms));
    Now {
        wall: wall.unwrap_or(now.wall),
        mono_ms: now.mono_ms.saturating_add(ms),
    }
}

/// Numbers that look thrown and are the same each time. Source: `SplitMix64`, Steele et al. 2014.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the place is below the length, and no list here is empty"
    )]
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let length = u64::try_from(list.len()).unwrap_or(1);
        &list[usize::try_from(self.below(length)).unwrap_or(0)]
    }
}
