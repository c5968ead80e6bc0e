//! A leg as it lies on the disk, for the audit.

use crate::domain::Phase;
use rusqlite::Row;

/// A row of `transfer`.
pub(super) struct RawLeg {
    pub(super) seq: i64,
    pub(super) n: i64,
    /// `None` for a name that no phase has.
    pub(super) phase: Option<Phase>,
    pub(super) unit: i64,
    pub(super) bucket: i64,
    pub(super) debit: i64,
    pub(super) credit: i64,
    pub(super) amount: i64,
}

impl RawLeg {
    /// Reads seq, n, phase, unit, bucket, debit, credit, amount.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            n: row.get(1)?,
            phase: Phase::parse(row.get_ref(2)?.as_str()?),
            unit: row.get(3)?,
            bucket: row.get(4)?,
            debit: row.get(5)?,
            credit: row.get(6)?,
            amount: row.get(7)?,
        })
    }
}
