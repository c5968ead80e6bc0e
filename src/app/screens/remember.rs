//! The question at the end of a session in which the look was changed: shall it stay with the card?

use crate::app::scene::{Scene, Turn};
use crate::app::{Effect, Key};

/// The question whether the look shall be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remember;

impl Remember {
    pub(crate) fn key(key: Key, scene: &Scene<'_>) -> Turn {
        match (key, scene.account()) {
            (Key::Digit(1) | Key::Enter, Some(account)) => Turn::end().and(Effect::KeepLook {
                account,
                look: scene.look,
            }),
            (Key::Digit(0 | 2) | Key::Back, _) => Turn::end(),
            (
                Key::Digit(_)
                | Key::Enter
                | Key::Help
                | Key::Finish
                | Key::Language
                | Key::Theme
                | Key::Aid(_),
                _,
            ) => Turn::stay(),
        }
    }
}
