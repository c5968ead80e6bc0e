//! The terminal: size, colours, encoding, and what is known of its touch.

use super::{Subject, or_well};
use crate::domain::{Cause, Check, Finding};
use crate::view::{MIN_COLUMNS, MIN_ROWS};
use rustix::termios::tcgetwinsize;
use std::io::stdout;

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
        let size = tcgetwinsize(stdout()).ok();
        let locales = ["LC_ALL", "LC_CTYPE", "LANG"].map(said);
        Self {
            size: size.map(|size| (size.ws_col, size.ws_row)),
            term: said("TERM"),
            colour: said("COLORTERM"),
            locale: locales
                .into_iter()
                .find(|l| !l.is_empty())
                .unwrap_or_default(),
            remote: !said("SSH_CONNECTION").is_empty() || !said("SSH_TTY").is_empty(),
        }
    }

    fn has_colours(&self) -> bool {
        let begins = ["foot", "xterm-kitty", "alacritty"];
        self.term.contains("256color")
            || self.term.contains("direct")
            || begins.iter().any(|name| self.term.starts_with(name))
            || matches!(self.colour.as_str(), "truecolor" | "24bit")
    }

    fn is_utf8(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        locale.ends_with("utf-8") || locale.ends_with("utf8")
    }

    /// Says whether touches were seen to arrive in terminals of this kind.
    pub fn touches(&self) -> bool {
        self.term.starts_with("foot") || self.term.starts_with("xterm")
    }
}

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    let around = &subject.terminal;
    let found = |cause, text: &str| {
        let facts = subject.facts().detail(text);
        Finding::new(Check::Terminal, cause, facts)
    };
    let Some((columns, rows)) = around.size else {
        return vec![found(Cause::NoTerminal, "")];
    };
    let text = format!("{columns}x{rows}  TERM={}  {}", around.term, around.locale);
    if around.remote {
        return vec![found(Cause::RemoteTerminal, &text)];
    }
    if around.term == "linux" {
        return vec![found(Cause::TerminalConsole, &text)];
    }
    let mut findings = Vec::new();
    if columns < MIN_COLUMNS || rows < MIN_ROWS {
        findings.push(found(Cause::TerminalSmall, &format!("{columns}x{rows}")));
    }
    if !around.has_colours() {
        let text = format!("TERM={} COLORTERM={}", around.term, around.colour);
        findings.push(found(Cause::TerminalColours, &text));
    }
    if !around.is_utf8() {
        let text = format!("LANG={}", around.locale);
        findings.push(found(Cause::TerminalNotUtf8, &text));
    }
    if !around.touches() {
        let text = format!("TERM={}", around.term);
        findings.push(found(Cause::TouchUnknown, &text));
    }
    or_well(findings, Check::Terminal, &text)
}
