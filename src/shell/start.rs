//! How a kiosk is started, and why one ended otherwise than it was asked to.

use crate::app::{self, Model};
use crate::config::Config;
use crate::domain::Lang;
use crate::shell::clock::Clock;
use crate::shell::input::Input;
use crate::shell::station::fault;
use crate::shell::terminal::Screen;
use crate::store::StoreError;
use crate::view::{Demo, View, page};
use crate::words::Words;
use signal_hook::consts::SIGTERM;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::Duration;

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
    pub lang: Lang,
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

/// How long the calm screen stays before the program ends for a new start.
pub(super) const OUT_OF_ORDER_MS: i64 = 10_000;

/// Shows the calm screen for a while, since without it a restart would only flicker. Says whether the system wanted the end
/// before that.
pub(super) fn show_failure(
    screen: &mut Screen,
    config: &Config,
    error: &StoreError,
    (clock, receive): (Clock, &Receiver<Input>),
) -> io::Result<bool> {
    let now = clock.now();
    let words = Words::new();
    let mut model = Model::new(0, Lang::default(), &now);
    model.screen = app::Screen::OutOfOrder(fault(error));
    let view = View::new(&model, config, &words, &now);
    screen.draw(&page(&view, screen.area()?))?;
    let until_ms = now.mono_ms.saturating_add(OUT_OF_ORDER_MS);
    loop {
        let left_ms = until_ms.saturating_sub(clock.now().mono_ms).max(0);
        match receive.recv_timeout(Duration::from_millis(left_ms.unsigned_abs())) {
            Ok(Input::Signal(SIGTERM)) => return Ok(true),
            Ok(_) => {}
            Err(_) => return Ok(false),
        }
    }
}
