//! The hands: main loop, clock, keys and touch, terminal, readers, receipts, log. Nothing here decides.

pub mod clock;
pub mod export;
pub mod kiosk;
pub mod log;
pub mod reader;
pub mod script;
pub mod spool;
pub mod station;

mod input;
mod keys;
mod perform;
mod terminal;
