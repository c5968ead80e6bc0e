//! What it looks like. [`page`] turns the model into a list of pieces with places; [`Page::paint`]
//! draws them, and [`Page::button_at`] finds the one under a finger, so the two cannot disagree.

mod body;
mod context;
mod digits;
mod frame;
mod keypad;
mod layout;
mod page;
mod paint;
mod plain;
mod screens;
mod status;
mod theme;
mod touch;

pub use context::{Demo, DemoStaff, View};
pub use digits::{DIGIT_ROWS, digits_width};
pub use layout::{MAX_COLUMNS, MAX_ROWS, MIN_COLUMNS, MIN_ROWS};
pub use page::{Button, Page, Piece, Tone};
pub use screens::{page, starting};
pub use theme::Ink;
pub use touch::{Contact, Felt, Finger, Touch};
