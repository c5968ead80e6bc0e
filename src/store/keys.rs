//! The folder of keys: one that finds cards, two by which the station signs.

use super::error::StoreError;
use super::files::{check_file, create_private, prepare_dir, unsafe_path};
use super::random::random;
use crate::disk;
use crate::domain::CardId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A file in the folder of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFile {
    /// The key that finds cards: 32 bytes.
    Card,
    /// The private half by which the station signs: PEM.
    Station,
    /// The public half, for the town: PEM.
    Public,
}

impl KeyFile {
    /// Where it is in a data directory.
    pub fn path(self, dir: &Path) -> PathBuf {
        dir.join("keys").join(self.name())
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Card => "card.key",
            Self::Station => "station.key",
            Self::Public => "station.pub",
        }
    }
}

/// Reads a key, where there is one: a file of ours that nobody else can open.
///
/// # Errors
/// [`StoreError::Unsafe`] when others can open it; else when the disk fails.
pub fn read_key(dir: &Path, key: KeyFile) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    const LONGEST: u64 = 4096;
    let path = key.path(dir);
    if !check_file(&path)? {
        return Ok(None);
    }
    let bytes = disk::read(&path, LONGEST).map_err(StoreError::io("read", &path))?;
    Ok(Some(Zeroizing::new(bytes)))
}

/// Makes a key, whole or not at all, and never over another.
///
/// # Errors
/// [`StoreError::Exists`] when there is one; else when the disk fails.
pub fn make_key(dir: &Path, key: KeyFile, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let keys = dir.join("keys");
    prepare_dir(&keys)?;
    let (path, part) = (key.path(dir), keys.join(format!("{}.part", key.name())));
    if check_file(&path)? {
        return Err(StoreError::Exists(path));
    }
    if check_file(&part)? {
        fs::remove_file(&part).map_err(StoreError::io("remove", &part))?;
    }
    let mut file = create_private(&part)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&part, &path))
        // Half a key is of no use to anybody but a thief.
        .inspect_err(|_| fs::remove_file(&part).unwrap_or_default())
        .and_then(|()| {
            // A name that may not last must not look as if it did the next time.
            let synced = disk::sync_dir(&keys);
            synced.inspect_err(|_| fs::remove_file(&path).unwrap_or_default())
        })
        .map_err(StoreError::io("write", &path))?;
    Ok(path)
}

/// The key without which no card can be found, nor any number tried against the file.
pub(super) struct CardKey(Zeroizing<[u8; 32]>);

impl CardKey {
    /// Reads it, where there is one.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = read_key(dir, KeyFile::Card)? else {
            return Ok(None);
        };
        match bytes.as_slice().try_into() {
            Ok(key) => Ok(Some(Self(Zeroizing::new(key)))),
            Err(_) => unsafe_path(
                &KeyFile::Card.path(dir),
                "not 32 bytes; put it back from the copy",
            ),
        }
    }

    /// Makes it. Never over another: the cards on file are found by it alone.
    pub(super) fn make(dir: &Path) -> Result<Self, StoreError> {
        let key = Zeroizing::new(random()?);
        make_key(dir, KeyFile::Card, key.as_slice())?;
        Ok(Self(key))
    }

    /// The key, where there must be one.
    pub(super) fn needed(key: Option<&Self>) -> Result<&Self, StoreError> {
        key.ok_or_else(|| StoreError::KeyMissing(PathBuf::from("keys/card.key")))
    }

    /// HMAC-SHA-256 of the canonical card number.
    pub(super) fn hash(&self, card: &CardId) -> [u8; 32] {
        self.hash_of(card.as_str())
    }

    /// HMAC-SHA-256 of what nobody shall be able to guess from its hash.
    pub(super) fn hash_of(&self, text: &str) -> [u8; 32] {
        // A key of 32 bytes always fits; the empty branch keeps this free of panics.
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(self.0.as_slice()) else {
            return [0; 32];
        };
        mac.chain_update(text).finalize().into_bytes().into()
    }
}

impl fmt::Debug for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardKey(..)")
    }
}
