//! Every reason for a no, with the widest figures it can have.

use wenming::domain::{CardFault, Limit, Opening, Period, Points, Refusal};

/// Every refusal with its widest figures.
pub(crate) fn refusals() -> Vec<Refusal> {
    let opening = |days_ahead, day| Opening {
        days_ahead,
        day,
        minute: 14 * 60 + 30,
    };
    let limit = |period| Refusal::LimitReached {
        limit: Limit { count: 999, period },
        used: 999,
        next: (12, 31),
    };
    let mut refusals = vec![
        Refusal::Card(CardFault::Unreadable),
        Refusal::Card(CardFault::TooLong),
        Refusal::Card(CardFault::NotText),
        Refusal::Card(CardFault::OtherTown),
        Refusal::Card(CardFault::CheckFailed),
        Refusal::UnknownCard,
        Refusal::BlockedCard,
        Refusal::StaffCard,
        Refusal::SessionOpen,
        Refusal::ItemGone,
        Refusal::Quantity { max: 6 },
        Refusal::Closed { next: None },
        Refusal::Closed {
            next: Some(opening(0, chrono::Weekday::Sat)),
        },
        Refusal::Closed {
            next: Some(opening(1, chrono::Weekday::Sun)),
        },
        Refusal::OutOfStock { left: 0 },
        Refusal::OutOfStock { left: 5 },
        Refusal::NotEnough {
            have: Points::new(940_005),
            need: Points::new(999_999),
        },
        Refusal::PriceChanged {
            shown: Points::new(59_988),
            now: Points::new(59_994),
        },
        Refusal::OpReused,
        Refusal::HoldSettled,
        Refusal::NotStaff,
        Refusal::OwnCard,
        Refusal::OwnAccount,
        Refusal::PinMissing,
        Refusal::PinWrong { left: 4 },
        Refusal::PinLocked { minutes: 30 },
        Refusal::NotReversible,
        Refusal::AlreadyReversed,
        Refusal::AlreadySpent,
        Refusal::RoleTooLow,
        Refusal::DiskLow,
        Refusal::Busy,
    ];
    refusals.extend(Period::ALL.map(|(period, _)| limit(period)));
    let mut day = chrono::Weekday::Mon;
    for _ in 0..7 {
        let next = Some(opening(3, day));
        refusals.push(Refusal::Closed { next });
        day = day.succ();
    }
    refusals
}
