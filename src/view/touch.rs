//! What a finger means on a page: a pure machine, with the time told to it. The button that got the
//! Down acts on the Up; a finger that misses by a little still hits, and one that slides away means no.

use crate::app::{Key, Spot};
use crate::view::page::{Button, Page, Tone, near};
use ratatui::layout::Position;

/// How long a button looks pressed after it acted, in milliseconds. Terminals that tell of a touch
/// only when it ends leave no other time for it.
const PRESSED_MS: i64 = 150;
/// Wheel steps closer together than this are one burst, in milliseconds. Source: a slide of 200 ms.
const BURST_MS: i64 = 300;

/// What the glass reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finger {
    /// It comes down.
    Down,
    /// It slides.
    Drag,
    /// It leaves.
    Up,
    /// A wheel turned: some terminals report a hasty touch so.
    Scroll,
}

/// One report of the glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What the finger does.
    pub finger: Finger,
    /// Where: column and row, from 0.
    pub at: (u16, u16),
    /// When, in monotonic milliseconds.
    pub mono_ms: i64,
}

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Felt {
    /// Nothing yet, or nothing at all.
    Nothing,
    /// There is no button: a soft no.
    Miss,
    /// A button acts.
    Press(Key, Spot),
}

/// A finger on the glass, and what it did last.
#[derive(Clone, Debug, Default)]
pub struct Touch {
    down: Option<Button>,
    scrolled_ms: Option<i64>,
    pressed: Option<(Page, i64)>,
}

impl Touch {
    /// Takes what the glass reports, with the page in front. `scroll_is_tap`: there is no
    /// wheel, so the first step of a burst is a touch that the terminal misread.
    pub fn feel(&mut self, contact: Contact, page: &Page, scroll_is_tap: bool) -> Felt {
        let Contact {
            finger,
            at: (column, row),
            mono_ms,
        } = contact;
        match finger {
            Finger::Drag => Felt::Nothing,
            Finger::Down => {
                self.down = page.button_at(column, row).cloned();
                if self.down.is_some() {
                    Felt::Nothing
                } else {
                    Felt::Miss
                }
            }
            Finger::Up => match self.down.take() {
                // The page may have changed under the finger: then the button is not what it was.
                Some(button)
                    if near(button.at).contains(Position::new(column, row))
                        && page.buttons().any(|other| *other == button) =>
                {
                    self.press(&button, mono_ms, page)
                }
                Some(_) | None => Felt::Nothing,
            },
            Finger::Scroll => {
                let last = self.scrolled_ms.replace(mono_ms);
                let burst = last.is_some_and(|last| mono_ms.saturating_sub(last) < BURST_MS);
                if burst || !scroll_is_tap || self.down.is_some() {
                    return Felt::Nothing;
                }
                match page.button_at(column, row).cloned() {
                    Some(button) => self.press(&button, mono_ms, page),
                    None => Felt::Miss,
                }
            }
        }
    }

    fn press(&mut self, button: &Button, mono_ms: i64, page: &Page) -> Felt {
        self.pressed = pressed(page, button).map(|page| (page, mono_ms));
        let at = button.at;
        let spot = Spot {
            column: at.x,
            row: at.y,
            width: at.width,
            height: at.height,
        };
        Felt::Press(button.key, spot)
    }

    /// The page with its button pressed, and for how many milliseconds more it is to be seen.
    pub fn pressed(&self, mono_ms: i64) -> Option<(&Page, i64)> {
        let (page, since) = self.pressed.as_ref()?;
        let left = PRESSED_MS.saturating_sub(mono_ms.saturating_sub(*since));
        (left > 0).then_some((page, left))
    }
}

/// The same page with one button pressed. A digit of a PIN is not told to those who stand behind, and
/// a button that does nothing yet does not look as if it did.
fn pressed(page: &Page, button: &Button) -> Option<Page> {
    if button.tone == Tone::Unarmed || page.is_secret() && matches!(button.key, Key::Digit(_)) {
        return None;
    }
    let mut page = page.clone();
    page.press(button);
    Some(page)
}
