//! Final and on disk: had, spent, left in big digits, and what happens next.

use crate::app::Key;
use crate::app::scene::Turn;
use crate::domain::Receipt;

/// The done screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was redeemed.
    pub receipt: Receipt,
}

impl Done {
    pub(crate) fn key(key: Key) -> Turn {
        match key {
            Key::Digit(_) | Key::Enter | Key::Back | Key::Finish => Turn::end(),
            Key::Help | Key::Language | Key::Theme | Key::Aid(_) => Turn::stay(),
        }
    }
}
