//! The service of redemptions.

pub(super) mod rule;
