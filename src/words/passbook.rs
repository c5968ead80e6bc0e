//! A page of the good-deed book (善行簿) as a slip.

use crate::domain::{PassbookPage, Points, mask_name};
use crate::wire::paper::{Size, Slip};
use crate::words::{Known, Say, SlipHead, grouped, local_time};

/// A page of the passbook for its holder, newest line first, as on the screen.
pub fn passbook_slip(
    say: &Say<'_>,
    page: &PassbookPage,
    known: Known<'_>,
    head: SlipHead<'_>,
    (name, free): (&str, Points),
) -> Slip {
    let points = |points| say.with("points", &[("points", &grouped(points))]);
    let place = [
        ("page", page.page.saturating_add(1).to_string()),
        ("pages", page.pages.to_string()),
    ];
    let place = place.each_ref().map(|(id, text)| (*id, text.as_str()));
    let mut slip = Slip::default()
        .title(Size::Big, head.name)
        .title(Size::Tall, say.with("passbook-title", &place))
        .rule()
        .line(say.with("receipt-who", &[("name", &mask_name(name))]))
        .line(say.with("receipt-when", &[("when", head.when)]))
        .sized_pair(Size::Big, say.text("confirm-had"), points(free))
        .rule();
    if page.lines.is_empty() {
        slip = slip.line(say.text("passbook-empty"));
    }
    for line in &page.lines {
        let change = line.change.get();
        let sign = if change > 0 { "+" } else { "" };
        let change = format!("{sign}{}", grouped(line.change));
        let left = say.with("passbook-after", &[("points", &grouped(line.after))]);
        let day: String = local_time(line.wall_ms).chars().take(16).collect();
        slip = slip
            .sized_pair(Size::Tall, say.tell(&line.told, known), change)
            .pair(day, left);
    }
    slip.rule().line(say.text("receipt-keep"))
}
