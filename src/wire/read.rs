//! What a decoder made of its bytes.

use crate::domain::CardId;
use crate::wire::FrameFault;
use std::fmt;

/// The most bytes that are kept with a read; of more, the last.
pub const MAX_RAW: usize = 512;

/// One thing that a reader said, with the bytes that said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it was.
    pub seen: Seen,
    /// The bytes since the read before; empty where silence or a time-out said it.
    pub raw: Raw,
}

/// What a reader saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A card or a code. While a card lies there it comes again and again; see [`crate::wire::Presence`].
    Card(CardId),
    /// Something that is none.
    Fault(FrameFault),
    /// The card was taken away. Only a PN532 and a PC/SC reader can tell.
    Removed(CardId),
}

/// Bytes as they came, for the technician. Debug output hides them: they hold card numbers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Raw(Vec<u8>);

impl Raw {
    /// Keeps the last [`MAX_RAW`] of these bytes.
    pub fn new(bytes: &[u8]) -> Self {
        let from = bytes.len().saturating_sub(MAX_RAW);
        Self(bytes.get(from..).unwrap_or_default().to_vec())
    }

    /// Nothing yet.
    pub(super) const fn empty() -> Self {
        Self(Vec::new())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Adds a byte; beyond [`MAX_RAW`] the first is dropped.
    pub(super) fn push(&mut self, byte: u8) {
        if self.0.len() >= MAX_RAW {
            self.0.remove(0);
        }
        self.0.push(byte);
    }

    /// Forgets the bytes.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// Bytes as hex with blanks between them, as manuals write them.
pub fn hex_dump(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(" ")
}
