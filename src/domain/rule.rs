//! The rule book: what earns and what costs points.

use crate::domain::{Bilingual, MemberGroup, Period, Points, Role, RuleCode};
use chrono::NaiveDate;

/// The seven categories of the rule book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleCategory {
    /// 志愿服务.
    VolunteerService,
    /// 文明习俗.
    CivilCustoms,
    /// 文明参与.
    CivicParticipation,
    /// 好人好事.
    GoodDeeds,
    /// 文明评比.
    Evaluations,
    /// 特殊工作.
    SpecialWork,
    /// 就业促进服务.
    EmploymentPromotion,
}

impl RuleCategory {
    /// Every category with its name in the config.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::VolunteerService, "volunteer-service"),
        (Self::CivilCustoms, "civil-customs"),
        (Self::CivicParticipation, "civic-participation"),
        (Self::GoodDeeds, "good-deeds"),
        (Self::Evaluations, "evaluations"),
        (Self::SpecialWork, "special-work"),
        (Self::EmploymentPromotion, "employment-promotion"),
    ];
}

/// Whether a rule gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Points are credited.
    Plus,
    /// Points are deducted.
    Minus,
}

impl Direction {
    /// Both directions with their names in the config.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Plus, "plus"), (Self::Minus, "minus")];
}

/// What the points of a rule are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleUnit {
    /// Each time.
    Time,
    /// Each hour.
    Hour,
    /// Each day.
    Day,
    /// Each month.
    Month,
}

impl RuleUnit {
    /// Every unit with its name in the config.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Time, "time"),
        (Self::Hour, "hour"),
        (Self::Day, "day"),
        (Self::Month, "month"),
    ];
}

/// The most points one person may get by a rule in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleCap {
    /// The most points.
    pub points: Points,
    /// Within which period.
    pub period: Period,
}

/// An entry of the rule book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The key in the config and in the ledger.
    pub code: RuleCode,
    /// Which of the seven categories.
    pub category: RuleCategory,
    /// The text in the passbook.
    pub name: Bilingual,
    /// Whether it gives or takes.
    pub direction: Direction,
    /// The points for everyone, 1 or more.
    pub points: Points,
    /// The points for members of a group, instead.
    pub groups: Vec<(MemberGroup, Points)>,
    /// What the points are counted by.
    pub unit: RuleUnit,
    /// The most in a period.
    pub cap: Option<RuleCap>,
    /// The first day it holds.
    pub from: Option<NaiveDate>,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
    /// What must be shown for it.
    pub evidence: Option<Bilingual>,
    /// Who may record it, at least.
    pub recorder: Role,
}

impl Rule {
    /// The points for a member of `group`.
    pub fn points_for(&self, group: MemberGroup) -> Points {
        self.groups
            .iter()
            .find(|(of, _)| *of == group)
            .map_or(self.points, |(_, points)| *points)
    }

    /// Says whether the rule holds on that day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
