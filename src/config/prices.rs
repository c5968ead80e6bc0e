//! Prices and points: one number for everyone, others by age and group.

use crate::config::read::{Form, Table};
use crate::domain::{MemberGroup, Points, Prices};

/// The highest price and the most points of a rule. More is a slip of the finger.
pub(super) const MAX_POINTS: i64 = 100_000;
/// The highest price: four digits beside a name on its button.
const MAX_PRICE: i64 = 9_999;

const GROUPS: Form = Form {
    title: "{ group = points }",
    keys: &[
        "party-member",
        "street-chief",
        "villager",
        "minor",
        "social-unit",
    ],
};

/// Where a reward's price stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Charge {
    /// In its own table.
    Own,
    /// In the tables of its variants, and only there.
    ByOption,
}

/// The prices in a table. None where the variants have them.
pub(super) fn charge(table: &Table<'_>, charge: Charge) -> Option<Prices> {
    if charge == Charge::ByOption {
        for key in ["price", "price-60plus", "price-group"] {
            if let Some(value) = table.get(key) {
                value.fault(
                    format_args!("`{key}` beside [[item.option]]"),
                    "give each option its price and leave this one out",
                );
            }
        }
        return None;
    }
    let base = table.need("price").and_then(|v| v.whole(1..=MAX_PRICE));
    // The lowest price a member qualifies for applies, so a higher one never would.
    let most = base.unwrap_or(MAX_PRICE);
    let senior = table
        .get("price-60plus")
        .and_then(|v| v.whole(1..=most))
        .map(Points::new);
    let groups = by_group(table, "price-group", most);
    Some(Prices {
        base: Points::new(base?),
        senior,
        groups,
    })
}

/// The points by group in `key`, each at most `most`.
pub(super) fn by_group(
    table: &Table<'_>,
    key: &'static str,
    most: i64,
) -> Vec<(MemberGroup, Points)> {
    let Some(groups) = table.table(key, &GROUPS) else {
        return Vec::new();
    };
    MemberGroup::ALL
        .iter()
        .filter_map(|(group, name)| {
            let points = groups.get(name)?.whole(1..=most)?;
            Some((*group, Points::new(points)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_knows_every_group() {
        assert_eq!(GROUPS.keys, MemberGroup::ALL.map(|(_, name)| name));
    }
}
