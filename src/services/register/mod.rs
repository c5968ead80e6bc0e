//! The register of depositors (储户): who has an account, and which cards open it.

pub(super) mod rule;
pub(super) mod task;

/// Its sentences, in Chinese and in English.
pub(super) const WORDS: [&str; 2] = [include_str!("zh.ftl"), include_str!("en.ftl")];
