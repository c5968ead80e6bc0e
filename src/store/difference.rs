//! One way in which a file is not as this program makes it.

use crate::domain::Text;
use std::fmt;

/// How a file is not as this program makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// An object of this program is missing or changed: what it is, and its name.
    Missing(String, String),
    /// There is an object that this program does not make.
    More(String, String),
    /// What the guards read cannot be read.
    Unread(String),
}

impl Difference {
    /// The same as a sentence.
    pub fn told(&self) -> Text {
        let object = |id, what: &str, name: &str| {
            let object = Text::of("audit-object").word("what", what);
            Text::of(id).fact("object", object.word("name", name).into())
        };
        match self {
            Self::Missing(what, name) => object("audit-missing", what, name),
            Self::More(what, name) => object("audit-more", what, name),
            Self::Unread(why) => Text::of("audit-unread").word("why", why),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what, name) => write!(f, "schema: {what} {name} is missing or changed"),
            Self::More(what, name) => write!(f, "schema: {what} {name} is not of this program"),
            Self::Unread(why) => write!(f, "schema: {why}"),
        }
    }
}
