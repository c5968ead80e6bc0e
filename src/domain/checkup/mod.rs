//! A check-up of the station: what is looked at, what can be found, and how bad it is.
//!
//! The short code that names the findings over the phone is in [`code`].

mod cause;
mod check;
mod code;

pub use cause::Cause;
pub use check::{Check, Health};
pub use code::{Code, CodeFault};

use crate::domain::clean;

/// The longest remark of a finding, in characters.
const MAX_DETAIL: usize = 160;
/// The longest path of a finding, in characters; those of ports are no longer.
const MAX_PATH: usize = 200;
/// The longest name of a user, a group or a device, in characters.
const MAX_NAME: usize = 32;

/// What a remedy names, with bounded clean texts. The usual values stand in where nobody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What was found, for the technician: a name, a port, numbers. Empty for nothing.
    pub detail: String,
    /// The user as whom the station runs.
    pub user: String,
    /// The group that may use the port.
    pub group: String,
    /// The file, folder or port that is meant, ready for a shell.
    pub path: String,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            detail: String::new(),
            user: "wenming".to_owned(),
            group: "dialout".to_owned(),
            path: "/var/lib/wenming".to_owned(),
        }
    }
}

impl Facts {
    /// What a remedy names at a station that is set up as the manual says.
    pub fn usual(cause: Cause) -> Self {
        let path = match cause.name() {
            "example-pins" | "example-badges" => "/etc/wenming/staff.toml",
            "config-faults" | "config-open" => "/etc/wenming",
            "terminal-keys" => "/etc/wenming/deploy/foot.ini",
            "ledger-key" => "/var/lib/wenming/keys/card.key",
            name if name.starts_with("port-") => "/dev/serial/by-id",
            name if name.starts_with("printer-") => {
                return Self::default().path("/dev/usb/lp0").group("lp");
            }
            _ => return Self::default(),
        };
        Self::default().path(path)
    }

    /// With a remark.
    #[must_use]
    pub fn detail(mut self, text: &str) -> Self {
        self.detail = clean(text, MAX_DETAIL);
        self
    }

    /// With a user.
    #[must_use]
    pub fn user(mut self, name: &str) -> Self {
        self.user = word(&clean(name, MAX_NAME));
        self
    }

    /// With a group.
    #[must_use]
    pub fn group(mut self, name: &str) -> Self {
        self.group = word(&clean(name, MAX_NAME));
        self
    }

    /// With a path.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        self.path = word(&clean(path, MAX_PATH));
        self
    }
}

/// One word for a shell: whoever copies a command types nothing else by it.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:+@%=,".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// What one check came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// What was found; `None` where all is well.
    pub cause: Option<Cause>,
    /// Where, and what a remedy names.
    pub facts: Facts,
}

impl Finding {
    /// All is well.
    pub fn well(check: Check, detail: &str) -> Self {
        Self {
            check,
            cause: None,
            facts: Facts::default().detail(detail),
        }
    }

    /// Something was found.
    pub const fn new(check: Check, cause: Cause, facts: Facts) -> Self {
        Self {
            check,
            cause: Some(cause),
            facts,
        }
    }

    /// How bad it is.
    pub fn health(&self) -> Health {
        self.cause.map_or(Health::Well, Cause::health)
    }
}

/// A whole check-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkup {
    /// When, in milliseconds since 1970.
    pub wall_ms: i64,
    /// What was found, in the order of [`Check`].
    pub findings: Vec<Finding>,
}

impl Checkup {
    /// The worst of it.
    pub fn health(&self) -> Health {
        let all = self.findings.iter().map(Finding::health);
        all.max().unwrap_or(Health::Well)
    }

    /// How many findings are that bad.
    pub fn count(&self, health: Health) -> usize {
        let bad = self.findings.iter().filter(|one| one.health() == health);
        bad.count()
    }

    /// What somebody should look at, the worst first.
    pub fn troubles(&self) -> Vec<&Finding> {
        let all = self.findings.iter();
        let mut list: Vec<&Finding> = all.filter(|one| one.health() > Health::Well).collect();
        list.sort_by_key(|one| std::cmp::Reverse(one.health()));
        list
    }

    /// The code that names every trouble.
    pub fn code(&self) -> Code {
        let pairs = self.findings.iter();
        let pairs = pairs.filter_map(|one| Some((one.check, one.cause?)));
        Code::pack(pairs.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_into_a_shell_is_one_word() {
        for (text, want) in [
            ("/dev/ttyUSB0", "/dev/ttyUSB0"),
            ("/dev/a b", "'/dev/a b'"),
            ("/x;reboot", "'/x;reboot'"),
            ("it's", "'it'\\''s'"),
            ("-rf", "'-rf'"),
            ("", "''"),
            ("/a\u{1b}[2J\u{202e}b", "'/a[2Jb'"),
        ] {
            assert_eq!(Facts::default().path(text).path, want, "{text:?}");
        }
    }
}
