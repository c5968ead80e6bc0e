//! Points by a rule of the rule book (积分登记), on the direct path; and what a paper register had before the station came.

use crate::domain::{
    About, AccountId, AccountKind, AccountWay, Bucket, Direction, Fact, Kind, Leg, Member, Net,
    Period, Points, Refusal, Role, Rule, RuleCode, RuleUnit, Signed, Tally, Text, UnitCode, no,
    split,
};
use crate::services::operation::{Ledger, Moment, Operation, Plan};
use chrono::{Datelike as _, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The most times, hours, days or months of one entry.
pub(super) const MAX_TIMES: i64 = 99;
/// A deed can be entered for so many days afterwards.
const BACK_DAYS: u16 = 31;

/// Points that a person gets come out of the budget.
const FROM_BUDGET: &[AccountWay] = &[AccountWay::points(
    AccountKind::Budget,
    AccountKind::Resident,
)];

/// A rule credits points to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Who did it.
    pub who: AccountId,
    /// By which rule.
    pub about: RuleCode,
    /// The day of the deed; today where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// How many times, hours, days or months, as the rule counts.
    pub n: i64,
    /// By which of its degrees, from 1, where the amount goes by them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree: Option<i64>,
    /// The points as the screen showed them: at most what the cap leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
}

impl Award {
    fn day(&self, at: &Moment<'_>) -> NaiveDate {
        self.day.unwrap_or_else(|| at.day())
    }

    /// The rule, if it holds on the day of the deed and gives points at once.
    fn rule<'a>(&self, at: &Moment<'a>) -> Result<&'a Rule, Refusal> {
        let day = self.day(at);
        let rule = at.books.rules.iter().find(|rule| rule.code == self.about);
        let rule = rule
            .filter(|rule| rule.holds_on(day))
            .ok_or(no("rule-gone"))?;
        match rule.direction {
            Direction::Minus => Err(no("rule-minus")),
            Direction::Plus if !rule.is_award() => Err(no("rule-path")),
            Direction::Plus => Ok(rule),
        }
    }

    /// A deed of another day is entered from paper, by two people.
    fn check_day(&self, at: &Moment<'_>) -> Result<(), Refusal> {
        let (day, today) = (self.day(at), at.day());
        let earliest = today.checked_sub_days(Days::new(BACK_DAYS.into()));
        if day > today || earliest.is_none_or(|earliest| day < earliest) {
            return Err(no("day-too-far").count("days", BACK_DAYS.into()));
        }
        if day < today && at.second.is_none() {
            return Err(no("second-person"));
        }
        Ok(())
    }

    /// The points that the rule gives here, within what its cap and what the same fact brought leave.
    fn due<L: Ledger>(
        &self,
        ledger: &L,
        (rule, member): (&Rule, &Member),
        (rules, day): (&[Rule], NaiveDate),
    ) -> Result<Points, L::Error> {
        let degrees = Fact::many(rule.choices.len());
        let each = rule
            .amount(member.group, self.degree)
            .ok_or(no("quantity").fact("max", degrees))?;
        let due = each
            .checked_times(self.n)
            .ok_or(no("quantity").fact("max", Fact::Times(self.about.clone(), MAX_TIMES)))?;
        let due = self.of_one_fact(ledger, (rule, rules), (due, day))?;
        let Some(cap) = rule.cap else {
            return Ok(due);
        };
        let had = self.had(ledger, cap.period, day)?.points;
        let room = cap.points.checked_sub(Points::new(had));
        let room = room.unwrap_or(Points::ZERO);
        Ok(due.min(room).max(Points::ZERO))
    }

    /// What is left of it when the same fact has come under another rule on that day: of them the highest counts.
    fn of_one_fact<L: Ledger>(
        &self,
        ledger: &L,
        (rule, rules): (&Rule, &[Rule]),
        (due, day): (Points, NaiveDate),
    ) -> Result<Points, L::Error> {
        let Some(fact) = &rule.same_fact else {
            return Ok(due);
        };
        let others = rules
            .iter()
            .filter(|other| other.same_fact.as_ref() == Some(fact));
        let mut had = 0;
        for other in others.filter(|other| other.code != rule.code) {
            let other = Self {
                about: other.code.clone(),
                ..self.clone()
            };
            had += other.had(ledger, Period::Day, day)?.points;
        }
        let rest = due.checked_sub(Points::new(had)).unwrap_or(Points::ZERO);
        if had > 0 && rest <= Points::ZERO {
            return Err(no("same-fact").into());
        }
        Ok(rest)
    }

    /// What the person got by this rule in a period.
    fn had<L: Ledger>(&self, ledger: &L, period: Period, day: NaiveDate) -> Result<Net, L::Error> {
        let (from, to) = period.days(day);
        let had = Tally::of(Self::KIND).about(About::code(&self.about));
        ledger.net(&had.who(&self.who).within(from, to))
    }

    /// A day or a month is counted once.
    fn check_once<L: Ledger>(
        &self,
        ledger: &L,
        rule: &Rule,
        day: NaiveDate,
    ) -> Result<(), L::Error> {
        let period = match rule.unit {
            RuleUnit::Day => Period::Day,
            RuleUnit::Month => Period::Month,
            RuleUnit::Time | RuleUnit::Hour => return Ok(()),
        };
        if self.had(ledger, period, day)?.count > 0 {
            return Err(no("rule-once").into());
        }
        Ok(())
    }
}

impl Operation for Award {
    const KIND: Kind = Kind::single("award")
        .moves(FROM_BUDGET)
        .or_nothing()
        .signed(Signed::May)
        .undoable();

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        let rule = self.rule(at)?;
        at.staff_as(rule.recorder)?;
        let member = ledger.member(&self.who)?.ok_or(no("account-unknown"))?;
        at.not_own_household(ledger, &member)?;
        self.check_day(at)?;
        if !(1..=MAX_TIMES).contains(&self.n) {
            return Err(no("quantity")
                .fact("max", Fact::Times(self.about.clone(), MAX_TIMES))
                .into());
        }
        let day = self.day(at);
        self.check_once(ledger, rule, day)?;
        let due = self.due(ledger, (rule, &member), (at.books.rules, day))?;
        if rule.wants_second(due) && at.second.is_none() {
            return Err(no("second-person").into());
        }
        if let Some(shown) = self.points.filter(|shown| *shown != due) {
            return Err(Refusal::price_changed(shown, due).into());
        }
        let awarded = Self {
            day: Some(day),
            points: Some(due),
            ..self.clone()
        };
        let legs = from_budget(ledger, &self.who, due, at)?;
        Ok(Plan::of(&awarded, at).legs(legs))
    }

    fn price(&mut self) -> Option<&mut Option<Points>> {
        Some(&mut self.points)
    }

    fn told(&self) -> Text {
        let told = Text::of("told-award")
            .rule(&self.about)
            .fact("times", Fact::Times(self.about.clone(), self.n))
            .many(self.n);
        match self.degree {
            Some(degree) => Text::row([told.into(), Fact::Degree(self.about.clone(), degree)]),
            None => told,
        }
    }
}

/// What the paper register had: brought over once, by two people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Whose points.
    pub who: AccountId,
    /// How many points, 1 or more.
    pub points: Points,
}

impl Operation for Opening {
    const KIND: Kind = Kind::single("points-in")
        .moves(FROM_BUDGET)
        .signed(Signed::Both)
        .once("who")
        .undoable();

    fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
        at.staff_as(Role::Attendant)?;
        at.second.ok_or(no("second-person"))?;
        let member = ledger.member(&self.who)?.ok_or(no("account-unknown"))?;
        at.not_own_household(ledger, &member)?;
        if !(1..=Leg::MAX).contains(&self.points.get()) {
            return Err(no("quantity").count("max", Leg::MAX).into());
        }
        let legs = from_budget(ledger, &self.who, self.points, at)?;
        Ok(Plan::of(self, at).legs(legs))
    }

    fn told(&self) -> Text {
        Text::of("told-opening")
    }
}

/// Points out of the budget, those that expire first at the front; nothing for none.
fn from_budget<L: Ledger>(
    ledger: &L,
    who: &AccountId,
    points: Points,
    at: &Moment<'_>,
) -> Result<Vec<Leg>, L::Error> {
    if points == Points::ZERO {
        return Ok(Vec::new());
    }
    let day = at.day();
    let month = i64::from(day.year())
        .saturating_mul(100)
        .saturating_add(i64::from(day.month()));
    let valid = |bucket: Bucket| bucket == Bucket::NEVER || bucket.get() >= month;
    let free = ledger.free(&AccountId::budget(), &UnitCode::Points)?;
    let free: Vec<(Bucket, Points)> = free
        .into_iter()
        .filter(|(bucket, _)| valid(*bucket))
        .map(|(bucket, free)| (bucket, Points::new(free)))
        .collect();
    let parts = split(points, &free).ok_or(no("no-budget"))?;
    let legs = parts.into_iter();
    Ok(legs
        .map(|part| Leg::points(part, AccountId::budget(), who.clone()))
        .collect())
}
