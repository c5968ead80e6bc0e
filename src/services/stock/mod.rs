//! The service of goods and budget: see `rule.rs`.

mod rule;

pub(super) use rule::{BudgetIn, StockIn};
