//! The service of goods and budget: see `rule.rs`.

mod rule;

pub use rule::{BudgetIn, StockIn};
