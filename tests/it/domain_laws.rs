//! Laws of the rules: whatever a wish and a standing are, a yes never overdraws and a no has its reason.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;
use wenming::domain::{
    AccountId, Bilingual, Bucket, Catalogue, CategoryCode, Fact, HolderKind, Hours, Item, ItemCode,
    ItemKind, Limit, Member, MemberGroup, Now, Partner, PartnerCode, Period, Points, Prices,
    Standing, Supply, Today, Wish, decide, mask_name, split,
};

fn both(text: &str) -> Bilingual {
    Bilingual {
        zh: text.to_owned(),
        en: text.to_owned(),
    }
}

fn catalogue(price: i64, max_quantity: i64, limit: Option<i64>, supply: Supply) -> Catalogue {
    let partner = PartnerCode::parse("P").unwrap();
    Catalogue {
        categories: Vec::new(),
        partners: vec![Partner {
            code: partner.clone(),
            name: both("P"),
            hours: Hours::default(),
        }],
        items: vec![Item {
            code: ItemCode::parse("RICE").unwrap(),
            category: CategoryCode::parse("GOODS").unwrap(),
            name: both("米"),
            unit: None,
            kind: ItemKind::Goods,
            supply,
            prices: Prices {
                base: Points::new(price),
                senior: Some(Points::new((price / 2).max(1))),
                groups: vec![(MemberGroup::Minor, Points::new((price / 3).max(1)))],
            },
            options: Vec::new(),
            limit: limit.map(|count| Limit {
                count,
                period: Period::Month,
            }),
            hours: Hours::default(),
            partner,
            max_quantity,
        }],
    }
}

fn member(birth_year: Option<i32>, group: MemberGroup) -> Member {
    Member {
        account: AccountId::resident([7; 8]),
        name: "何禾".to_owned(),
        kind: HolderKind::Individual,
        group,
        birth_year,
        household: None,
    }
}

fn now() -> Now {
    let wall: DateTime<FixedOffset> = "2026-11-21T09:00:00+08:00".parse().unwrap();
    Now { wall, mono_ms: 0 }
}

fn wish(quantity: i64) -> Wish {
    Wish {
        item: ItemCode::parse("RICE").unwrap(),
        option: None,
        quantity,
    }
}

fn buckets() -> impl Strategy<Value = Vec<(Bucket, Points)>> {
    prop::collection::btree_map(
        prop_oneof![Just(0_i64), 202_601..202_612_i64],
        -5..500_i64,
        0..6,
    )
    .prop_map(|map| {
        map.into_iter()
            .map(|(bucket, points)| (Bucket::new(bucket), Points::new(points)))
            .collect()
    })
}

proptest! {
    #[test]
    fn a_split_takes_exactly_the_amount_and_no_more_than_there_is(
        amount in -10..2_000_i64,
        free in buckets(),
    ) {
        let total: i64 = free.iter().map(|(_, p)| p.get().max(0)).sum();
        match split(Points::new(amount), &free) {
            None => prop_assert!(amount <= 0 || amount > total),
            Some(parts) => {
                prop_assert_eq!(parts.iter().map(|(_, p)| p.get()).sum::<i64>(), amount);
                for (bucket, part) in &parts {
                    let there = free.iter().find(|(b, _)| b == bucket).unwrap().1;
                    prop_assert!(*part > Points::ZERO && *part <= there);
                }
                // What expires first is emptied before the next is touched; 0 never expires and comes last.
                let order: Vec<i64> = parts.iter().map(|(b, _)| b.spending_order()).collect();
                prop_assert!(order.is_sorted());
                let last = order.last().copied().unwrap_or(0);
                for (bucket, points) in free.iter().filter(|(b, p)| b.spending_order() < last && *p > Points::ZERO) {
                    prop_assert!(parts.contains(&(*bucket, *points)));
                }
            }
        }
    }

    #[test]
    fn a_yes_never_overdraws_and_a_no_has_its_reason(
        (price, quantity, max) in (1..400_i64, -1..9_i64, 1..7_i64),
        (stock, used, limit) in (-1..9_i64, 0..6_i64, prop::option::of(1..6_i64)),
        free in buckets(),
        counted in any::<bool>(),
        shown in prop::option::of(0..3_000_i64),
    ) {
        let supply = if counted { Supply::Counted } else { Supply::Open };
        let catalogue = catalogue(price, max, limit, supply);
        let standing = Standing { free, stock, used };
        let someone = member(Some(1990), MemberGroup::Villager);
        let today = Today::of(&now());
        let asked = (&today, shown.map(Points::new));
        let total = price * quantity;
        match decide(&catalogue, &wish(quantity), &someone, &standing, asked) {
            Ok(terms) => {
                prop_assert!((1..=max).contains(&quantity));
                prop_assert_eq!(terms.total.get(), total);
                prop_assert!(shown.is_none_or(|shown| shown == total));
                prop_assert!(!counted || stock >= quantity);
                prop_assert!(limit.is_none_or(|count| used + quantity <= count));
                prop_assert!(terms.after >= Points::ZERO);
                prop_assert_eq!(terms.before.get() - total, terms.after.get());
            }
            Err(refusal) => {
                let said = |name, points| refusal.facts().contains(&(name, Fact::Points(Points::new(points))));
                match refusal.code() {
                    "quantity" => prop_assert!(!(1..=max).contains(&quantity)),
                    "price-changed" => {
                        prop_assert!(said("now", total));
                        prop_assert!(shown.is_some_and(|shown| shown != total));
                    }
                    "limit-reached" => prop_assert!(used + quantity > limit.unwrap()),
                    "out-of-stock" => prop_assert!(counted && stock < quantity),
                    "not-enough" => {
                        // A negative bucket cannot pay, however much the others hold.
                        let need = Points::new(total);
                        prop_assert!(said("need", total));
                        prop_assert!(split(need, &standing.free).is_none() || standing.balance() < need);
                    }
                    other => prop_assert!(false, "{other}"),
                }
            }
        }
    }

    #[test]
    fn everyone_pays_the_lowest_price_they_qualify_for(
        price in 1..9_999_i64,
        born in prop::option::of(1920..2026_i32),
        minor in any::<bool>(),
    ) {
        let group = if minor { MemberGroup::Minor } else { MemberGroup::Villager };
        let prices = &catalogue(price, 1, None, Supply::Open).items[0].prices;
        let pays = prices.for_member(&member(born, group), 2026).get();
        let senior = born.is_some_and(|born| 2026 - born >= 60);
        let mut offers = vec![price];
        if senior { offers.push((price / 2).max(1)); }
        if minor { offers.push((price / 3).max(1)); }
        prop_assert_eq!(pays, *offers.iter().min().unwrap());
    }

    #[test]
    fn a_masked_name_shows_two_characters_of_a_part_at_most(name in "[一-龥]{0,6}(·[一-龥]{1,6})?") {
        for part in mask_name(&name).split(' ') {
            prop_assert!(part.chars().filter(|c| *c != '*').count() <= 2);
        }
    }

    #[test]
    fn a_period_holds_its_day(days in 0..20_000_i64) {
        let day = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(days.unsigned_abs());
        for (period, _) in Period::ALL {
            prop_assert!(period.start(day) <= day && day < period.next_start(day));
            prop_assert_eq!(period.start(period.next_start(day)), period.next_start(day));
        }
    }
}

#[test]
fn sixty_is_counted_from_the_birth_year() {
    for (born, year, senior) in [(1966, 2026, true), (1967, 2026, false), (1967, 2027, true)] {
        assert_eq!(
            member(Some(born), MemberGroup::Villager).is_senior(year),
            senior,
            "{born} {year}"
        );
    }
    assert!(!member(None, MemberGroup::Villager).is_senior(2026));
}
