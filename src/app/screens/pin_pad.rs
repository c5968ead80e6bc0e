//! A badge's PIN, as boxes, never as digits.

use crate::app::context::{Ask, Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Cosign, Desk, Effect, TypedPin, Waiting, Working};
use crate::domain::{Fact, Prompt, Shown, ShownBy, Staff, Statement, Text};
use crate::panel::{Body, Footer, Key, Panel, Typing};

/// What the PIN is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterPin {
    /// The attendant's menu.
    Desk,
    /// Confirming the hold that waits.
    Post(Waiting),
    /// Signing beside somebody else; what, a line each.
    Second(Working, Vec<Text>),
    /// Signing a correction beside somebody else.
    Cosign(Cosign),
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
    /// What the PIN confirms, a line each: whoever was called over sees here what it is for.
    pub fn confirms(&self, holder: Option<&Statement>) -> Vec<Text> {
        let held = match &self.then {
            AfterPin::Post(waiting) => &waiting.held,
            AfterPin::Cosign(cosign) => return cosign.told().to_vec(),
            AfterPin::Second(_, told) => return told.clone(),
            AfterPin::Desk => return Vec::new(),
        };
        let wish = held.wish.iter();
        let what = wish.map(|wish| {
            Text::of("confirm-what")
                .item(wish)
                .pieces(&wish.item, wish.quantity)
        });
        let name = holder.map(|holder| Fact::Name(holder.member.name.clone()));
        let points = Text::of("points").points(held.points);
        let facts = std::iter::once(points.into()).chain(name);
        what.chain([Text::row(facts)]).collect()
    }

    pub(crate) fn new(shown: Shown, then: AfterPin) -> Self {
        Self {
            staff: shown.staff,
            by: shown.by,
            pin: TypedPin::default(),
            then,
        }
    }
}

impl State for PinPad {
    fn panel(&self, _context: &Context<'_>) -> Panel<Transition> {
        let name = Fact::Code(self.staff.name.clone());
        Panel {
            spoken: Prompt::Pin,
            footer: Footer::Typing,
            typing: Some(Typing::Pin),
            hint: "demo-pin",
            ..Panel::staff(Text::of("pin-who").fact("name", name), Body::Own)
        }
    }

    fn typed(&mut self, key: Key, _context: &Context<'_>) -> Transition {
        if let Key::Digit(digit) = key {
            self.pin.push(digit);
        } else if key == Key::Enter {
            return Transition::want(Effect::SignIn {
                staff: self.staff.id.clone(),
                by: self.by,
                pin: std::mem::take(&mut self.pin),
            });
        } else if !self.pin.rub_out() {
            // Back to where the badge was shown.
            return match &self.then {
                AfterPin::Desk => Transition::end(),
                AfterPin::Post(waiting) => Transition::replace(waiting.clone()),
                AfterPin::Second(working, _) => Transition::replace(working.clone()),
                AfterPin::Cosign(cosign) => Transition::replace(cosign.clone()),
            };
        }
        Transition::stay()
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        if let Answer::SignedIn(Err(refusal)) = answer {
            return Transition::refuse(refusal);
        }
        let Answer::SignedIn(Ok(staff)) = answer else {
            return Transition::stay();
        };
        match &self.then {
            AfterPin::Desk => Transition::restart(Desk::default())
                .asking(Ask::SignIn(staff.clone()))
                .and(Effect::LoadHolds)
                .and(Effect::LoadTriedPins(staff.id.clone())),
            AfterPin::Post(waiting) => {
                Transition::replace(waiting.clone()).and(waiting.post(&staff.id))
            }
            AfterPin::Second(working, _) => working.signed(staff, context),
            AfterPin::Cosign(cosign) => cosign.signed(staff, context),
        }
    }
}
