//! Every reason for a no, with the widest figures it can have.

use chrono::NaiveDate;
use wenming::domain::{
    Bilingual, CardFault, Fact, ItemCode, Opening, Period, Points, Refusal, Seq, no,
};

/// Every refusal with its widest figures.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(crate) fn refusals() -> Vec<Refusal> {
    let opening = |days_ahead, day| Opening {
        days_ahead,
        day,
        minute: 14 * 60 + 30,
    };
    let new_year_s_eve = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
    let rice = ItemCode::parse("RICE5").unwrap();
    let limit = |period| {
        no("limit-reached")
            .fact("period", Fact::Period(period))
            .pieces("count", &rice, 999)
            .pieces("used", &rice, 999)
            .fact("day", Fact::Day(new_year_s_eve))
    };
    let name = Bilingual {
        zh: "宽".repeat(12),
        en: "w".repeat(24),
    };
    let closed = |next| {
        no("closed")
            .fact("partner", Fact::Named(name.clone()))
            .fact("when", Fact::Opening(next))
    };
    let mut refusals = vec![
        no("card-unreadable"),
        Refusal::from(CardFault::Shared),
        Refusal::from(CardFault::TooLong),
        Refusal::from(CardFault::NotText),
        Refusal::from(CardFault::OtherTown),
        Refusal::from(CardFault::CheckFailed),
        no("card-unknown"),
        no("card-blocked"),
        no("card-taken"),
        no("card-differs"),
        no("nobody-found"),
        no("no-name"),
        no("birth-year"),
        no("guardian"),
        no("reader-paused"),
        no("card-staff"),
        no("session-open"),
        no("item-gone"),
        no("quantity").pieces("max", &rice, 6),
        closed(None),
        closed(Some(opening(0, chrono::Weekday::Sat))),
        closed(Some(opening(1, chrono::Weekday::Sun))),
        Refusal::out_of_stock(&rice, 0),
        Refusal::out_of_stock(&rice, 5),
        Refusal::not_enough(Points::new(940_005), Points::new(999_999)),
        Refusal::price_changed(Points::new(59_988), Points::new(59_994)),
        no("op-reused"),
        no("hold-settled"),
        no("not-staff"),
        no("own-card"),
        no("own-account"),
        no("pin-missing"),
        no("pin-wrong").count("left", 4),
        no("pin-locked").count("minutes", 30),
        no("pin-day-locked"),
        no("account-unknown"),
        no("already-there").fact("seq", Fact::Seq(Seq::new(123_456))),
        no("day-too-far").count("days", 31),
        no("no-budget"),
        no("no-such-operation"),
        no("not-holder"),
        no("own-household"),
        no("rule-gone"),
        no("rule-minus"),
        no("rule-path"),
        no("rule-once"),
        no("same-fact"),
        no("second-person"),
        no("not-reversible"),
        no("already-reversed"),
        no("already-spent"),
        Refusal::role_too_low("manager"),
        no("disk-low"),
        no("busy"),
    ];
    refusals.extend(Period::ALL.map(|(period, _)| limit(period)));
    let mut day = chrono::Weekday::Mon;
    for _ in 0..7 {
        let next = Some(opening(3, day));
        refusals.push(closed(next));
        day = day.succ();
    }
    refusals.push(no("no-such-day"));
    refusals.push(no("disk-read-only"));
    refusals
}
