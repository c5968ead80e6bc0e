//! Where ids come from: the system's randomness, or a seed for data sets that come out the same each time.

use super::error::StoreError;
use crate::domain::{BootId, OpId};
use sha2::{Digest as _, Sha256};

/// A source of ids.
#[derive(Debug)]
pub(super) enum Ids {
    /// The system.
    Random,
    /// A seed and how many ids it has given.
    Seeded { seed: u64, given: u64 },
}

impl Ids {
    /// Sixteen bytes that no other id has.
    fn bytes(&mut self) -> Result<[u8; 16], StoreError> {
        match self {
            Self::Random => random(),
            Self::Seeded { seed, given } => {
                *given = given.saturating_add(1);
                let numbers = [seed.to_be_bytes(), given.to_be_bytes()].concat();
                Ok(shorten(b"id", &numbers))
            }
        }
    }

    /// A new idempotency key.
    pub(super) fn op(&mut self) -> Result<OpId, StoreError> {
        self.bytes().map(OpId::new)
    }

    /// The id of this start of the program.
    pub(super) fn boot(&mut self) -> Result<BootId, StoreError> {
        self.bytes().map(BootId::new)
    }
}

/// Random bytes of the system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(bytes)
}

/// The key with which an operation will be settled or reversed.
///
/// It follows from the operation, so two screens that offer the same step offer the same key, and
/// a step that is asked for twice, even over a restart, happens once.
pub(super) fn follow_up(purpose: &[u8], of: OpId) -> OpId {
    OpId::new(shorten(purpose, of.bytes()))
}

fn shorten(purpose: &[u8], of: &[u8]) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(purpose)
        .chain_update(of)
        .finalize();
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    bytes
}
