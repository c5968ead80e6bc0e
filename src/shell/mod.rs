//! The hands: the only room that touches devices, the terminal and the clock.

pub mod clock;
pub mod reader;
