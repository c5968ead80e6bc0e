//! Goods: units, and partners who deliver them.

use super::error::StoreError;
use super::writer::Writer;
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

    /// Makes sure that a partner's account is there; any other account is made otherwise.
    pub(super) fn ensure_partner(&self, account: &AccountId) -> Result<(), StoreError> {
        if !account.is_partner() {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "INSERT INTO account(name, kind, floored) SELECT ?1, 'partner', 0
                 WHERE NOT EXISTS(SELECT 1 FROM account WHERE name = ?1)",
            )?
            .execute([account.as_str()])?;
        Ok(())
    }
}
