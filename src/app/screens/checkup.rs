//! The technician's list of what the last check-up found.

use crate::app::scene::{Ask, Turn};
use crate::app::screens::{pages_of, turned};
use crate::app::{Desk, Key, Screen};
use crate::domain::{Checkup, Staff};

/// The list of findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckupList {
    /// Who is signed in.
    pub staff: Staff,
    /// What was found; `None` before the first check-up.
    pub last: Option<Checkup>,
    /// Which page, from 0.
    pub page: usize,
}

impl CheckupList {
    /// The choice that checks again.
    pub const AGAIN: u8 = 1;
    /// Findings on one screen: each takes three rows, and the code stands above.
    pub const A_PAGE: usize = 2;

    /// How many pages there are, 1 or more.
    pub fn pages(&self) -> usize {
        let troubles = self.last.as_ref().map_or(0, |last| last.troubles().len());
        pages_of(troubles, Self::A_PAGE)
    }

    pub(crate) fn key(&mut self, key: Key) -> Turn {
        if let Some(page) = turned(key, self.page, self.pages()) {
            self.page = page;
            return Turn::stay();
        }
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(Self::AGAIN) => Turn::ask(Ask::CheckUp),
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
