//! `catalogue.toml`: groups, partners, rewards and their variants.

use crate::config::code::Unique;
use crate::config::hours::{hours, meet};
use crate::config::label::bilingual;
use crate::config::prices::{Charge, charge};
use crate::config::read::{Form, Table};
use crate::domain::{
    Bilingual, Catalogue, Category, CategoryCode, Item, ItemCode, ItemKind, ItemOption, Limit,
    OptionCode, Partner, PartnerCode, Period, Supply,
};
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
/// The most cells of a variant's name: the same button less digit and 9,999分.
const OPTION_CELLS: usize = 15;
/// The most cells of both with a blank between: a line of the record book less date and figures.
const TOGETHER_CELLS: usize = 25;
/// The most that a limit may count.
const MAX_LIMIT: i64 = 999;

const KINDS: [(ItemKind, &str); 2] = [(ItemKind::Goods, "goods"), (ItemKind::Service, "service")];
const SUPPLIES: [(Supply, &str); 2] = [(Supply::Counted, "counted"), (Supply::Open, "open")];

pub(super) const FILE: Form = Form {
    title: "catalogue.toml",
    keys: &["category", "partner", "item"],
};
const CATEGORY: Form = Form {
    title: "[[category]]",
    keys: &["code", "name"],
};
const PARTNER: Form = Form {
    title: "[[partner]]",
    keys: &["code", "name", "hours"],
};
const ITEM: Form = Form {
    title: "[[item]]",
    keys: &[
        "code",
        "category",
        "name",
        "kind",
        "supply",
        "price",
        "price-60plus",
        "price-group",
        "limit",
        "hours",
        "partner",
        "max-quantity",
        "option",
    ],
};
const OPTION: Form = Form {
    title: "[[item.option]]",
    keys: &["code", "name", "price", "price-60plus", "price-group"],
};
const LIMIT: Form = Form {
    title: "{ count, per }",
    keys: &["count", "per"],
};

/// Reads the whole file. What has a fault is left out.
pub(super) fn catalogue(file: &Table<'_>) -> Catalogue {
    let mut categories = Unique::default();
    let mut partners = Unique::default();
    let mut items = Unique::default();
    let groups = file.tables("category", &CATEGORY);
    if let Some(table) = groups.get(MAX_CATEGORIES) {
        table.fault(
            format_args!("there are {} [[category]]", groups.len()),
            format_args!("at most {MAX_CATEGORIES} fit the home screen, join some"),
        );
    }
    let mut catalogue = Catalogue {
        categories: groups
            .iter()
            .filter_map(|table| category(table, &mut categories))
            .collect(),
        partners: file
            .tables("partner", &PARTNER)
            .iter()
            .filter_map(|table| partner(table, &mut partners))
            .collect(),
        items: Vec::new(),
    };
    for table in file.tables("item", &ITEM) {
        let code = items.declare(&table, "code", ItemCode::parse);
        let category = categories.refer(&table, "category", CategoryCode::parse);
        let partner = partners.refer(&table, "partner", PartnerCode::parse);
        let Some(item) = item(&table, code, category, partner) else {
            continue;
        };
        check_hours(&table, &item, &catalogue);
        catalogue.items.push(item);
    }
    catalogue
}

fn category(table: &Table<'_>, seen: &mut Unique) -> Option<Category> {
    let code = seen.declare(table, "code", CategoryCode::parse);
    let name = table
        .need("name")
        .and_then(|v| bilingual(v, CATEGORY_CELLS));
    Some(Category {
        code: code?,
        name: name?,
    })
}

fn partner(table: &Table<'_>, seen: &mut Unique) -> Option<Partner> {
    let code = seen.declare(table, "code", PartnerCode::parse);
    let name = table.need("name").and_then(|v| bilingual(v, PARTNER_CELLS));
    let hours = hours(table);
    Some(Partner {
        code: code?,
        name: name?,
        hours,
    })
}

/// Reads a reward whose codes have been checked. Every key is read before the first `?`.
fn item(
    table: &Table<'_>,
    code: Option<ItemCode>,
    category: Option<CategoryCode>,
    partner: Option<PartnerCode>,
) -> Option<Item> {
    let name = table.need("name").and_then(|v| bilingual(v, ITEM_CELLS));
    let kind = table.need("kind").and_then(|v| v.choice(&KINDS));
    let supply = table.need("supply").and_then(|v| v.choice(&SUPPLIES));
    let tables = table.tables("option", &OPTION);
    let prices = charge(
        table,
        if tables.is_empty() {
            Charge::Own
        } else {
            Charge::ByOption
        },
    );
    let options = options(&tables, name.as_ref());
    let limit = table.table("limit", &LIMIT).and_then(|t| limit(&t));
    let hours = hours(table);
    let max_quantity = table
        .get("max-quantity")
        .map_or(Some(1), |v| v.whole(1..=MAX_QUANTITY));
    let prices = prices.or_else(|| options.first().map(|option| option.prices.clone()));
    Some(Item {
        code: code?,
        category: category?,
        name: name?,
        kind: kind?,
        supply: supply?,
        prices: prices?,
        options,
        limit,
        hours,
        partner: partner?,
        max_quantity: max_quantity?,
    })
}

fn options(tables: &[Table<'_>], item: Option<&Bilingual>) -> Vec<ItemOption> {
    let mut seen = Unique::default();
    let option = |table: &Table<'_>| {
        let code = seen.declare(table, "code", OptionCode::parse);
        let name = table.need("name").and_then(|v| bilingual(v, OPTION_CELLS));
        if let (Some(item), Some(name)) = (item, &name) {
            check_together(table, item, name);
        }
        let prices = charge(table, Charge::Own);
        Some(ItemOption {
            code: code?,
            name: name?,
            prices: prices?,
        })
    };
    tables.iter().filter_map(option).collect()
}

/// Records and receipts name a reward and its variant on one line.
fn check_together(table: &Table<'_>, item: &Bilingual, option: &Bilingual) {
    for (item, option) in [(&item.zh, &option.zh), (&item.en, &option.en)] {
        let cells = item.width() + 1 + option.width();
        if let (Some(value), true) = (table.get("name"), cells > TOGETHER_CELLS) {
            value.fault(
                format_args!("\"{item} {option}\" is {cells} cells wide"),
                format_args!("at most {TOGETHER_CELLS} fit for a reward with its option"),
            );
        }
    }
}

fn limit(table: &Table<'_>) -> Option<Limit> {
    let count = table.need("count").and_then(|v| v.whole(1..=MAX_LIMIT));
    let period = table.need("per").and_then(|v| v.choice(&Period::ALL));
    Some(Limit {
        count: count?,
        period: period?,
    })
}

/// A reward that is only given out while its partner is closed can never be had.
fn check_hours(table: &Table<'_>, item: &Item, catalogue: &Catalogue) {
    let partner = catalogue.partner(&item.partner);
    if let Some((value, partner)) = table.get("hours").zip(partner)
        && !meet(&item.hours, &partner.hours)
    {
        value.fault(
            format_args!(
                "{} is never open while its partner {} is",
                item.code, partner.code
            ),
            "choose times within the partner's hours",
        );
    }
}
