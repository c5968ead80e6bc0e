//! The attendant's screen of exports: last, next, what waits, and one now.

use crate::app::scene::{Ask, Turn};
use crate::app::{Desk, Key, Screen};
use crate::domain::{ExportWhy, Staff};

/// The exports screen. What it shows is the model's, since it changes under every screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exports {
    /// Who is signed in.
    pub staff: Staff,
    /// The due time that passed while the power was off, in milliseconds since 1970.
    pub missed: Option<i64>,
}

impl Exports {
    /// The choice that exports now.
    pub const NOW: u8 = 1;

    pub(crate) fn key(&self, key: Key) -> Turn {
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(Self::NOW) => Turn::ask(Ask::Export(ExportWhy::Asked)),
            Key::Digit(_)
            | Key::Enter
            | Key::Help
            | Key::Finish
            | Key::Language
            | Key::Theme
            | Key::Aid(_) => Turn::stay(),
        }
    }
}
