//! WHAT TRAVELS: a station's operations as one signed file, and back. Bytes in, bytes out.
//!
//! `docs/BUNDLE.md` is the format byte by byte. Nothing here opens a file or asks the time; the one thing
//! that is not repeatable is sealing, which draws a fresh key for every file.

mod fault;
mod fingerprint;
mod heartbeat;
mod keys;
mod manifest;
mod name;
mod open;
mod pack;
mod rows;
#[cfg(feature = "seal")]
mod seal;
mod tape;
mod zst;

pub use fault::{BundleError, BundleFault, Place};
pub use fingerprint::Fingerprint;
pub use heartbeat::Heartbeat;
pub use keys::{KeyFault, PublicKey, StationKey};
pub use manifest::{Header, Kind, LedgerState, Manifest};
pub use name::{BundleName, Name, NameFault, Origin};
pub use open::{Opened, open};
pub use pack::{Packed, Packer, Pushed, pack};
pub use rows::Entry;
#[cfg(feature = "seal")]
pub use seal::{Identity, Recipient, SealFault, is_sealed};

/// The version of the format, in the name of every bundle and in its manifest.
pub const FORMAT: u32 = 1;
/// The largest bundle that is written or read, in bytes.
pub const MAX_BUNDLE: usize = 64 << 20;
/// The most that a bundle may claim to unpack to, in bytes.
pub const MAX_UNPACKED: u64 = 512 << 20;
/// The most operations in one bundle; a caller with more writes several.
pub const MAX_OPERATIONS: usize = 50_000;
/// The largest `data/operations.csv`: small enough that a bundle stays below [`MAX_BUNDLE`] even where
/// nothing can be compressed.
pub const MAX_ROWS: usize = 60 << 20;
/// The longest body of an operation, in bytes.
pub const MAX_BODY: usize = 64 << 10;
/// How deep lists and maps may be nested in bodies and in the manifest.
pub const MAX_DEPTH: usize = 8;
