//! The decision whether a resident may have a reward. Called inside the deciding transaction.

use crate::domain::{
    Bucket, Catalogue, Fact, Item, Member, Points, Prices, Refusal, Supply, Today, Wish, no,
};

/// What the disk says at the moment of deciding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Points that are free to spend, per expiry period, in no order.
    pub free: Vec<(Bucket, Points)>,
    /// Pieces that are free to hand out.
    pub stock: i64,
    /// Pieces of this reward that the person has had or holds in the limit's period.
    pub used: i64,
}

impl Standing {
    /// All points that are free to spend.
    pub fn balance(&self) -> Points {
        self.free.iter().fold(Points::ZERO, |sum, (_, points)| {
            sum.checked_add(*points).unwrap_or(sum)
        })
    }
}

/// What a redemption costs and from which periods it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The price of one piece for this member.
    pub price: Points,
    /// The price of all pieces.
    pub total: Points,
    /// What is free before.
    pub before: Points,
    /// What will be free after.
    pub after: Points,
    /// The parts of `total`, earliest expiry first.
    pub parts: Vec<(Bucket, Points)>,
}

/// Decides on a wish; the first reason in the order below is the one that is given.
///
/// Order: exists, quantity, open, price as shown, limit, stock, points.
///
/// # Errors
/// The [`Refusal`] that a person reads; nothing has been booked.
pub fn decide(
    catalogue: &Catalogue,
    wish: &Wish,
    member: &Member,
    standing: &Standing,
    (today, shown): (&Today, Option<Points>),
) -> Result<Terms, Refusal> {
    let item = catalogue.item(&wish.item).ok_or(no("item-gone"))?;
    let prices = prices(item, wish)?;
    let max = item.max_quantity;
    let too_many = || no("quantity").pieces("max", &item.code, max);
    if !(1..=max).contains(&wish.quantity) {
        return Err(too_many());
    }
    check_open(catalogue, item, today)?;
    let price = prices.for_member(member, today.latest_year());
    let total = price.checked_times(wish.quantity).ok_or_else(too_many)?;
    if let Some(shown) = shown.filter(|shown| *shown != total) {
        return Err(Refusal::price_changed(shown, total));
    }
    check_limit(item, wish, standing, today)?;
    if item.supply == Supply::Counted && standing.stock < wish.quantity {
        return Err(Refusal::out_of_stock(&item.code, standing.stock));
    }
    let before = standing.balance();
    let refusal = Refusal::not_enough(before, total);
    let after = before
        .checked_sub(total)
        .filter(|after| *after >= Points::ZERO)
        .ok_or(refusal.clone())?;
    let parts = split(total, &standing.free).ok_or(refusal)?;
    Ok(Terms {
        price,
        total,
        before,
        after,
        parts,
    })
}

/// The prices of the wished variant; a reward with variants needs one, a reward without takes none.
fn prices<'a>(item: &'a Item, wish: &Wish) -> Result<&'a Prices, Refusal> {
    match &wish.option {
        Some(code) => item
            .option(code)
            .map(|option| &option.prices)
            .ok_or(no("item-gone")),
        None if item.options.is_empty() => Ok(&item.prices),
        None => Err(no("item-gone")),
    }
}

/// While nobody knows what time it is, nobody is sent away for the hour: the attendant sees whether it can be had.
fn check_open(catalogue: &Catalogue, item: &Item, today: &Today) -> Result<(), Refusal> {
    let partner = catalogue.partner(&item.partner).ok_or(no("item-gone"))?;
    let Some((day, minute)) = today.time() else {
        return Ok(());
    };
    for hours in [&partner.hours, &item.hours] {
        if !hours.is_open(day, minute) {
            let next = hours.next_opening(day, minute);
            let name = Fact::Named(partner.name.clone());
            return Err(no("closed")
                .fact("partner", name)
                .fact("when", Fact::Opening(next)));
        }
    }
    Ok(())
}

fn check_limit(
    item: &Item,
    wish: &Wish,
    standing: &Standing,
    today: &Today,
) -> Result<(), Refusal> {
    let Some(limit) = item.limit else {
        return Ok(());
    };
    if standing.used.saturating_add(wish.quantity) <= limit.count {
        return Ok(());
    }
    let next = limit.period.next_start(today.date());
    Err(no("limit-reached")
        .fact("period", Fact::Period(limit.period))
        .pieces("count", &item.code, limit.count)
        .pieces("used", &item.code, standing.used)
        .fact("day", Fact::Day(next)))
}

/// Splits an amount over expiry periods, earliest first and what never expires last.
///
/// `None` when the periods do not hold enough, or the amount is not positive.
pub fn split(amount: Points, free: &[(Bucket, Points)]) -> Option<Vec<(Bucket, Points)>> {
    let mut order: Vec<_> = free.iter().filter(|(_, p)| *p > Points::ZERO).collect();
    order.sort_by_key(|(bucket, _)| bucket.spending_order());
    let mut rest = amount;
    let mut parts = Vec::new();
    for (bucket, points) in order {
        if rest <= Points::ZERO {
            break;
        }
        let part = rest.min(*points);
        rest = rest.checked_sub(part)?;
        parts.push((*bucket, part));
    }
    (rest == Points::ZERO && amount > Points::ZERO).then_some(parts)
}
