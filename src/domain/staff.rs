//! The people behind the counter.

use crate::domain::{AccountId, CardId, StaffId, names};
use std::fmt;
use zeroize::Zeroizing;

/// Wrong PINs after which a badge is locked. Source: the project's rule "five wrong → 15 minutes".
pub const PIN_TRIES: i64 = 5;

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

/// A PIN as typed: 4 to 8 digits, wiped from memory after use, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// The fewest digits.
    pub const MIN: usize = 4;
    /// The most digits.
    pub const MAX: usize = 8;

    /// Takes 4 to 8 ASCII digits; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (Self::MIN..=Self::MAX).contains(&text.len());
        (fits && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The digits, for hashing only.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(*)")
    }
}
