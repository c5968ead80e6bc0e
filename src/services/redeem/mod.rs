//! The service of redemptions: see `rule.rs`.

mod rule;

pub use rule::Redeem;
