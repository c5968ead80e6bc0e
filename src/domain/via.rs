//! How a resident's card number came to the station, where it was not the card itself.

use serde::{Deserialize, Serialize};

/// A way on which no card need be there: a number that anybody can print, photograph or type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// A scanner read it from paper or from a phone.
    Scanner,
    /// A device typed it.
    Keyboard,
    /// A person typed it.
    Typed,
}
