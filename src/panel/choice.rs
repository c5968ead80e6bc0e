//! Something that can be chosen: its label, its key, and what it does.

use crate::domain::Text;
use crate::panel::Key;

/// What a choice means, and so its colour. Each also differs in its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// One of several.
    Choice,
    /// Yes.
    Confirm,
    /// Back, help, no, and what cannot be had now.
    Neutral,
    /// Finish.
    Finish,
}

/// Where the button of a choice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the body, where its layout has places for choices.
    Body,
    /// At the foot of the body, at the left end.
    Before,
    /// At the foot of the body, on one of the places between the two ends, from 0.
    Foot(usize),
    /// At the foot of the body, at the right end.
    After,
    /// Among the buttons at the bottom of the screen.
    Footer,
    /// Nowhere; its key works all the same.
    Hidden,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<A> {
    /// The key that it stands for; a touch on its button is the same.
    pub key: Key,
    /// Another key for it.
    pub also: Option<Key>,
    /// The word on the button.
    pub label: Text,
    /// A figure at the right end of the button, such as a price.
    pub note: Option<Text>,
    /// The meaning.
    pub tone: Tone,
    /// It cannot be undone: it does nothing until everyone has had time to see the screen.
    pub irreversible: bool,
    /// Where it stands.
    pub place: Place,
    /// What it does.
    pub act: A,
}

impl<A> Choice<A> {
    /// One of several, in the body.
    pub const fn new(key: Key, label: Text, act: A) -> Self {
        Self {
            key,
            also: None,
            label,
            note: None,
            tone: Tone::Choice,
            irreversible: false,
            place: Place::Body,
            act,
        }
    }

    /// An entry of a menu or a list, which is numbered later.
    pub const fn item(label: Text, act: A) -> Self {
        Self::new(Key::Enter, label, act)
    }

    /// What a key does that has no button of its own in the body.
    pub fn hidden(key: Key, act: A) -> Self {
        Self::new(key, Text::row([]), act).at(Place::Hidden)
    }

    /// The page before.
    pub fn page_back(act: A) -> Self {
        Self::new(Key::Digit(8), Text::of("page-back"), act)
            .neutral()
            .at(Place::Before)
    }

    /// The next page.
    pub fn page_on(act: A) -> Self {
        Self::new(Key::Digit(9), Text::of("page-on"), act)
            .neutral()
            .at(Place::After)
    }

    /// Says whether it asks something of the station itself.
    pub const fn is_aid(&self) -> bool {
        matches!(self.key, Key::Aid(_))
    }

    /// The same with a figure.
    #[must_use]
    pub fn note(mut self, note: impl Into<Option<Text>>) -> Self {
        self.note = note.into();
        self
    }

    /// The same with a meaning.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same, but not the thing to do.
    #[must_use]
    pub const fn neutral(self) -> Self {
        self.tone(Tone::Neutral)
    }

    /// The same as a yes.
    #[must_use]
    pub const fn yes(self) -> Self {
        self.tone(Tone::Confirm)
    }

    /// The same, and it cannot be undone.
    #[must_use]
    pub const fn irreversible(mut self) -> Self {
        self.irreversible = true;
        self
    }

    /// The same at another place.
    #[must_use]
    pub const fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same with one more key.
    #[must_use]
    pub fn also(mut self, key: impl Into<Option<Key>>) -> Self {
        self.also = key.into();
        self
    }
}
