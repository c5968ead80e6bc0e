//! The question before an operation is reversed.

use crate::app::scene::Turn;
use crate::app::{Answer, Desk, DeskNews, Effect, Key, Screen};
use crate::domain::{PastOperation, Staff};

/// The screen that asks before a reversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reverse {
    /// Who is signed in.
    pub staff: Staff,
    /// What is to be reversed.
    pub past: PastOperation,
}

impl Reverse {
    pub(crate) fn key(&mut self, key: Key) -> Turn {
        match key {
            Key::Digit(1) => Turn::want(Effect::Reverse {
                op_id: self.past.reverse,
                of: self.past.seq,
                staff: self.staff.id.clone(),
            }),
            Key::Back | Key::Digit(0 | 2) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(_) | Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme => {
                Turn::stay()
            }
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let Answer::Reversed(Ok(_)) = answer {
            let desk = Desk::after(self.staff.clone(), DeskNews::Reversed(self.past.seq));
            return Turn::go(Screen::Desk(desk));
        }
        if let Answer::Reversed(Err(refusal)) = answer {
            return Turn::refuse(refusal);
        }
        Turn::stay()
    }
}
