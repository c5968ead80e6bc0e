//! `wenming kiosk`: the station itself.

use crate::cli::{Dirs, Failure, read_config};
use crate::domain::Lang;
use crate::shell::kiosk::{Start, run as run_kiosk};

pub(super) fn run(dirs: &Dirs) -> Result<(), Failure> {
    let start = Start {
        config: read_config(&dirs.config)?,
        config_dir: Some(&dirs.config),
        data: &dirs.data,
        demo: None,
        lang: Lang::default(),
    };
    Ok(run_kiosk(start)?)
}
