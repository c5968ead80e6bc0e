//! A page of the good-deed book (善行簿) as a slip.

use crate::domain::{Fact, PassbookPage, Points, Text, mask_name};
use crate::wire::paper::{Size, Slip};
use crate::words::{Known, Say, SlipHead, grouped};

/// A page of the passbook for its holder, newest line first, as on the screen.
pub fn passbook_slip(
    say: &Say<'_>,
    page: &PassbookPage,
    known: Known<'_>,
    head: SlipHead<'_>,
    (name, free): (&str, Points),
) -> Slip {
    let tell = |text: &Text| say.tell(text, known);
    let points = |points| say.with("points", &[("points", &grouped(points))]);
    let title = Text::of("passbook-title").page(page.page, page.pages);
    let mut slip = Slip::default()
        .title(Size::Big, head.name)
        .title(Size::Tall, tell(&title))
        .rule()
        .line(say.with("receipt-who", &[("name", &mask_name(name))]))
        .line(say.with("receipt-when", &[("when", head.when)]))
        .sized_pair(Size::Big, say.text("confirm-had"), points(free))
        .rule();
    if page.lines.is_empty() {
        slip = slip.line(say.text("passbook-empty"));
    }
    for line in &page.lines {
        let change = tell(&Text::row([Fact::Change(line.change)]));
        let left = tell(&Text::of("passbook-after").points(line.after));
        let day = tell(&Text::row([Fact::Time(line.wall_ms)]));
        slip = slip
            .sized_pair(Size::Tall, tell(&line.told), change)
            .pair(day, left);
    }
    slip.rule().line(say.text("receipt-keep"))
}
