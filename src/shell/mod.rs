//! The hands: main loop, clock, keys and touch, terminal, readers, printer, receipts, log. Nothing here decides.

pub mod checkup;
pub mod clock;
pub mod errand;
pub mod export;
pub mod kiosk;
pub mod line;
pub mod log;
pub mod printer;
pub mod reader;
pub mod script;
pub mod settings;
pub mod sim;
pub mod spool;
pub mod station;
pub mod voice;

mod canvas;
mod glass;
mod input;
mod keys;
mod loss;
mod perform;
mod readers;
mod start;
mod terminal;
mod tty;
