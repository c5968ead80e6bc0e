//! A refusal as a person reads it: what happened, that nothing was lost, what to do.

use crate::domain::{Period, Refusal};
use crate::words::Say;

/// Three short sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub what: String,
    /// That nothing was lost.
    pub safe: String,
    /// What to do now.
    pub next: String,
}

impl Say<'_> {
    /// Puts a refusal into words.
    pub fn refusal(&self, refusal: &Refusal) -> Told {
        let args = self.refusal_args(refusal);
        let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let id = format!("refusal-{}", refusal.code());
        Told {
            what: self.with(&id, &args),
            safe: self.text(if refusal.is_for_staff() {
                "notice-unchanged"
            } else {
                "notice-safe"
            }),
            next: self.with(&format!("{id}-next"), &args),
        }
    }

    fn refusal_args(&self, refusal: &Refusal) -> Vec<(&'static str, String)> {
        match refusal {
            Refusal::Quantity { max } => vec![("max", self.count(*max))],
            Refusal::Closed { next } => {
                let when = next.map_or_else(|| "unknown".to_owned(), |next| self.opening(&next));
                vec![("when", when)]
            }
            Refusal::LimitReached { limit, used, next } => vec![
                ("period", self.period(limit.period)),
                ("count", self.count(limit.count)),
                ("used", self.count(*used)),
                ("month", self.plain(next.0.into())),
                ("day", self.plain(next.1.into())),
            ],
            Refusal::OutOfStock { left } => {
                let any = if *left > 0 { "some" } else { "none" };
                vec![("any", any.to_owned()), ("left", self.count(*left))]
            }
            Refusal::NotEnough { have, need } => {
                let short = need.checked_sub(*have).unwrap_or(*need);
                vec![
                    ("have", self.figure(*have)),
                    ("need", self.figure(*need)),
                    ("short", self.figure(short)),
                ]
            }
            Refusal::PriceChanged { shown, now } => {
                vec![("shown", self.figure(*shown)), ("now", self.figure(*now))]
            }
            Refusal::PinWrong { left } => vec![("left", self.count(*left))],
            Refusal::PinLocked { minutes } => vec![("minutes", self.count(*minutes))],
            Refusal::Card(_)
            | Refusal::UnknownCard
            | Refusal::BlockedCard
            | Refusal::ReaderPaused
            | Refusal::StaffCard
            | Refusal::SessionOpen
            | Refusal::ItemGone
            | Refusal::OpReused
            | Refusal::HoldSettled
            | Refusal::NotStaff
            | Refusal::OwnCard
            | Refusal::OwnAccount
            | Refusal::PinMissing
            | Refusal::PinDayLocked
            | Refusal::NotReversible
            | Refusal::AlreadyReversed
            | Refusal::AlreadySpent
            | Refusal::RoleTooLow
            | Refusal::DiskLow
            | Refusal::Busy => Vec::new(),
        }
    }

    fn period(&self, period: Period) -> String {
        self.text(match period {
            Period::Day => "period-day",
            Period::Week => "period-week",
            Period::Month => "period-month",
            Period::Year => "period-year",
        })
    }
}
