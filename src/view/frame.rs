//! What stands on every screen: the bar on top and the three buttons at the bottom.

use crate::app::{Aid, Key, Model};
use crate::domain::mask_name;
use crate::view::Ink;
use crate::view::layout::{Grid, cells, inset};
use crate::view::page::{Button, Page, Tone};
use crate::view::screens::{View, fitting, grave};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

/// What the three buttons are for on this screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trio {
    /// Digits choose here, so 0 is back.
    Choosing,
    /// Digits are typed here, so minus is back.
    Typing,
    /// Nobody has a session: the language stands where back would, the colours where finish would.
    Idle,
    /// Nothing lies behind: the colours stand where back would.
    Home,
}

/// Adds the bar on top: place, masked name, clock. Where a hint has no row of its own, it stands
/// here in place of the first two.
pub(crate) fn header(page: &mut Page, grid: &Grid, view: &View<'_>, hint: Option<String>) {
    page.fill(grid.header, Ink::Header);
    let bar = inset(grid.header, 1);
    let clock = view.say.clock(&view.now.wall);
    if let Some(hint) = hint {
        let width = u16::try_from(clock.width()).unwrap_or(0) + 3;
        let at = Rect {
            width: grid.header.width.saturating_sub(width),
            ..grid.header
        };
        page.right(bar, Ink::Header, clock);
        page.fill(at, Ink::Warning);
        page.centred(at, Ink::Warning, hint);
        return;
    }
    let right = match &view.model.holder {
        Some(holder) => format!("{}  {clock}", mask_name(&holder.member.name)),
        None => clock,
    };
    let spare = usize::from(bar.width).saturating_sub(right.width() + 2);
    let place = [view.place(), view.station()]
        .into_iter()
        .find(|place| place.width() <= spare);
    page.text(bar, Ink::Header, place.unwrap_or_default());
    page.right(bar, Ink::Header, right);
}

/// Adds the one sentence of the screen; that help was called comes first, but never hides the
/// question to which 1 would be an answer that cannot be undone.
pub(crate) fn sentence(page: &mut Page, grid: &Grid, view: &View<'_>, text: impl Into<String>) {
    if view.model.help.called && !view.model.screen.is_grave(Key::Digit(1)) {
        page.fill(grid.sentence, Ink::Warning);
        page.centred(grid.sentence, Ink::Warning, view.say.text("help-called"));
    } else {
        page.text(grid.sentence, Ink::Strong, text);
    }
}

/// Adds the three buttons, always in the same place with the same words; a station that speaks has a
/// fourth, which says it again.
pub(crate) fn trio(page: &mut Page, grid: &Grid, view: &View<'_>, trio: Trio) {
    let again = view.model.offers(view.config, Aid::Again);
    // Four of them need the whole width for their signs.
    let places = if again {
        cells(grid.foot(), 4, 1)
    } else {
        cells(grid.trio, 3, 1)
    };
    let (back, back_key, back_badge) = match trio {
        Trio::Choosing => (view.say.text("back"), Key::Back, "0"),
        Trio::Typing => (view.say.text("back"), Key::Back, "-"),
        Trio::Idle => (view.other_language(), Key::Language, "/"),
        Trio::Home => (view.other_theme(), Key::Theme, "+"),
    };
    let help = view.say.text("help");
    let finish = view.say.text(if again { "finish-short" } else { "finish" });
    let digit = view.model.digit_of(view.config, Aid::Again);
    let sign = digit.map_or_else(String::new, |digit| digit.to_string());
    let mut buttons = vec![
        (back, back_key, back_badge, Tone::Neutral),
        (help, Key::Help, "*", Tone::Neutral),
    ];
    buttons.push(match trio {
        Trio::Idle => (view.other_theme(), Key::Theme, "+", Tone::Neutral),
        Trio::Choosing | Trio::Typing | Trio::Home => (finish, Key::Finish, ".", Tone::Finish),
    });
    if again {
        let label = view.say.text("hear-again");
        buttons.insert(2, (label, Key::Aid(Aid::Again), &sign, Tone::Neutral));
    }
    for (at, (label, key, badge, tone)) in places.into_iter().zip(buttons) {
        let button = Button {
            at,
            key,
            badge: badge.to_owned(),
            label,
            note: String::new(),
            tone,
        };
        // Where back calls a redemption off it is as grave as the button that says so.
        if view
            .model
            .in_front()
            .is_some_and(|screen| screen.is_grave(key))
        {
            grave(page, view, button);
        } else {
            page.button(fitting(button));
        }
    }
}

/// Says whether a card number is being typed, and which.
pub(crate) fn typed<'a>(model: &'a Model, view: &View<'_>) -> Option<&'a str> {
    (view.config.station.screen.typed_cards && !model.typed.is_empty())
        .then_some(model.typed.as_str())
}
