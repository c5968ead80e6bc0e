//! One open hold: was it handed over or not?

use crate::app::scene::Turn;
use crate::app::{Answer, Desk, DeskNews, Effect, Key, Screen, VoidBy};
use crate::domain::{OpenHold, Staff};

/// What an attendant may do with a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldAction {
    /// It was handed over: make it final.
    Post,
    /// It was not: free it.
    Void,
}

impl HoldAction {
    /// Both, in the order of their digits from 1.
    pub const ALL: [Self; 2] = [Self::Post, Self::Void];
}

/// The screen of one open hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choose {
    /// Who is signed in.
    pub staff: Staff,
    /// Which hold.
    pub hold: OpenHold,
}

impl Choose {
    fn effect(&self, action: HoldAction) -> Effect {
        let (settle, hold) = (self.hold.settle, self.hold.seq);
        let staff = self.staff.id.clone();
        match action {
            HoldAction::Post => Effect::Post {
                settle,
                hold,
                staff,
            },
            HoldAction::Void => Effect::Void {
                settle,
                hold,
                by: VoidBy::Staff(staff),
            },
        }
    }

    pub(crate) fn key(&mut self, key: Key) -> Turn {
        match key {
            Key::Back | Key::Digit(0) => Turn::go(Screen::Desk(Desk::new(self.staff.clone()))),
            Key::Digit(digit) => {
                let place = usize::from(digit).wrapping_sub(1);
                match HoldAction::ALL.get(place) {
                    Some(action) => Turn::want(self.effect(*action)),
                    None => Turn::stay(),
                }
            }
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                Turn::stay()
            }
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        let back = |news| {
            let desk = Desk::after(self.staff.clone(), news);
            Turn::go(Screen::Desk(desk)).and(Effect::LoadHolds)
        };
        if let Answer::Posted(Ok(receipt)) = answer {
            let member = self.hold.member.as_ref();
            return back(DeskNews::Posted(self.hold.seq)).and(Effect::SpoolReceipt {
                receipt: receipt.clone(),
                name: member.map_or_else(String::new, |member| member.name.clone()),
                copy: 0,
            });
        }
        if let Answer::Voided(Ok(_)) = answer {
            return back(DeskNews::Voided(self.hold.seq));
        }
        if let Answer::Posted(Err(refusal)) | Answer::Voided(Err(refusal)) = answer {
            return Turn::refuse(refusal);
        }
        Turn::stay()
    }
}
