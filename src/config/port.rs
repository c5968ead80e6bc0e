//! Where a device is plugged in.

use crate::domain::is_hostile;
use std::fmt;

/// The longest path of a port, in bytes.
const MAX_PORT: usize = 200;

/// A port as the config names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Port(String);

impl Port {
    /// What a port may be, for a fault.
    pub(super) const RIGHT: &'static str = "write a path such as /dev/serial/by-id/usb-1a86";

    /// Takes an absolute path of at most 200 bytes; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() <= MAX_PORT && text.starts_with('/');
        (fits && !text.chars().any(is_hostile)).then(|| Self(text.to_owned()))
    }

    /// The port as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
