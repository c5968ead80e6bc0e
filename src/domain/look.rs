//! How a resident likes the screen: language, colours, and whether others may see the balance. Personal, and worth no points.

use crate::domain::{Lang, names};

names! {
    /// The colours of the screen, named as on disk.
    #[derive(Default)]
    pub enum Theme {
        /// Dark on light, the default.
        #[default]
        Light = "light",
        /// Yellow and white on black, for eyes that light dazzles.
        Contrast = "contrast",
    }
}

impl Theme {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Contrast,
            Self::Contrast => Self::Light,
        }
    }
}

/// All of it together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// The colours.
    pub theme: Theme,
    /// The balance is covered until it is asked for.
    pub covers: bool,
}
