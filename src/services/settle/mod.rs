//! What may become of any operation: see `rule.rs`.

mod rule;

pub use rule::{Post, Reprint, Reversal, Void};
