//! The attendant's menu.

use crate::app::scene::{Ask, Scene, Turn};
use crate::app::{Answer, CheckupList, Devices, Effect, Exports, Holds, Key, Operations, Screen};
use crate::domain::{Role, Seq, Staff, TriedPins, no};

/// What has just been done, in one line above the menu, with the number that the attendant chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskNews {
    /// A hold was made final.
    Posted(Seq),
    /// A hold was freed.
    Voided(Seq),
    /// An operation was reversed.
    Reversed(Seq),
    /// A receipt is printed once more.
    Reprinted(Seq),
}

/// The attendant's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Who is signed in.
    pub staff: Staff,
    /// What has just been done.
    pub news: Option<DeskNews>,
    /// Wrong PINs on colleagues' badges, told once.
    pub tried: Vec<TriedPins>,
    /// The list of holds was asked for, not only their number.
    opening: bool,
}

impl Desk {
    /// The choice that opens the holds.
    pub const HOLDS: u8 = 1;
    /// The choice that opens the last operations.
    pub const OPERATIONS: u8 = 2;
    /// The choice that ends the duty: the next confirmation asks for the PIN again.
    pub const OFF_DUTY: u8 = 3;
    /// The choice that opens the exports.
    pub const EXPORTS: u8 = 4;
    /// The choice that closes the program, for a technician.
    pub const EXIT: u8 = 5;
    /// The choice that opens the check-up, for a technician.
    pub const CHECKUP: u8 = 6;
    /// The choice that opens the devices, for a technician.
    pub const DEVICES: u8 = 7;

    pub(crate) fn new(staff: Staff) -> Self {
        Self {
            staff,
            news: None,
            tried: Vec::new(),
            opening: false,
        }
    }

    /// The menu again, with what has just been done.
    pub(crate) fn after(staff: Staff, news: DeskNews) -> Self {
        Self {
            news: Some(news),
            ..Self::new(staff)
        }
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        match key {
            Key::Digit(Self::HOLDS) => {
                self.opening = true;
                Turn::want(Effect::LoadHolds)
            }
            Key::Digit(Self::OPERATIONS) => Turn::want(Effect::LoadOperations),
            Key::Digit(Self::OFF_DUTY) => Turn {
                ask: Some(Ask::OffDuty(self.staff.id.clone())),
                ..Turn::end()
            },
            // A missed export is said there for the last time.
            Key::Digit(Self::EXPORTS) => Turn::go(Screen::Exports(Exports {
                staff: self.staff.clone(),
                missed: scene.missed,
            }))
            .and(Effect::LoadExports),
            Key::Digit(Self::EXIT) if self.staff.role == Role::Technician => {
                Turn::want(Effect::Exit)
            }
            Key::Digit(Self::CHECKUP) if self.staff.role == Role::Technician => {
                Turn::go(Screen::Checkup(CheckupList {
                    staff: self.staff.clone(),
                    last: scene.checkup.cloned(),
                    page: 0,
                }))
            }
            Key::Digit(Self::DEVICES) if self.staff.role == Role::Technician => {
                Turn::go(Screen::Devices(Devices::new(self.staff.clone())))
            }
            Key::Digit(Self::EXIT | Self::CHECKUP | Self::DEVICES) => {
                Turn::refuse(&no("role-too-low"))
            }
            Key::Back | Key::Digit(0) => Turn::end(),
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
        if let Answer::Operations(list) = answer {
            let operations = Operations::new(self.staff.clone(), list.clone());
            return Turn::go(Screen::Operations(operations));
        }
        if let Answer::TriedPins(tried) = answer {
            self.tried.clone_from(tried);
        }
        if let (Answer::OpenHolds(list), true) = (answer, self.opening) {
            return Turn::go(Screen::Holds(Holds::new(self.staff.clone(), list.clone())));
        }
        Turn::stay()
    }
}
