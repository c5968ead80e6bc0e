//! The service of points by rule.

pub(super) mod rule;
pub(super) mod task;
