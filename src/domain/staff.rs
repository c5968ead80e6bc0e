//! The people behind the counter.

use crate::domain::{AccountId, CardId, StaffId, names};

names! {
    /// What a member of staff may do, named as in the config and the database. Later roles may do what earlier ones may.
    pub enum Role {
        /// Confirms redemptions and mends mistakes.
        Attendant = "attendant",
        /// Runs the branch.
        Manager = "manager",
        /// Configures and repairs the terminal; may close the program.
        Technician = "technician",
    }
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The identity in the ledger.
    pub id: StaffId,
    /// The name shown to colleagues.
    pub name: String,
    /// What this person may do.
    pub role: Role,
    /// This person's own account as a resident, whose redemptions someone else must confirm.
    pub account: Option<AccountId>,
}

impl Staff {
    /// Says whether this person may do what takes at least that role. Technicians mind devices, never points.
    pub fn may(&self, least: Role) -> bool {
        self.role >= least && self.role != Role::Technician
    }
}

/// A member of staff as the config names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffEntry {
    /// Who it is.
    pub staff: Staff,
    /// The badge's number.
    pub badge: CardId,
    /// The PIN's argon2id hash as a PHC string.
    pub pin_hash: String,
}

/// How a badge was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShownBy {
    /// The badge itself, at a reader where badges count.
    Badge,
    /// Only its number, which anybody can print or type: it says who, and confirms nothing without the PIN.
    Number,
}

impl ShownBy {
    /// Both with their names in the database.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Badge, "badge"), (Self::Number, "number")];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Badge => "badge",
            Self::Number => "number",
        }
    }
}

/// A member of staff whose badge was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Who.
    pub staff: Staff,
    /// How.
    pub by: ShownBy,
}

/// Wrong PINs of a colleague, as the desk tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedPins {
    /// Whose badge it was, by the name shown to colleagues.
    pub name: String,
    /// How many since whoever reads it was told last.
    pub count: i64,
    /// The badge was locked for the day, and whoever signed in has freed it.
    pub freed: bool,
}
