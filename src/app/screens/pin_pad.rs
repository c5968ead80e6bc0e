//! A badge's PIN, as boxes, never as digits.

use crate::app::scene::Turn;
use crate::app::{Answer, Desk, Effect, Key, Screen, TypedPin, Waiting};
use crate::domain::{Shown, ShownBy, Staff};

/// What the PIN is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterPin {
    /// The attendant's menu.
    Desk,
    /// Confirming the hold that waits.
    Post(Waiting),
}

/// The PIN screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinPad {
    /// Whose badge it was.
    pub staff: Staff,
    /// How it was shown.
    pub by: ShownBy,
    /// What has been typed.
    pub pin: TypedPin,
    /// What the PIN is for.
    pub then: AfterPin,
}

impl PinPad {
    pub(crate) fn new(shown: Shown, then: AfterPin) -> Self {
        Self {
            staff: shown.staff,
            by: shown.by,
            pin: TypedPin::default(),
            then,
        }
    }

    /// Back to where the badge was shown.
    fn leave(&self) -> Turn {
        match &self.then {
            AfterPin::Desk => Turn::end(),
            AfterPin::Post(waiting) => Turn::go(Screen::Waiting(waiting.clone())),
        }
    }

    pub(crate) fn key(&mut self, key: Key) -> Turn {
        match key {
            Key::Digit(digit) => {
                self.pin.push(digit);
                Turn::stay()
            }
            Key::Back if self.pin.rub_out() => Turn::stay(),
            Key::Back => self.leave(),
            Key::Enter => Turn::want(Effect::SignIn {
                staff: self.staff.id.clone(),
                by: self.by,
                pin: std::mem::take(&mut self.pin),
            }),
            Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => Turn::stay(),
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let Answer::SignedIn(Err(refusal)) = answer {
            return Turn::refuse(refusal);
        }
        let Answer::SignedIn(Ok(staff)) = answer else {
            return Turn::stay();
        };
        match &self.then {
            AfterPin::Desk => Turn::go(Screen::Desk(Desk::new(staff.clone())))
                .and(Effect::LoadHolds)
                .and(Effect::LoadTriedPins(staff.id.clone())),
            AfterPin::Post(waiting) => {
                Turn::go(Screen::Waiting(waiting.clone())).and(waiting.post(&staff.id))
            }
        }
    }
}
