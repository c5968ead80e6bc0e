//! What the surroundings say of the terminal.

use rustix::termios::tcgetwinsize;
use std::io::{IsTerminal as _, stdout};

/// What the surroundings say of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Columns and rows; `None` where there is no terminal.
    pub size: Option<(u16, u16)>,
    /// `TERM`.
    pub term: String,
    /// `COLORTERM`.
    pub colour: String,
    /// The first of `LC_ALL`, `LC_CTYPE`, `LANG` that says something.
    pub locale: String,
    /// Reached over the network.
    pub remote: bool,
}

impl Environment {
    /// Looks around.
    pub fn here() -> Self {
        let said = |name: &str| -> String {
            let value = std::env::var_os(name);
            value.map_or_else(String::new, |value| value.to_string_lossy().into_owned())
        };
        let size = tcgetwinsize(stdout())
            .ok()
            .map(|size| (size.ws_col, size.ws_row));
        let locales = ["LC_ALL", "LC_CTYPE", "LANG"].map(said);
        Self {
            size: size.filter(|_| stdout().is_terminal()),
            term: said("TERM"),
            colour: said("COLORTERM"),
            locale: locales
                .into_iter()
                .find(|l| !l.is_empty())
                .unwrap_or_default(),
            remote: !said("SSH_CONNECTION").is_empty() || !said("SSH_TTY").is_empty(),
        }
    }

    /// Says whether terminals of this kind have 256 colours.
    pub(super) fn has_colours(&self) -> bool {
        let begins = ["foot", "xterm-kitty", "alacritty"];
        self.term.contains("256color")
            || self.term.contains("direct")
            || begins.iter().any(|name| self.term.starts_with(name))
            || matches!(self.colour.as_str(), "truecolor" | "24bit")
    }

    /// Says whether the text is in UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        locale.ends_with("utf-8") || locale.ends_with("utf8")
    }

    /// Says whether touches were seen to arrive in terminals of this kind.
    pub fn touches(&self) -> bool {
        self.term.starts_with("foot") || self.term.starts_with("xterm")
    }
}
