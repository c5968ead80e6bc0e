//! A receipt as lines of text. Printing it is a device's matter.

use crate::domain::{Catalogue, ItemKind, Receipt, Wish, mask_name};
use crate::words::{Say, grouped};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Columns of a 58 mm slip. Source: 384 dots at 12 dots an ASCII column.
pub const RECEIPT_COLUMNS: usize = 32;

impl Say<'_> {
    /// The name of a reward with its variant; their codes where the catalogue lacks them.
    pub fn item(&self, catalogue: &Catalogue, wish: &Wish) -> String {
        let item = catalogue.item(&wish.item);
        let name = item.map_or(wish.item.as_str(), |item| item.name.get(self.lang));
        let Some(code) = &wish.option else {
            return name.to_owned();
        };
        let option = item.and_then(|item| item.option(code));
        let option = option.map_or(code.as_str(), |option| option.name.get(self.lang));
        format!("{name} {option}")
    }

    /// Where a redeemed reward is to be had.
    pub fn where_to(&self, catalogue: &Catalogue, wish: &Wish, prefix: &str) -> String {
        let item = catalogue.item(&wish.item);
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

/// The slip: a line of text a row, none wider than [`RECEIPT_COLUMNS`].
pub fn receipt_text(
    say: &Say<'_>,
    receipt: &Receipt,
    catalogue: &Catalogue,
    (station_id, station, when): (&str, &str, &str),
    name: &str,
) -> String {
    let rule = "-".repeat(RECEIPT_COLUMNS);
    let item = say.item(catalogue, &receipt.wish);
    let count = receipt.wish.quantity.to_string();
    let seq = receipt.seq.to_string();
    let points = |id: &str, points| say.with(id, &[("points", &grouped(points))]);
    let lines = [
        say.with("receipt-title", &[("station", station)]),
        rule.clone(),
        say.with(
            "receipt-number",
            &[
                ("station", station_id),
                ("seq", &seq),
                ("mark", &receipt.mark),
            ],
        ),
        say.with("receipt-when", &[("when", when)]),
        say.with("receipt-who", &[("name", &mask_name(name))]),
        rule.clone(),
        say.with("receipt-what", &[("item", &item), ("count", &count)]),
        points("receipt-had", receipt.before),
        points("receipt-spent", receipt.spent),
        points("receipt-left", receipt.left),
        rule,
        say.where_to(catalogue, &receipt.wish, "receipt"),
        say.text("receipt-keep"),
    ];
    lines
        .iter()
        .flat_map(|line| wrapped(line, RECEIPT_COLUMNS))
        .map(|line| line + "\n")
        .collect()
}

/// Breaks a line so that no part is wider than `columns` cells.
pub(super) fn wrapped(line: &str, columns: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in line.chars() {
        let width = parts.last().map_or(0, |part| part.width());
        if width + c.width().unwrap_or(0) > columns {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}
