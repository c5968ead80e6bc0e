//! The service of goods and budget.

pub(super) mod rule;
pub(super) mod task;
