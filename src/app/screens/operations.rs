//! The last operations, newest first; a mistake is chosen here.

use crate::app::scene::Turn;
use crate::app::screens::{chosen, pages_of, turned};
use crate::app::{Desk, Key, LINES_A_PAGE, Reverse, Screen};
use crate::domain::{PastOperation, Staff, no};

/// The list of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operations {
    /// Who is signed in.
    pub staff: Staff,
    /// The operations, newest first.
    pub list: Vec<PastOperation>,
    /// Which page, from 0.
    pub page: usize,
}

impl Operations {
    pub(crate) fn new(staff: Staff, list: Vec<PastOperation>) -> Self {
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
                Some(past) if past.reversible => Turn::go(Screen::Reverse(Reverse {
                    staff: self.staff.clone(),
                    past: past.clone(),
                })),
                Some(past) if past.kind.is_reversible() => Turn::refuse(&no("already-reversed")),
                Some(_) => Turn::refuse(&no("not-reversible")),
                None => Turn::stay(),
            },
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                Turn::stay()
            }
        }
    }
}
