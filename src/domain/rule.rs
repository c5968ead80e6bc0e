//! The rule book: what earns and what costs points.

use crate::domain::{Bilingual, Catalogue, MemberGroup, Period, Points, Role, RuleCode, names};
use chrono::NaiveDate;

names! {
    /// The seven categories of the rule book, named as in the config.
    pub enum RuleCategory {
        /// 志愿服务.
        VolunteerService = "volunteer-service",
        /// 文明习俗.
        CivilCustoms = "civil-customs",
        /// 文明参与.
        CivicParticipation = "civic-participation",
        /// 好人好事.
        GoodDeeds = "good-deeds",
        /// 文明评比.
        Evaluations = "evaluations",
        /// 特殊工作.
        SpecialWork = "special-work",
        /// 就业促进服务.
        EmploymentPromotion = "employment-promotion",
    }
}

names! {
    /// Whether a rule gives or takes.
    pub enum Direction {
        /// Points are credited.
        Plus = "plus",
        /// Points are deducted.
        Minus = "minus",
    }
}

names! {
    /// What the points of a rule are counted by.
    pub enum RuleUnit {
        /// Each time.
        Time = "time",
        /// Each hour.
        Hour = "hour",
        /// Each day.
        Day = "day",
        /// Each month.
        Month = "month",
    }
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

/// What decides at a station: rewards, rule book, and how much one member of staff may mend alone.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    /// The rewards.
    pub catalogue: &'a Catalogue,
    /// The rule book.
    pub rules: &'a [Rule],
    /// A correction of more points is signed by two.
    pub alone: Points,
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
