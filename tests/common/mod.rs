//! What several tests share.

pub(crate) mod refusals;
pub(crate) mod screens;
