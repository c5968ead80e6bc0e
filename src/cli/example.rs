//! The example station, built in, so that the demo runs from any folder.

use crate::config::{Config, Fault, Sources, parse};

/// The config in `kiosk-config/`, as it was when the program was built.
///
/// # Errors
/// Its faults; `tests/` sees to it that there are none.
pub fn example_config() -> Result<Config, Vec<Fault>> {
    parse(Sources {
        station: include_str!("../../kiosk-config/station.toml"),
        catalogue: include_str!("../../kiosk-config/catalogue.toml"),
        rules: include_str!("../../kiosk-config/rules.toml"),
        staff: include_str!("../../kiosk-config/staff.toml"),
        notices: include_str!("../../kiosk-config/notices.toml"),
    })
}
