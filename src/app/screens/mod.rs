//! One file a screen: its data, and what keys, cards and answers do to it.

mod checkup;
mod choose;
mod confirm;
mod desk;
mod detective;
mod devices;
mod done;
mod exports;
mod holds;
mod home;
mod idle;
mod operations;
mod passbook;
mod pin_pad;
mod printer_setup;
mod quantity;
mod remember;
mod reverse;
mod rewards;
mod variants;
mod waiting;

pub use checkup::CheckupList;
pub use choose::{Choose, HoldAction};
pub use confirm::Confirm;
pub use desk::{Desk, DeskNews};
pub use detective::{Detective, DetectiveEnd, DetectiveRemark, DetectiveStep, Tap};
pub use devices::{Devices, Heard};
pub use done::Done;
pub use exports::Exports;
pub use holds::Holds;
pub use home::Home;
pub use idle::Idle;
pub use operations::Operations;
pub use passbook::Passbook;
pub use pin_pad::{AfterPin, PinPad};
pub use printer_setup::{PrinterSetup, PrinterStep};
pub use quantity::Quantity;
pub use remember::Remember;
pub use reverse::Reverse;
pub use rewards::Rewards;
pub use variants::Variants;
pub use waiting::Waiting;

use crate::app::Key;

/// Choices on one screen. Source: kiosk studies, at most six options a screen.
const CHOICES_A_PAGE: usize = 6;
/// Choices on one screen that also has 上一页 and 下一页.
const CHOICES_BESIDE_PAGER: usize = 4;
/// Lines of a list on one screen; at 64×16 that leaves a blank row between lines.
pub const LINES_A_PAGE: usize = 4;

/// Choices on one screen, of so many in all.
pub fn choices_a_page(choices: usize) -> usize {
    if choices > CHOICES_A_PAGE {
        CHOICES_BESIDE_PAGER
    } else {
        CHOICES_A_PAGE
    }
}

/// How many pages a list has, 1 or more.
pub fn pages_of(entries: usize, a_page: usize) -> usize {
    entries.div_ceil(a_page).max(1)
}

/// The entries of one page, in order.
pub fn page_of<T>(entries: &[T], page: usize, a_page: usize) -> &[T] {
    let from = page.saturating_mul(a_page).min(entries.len());
    let until = from.saturating_add(a_page).min(entries.len());
    entries.get(from..until).unwrap_or_default()
}

/// The entry that a digit chooses on a page, from 1.
fn chosen<T>(entries: &[T], page: usize, a_page: usize, digit: u8) -> Option<&T> {
    let place = usize::from(digit).checked_sub(1)?;
    page_of(entries, page, a_page).get(place)
}

/// The page after 8 (back) or 9 (on), or `None` for other keys and at either end.
fn turned(key: Key, page: usize, pages: usize) -> Option<usize> {
    let to = match key {
        Key::Digit(8) => page.checked_sub(1)?,
        Key::Digit(9) => page.checked_add(1)?,
        Key::Digit(_)
        | Key::Enter
        | Key::Back
        | Key::Help
        | Key::Finish
        | Key::Language
        | Key::Theme
        | Key::Aid(_) => {
            return None;
        }
    };
    (to < pages).then_some(to)
}
