//! What may become of any operation: see `rule.rs`.

mod rule;

pub(super) use rule::{Post, Reprint, Reversal, Void};
