//! What the disk says when a redemption is decided: points, pieces, and what was had before.

use super::error::StoreError;
use crate::domain::{
    AccountId, Bucket, Catalogue, ItemCode, Now, Period, Points, Standing, UnitCode, Wish,
};
use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, params};

/// Points that are free, per expiry period.
pub(super) fn free(
    conn: &Connection,
    account: &AccountId,
) -> Result<Vec<(Bucket, Points)>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT b.bucket, b.credits - b.debits - b.held FROM balance b
         WHERE b.account = (SELECT id FROM account WHERE name = ?1) AND b.unit = 1",
    )?;
    let rows = query.query_map([account.as_str()], |row| {
        Ok((Bucket::new(row.get(0)?), Points::new(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Pieces that are free to hand out.
pub(super) fn stock_left(conn: &Connection, item: &ItemCode) -> Result<i64, StoreError> {
    let left = conn
        .prepare_cached(
            "SELECT coalesce(sum(b.credits - b.debits - b.held), 0) FROM balance b
             WHERE b.account = (SELECT id FROM account WHERE name = 'STOCK')
               AND b.unit = (SELECT id FROM unit WHERE code = ?1)",
        )?
        .query_row([UnitCode::Item(item.clone()).name()], |row| row.get(0))?;
    Ok(left)
}

/// Pieces of a reward that the person has had or holds in the period of `now`.
///
/// A hold counts on the day it was made; voided and reversed ones do not count.
fn used(
    conn: &Connection,
    account: &AccountId,
    item: &ItemCode,
    (period, now): (Period, &Now),
) -> Result<i64, StoreError> {
    let midnight = |day: NaiveDate| {
        let wall = day
            .and_time(NaiveTime::MIN)
            .and_local_timezone(*now.wall.offset());
        wall.single().map_or(0, |wall| wall.timestamp_millis())
    };
    let (from, until) = (period.start(now.date()), period.next_start(now.date()));
    let used = conn
        .prepare_cached(
            "SELECT coalesce(sum(t.amount), 0)
             FROM operation h JOIN kind k ON k.name = h.kind JOIN transfer t ON t.seq = h.seq
               AND t.unit = (SELECT id FROM unit WHERE code = ?2)
             WHERE h.seq IN (SELECT seq FROM transfer WHERE unit = 1
                 AND debit = (SELECT id FROM account WHERE name = ?1))
               AND k.phase = 'hold' AND h.wall_ms >= ?3 AND h.wall_ms < ?4
               AND NOT EXISTS(SELECT 1 FROM undone u WHERE u.seq = h.seq)",
        )?
        .query_row(
            params![
                account.as_str(),
                UnitCode::Item(item.clone()).name(),
                midnight(from),
                midnight(until)
            ],
            |row| row.get(0),
        )?;
    Ok(used)
}

/// Everything that `decide` asks of the disk.
pub(super) fn standing(
    conn: &Connection,
    now: &Now,
    catalogue: &Catalogue,
    (account, wish): (&AccountId, &Wish),
) -> Result<Standing, StoreError> {
    let limit = catalogue.item(&wish.item).and_then(|item| item.limit);
    let used = match limit {
        Some(limit) => used(conn, account, &wish.item, (limit.period, now))?,
        None => 0,
    };
    Ok(Standing {
        free: free(conn, account)?,
        stock: stock_left(conn, &wish.item)?,
        used,
    })
}
