//! What the residents of the demo have taken lately, so that the clerk's tables and the last operations are not empty.

use crate::cli::villagers::{Dice, daylight, later};
use crate::config::Config;
use crate::domain::{AccountId, Item, Now, StaffId, Wish};
use crate::services::{Actor, Command, Order, Signature};
use crate::store::{StoreError, Writer};

/// So many residents ask for something; who has too few points gets nothing.
const ASKED: u32 = 24;
/// Between two of them.
const APART_MS: i64 = 2 * 3_600_000;

/// Books redemptions, held by the resident and confirmed by an attendant; gives the moment after the last one.
pub(super) fn redemptions(
    writer: &mut Writer<'_>,
    config: &Config,
    (others, staff): (&[AccountId], &StaffId),
    mut now: Now,
) -> Result<Now, StoreError> {
    let mut dice = Dice(7);
    let plain = |item: &&Item| item.options.is_empty();
    let items: Vec<&Item> = config.catalogue.items.iter().filter(plain).collect();
    for _ in 0..ASKED {
        now = later(&now, APART_MS);
        writer.set_now(daylight(&now));
        let (who, item) = (dice.pick(others).clone(), *dice.pick(&items));
        let wish = Wish {
            item: item.code.clone(),
            option: None,
            quantity: 1,
        };
        let wanted = Order {
            key: writer.next_op_id()?,
            signed: Signature::of(Actor::Holder(who.clone())),
            command: Command::redeem(&who, &wish, (None, None)),
        };
        let Ok(held) = writer.book(config.books(), &wanted)? else {
            continue;
        };
        let staff = Actor::Staff(staff.clone());
        let post = Order::by(staff, held.settle, Command::post(held.seq));
        writer
            .book(config.books(), &post)?
            .map(drop)
            .unwrap_or_default();
    }
    Ok(now)
}
