//! What stands on every screen: the bar on top and the three buttons at the bottom.

use crate::app::{Aid, Key, Model, Screen};
use crate::domain::{Fact, Text};
use crate::panel::{Footer, Panel, Place};
use crate::view::context::View;
use crate::view::layout::{Grid, cells, columns, inset};
use crate::view::page::{Button, Page, Tone};
use crate::view::paint::fitted;
use crate::view::theme::Ink;
use unicode_width::UnicodeWidthStr as _;

/// Adds the bar on top: place, masked name, clock. That help was called stands in place of the first: so it hides nothing
/// of what somebody is asked to confirm. Where a hint has no row of its own, it stands here instead.
pub(crate) fn header(page: &mut Page, grid: &Grid, view: &View<'_>, hint: Option<&str>) {
    page.fill(grid.header, Ink::Header);
    let bar = inset(grid.header, 1);
    // The idle screen has a clock of its own.
    let idle = matches!(view.model.in_front(), Some(Screen::Idle(_)));
    let clock = if idle {
        String::new()
    } else {
        view.say.clock(&view.now.wall)
    };
    let beside = |right: &str| {
        let width = u16::try_from(right.width()).unwrap_or(0) + 3;
        columns(grid.header, 0, grid.header.width.saturating_sub(width))
    };
    let help = view.model.help.called;
    if let (Some(hint), false) = (hint, help) {
        page.banner(beside(&clock), Ink::Warning, hint);
        page.right(bar, Ink::Header, clock);
        return;
    }
    let right = match &view.model.holder {
        Some(holder) => {
            let name = Text::row([Fact::Name(holder.member.name.clone())]);
            format!("{}  {clock}", view.tell(&name))
        }
        None => clock,
    };
    if help {
        page.banner(beside(&right), Ink::Warning, view.say.text("help-called"));
        page.right(bar, Ink::Header, right);
        return;
    }
    let spare = usize::from(bar.width).saturating_sub(right.width() + 2);
    let place = [view.place(), view.station()]
        .into_iter()
        .find(|place| place.width() <= spare);
    page.text(bar, Ink::Header, place.unwrap_or_default());
    page.right(bar, Ink::Header, right);
}

/// Adds the one sentence of the panel, which may be a warning.
pub(crate) fn sentence<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let (at, text) = (grid.sentence, view.tell(&panel.title));
    let ink = if panel.alarm {
        page.fill(at, Ink::Warning);
        Ink::Warning
    } else {
        Ink::Strong
    };
    page.text(at, ink, fitted(&text, at.width.into()));
    if let Some(beside) = &panel.beside {
        page.right(at, Ink::Quiet, view.tell(beside));
    }
}

/// Adds the three buttons, always in the same place with the same words; a station that speaks has a
/// fourth, which says it again.
pub(crate) fn footer<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, footer): (&Panel<A>, Footer),
) {
    let mut again = panel.choices.iter();
    let again = again.find(|choice| choice.place == Place::Footer);
    // Four of them need the whole width for their signs.
    let places = match again {
        Some(_) => cells(grid.foot(), 4, 1),
        None => cells(grid.footer, 3, 1),
    };
    let (back, back_key, back_badge) = match footer {
        Footer::Choosing => ("back", Key::Back, "0"),
        Footer::Typing => ("back", Key::Back, "-"),
        Footer::Idle => ("language", Key::Language, "/"),
        Footer::Home => (view.other_theme(), Key::Theme, "+"),
    };
    let (last, last_key, last_badge, tone) = match footer {
        Footer::Idle => (view.other_theme(), Key::Theme, "+", Tone::Neutral),
        Footer::Choosing | Footer::Typing | Footer::Home => {
            ("finish", Key::Finish, ".", Tone::Finish)
        }
    };
    let sign = match again.and_then(|again| again.also) {
        Some(Key::Digit(digit)) => digit.to_string(),
        _ => String::new(),
    };
    // Where back has a button of its own in the body, with the word for what it does there, there is no second one.
    let own = panel.choice(Key::Back).map(|choice| choice.place) == Some(Place::Body);
    let own = own && view.model.in_front().is_some();
    let mut buttons = vec![
        (back, back_key, back_badge, Tone::Neutral),
        ("help", Key::Help, "*", Tone::Neutral),
        (last, last_key, last_badge, tone),
    ];
    if again.is_some() {
        let again = ("hear-again", Key::Aid(Aid::Again), &*sign, Tone::Neutral);
        buttons.insert(2, again);
    }
    for (at, (label, key, badge, tone)) in places.into_iter().zip(buttons) {
        if key != Key::Back || !own {
            page.button(Button::of(at, (key, badge), view.say.text(label), tone));
        }
    }
}

/// Says whether a card number is being typed, and which.
pub(crate) fn typed(model: &Model) -> Option<&str> {
    (!model.typed.is_empty()).then_some(model.typed.as_str())
}
