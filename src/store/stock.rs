//! Goods: units, what arrives, what is left.

use super::append::STATION;
use super::error::StoreError;
use super::writer::Writer;
use super::{Store, standing};
use crate::domain::json::{int, map, text};
use crate::domain::{AccountId, Bucket, ItemCode, Leg, OperationKind, Seq, UnitCode};

impl Writer<'_> {
    /// Makes sure that a reward has a unit.
    pub(super) fn ensure_unit(&self, item: &ItemCode) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO unit(code) SELECT ?1 WHERE NOT EXISTS(SELECT 1 FROM unit WHERE code = ?1)",
            )?
            .execute([UnitCode::Item(item.clone()).name()])?;
        Ok(())
    }

    /// Goods arrive.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails or the quantity is not positive.
    pub fn stock_in(&mut self, item: &ItemCode, quantity: i64) -> Result<Seq, StoreError> {
        self.ensure_unit(item)?;
        let leg = Leg {
            unit: UnitCode::Item(item.clone()),
            bucket: Bucket::NEVER,
            debit: AccountId::supplier(),
            credit: AccountId::stock(),
            amount: quantity,
        };
        let what = map([("item", text(item.as_str())), ("quantity", int(quantity))]);
        self.moving(OperationKind::StockIn, STATION, leg, what)
    }
}

impl Store {
    /// Pieces of a reward that are free to hand out; 0 for what never arrived.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn stock_left(&self, item: &ItemCode) -> Result<i64, StoreError> {
        standing::stock_left(&self.conn, item)
    }
}
