//! The service of redemptions: see `rule.rs`.

mod rule;

pub(super) use rule::Redeem;
