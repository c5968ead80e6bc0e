//! Identifiers. Parsed once at the edge, never checked again.

use super::chain::hex;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Says whether a code is 1 to `max` characters of `A-Z 0-9 -`, not beginning with `-`.
fn is_code(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.len())
        && !text.starts_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The longest text that parses, in characters.
            pub const MAX: usize = $max;

            /// Takes a code of `A-Z 0-9 -`, at most [`Self::MAX`] long; anything else is `None`.
            pub fn parse(text: &str) -> Option<Self> {
                is_code(text, $max).then(|| Self(text.to_owned()))
            }

            /// The code as written in the config and in the ledger.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| {
                    D::Error::custom(format!(
                        "{text:?} is no code: 1 to {} of A-Z, 0-9 and -",
                        Self::MAX
                    ))
                })
            }
        }
    };
}

text_id!(
    /// A reward in the catalogue, and the unit in which its stock is counted.
    ItemCode, 12
);
text_id!(
    /// A variant of a reward with its own price.
    OptionCode, 12
);
text_id!(
    /// A group of rewards on the screen.
    CategoryCode, 12
);
text_id!(
    /// A partner (签约商户) who delivers rewards.
    PartnerCode, 12
);
text_id!(
    /// An entry of the rule book.
    RuleCode, 12
);
text_id!(
    /// A council of residents that decides in a sitting.
    CommitteeCode, 12
);
text_id!(
    /// People who live together.
    HouseholdCode, 12
);
text_id!(
    /// The number of a letter of the town office.
    LetterCode, 12
);
text_id!(
    /// An attendant, manager or technician.
    StaffId, 12
);
text_id!(
    /// A station of the bank, unique in its town.
    StationId, 12
);
text_id!(
    /// The town that issues the codes this station accepts.
    TownshipCode, 12
);
text_id!(
    /// A ledger account's public name: `R-` and 16 hex digits for a resident, a word for the bank's own.
    AccountId, 24
);

/// A card number or code, in the one canonical form that is hashed: upper-case letters and digits.
///
/// Debug output hides it, because a card number opens an account.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CardId(String);

impl CardId {
    /// The shortest number a reader gives: eight digits of a 24-bit card.
    pub const MIN: usize = 4;
    /// The longest identifier that is accepted, in characters.
    pub const MAX: usize = 32;

    /// Takes 4 to 32 characters of `A-Z 0-9`, lower case folded; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (Self::MIN..=Self::MAX).contains(&text.len());
        (fits && text.bytes().all(|b| b.is_ascii_alphanumeric()))
            .then(|| Self(text.to_ascii_uppercase()))
    }

    /// The canonical text. Only for hashing and for the screen of the person who typed it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for CardId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fault = || D::Error::custom("no card number: 4 to 32 letters and digits");
        Self::parse(&text).ok_or_else(fault)
    }
}

impl fmt::Debug for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardId(..)")
    }
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Takes 16 random bytes.
            pub const fn new(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes as stored.
            pub const fn bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }
    };
}

random_id!(
    /// The idempotency key of an operation, made when its confirm screen is drawn.
    OpId
);
random_id!(
    /// One start of the program. Two clones of a disk differ from their first start on.
    BootId
);

/// The place of an operation in the station's log, from 1, without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(i64);

impl Seq {
    /// Takes a place in the log.
    pub const fn new(seq: i64) -> Self {
        Self(seq)
    }

    /// The place in the log.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How often a station began anew from a copy: 1 for its first disk, one more after each restore.
///
/// Two logs of one station that both go on from the same copy are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incarnation(u16);

impl Incarnation {
    /// The first disk of a station.
    pub const FIRST: Self = Self(1);
    /// More restores than any station lives to see.
    pub const MAX: u16 = 9999;

    /// Takes 1 to [`Self::MAX`]; anything else is `None`.
    pub fn new(number: u16) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl LetterCode {
    /// A letter whose number has digits alone, of which the last twelve count.
    pub fn of(number: i64) -> Self {
        Self(number.rem_euclid(1_000_000_000_000).to_string())
    }
}

/// An expiry period as `YYYYMM`; 0 never expires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bucket(i64);

impl Bucket {
    /// Points that never expire.
    pub const NEVER: Self = Self(0);

    /// Takes an expiry period.
    pub const fn new(bucket: i64) -> Self {
        Self(bucket)
    }

    /// The last period of a year.
    pub fn end_of(year: i32) -> Self {
        Self(i64::from(year).saturating_mul(100).saturating_add(12))
    }

    /// The number as stored.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Sorts what is spent first to the front: the earliest expiry, and what never expires last.
    pub const fn spending_order(self) -> i64 {
        if self.0 == 0 { i64::MAX } else { self.0 }
    }
}
