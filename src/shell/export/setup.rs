//! What an exporter must know of its station.

use super::stick::StickPaths;
use crate::app::Model;
use crate::bundle::Origin;
use crate::config::{Config, SinkSetting};
use crate::disk;
use crate::domain::{Incarnation, Lang, hex};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// The largest file of a config, in bytes.
const LONGEST: u64 = 1 << 20;

/// What an exporter must know of its station.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Whose log it is. The exporter takes the incarnation from the ledger.
    pub origin: Origin,
    /// For whom bundles are sealed, `age1…`.
    pub recipient: Option<String>,
    /// Where bundles go beside the outbox.
    pub sinks: Vec<SinkSetting>,
    /// The digest of the config, for the heartbeat; see [`config_digest`].
    pub config: String,
    /// Which of the configured readers are there; empty where nobody looked.
    pub readers: Vec<bool>,
    /// Unknown cards since the program started, and how often a reader had to rest because of them; `None` where
    /// nobody looked.
    pub unknown: Option<(u64, u64)>,
    /// Where sticks are looked for.
    pub sticks: StickPaths,
    /// The language of sentences in the news.
    pub lang: Lang,
}

impl Setup {
    /// The setup that a config calls for.
    pub fn new(config: &Config, digest: String) -> Self {
        Self {
            origin: Origin {
                township: config.station.township.clone(),
                station: config.station.id.clone(),
                incarnation: Incarnation::FIRST,
            },
            recipient: config.export.recipient.clone(),
            sinks: config.export.sinks.clone(),
            config: digest,
            readers: Vec::new(),
            unknown: None,
            sticks: StickPaths::default(),
            lang: Lang::En,
        }
    }

    /// Takes what only a running station knows.
    pub fn look(&mut self, model: &Model) {
        self.readers.clone_from(&model.readers);
        self.unknown = Some((model.ways.unknown, model.ways.rests));
        self.lang = model.lang;
    }
}

/// The SHA-256 over the files of a config folder, one after the other, in hex; a file that cannot
/// be read counts as empty. `None` is the config that is built in.
pub fn config_digest(dir: Option<&Path>) -> String {
    let Some(dir) = dir else {
        return "built-in".to_owned();
    };
    let mut hash = Sha256::new();
    for name in [
        "station.toml",
        "catalogue.toml",
        "rules.toml",
        "staff.toml",
        "notices.toml",
    ] {
        hash.update(disk::read(&dir.join(name), LONGEST).unwrap_or_default());
    }
    hex(&hash.finalize())
}
