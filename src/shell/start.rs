//! How a kiosk is started, and why one ended otherwise than it was asked to.

use crate::config::Config;
use crate::view::Demo;
use std::io;
use std::path::{Path, PathBuf};

/// How a kiosk is started.
pub struct Start<'a> {
    /// The station.
    pub config: Config,
    /// Where the config was read from, for reading it again; `None` when it is built in.
    pub config_dir: Option<&'a Path>,
    /// Where the ledger is.
    pub data: &'a Path,
    /// Set in the demo: what to type; and Ctrl-C ends it.
    pub demo: Option<Demo>,
    /// The language at the start of the demo.
    pub lang: crate::domain::Lang,
}

/// Why a kiosk ended otherwise than it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The terminal cannot be used.
    #[error("use the terminal: {0}; run it in a terminal that shows at least 64x16 cells")]
    Terminal(#[from] io::Error),
    /// The ledger cannot be used, or failed while it was used.
    #[error(
        "{}: {why}; what was announced is on disk, see `wenming audit --data {}`",
        data.join("station.db").display(),
        data.display()
    )]
    Ledger {
        /// The folder with the ledger: a technician may have several.
        data: PathBuf,
        /// What was attempted, and how it failed.
        why: String,
    },
}
