//! The holds that wait for an attendant, oldest first: after a power cut, and whenever asked for.

use crate::app::scene::Turn;
use crate::app::screens::{chosen, pages_of, turned};
use crate::app::{Choose, Desk, Key, LINES_A_PAGE, Screen};
use crate::domain::{OpenHold, Staff};

/// The list of open holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// Who is signed in.
    pub staff: Staff,
    /// The holds, oldest first.
    pub list: Vec<OpenHold>,
    /// Which page, from 0.
    pub page: usize,
}

impl Holds {
    pub(crate) fn new(staff: Staff, list: Vec<OpenHold>) -> Self {
        Self {
            staff,
            list,
            page: 0,
        }
    }

    pub(crate) fn key(&mut self, key: Key) -> Turn {
        if let Some(page) = turned(key, self.page, pages_of(self.list.len(), LINES_A_PAGE)) {
            self.page = page;
            return Turn::stay();
        }
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(digit) => match chosen(&self.list, self.page, LINES_A_PAGE, digit) {
                Some(hold) => Turn::go(Screen::Choose(Choose {
                    staff: self.staff.clone(),
                    hold: hold.clone(),
                })),
                None => Turn::stay(),
            },
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                Turn::stay()
            }
        }
    }
}
