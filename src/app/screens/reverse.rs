//! The question before an operation is reversed, or its receipt printed once more.

use crate::app::scene::{Scene, Turn};
use crate::app::{Answer, Desk, DeskNews, Effect, Key, Screen};
use crate::config::Config;
use crate::domain::{PastOperation, Phase, Staff};

/// The screen that asks before a reversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reverse {
    /// Who is signed in.
    pub staff: Staff,
    /// What is to be reversed.
    pub past: PastOperation,
}

impl Reverse {
    /// The choice that prints the receipt once more.
    pub const REPRINT: u8 = 3;

    /// Says whether there is a receipt to be printed again, and a printer for it.
    pub fn prints(&self, config: &Config) -> bool {
        self.past.kind.phase() == Phase::Post && config.printer.is_some()
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        match key {
            Key::Digit(Self::REPRINT) if self.prints(scene.config) => Turn::want(Effect::Reprint {
                of: self.past.seq,
                copy: self.past.reprints.saturating_add(1),
                staff: self.staff.id.clone(),
            }),
            Key::Digit(1) => Turn::want(Effect::Reverse {
                op_id: self.past.reverse,
                of: self.past.seq,
                staff: self.staff.id.clone(),
            }),
            Key::Back | Key::Digit(0 | 2) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(_)
            | Key::Enter
            | Key::Help
            | Key::Finish
            | Key::Language
            | Key::Theme
            | Key::Aid(_) => Turn::stay(),
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let Answer::Reversed(Ok(_)) = answer {
            let desk = Desk::after(self.staff.clone(), DeskNews::Reversed(self.past.seq));
            return Turn::go(Screen::Desk(desk));
        }
        if let Answer::Reprinted(Ok(reprint)) = answer {
            let news = DeskNews::Reprinted(reprint.receipt.seq);
            let desk = Desk::after(self.staff.clone(), news);
            return Turn::go(Screen::Desk(desk)).and(Effect::SpoolReceipt {
                receipt: reprint.receipt.clone(),
                name: reprint.name.clone(),
                copy: reprint.copy,
            });
        }
        if let Answer::Reversed(Err(refusal)) | Answer::Reprinted(Err(refusal)) = answer {
            return Turn::refuse(refusal);
        }
        Turn::stay()
    }
}
