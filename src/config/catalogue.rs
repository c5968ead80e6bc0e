//! `catalogue.toml`: groups, partners, rewards and their variants.

use crate::config::code::{Unique, coded};
use crate::config::fields::form;
use crate::config::hours::{OpeningHours, meet};
use crate::config::kind::{Choice, InPoints, Sub, Tables, Whole, each};
use crate::config::label::{Both, Label};
use crate::config::prices::ByGroup;
use crate::config::table::{Table, Value};
use crate::domain::{
    Bilingual, Catalogue, Category, CategoryCode, Hours, Item, ItemCode, ItemKind, ItemOption,
    Limit, OptionCode, Partner, PartnerCode, Period, Points, Prices, Supply, Text,
};
use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

/// The most cells of a partner's name on a receipt.
const PARTNER_CELLS: usize = 24;
/// The most of one reward in one redemption. Source: one digit key on the quantity screen.
const MAX_QUANTITY: i64 = 6;
/// The most groups: the home screen has four buttons for them.
const MAX_CATEGORIES: usize = 4;
/// The most cells of a group's name: its button is 20 columns wide at 64×16.
const CATEGORY_CELLS: usize = 12;
/// The most cells of a reward's name: a button of 31 columns less digit, price and 起.
const ITEM_CELLS: usize = 14;
/// The most cells of a measure word: one Chinese character.
const UNIT_CELLS: usize = 2;
/// The most cells of a variant's name: the same button less digit and 9,999分.
const OPTION_CELLS: usize = 15;
/// The most cells of both with a blank between: a line of the record book less date and figures.
const TOGETHER_CELLS: usize = 25;
/// The highest price: four digits beside a name on its button.
const MAX_PRICE: i64 = 9_999;
/// The most that a limit may count.
const MAX_LIMIT: i64 = 999;

const KINDS: [(ItemKind, &str); 2] = [(ItemKind::Goods, "goods"), (ItemKind::Service, "service")];
const SUPPLIES: [(Supply, &str); 2] = [(Supply::Counted, "counted"), (Supply::Open, "open")];

/// The codes of a file.
#[derive(Default)]
pub(super) struct Codes {
    categories: Unique,
    partners: Unique,
    items: Unique,
}

/// Reads the whole file. What has a fault is left out.
pub(super) fn catalogue(file: &Table<'_>) -> Option<Catalogue> {
    self::file(file, &mut Codes::default())
}

form! {
    /// The catalogue: what points buy, for how many points, and who delivers it.
    FILE "catalogue.toml" fn file(table, codes: &mut Codes) -> Catalogue {
        /// A group of rewards, a button of the first screen; at most 4.
        categories "category":
            Tables::at_most(MAX_CATEGORIES, &CATEGORY, Text::of("right-few-groups")), usual(Vec::new())
            => |_, all| Some(each(&all, |table| category(table, &mut codes.categories)));
        /// Who delivers rewards and is credited for them.
        partners "partner": Tables::of(&PARTNER), usual(Vec::new())
            => |_, all| Some(each(&all, |table| partner(table, &mut codes.partners)));
        /// A reward.
        items "item": Tables::of(&ITEM), usual(Vec::new()) => |_, all| Some(each(&all, |table| {
            let item = item(table, codes)?;
            check_hours(table, &item, partners.as_deref().unwrap_or_default());
            Some(item)
        }));
    }
}

form! {
    /// A group of rewards.
    CATEGORY "[[category]]" fn category(table, seen: &mut Unique) -> Category {
        /// Its code, unique among groups.
        code "code": coded(CategoryCode::parse), need => |v, code| Some(seen.first(v, "code", code));
        /// The label of its button, at most 12 cells; a Chinese character takes 2.
        name "name": Both(CATEGORY_CELLS), need;
    }
}

form! {
    /// Who delivers rewards and is credited for them.
    PARTNER "[[partner]]" fn partner(table, seen: &mut Unique) -> Partner {
        /// Its code in the ledger, unique among partners.
        code "code": coded(PartnerCode::parse), need => |v, code| Some(seen.first(v, "code", code));
        /// The name on receipts, at most 24 cells; a Chinese character takes 2.
        name "name": Both(PARTNER_CELLS), need;
        /// The opening hours, as ["mon-fri 08:00-11:30"]; always open without.
        hours "hours": OpeningHours, usual(Hours::default());
    }
}

form! {
    /// A reward.
    ITEM "[[item]]" fn item(table, codes: &mut Codes) -> Item {
        /// Its code in the ledger and on its stock, unique among rewards.
        code "code": coded(ItemCode::parse), need => |v, code| Some(codes.items.first(v, "code", code));
        /// The code of its group.
        category "category": coded(CategoryCode::parse), need => |v, code| codes.categories.known(v, "category", code);
        /// The label of its button, at most 14 cells; a Chinese character takes 2.
        name "name": Both(ITEM_CELLS), need;
        /// The measure word with which it is counted in Chinese, as 袋 or 次; 份 without.
        unit "unit": Label(UNIT_CELLS), may;
        /// Handed over at once, or done by the partner against the slip.
        kind "kind": Choice(&KINDS), need;
        /// Whether its stock is counted.
        supply "supply": Choice(&SUPPLIES), need;
        /// The price in points; left out where each option has its own.
        base "price": InPoints(1..=MAX_PRICE), may => |v, price| own(table, v, price);
        /// The price from the age of sixty, at most `price`.
        senior "price-60plus": InPoints(1..=MAX_PRICE), may as InPoints(1..=most(base)) => |v, price| own(table, v, price);
        /// The prices of some groups of members, at most `price`.
        groups "price-group": ByGroup(MAX_PRICE), usual(Vec::new()) as ByGroup(most(base)) => |v, price| own(table, v, price);
        /// The most for one person in a period.
        limit "limit": Sub(&LIMIT), may => |_, table| limit(&table);
        /// The hours in which it can be had, within the partner's; always without.
        hours "hours": OpeningHours, usual(Hours::default());
        /// The code of the partner who delivers it.
        partner "partner": coded(PartnerCode::parse), need => |v, code| codes.partners.known(v, "partner", code);
        /// The most of it at once; 1 without.
        max_quantity "max-quantity": Whole(1..=MAX_QUANTITY), usual(1);
        /// A variant with a price of its own.
        options "option": Tables::of(&OPTION), usual(Vec::new())
            => |_, all| Some(options(&all, name.as_ref()));
        also json!({
            "if": { "required": ["option"], "properties": { "option": { "minItems": 1 } } },
            "then": { "properties": { "price": false, "price-60plus": false, "price-group": false } },
            "else": { "required": ["price"] },
        });
        check {
            if !table.holds("option") && !table.holds("price") {
                table.missing("price");
            }
        }
    } => {
        let first = options.first().map(|option: &ItemOption| option.prices.clone());
        let prices = first.or(base.map(|base| Prices { base, senior, groups }))?;
        Item { code, category, name, unit, kind, supply, prices, options, limit, hours, partner, max_quantity }
    }
}

form! {
    /// A variant of a reward.
    OPTION "[[item.option]]" fn option(table, seen: &mut Unique, item: Option<&Bilingual>) -> ItemOption {
        /// Its code, unique among the variants of the reward.
        code "code": coded(OptionCode::parse), need => |v, code| Some(seen.first(v, "code", code));
        /// The label of its button, at most 15 cells, and 24 with the reward's own.
        name "name": Both(OPTION_CELLS), need => |v, name| {
            check_together(v, item, &name);
            Some(name)
        };
        /// The price in points.
        base "price": InPoints(1..=MAX_PRICE), need;
        /// The price from the age of sixty, at most `price`.
        senior "price-60plus": InPoints(1..=MAX_PRICE), may as InPoints(1..=most(base));
        /// The prices of some groups of members, at most `price`.
        groups "price-group": ByGroup(MAX_PRICE), usual(Vec::new()) as ByGroup(most(base));
    } => ItemOption { code, name, prices: Prices { base, senior, groups } }
}

form! {
    /// The most in a period.
    LIMIT "{ count, per }" fn limit(table) -> Limit {
        /// How many.
        count "count": Whole(1..=MAX_LIMIT), need;
        /// Within which period.
        period "per": Choice(&Period::ALL), need;
    }
}

fn options(tables: &[Table<'_>], item: Option<&Bilingual>) -> Vec<ItemOption> {
    let mut seen = Unique::default();
    each(tables, |table| option(table, &mut seen, item))
}

/// The lowest price a member qualifies for applies, so one above the price for everyone never would.
fn most(base: Option<Points>) -> i64 {
    base.map_or(MAX_PRICE, Points::get)
}

/// A price of the reward itself, which has none where its variants have theirs.
fn own<T>(table: &Table<'_>, value: Value<'_>, price: T) -> Option<T> {
    if !table.holds("option") {
        return Some(price);
    }
    value.fault(
        Text::of("fault-beside-option").word("key", value.key()),
        Text::of("right-beside-option"),
    );
    None
}

/// Records and receipts name a reward and its variant on one line.
fn check_together(value: Value<'_>, item: Option<&Bilingual>, option: &Bilingual) {
    let texts = |item: &Bilingual| [(item.zh.clone(), &option.zh), (item.en.clone(), &option.en)];
    for (item, option) in item.map(texts).into_iter().flatten() {
        let cells = item.width() + 1 + option.width();
        if cells > TOGETHER_CELLS {
            let wrong = Text::of("fault-together").word("text", format!("{item} {option}"));
            value.fault(
                wrong.word("cells", cells),
                Text::of("right-together").word("most", TOGETHER_CELLS),
            );
        }
    }
}

/// A reward that is only given out while its partner is closed can never be had.
fn check_hours(table: &Table<'_>, item: &Item, partners: &[Partner]) {
    let partner = partners.iter().find(|partner| partner.code == item.partner);
    if let Some((value, partner)) = table.get("hours").zip(partner)
        && !meet(&item.hours, &partner.hours)
    {
        let wrong = Text::of("fault-never-open").word("item", &item.code);
        value.fault(
            wrong.word("partner", &partner.code),
            Text::of("right-never-open"),
        );
    }
}
