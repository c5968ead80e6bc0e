//! How a resident likes the screen: language, colours, and whether others may see the balance. Personal, and worth no points.

use crate::domain::Lang;

/// The colours of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on light, the default.
    #[default]
    Light,
    /// Yellow and white on black, for eyes that light dazzles.
    Contrast,
}

impl Theme {
    /// Both with their names on disk.
    pub const ALL: [(Self, &'static str); 2] =
        [(Self::Light, "light"), (Self::Contrast, "contrast")];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Contrast,
            Self::Contrast => Self::Light,
        }
    }

    /// Its name on disk.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Contrast => "contrast",
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
