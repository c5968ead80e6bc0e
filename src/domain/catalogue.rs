//! The catalogue: what points buy, at which price for whom.

use crate::domain::{
    Bilingual, CategoryCode, Hours, ItemCode, Limit, Member, MemberGroup, OptionCode, PartnerCode,
    Points,
};

/// What a resident can have at this station, in the order of the config.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The groups on the first reward screen.
    pub categories: Vec<Category>,
    /// Who delivers.
    pub partners: Vec<Partner>,
    /// The rewards.
    pub items: Vec<Item>,
}

impl Catalogue {
    /// The reward with that code.
    pub fn item(&self, code: &ItemCode) -> Option<&Item> {
        self.items.iter().find(|item| &item.code == code)
    }

    /// The partner with that code.
    pub fn partner(&self, code: &PartnerCode) -> Option<&Partner> {
        self.partners.iter().find(|partner| &partner.code == code)
    }

    /// The rewards of one group, in the order of the config.
    pub fn items_in<'a>(&'a self, category: &'a CategoryCode) -> impl Iterator<Item = &'a Item> {
        self.items
            .iter()
            .filter(move |item| &item.category == category)
    }
}

/// A group of rewards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The key in the config.
    pub code: CategoryCode,
    /// The button's label.
    pub name: Bilingual,
}

/// Who delivers a reward and is credited for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// The key in the config; the ledger account is `PARTNER-` and this.
    pub code: PartnerCode,
    /// The name on receipts.
    pub name: Bilingual,
    /// When the partner delivers.
    pub hours: Hours,
}

/// How a reward reaches the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// Handed over at the counter, now.
    Goods,
    /// Delivered by the partner against the slip.
    Service,
}

/// Whether the station counts what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Supply {
    /// Stock is an account in the ledger and cannot go below zero.
    Counted,
    /// There is always one more; what was delivered is still counted.
    Open,
}

/// A price by age and group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// What everyone pays.
    pub base: Points,
    /// What members of sixty and more pay.
    pub senior: Option<Points>,
    /// What members of a group pay.
    pub groups: Vec<(MemberGroup, Points)>,
}

impl Prices {
    /// The lowest price this member qualifies for in `year`.
    pub fn for_member(&self, member: &Member, year: i32) -> Points {
        let senior = self.senior.filter(|_| member.is_senior(year));
        let group = self
            .groups
            .iter()
            .filter(|(group, _)| *group == member.group)
            .map(|(_, price)| *price);
        group
            .chain(senior)
            .chain([self.base])
            .min()
            .unwrap_or(self.base)
    }
}

/// A variant of a reward, such as hair length and dye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemOption {
    /// The key in the config.
    pub code: OptionCode,
    /// The button's label.
    pub name: Bilingual,
    /// The price of this variant.
    pub prices: Prices,
}

/// A reward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The key in the config and the unit of its stock in the ledger.
    pub code: ItemCode,
    /// The group it is shown in.
    pub category: CategoryCode,
    /// The button's label.
    pub name: Bilingual,
    /// The Chinese measure word with which it is counted, where it is not the usual one.
    pub unit: Option<String>,
    /// How it reaches the resident.
    pub kind: ItemKind,
    /// Whether its stock is counted.
    pub supply: Supply,
    /// The price, where there are no options.
    pub prices: Prices,
    /// Its variants, each with its own price; empty for most.
    pub options: Vec<ItemOption>,
    /// How often one person may have it.
    pub limit: Option<Limit>,
    /// When it is given out, within the partner's hours.
    pub hours: Hours,
    /// Who delivers.
    pub partner: PartnerCode,
    /// The most that one redemption may take, 1 to 9.
    pub max_quantity: i64,
}

impl Item {
    /// The variant with that code.
    pub fn option(&self, code: &OptionCode) -> Option<&ItemOption> {
        self.options.iter().find(|option| &option.code == code)
    }

    /// The lowest price on the button, for this member in `year`.
    pub fn price_from(&self, member: &Member, year: i32) -> Points {
        let prices = self.cheapest_option(member, year);
        let prices = prices.map_or(&self.prices, |option| &option.prices);
        prices.for_member(member, year)
    }

    /// One of it, in the variant with the lowest price for this member in `year`.
    pub fn cheapest(&self, member: &Member, year: i32) -> Wish {
        let option = self.cheapest_option(member, year);
        Wish {
            item: self.code.clone(),
            option: option.map(|option| option.code.clone()),
            quantity: 1,
        }
    }

    fn cheapest_option(&self, member: &Member, year: i32) -> Option<&ItemOption> {
        let options = self.options.iter();
        options.min_by_key(|option| option.prices.for_member(member, year))
    }
}

/// What a resident has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The reward.
    pub item: ItemCode,
    /// Its variant, where it has any.
    pub option: Option<OptionCode>,
    /// How many.
    pub quantity: i64,
}
