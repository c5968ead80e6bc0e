//! The service of points by rule: see `rule.rs`.

mod rule;

pub(super) use rule::{Award, Opening};
