//! A receipt as a slip. Which printer it goes to, or which file, is not known here.

use crate::domain::{
    Booked, Catalogue, ItemCode, ItemKind, OptionCode, SlipKey, StationId, Wish, mask_name,
};
use crate::wire::paper::{Align, Size, Slip};
use crate::words::{Say, grouped};

impl Say<'_> {
    /// The name of a reward with its variant; their codes where the catalogue lacks them.
    pub fn item(
        &self,
        catalogue: &Catalogue,
        code: &ItemCode,
        option: Option<&OptionCode>,
    ) -> String {
        let item = catalogue.item(code);
        let name = item.map_or(code.as_str(), |item| item.name.get(self.lang));
        let Some(option) = option else {
            return name.to_owned();
        };
        let found = item.and_then(|item| item.option(option));
        let option = found.map_or(option.as_str(), |option| option.name.get(self.lang));
        format!("{name} {option}")
    }

    /// So many of a reward: with its measure word where the language has one.
    pub(super) fn pieces(&self, catalogue: &Catalogue, code: &ItemCode, count: i64) -> String {
        let item = catalogue.item(code);
        let unit = item.and_then(|item| item.unit.as_deref());
        let count = self.count(count);
        self.with(
            "pieces",
            &[("unit", unit.unwrap_or("none")), ("count", &count)],
        )
    }

    /// What a receipt is for, and how many; one of its kind where it is no redemption.
    fn redeemed(&self, catalogue: &Catalogue, receipt: &Booked) -> (String, String) {
        match &receipt.wish {
            Some(wish) => (
                self.item(catalogue, &wish.item, wish.option.as_ref()),
                self.pieces(catalogue, &wish.item, wish.quantity),
            ),
            None => (self.text("kind-post"), String::new()),
        }
    }

    /// Where a redeemed reward is to be had.
    pub fn where_to(&self, catalogue: &Catalogue, wish: Option<&Wish>, prefix: &str) -> String {
        let item = wish.and_then(|wish| catalogue.item(&wish.item));
        let partner = item.and_then(|item| catalogue.partner(&item.partner));
        match (item.map(|item| item.kind), partner) {
            (Some(ItemKind::Service), Some(partner)) => {
                let name = partner.name.get(self.lang);
                self.with(&format!("{prefix}-service"), &[("partner", name)])
            }
            _ => self.text(&format!("{prefix}-goods")),
        }
    }
}

/// Where a slip comes from and when its operation was.
#[derive(Clone, Copy, Debug)]
pub struct SlipHead<'a> {
    /// The station's code.
    pub station: &'a StationId,
    /// The station's name.
    pub name: &'a str,
    /// As people read it.
    pub when: &'a str,
}

/// The slip of a redemption. `copy` is 0 for the first one, from 1 for reprints, which say so.
pub fn receipt_slip(
    say: &Say<'_>,
    receipt: &Booked,
    catalogue: &Catalogue,
    head: SlipHead<'_>,
    (name, copy): (&str, i64),
) -> Slip {
    let (item, count) = say.redeemed(catalogue, receipt);
    let points = |points| say.with("points", &[("points", &grouped(points))]);
    let key = SlipKey {
        station: head.station.clone(),
        seq: receipt.seq,
        copy: 0,
    };
    let number = [("number", key.to_string()), ("mark", receipt.mark.clone())];
    let number = number.each_ref().map(|(id, text)| (*id, text.as_str()));
    let mut slip = Slip::default()
        .title(Size::Big, head.name)
        .title(Size::Tall, say.text("receipt-title"));
    if copy > 0 {
        let mark = say.with("receipt-reprint", &[("copy", &copy.to_string())]);
        slip = slip.title(Size::Big, mark);
    }
    slip.rule()
        .line(say.with("receipt-number", &number))
        .line(say.with("receipt-when", &[("when", head.when)]))
        .line(say.with("receipt-who", &[("name", &mask_name(name))]))
        .rule()
        .styled(
            say.with("receipt-what", &[("item", &item), ("count", &count)]),
            Align::Left,
            Size::Tall,
            true,
        )
        .sized_pair(Size::Tall, say.text("receipt-had"), points(receipt.before))
        .sized_pair(
            Size::Tall,
            say.text("receipt-spent"),
            points(receipt.points),
        )
        .sized_pair(Size::Big, say.text("receipt-left"), points(receipt.after))
        .rule()
        .sized(
            Size::Tall,
            say.where_to(catalogue, receipt.wish.as_ref(), "receipt"),
        )
        .line(say.text("receipt-keep"))
        .qr(receipt_code(&key, &receipt.mark))
}

/// What the code on a receipt says: version, number, and the first 8 digits of the operation's hash. Only characters
/// of the QR alphanumeric mode. It opens no account and is no voucher.
fn receipt_code(key: &SlipKey, mark: &str) -> String {
    format!("WR1:{key}:{mark}").to_ascii_uppercase()
}
