//! The chain of operations: one hash vouches for everything before it.

use sha2::{Digest as _, Sha256};
use std::fmt;

/// The hash of an operation: 64 lower-case hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChainHash(String);

impl ChainHash {
    /// The `prev` of the first operation, as text.
    pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

    /// The `prev` of the first operation.
    pub fn genesis() -> Self {
        Self(Self::GENESIS.to_owned())
    }

    /// Takes 64 digits of `0-9 a-f`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hash =
            text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_hash.then(|| Self(text.to_owned()))
    }

    /// The hash of the operation with this body that follows.
    #[must_use]
    pub fn next(&self, body: &str) -> Self {
        Self(chain_hash(&self.0, body))
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The hash of an operation, in lower-case hex: SHA-256 of the 64 digits before and the body.
pub fn chain_hash(prev: &str, body: &str) -> String {
    hex(&digest(prev, body))
}

/// Says whether a hash is the one of that body after that `prev`; keeps no copy of anything.
pub fn is_chain_hash(prev: &str, body: &str, hash: &str) -> bool {
    let want = digest(prev, body);
    hash.bytes().eq(want.into_iter().flat_map(digits))
}

fn digest(prev: &str, body: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(prev)
        .chain_update(body)
        .finalize()
        .into()
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        text.extend(digits(*byte).map(char::from));
    }
    text
}

/// A byte's two digits in lower-case hex.
const fn digits(byte: u8) -> [u8; 2] {
    [digit(byte >> 4), digit(byte & 15)]
}

const fn digit(nibble: u8) -> u8 {
    nibble.saturating_add(if nibble < 10 { b'0' } else { b'a' - 10 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_sha256sum() {
        // printf '%064d%s' 0 '{}' | sha256sum
        let first = ChainHash::genesis().next("{}");
        assert_eq!(
            first.as_str(),
            "5508d2b710e64bc470079e1b211d9c58e21011e59d0559e422345dc19d659a75"
        );
        assert_eq!(ChainHash::parse(first.as_str()), Some(first.clone()));
        let follows = |hash: &str| is_chain_hash(ChainHash::GENESIS, "{}", hash);
        assert!(follows(first.as_str()));
        for wrong in [
            "",
            "0",
            &first.as_str().to_uppercase(),
            &format!("{first}0"),
        ] {
            assert_eq!(ChainHash::parse(wrong), None, "{wrong}");
            assert!(!follows(wrong), "{wrong}");
        }
    }
}
