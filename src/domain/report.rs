//! What the ledger tells people who settle accounts: whole days, and the rows of the tables.

use crate::domain::{AccountId, ItemCode, Kind, OptionCode, PartnerCode, Seq, Text};
use chrono::{Days as Count, FixedOffset, NaiveDate, NaiveTime};
use std::collections::BTreeMap;

/// Stations keep the time of China. Source: the ledger's wall clock is stamped at +08:00.
const OFFSET_SECONDS: i32 = 8 * 3_600;

/// Whole calendar days at +08:00, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportDays {
    from: NaiveDate,
    to: NaiveDate,
}

impl ReportDays {
    /// Takes the first and the last day; `None` when the last is before the first.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// One day.
    pub const fn one(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// The first day.
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day.
    pub const fn to(&self) -> NaiveDate {
        self.to
    }

    /// The first moment, in milliseconds since 1970.
    pub fn from_ms(&self) -> i64 {
        midnight_ms(self.from)
    }

    /// The first moment that is no longer inside, in milliseconds since 1970.
    pub fn until_ms(&self) -> i64 {
        self.to
            .checked_add_days(Count::new(1))
            .map_or(i64::MAX, midnight_ms)
    }
}

fn midnight_ms(day: NaiveDate) -> i64 {
    let zone = FixedOffset::east_opt(OFFSET_SECONDS);
    zone.and_then(|zone| {
        day.and_time(NaiveTime::MIN)
            .and_local_timezone(zone)
            .single()
    })
    .map_or(0, |wall| wall.timestamp_millis())
}

/// An operation of the log as a table shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// Its place in the log.
    pub seq: Seq,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// What it was.
    pub kind: Kind,
    /// The resident's account, where it is about one.
    pub account: Option<AccountId>,
    /// The resident's full name, where it is still on file.
    pub name: Option<String>,
    /// What it is about, where a table would name it.
    pub told: Option<Text>,
    /// What the resident's points gained, negative when they were spent or taken back.
    pub points: i64,
    /// What was reserved, negative when a reserve ended.
    pub held: i64,
    /// What the station's budget gained, negative when it was spent.
    pub budget: i64,
    /// The member of staff who signed for it; `None` when nobody did.
    pub staff: Option<String>,
    /// That one's name, where it is still on file.
    pub staff_name: Option<String>,
    /// The operation that it settles or mirrors.
    pub of: Option<Seq>,
}

/// What came and went over some days, and what is left at their end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// What was there before the first day, reserves not taken off.
    pub before: i64,
    /// What came, less what was taken back by corrections.
    pub came: i64,
    /// What went, less what was given back by corrections.
    pub went: i64,
    /// What open holds reserve at the end of the last day.
    pub held: i64,
}

impl Flow {
    /// What is free at the end of the last day.
    pub const fn left(&self) -> i64 {
        self.before
            .saturating_add(self.came)
            .saturating_sub(self.went)
            .saturating_sub(self.held)
    }
}

/// A resident's points over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceLine {
    /// The pseudonym.
    pub account: AccountId,
    /// The full name, where it is still on file.
    pub name: Option<String>,
    /// The points.
    pub points: Flow,
}

/// Pieces of a reward in this station over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockLine {
    /// The reward.
    pub item: ItemCode,
    /// The pieces.
    pub pieces: Flow,
}

/// How often a reward was handed over; corrections are taken off, so numbers can be negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardLine {
    /// The reward.
    pub item: ItemCode,
    /// Its variant, where it has any.
    pub option: Option<OptionCode>,
    /// Who delivers it and is credited; `None` where no points were paid.
    pub partner: Option<PartnerCode>,
    /// Redemptions less corrections.
    pub count: i64,
    /// Corrections among them.
    pub corrected: i64,
    /// Pieces less those of corrections.
    pub pieces: i64,
    /// Points less those of corrections.
    pub points: i64,
}

/// What a partner is owed: everything that was handed over, corrections taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerLine {
    /// Who.
    pub partner: PartnerCode,
    /// Redemptions less corrections.
    pub count: i64,
    /// Pieces less those of corrections.
    pub pieces: i64,
    /// Points less those of corrections.
    pub points: i64,
}

impl PartnerLine {
    /// Sums rewards by partner, in the order of their codes.
    pub fn of(rewards: &[RewardLine]) -> Vec<Self> {
        let mut sums: BTreeMap<&PartnerCode, Self> = BTreeMap::new();
        for line in rewards {
            let Some(partner) = &line.partner else {
                continue;
            };
            let sum = sums.entry(partner).or_insert_with(|| Self {
                partner: partner.clone(),
                count: 0,
                pieces: 0,
                points: 0,
            });
            sum.count = sum.count.saturating_add(line.count);
            sum.pieces = sum.pieces.saturating_add(line.pieces);
            sum.points = sum.points.saturating_add(line.points);
        }
        sums.into_values().collect()
    }
}

/// A day in a few numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReport {
    /// How many operations of each kind, in the order of the services; kinds without any are left out.
    pub kinds: Vec<(Kind, i64)>,
    /// The points of all residents together.
    pub points: Flow,
    /// Rewards handed over.
    pub rewards: Vec<RewardLine>,
    /// Holds that waited at the end of the day.
    pub open_holds: i64,
    /// Goods in the station at the end of the day.
    pub stock: Vec<StockLine>,
    /// The first and the last operation of the day.
    pub ends: Option<(Seq, Seq)>,
    /// The newest operation of the whole log and its hash.
    pub head: Option<(Seq, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_and_end_at_midnight_in_china() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let days = ReportDays::new(day(21), day(22)).unwrap();
        // 2026-11-20T16:00Z and 2026-11-22T16:00Z.
        assert_eq!(days.from_ms(), 1_795_190_400_000);
        assert_eq!(days.until_ms(), 1_795_190_400_000 + 2 * 86_400_000);
        assert_eq!(ReportDays::new(day(22), day(21)), None);
        assert_eq!(
            ReportDays::new(day(22), day(22)),
            Some(ReportDays::one(day(22)))
        );
        let last = ReportDays::one(NaiveDate::MAX);
        assert_eq!(last.until_ms(), i64::MAX);
    }
}
