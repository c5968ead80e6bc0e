//! The rule book: what earns and what costs points.

use crate::domain::{
    Bilingual, Catalogue, CommitteeCode, MemberGroup, Period, Points, Role, RuleCode, names,
};
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

names! {
    /// Who must have said yes before an entry counts.
    pub enum RulePath {
        /// Nobody but who records it.
        Direct = "direct",
        /// A second member of staff.
        Second = "second",
        /// A committee in a sitting; then the list hangs out for some days.
        Review = "review",
        /// The guardian of a minor, with the own card.
        Guardian = "guardian",
        /// The town bank.
        Town = "town",
    }
}

names! {
    /// Where an entry may be recorded.
    pub enum RuleScope {
        /// At the station that keeps the person's account.
        Home = "home",
        /// At this station, for whoever comes.
        Here = "here",
        /// At every station of the town.
        Town = "town",
    }
}

names! {
    /// What an entry changes.
    pub enum RuleCounts {
        /// Points that can be spent.
        Points = "points",
        /// The standing (文明值), which is never spent.
        Standing = "standing",
        /// Both.
        Both = "both",
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

/// What someone gets back who puts right what cost points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// Within so many days, 1 or more.
    pub days: i64,
    /// So many hundredths of the points, 1 to 100.
    pub back: i64,
}

/// One of the degrees by which a rule gives different amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChoice {
    /// What it is called.
    pub name: Bilingual,
    /// The points for everyone, 1 or more.
    pub points: Points,
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
    /// The points for everyone, 1 or more; of a rule with choices the most that one of them gives.
    pub points: Points,
    /// The points for members of a group, instead.
    pub groups: Vec<(MemberGroup, Points)>,
    /// The degrees, where the amount goes by them.
    pub choices: Vec<RuleChoice>,
    /// What the points are counted by.
    pub unit: RuleUnit,
    /// The hours are service time.
    pub minutes: bool,
    /// The most in a period.
    pub cap: Option<RuleCap>,
    /// The most in a period for all who live together.
    pub household_cap: Option<RuleCap>,
    /// The first day it holds.
    pub from: Option<NaiveDate>,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
    /// What must be shown for it.
    pub evidence: Option<Bilingual>,
    /// Who may record it, at least.
    pub recorder: Role,
    /// Where it may be recorded.
    pub scope: RuleScope,
    /// Who must have said yes.
    pub path: RulePath,
    /// The committee that decides, on the path of a review.
    pub committee: Option<CommitteeCode>,
    /// For how many days the list hangs out after a review, before it is booked.
    pub notice_days: i64,
    /// More points than these at once want a second member of staff, on the direct path.
    pub second_above: Option<Points>,
    /// A resident may propose an entry.
    pub proposable: bool,
    /// What an entry changes.
    pub counts: RuleCounts,
    /// The set of rules that one fact could come under; of them the highest counts.
    pub same_fact: Option<String>,
    /// What is taken the first, the second, the third time in a year; later times as the last. Empty for always `points`.
    pub repeat: Vec<Points>,
    /// What a minus gives back when it is put right in time; `None` for nothing.
    pub remedy: Option<Remedy>,
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

    /// Says whether an entry is a plus that is credited as soon as the staff has signed it: an award.
    pub fn is_award(&self) -> bool {
        self.direction == Direction::Plus
            && matches!(self.path, RulePath::Direct | RulePath::Second)
            && self.counts != RuleCounts::Standing
    }

    /// Says whether it is an award of one amount that one alone may sign.
    pub fn is_plain(&self) -> bool {
        self.is_award() && self.path == RulePath::Direct && self.choices.is_empty()
    }

    /// Says whether so many points at once want a second member of staff.
    pub fn wants_second(&self, points: Points) -> bool {
        self.path == RulePath::Second || self.second_above.is_some_and(|above| points > above)
    }

    /// The points of one time for a member of `group`, of a rule with degrees by the chosen one, from 1; `None` where
    /// there is no such degree, or one is missing.
    pub fn amount(&self, group: MemberGroup, degree: Option<i64>) -> Option<Points> {
        match degree {
            None => self.choices.is_empty().then(|| self.points_for(group)),
            Some(degree) => self.degree(degree).map(|choice| choice.points),
        }
    }

    /// The degree at a place, from 1.
    pub fn degree(&self, place: i64) -> Option<&RuleChoice> {
        let place = usize::try_from(place).ok()?.checked_sub(1)?;
        self.choices.get(place)
    }

    /// Says whether the rule holds on that day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
