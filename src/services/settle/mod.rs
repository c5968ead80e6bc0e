//! What may become of any operation.

pub(super) mod rule;

/// Its sentences, in Chinese and in English.
pub(super) const WORDS: [&str; 2] = [include_str!("zh.ftl"), include_str!("en.ftl")];
