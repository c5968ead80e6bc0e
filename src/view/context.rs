//! What a page is made from, and the buttons that follow from it.

use crate::app::{Key, Model};
use crate::config::Config;
use crate::domain::{Now, StaffId, Text, Theme};
use crate::panel::Choice;
use crate::view::layout::cells;
use crate::view::page::{Button, Page, Tone};
use crate::words::{Known, Say, Words};
use ratatui::layout::Rect;

/// What the demo tells a newcomer to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// A resident's card.
    pub card: String,
    /// Another resident's QR code, which a scanner would read.
    pub code: String,
    /// The staff, an attendant first.
    pub staff: Vec<DemoStaff>,
    /// Where receipts go.
    pub receipts: String,
    /// Where bundles go, every two minutes.
    pub exports: String,
}

/// Somebody of the staff whom a newcomer may play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoStaff {
    /// Who.
    pub id: StaffId,
    /// The number of the badge.
    pub badge: String,
    /// The PIN.
    pub pin: String,
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
            self.irreversible(page, button);
        } else {
            page.button(button);
        }
    }
    /// Adds a button for what cannot be undone; until everyone has had time to see the screen it looks
    /// and reads otherwise, and does nothing.
    pub(crate) fn irreversible(&self, page: &mut Page, mut button: Button) {
        if !self.model.is_armed(self.config, self.now) && self.model.typed.is_empty() {
            button.label = self.say.text("not-yet");
            button.tone = Tone::Unarmed;
        }
        page.button(button);
    }

    /// Two places side by side, such that the first is not where the finger has just been.
    pub(crate) fn apart(&self, area: Rect, first: usize) -> [Rect; 2] {
        let halves = cells(area, 2, 1);
        let half = |place: usize| halves.get(place).copied().unwrap_or(area);
        let pair = [half(first), half(1 - first.min(1))];
        let touched = self.model.came_by.is_some_and(|spot| {
            let under = Rect::new(spot.column, spot.row, spot.width, spot.height);
            under.intersects(pair[0])
        });
        if touched { [pair[1], pair[0]] } else { pair }
    }
}
