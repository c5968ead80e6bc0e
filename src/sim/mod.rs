//! Devices that are not there: the bytes a real one would send, and its faults.
//!
//! Nothing here opens a line or asks the time. A hand puts cards, breaks and mends; whoever holds a [`Device`] carries
//! bytes between it and a decoder, at the moments that it names.

mod device;
mod faults;
mod gm65;
mod pipe;
mod pn532;
mod printer;
mod rdm6300;

pub use device::{Act, Device};
pub use faults::Fault;
