//! Goods: units, what arrives, what is left.

use super::error::StoreError;
use super::writer::Writer;
use super::{Store, book};
use crate::domain::{AccountId, ItemCode, UnitCode};

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
}

impl Store {
    /// Pieces of a reward that are free to hand out; 0 for what never arrived.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn stock_left(&self, item: &ItemCode) -> Result<i64, StoreError> {
        let pieces = book::free(
            &self.conn,
            &AccountId::stock(),
            &UnitCode::Item(item.clone()),
        )?;
        Ok(pieces.iter().map(|(_, free)| free).sum())
    }
}
