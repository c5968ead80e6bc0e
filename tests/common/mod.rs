//! What several tests share.

pub(crate) mod checkup;
pub(crate) mod devices;
pub(crate) mod exports;
pub(crate) mod printer;
pub(crate) mod refusals;
pub(crate) mod screens;
