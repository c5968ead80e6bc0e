//! What several tests share.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a screen that cannot be reached must fail the test"
)]

pub(crate) mod checkup;
pub(crate) mod devices;
pub(crate) mod escpos;
pub(crate) mod exports;
pub(crate) mod printer;
pub(crate) mod refusals;
pub(crate) mod screens;
pub(crate) mod told;
