//! The example station, built in, so that the demo runs from any folder.

use crate::config::{Config, Fault, Sources, parse};

/// The files in `kiosk-config/`, as they were when the program was built.
pub(super) const EXAMPLE: Sources<'static> = Sources {
    station: include_str!("../../kiosk-config/station.toml"),
    catalogue: include_str!("../../kiosk-config/catalogue.toml"),
    rules: include_str!("../../kiosk-config/rules.toml"),
    staff: include_str!("../../kiosk-config/staff.toml"),
    notices: include_str!("../../kiosk-config/notices.toml"),
};

/// The config that they make.
///
/// # Errors
/// Its faults; `tests/` sees to it that there are none.
pub fn example_config() -> Result<Config, Vec<Fault>> {
    parse(EXAMPLE)
}
