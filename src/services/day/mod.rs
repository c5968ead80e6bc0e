//! The service that tells a machine with a wrong clock which day it is.

pub(super) mod rule;
pub(super) mod task;

/// Its sentences, in Chinese and in English.
pub(super) const WORDS: [&str; 2] = [include_str!("zh.ftl"), include_str!("en.ftl")];
