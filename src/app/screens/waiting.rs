//! Points and stock are held on disk; the attendant's badge is awaited.

use crate::app::scene::{Scene, Turn};
use crate::app::{AfterPin, Answer, Done, Effect, Home, Key, PinPad, Screen, VoidBy};
use crate::domain::{CardId, Held, ShownBy, StaffId};

/// The waiting screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The hold.
    pub held: Held,
}

impl Waiting {
    pub(crate) fn key(&mut self, key: Key) -> Turn {
        match key {
            Key::Back => Turn::want(Effect::Void {
                settle: self.held.settle,
                hold: self.held.seq,
                by: VoidBy::Holder,
            }),
            Key::Digit(_)
            | Key::Enter
            | Key::Help
            | Key::Finish
            | Key::Language
            | Key::Theme
            | Key::Aid(_) => Turn::stay(),
        }
    }

    pub(crate) fn card(card: CardId, by: ShownBy, scene: &Scene<'_>) -> Turn {
        Turn::want(Effect::CheckBadge {
            card,
            by,
            account: scene.account(),
        })
    }

    pub(crate) fn answer(&mut self, answer: &Answer, scene: &Scene<'_>) -> Turn {
        if let Answer::Badge(Ok(shown)) = answer {
            let id = &shown.staff.id;
            return if shown.by == ShownBy::Badge && scene.on_duty.contains(id) {
                Turn::want(self.post(id))
            } else {
                let then = AfterPin::Post(self.clone());
                Turn::go(Screen::PinPad(PinPad::new(shown.clone(), then)))
            };
        }
        if let Answer::Posted(Ok(receipt)) = answer {
            let done = Done {
                receipt: receipt.clone(),
            };
            return Turn::go(Screen::Done(done))
                .and(Effect::SpoolReceipt {
                    receipt: receipt.clone(),
                    name: scene
                        .holder
                        .map_or_else(String::new, |h| h.member.name.clone()),
                    copy: 0,
                })
                .and(Effect::LoadHolds);
        }
        if let (Answer::Voided(Ok(_)), Some(account)) = (answer, scene.account()) {
            return Turn::go(Screen::Home(Home { called_off: true }))
                .and(Effect::RefreshStatement(account))
                .and(Effect::LoadHolds);
        }
        if let Answer::Badge(Err(refusal))
        | Answer::Posted(Err(refusal))
        | Answer::Voided(Err(refusal)) = answer
        {
            return Turn::refuse(refusal);
        }
        Turn::stay()
    }

    /// What makes this hold final.
    pub(crate) fn post(&self, staff: &StaffId) -> Effect {
        Effect::Post {
            settle: self.held.settle,
            hold: self.held.seq,
            staff: staff.clone(),
        }
    }
}
