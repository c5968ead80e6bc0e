//! The PN532 on a serial line (HSU, 115200 8N1), the chip of most cheap 13.56 MHz readers.
//!
//! Sources: NXP UM0701-02 chapters 6 and 7; nfcpy `tests/base_clf_pn53x.py` for frames in both directions.

mod driver;
mod frame;
mod target;
#[cfg(test)]
mod tests;

pub use driver::Pn532;
pub use frame::{Frame, Frames, command};
