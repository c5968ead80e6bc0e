//! The service of points by rule: see `rule.rs`.

mod rule;

pub use rule::{Award, Opening};
