//! What stands on the whole screen, and the files of the bodies that are drawn by themselves, one each.

mod asking;
mod confirm;
mod devices;
mod done;
mod home;
mod idle;
mod notice;
mod out_of_order;
mod pin_pad;
mod too_small;
mod waiting;

use crate::app::{Key, Model, Screen};
use crate::config::Config;
use crate::domain::{Lang, Now, Text, Theme};
use crate::panel::{Body, Choice, Panel, Place};
use crate::view::Ink;
use crate::view::body::body;
use crate::view::frame::{footer, header};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Button, Page, Tone};
use crate::words::{Known, Say, Words};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

/// What the demo tells a newcomer to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// A resident's card.
    pub card: String,
    /// An attendant's badge.
    pub badge: String,
    /// That attendant's PIN.
    pub pin: String,
    /// Where receipts go.
    pub receipts: String,
    /// Where bundles go, every two minutes.
    pub exports: String,
}

/// Everything a screen may look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What is on the screen.
    pub model: &'a Model,
    /// The station.
    pub config: &'a Config,
    /// The sentences in the language in front.
    pub say: Say<'a>,
    /// The moment.
    pub now: &'a Now,
    /// Set in the demo: what to type.
    pub demo: Option<&'a Demo>,
}

impl<'a> View<'a> {
    /// Looks at a model in its own language.
    pub fn new(model: &'a Model, config: &'a Config, words: &'a Words, now: &'a Now) -> Self {
        Self {
            model,
            config,
            say: words.say(model.lang),
            now,
            demo: None,
        }
    }

    /// The station's name.
    pub(crate) fn station(&self) -> String {
        self.config.station.name.get(self.model.lang).to_owned()
    }

    /// The station's name and village.
    pub(crate) fn place(&self) -> String {
        let village = self.config.station.village.get(self.model.lang);
        format!("{} {village}", self.station())
    }

    /// What sentences are about: names of rewards and rules, and whether balances are covered.
    pub(crate) const fn known(&self) -> Known<'a> {
        Known {
            catalogue: &self.config.catalogue,
            rules: self.config.rules.as_slice(),
            covered: self.model.is_covered(),
        }
    }

    /// Puts a sentence into words.
    pub(crate) fn tell(&self, text: &Text) -> String {
        self.say.tell(text, self.known())
    }

    /// What the colours would be.
    pub(crate) fn other_theme(&self) -> &'static str {
        match self.model.theme.other() {
            Theme::Light => "theme-light",
            Theme::Contrast => "theme-contrast",
        }
    }

    /// The button of a choice: a digit, or minus for 返回, stands in front of its word.
    pub(crate) fn button<A>(&self, at: Rect, choice: &Choice<A>) -> Button {
        let sign = |key| match key {
            Key::Digit(digit) => digit.to_string(),
            Key::Back => "-".to_owned(),
            Key::Enter | Key::Help | Key::Finish | Key::Language | Key::Theme | Key::Aid(_) => {
                String::new()
            }
        };
        let keys = [Some(choice.key), choice.also];
        let signs = keys.into_iter().flatten().map(sign);
        Button {
            at,
            key: choice.key,
            badge: signs.collect(),
            label: self.tell(&choice.label),
            note: choice
                .note
                .as_ref()
                .map_or_else(String::new, |note| self.tell(note)),
            tone: choice.tone.into(),
        }
    }

    /// Adds the button of a choice.
    pub(crate) fn choose<A>(&self, page: &mut Page, at: Rect, choice: &Choice<A>) {
        let button = self.button(at, choice);
        if choice.irreversible {
            irreversible(page, self, button);
        } else {
            page.button(fitting(button));
        }
    }
}

/// The page for this model in a terminal of this size.
pub fn page(view: &View<'_>, area: Rect) -> Page {
    let panel = view.model.panel(view.config, view.now);
    let hint = view.demo.map(|demo| hint(view, demo, panel.hint));
    let below = hint.is_some() && area.height > crate::view::MIN_ROWS;
    let used = rows(area, 0, area.height - u16::from(below));
    let mut page = Page {
        theme: view.model.theme,
        ..Page::default()
    };
    let Some(grid) = Grid::of(used) else {
        too_small::page(&mut page, view, area);
        return page;
    };
    match hint {
        Some(hint) if below => {
            let at = row(area, area.height - 1);
            header(&mut page, &grid, view, None);
            page.fill(at, Ink::Warning);
            page.centred(at, Ink::Warning, hint);
        }
        hint => header(&mut page, &grid, view, hint),
    }
    if view.model.asking_until_ms.is_some() {
        asking::page(&mut page, &grid, view, &panel);
    } else if let Some(refusal) = &view.model.notice {
        notice::page(&mut page, &grid, view, (&panel, refusal));
    } else if panel.body == Body::Own {
        own(&mut page, &grid, view, &panel);
    } else {
        body(&mut page, &grid, view, &panel);
        footer(&mut page, &grid, view, (&panel, panel.footer));
    }
    page
}

/// The screens that are drawn by themselves.
fn own<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let screen = &view.model.screen;
    if let Screen::OutOfOrder(fault) = screen {
        return out_of_order::page(page, grid, view, *fault);
    } else if let Screen::Idle(_) = screen {
        idle::page(page, grid, view);
    } else if let Screen::Home(_) = screen {
        home::page(page, grid, view, panel);
    } else if let Screen::Confirm(confirm) = screen {
        confirm::page(page, grid, view, (panel, confirm));
    } else if let Screen::Waiting(_) = screen {
        waiting::page(page, grid, view, panel);
    } else if let Screen::Done(done) = screen {
        done::page(page, grid, view, (panel, done));
    } else if let Screen::PinPad(pad) = screen {
        pin_pad::page(page, grid, view, (panel, pad));
    } else if let Screen::Devices(devices) = screen {
        devices::page(page, grid, view, (panel, devices));
    }
    footer(page, grid, view, (panel, panel.footer));
}

/// What a newcomer might try on this screen.
fn hint(view: &View<'_>, demo: &Demo, id: &str) -> String {
    let covered = view.model.in_front().is_none();
    let args = [
        ("card", demo.card.as_str()),
        ("badge", &demo.badge),
        ("pin", &demo.pin),
        ("receipts", &demo.receipts),
        ("exports", &demo.exports),
    ];
    view.say
        .with(if covered { "demo-other" } else { id }, &args)
}

/// The page before the ledger has been opened.
pub fn starting(words: &Words, area: Rect) -> Page {
    let mut page = Page::default();
    let middle = row(area, area.height / 2);
    page.centred(
        middle,
        Ink::Strong,
        words.say(Lang::default()).text("starting"),
    );
    page
}

/// Adds a button for what cannot be undone; until everyone has had time to see the screen it looks
/// and reads otherwise, and does nothing.
pub(crate) fn irreversible(page: &mut Page, view: &View<'_>, mut button: Button) {
    if !view.model.is_armed(view.config, view.now) && view.model.typed.is_empty() {
        button.label = view.say.text("not-yet");
        button.tone = Tone::Unarmed;
    }
    page.button(fitting(button));
}

/// A button as it fits: where room is scarce, the word comes before the sign.
pub(crate) fn fitting(mut button: Button) -> Button {
    if button.label.width() > button.label_room() {
        button.badge.clear();
    }
    button
}

/// Columns of a button for an aid: the widest word with its sign.
pub(super) const AID_COLUMNS: u16 = 16;

/// The choice of a key, where there is one to be drawn.
pub(super) fn choice<A>(panel: &Panel<A>, key: Key) -> Option<&Choice<A>> {
    let choice = panel.choice(key);
    choice.filter(|choice| choice.place != Place::Hidden)
}

/// Two places side by side, such that the first is not where the finger has just been.
fn apart(view: &View<'_>, area: Rect, first: usize) -> [Rect; 2] {
    let halves = cells(area, 2, 1);
    let half = |place: usize| halves.get(place).copied().unwrap_or(area);
    let pair = [half(first), half(1 - first.min(1))];
    let touched = view.model.came_by.is_some_and(|spot| {
        let under = Rect::new(spot.column, spot.row, spot.width, spot.height);
        under.intersects(pair[0])
    });
    if touched { [pair[1], pair[0]] } else { pair }
}
