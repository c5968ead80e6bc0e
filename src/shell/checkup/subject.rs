//! Who is looked at, and what all looks share.

use super::environment::Environment;
use super::users;
use crate::config::{Config, Fault};
use crate::domain::{Cause, Check, Facts, Finding, Lang, Now, PrinterNews, Text};
use crate::words;
use std::path::{Path, PathBuf};

/// Who is looked at, and with which eyes.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The config as it was read, or its faults.
    pub config: Result<Config, Vec<Fault>>,
    /// Where it was read from; `None` when it is built in, as in the demo, whose folder is thrown away.
    pub config_dir: Option<PathBuf>,
    /// The folder with the ledger.
    pub data: PathBuf,
    /// The moment.
    pub now: Now,
    /// The language of what is found in files.
    pub lang: Lang,
    /// In a running kiosk: which readers are there, in the order of the config.
    pub readers: Option<Vec<bool>>,
    /// In a running kiosk: what the printer's thread said last.
    pub printer: Option<PrinterNews>,
    /// What the terminal is said to be.
    pub terminal: Environment,
    /// The root of the file system.
    pub root: PathBuf,
}

impl Subject {
    /// Whom a remedy names: the owner of the data folder, else who runs this, else the usual user.
    pub(super) fn facts(&self) -> Facts {
        let user = users::station_user(&self.root, &self.data);
        let facts = Facts::default().path(&self.data.display().to_string());
        match user {
            Some(user) => facts.user(&user),
            None => facts,
        }
    }

    /// The remark of some faults: how many there are, and the first.
    pub(super) fn first_of(&self, count: usize, first: Text) -> String {
        let text = Text::of("fault-first").word("count", count);
        words::told(&text.fact("first", first.into()), self.lang)
    }

    /// A finding with a remark.
    pub(super) fn found(&self, check: Check, cause: Cause, text: &str) -> Finding {
        Finding::new(check, cause, self.facts().detail(text))
    }

    /// Why something could not be looked at: the config or the ledger is in the way.
    pub(super) fn not_looked(&self, check: Check) -> Vec<Finding> {
        vec![self.found(check, Cause::NotLooked, "")]
    }

    /// What a remedy names for a finding about a file or folder.
    pub(super) fn about(&self, path: &Path) -> Facts {
        self.facts().path(&path.display().to_string())
    }
}

/// What was found, or that all is well.
pub(super) fn or_well(findings: Vec<Finding>, check: Check, detail: &str) -> Vec<Finding> {
    if findings.is_empty() {
        vec![Finding::well(check, detail)]
    } else {
        findings
    }
}
