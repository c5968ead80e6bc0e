//! What everyone can read in the published example: its badges and its PINs.

use crate::config::load::{Config, Sources, parse};
use crate::domain::{StaffEntry, StaffId};

/// Who still works with what the example publishes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Whose PIN is one of the example's, as its hash stands there.
    pub pins: Vec<StaffId>,
    /// Whose badge is one of the example's.
    pub badges: Vec<StaffId>,
}

impl Published {
    /// Looks through a config. A PIN of the example that was hashed anew is not seen: only its hash is public.
    pub fn of(config: &Config) -> Self {
        let example = example();
        let who = |is: &dyn Fn(&StaffEntry, &StaffEntry) -> bool| -> Vec<StaffId> {
            let is_public = |entry: &&StaffEntry| example.iter().any(|other| is(entry, other));
            let found = config.staff.iter().filter(is_public);
            found.map(|entry| entry.staff.id.clone()).collect()
        };
        Self {
            pins: who(&|own, other| own.pin_hash == other.pin_hash),
            badges: who(&|own, other| own.badge == other.badge),
        }
    }

    /// Says whether nothing of the example is in use.
    pub const fn is_empty(&self) -> bool {
        self.pins.is_empty() && self.badges.is_empty()
    }
}

/// The staff of the example.
fn example() -> Vec<StaffEntry> {
    let parsed = parse(Sources {
        station: include_str!("../../kiosk-config/station.toml"),
        catalogue: include_str!("../../kiosk-config/catalogue.toml"),
        rules: include_str!("../../kiosk-config/rules.toml"),
        staff: include_str!("../../kiosk-config/staff.toml"),
        notices: "",
    });
    parsed.map_or_else(|_| Vec::new(), |config| config.staff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_has_people_of_its_own() {
        assert_eq!(example().len(), 3);
    }
}
