//! The station's key pair in `keys/`: `station.key`, which stays, and `station.pub`, for the town.

use super::fault::ExportFault;
use crate::bundle::{PublicKey, StationKey};
use crate::store::{KeyFile, StoreError, make_key, read_key};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The station's key; `None` where none was made.
///
/// # Errors
/// It cannot be read, others can open it, or it is no key.
pub fn station_key(data: &Path) -> Result<Option<StationKey>, ExportFault> {
    let Some(bytes) = read_key(data, KeyFile::Station)? else {
        return Ok(None);
    };
    let pem = str::from_utf8(&bytes).unwrap_or_default();
    Ok(Some(StationKey::from_pem(pem)?))
}

/// Makes the station's key pair, once; the answer is the key and where its public half lies.
///
/// # Errors
/// [`StoreError::Exists`] when there is one; else when it cannot be written.
pub fn make_station_key(data: &Path) -> Result<(StationKey, PathBuf), ExportFault> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(StoreError::Random)?;
    let key = StationKey::from_seed(&seed);
    make_key(data, KeyFile::Station, key.pem()?.as_bytes())?;
    let path = public_key(data, &key)?;
    Ok((key, path))
}

/// The file with the public half, made where there is none.
///
/// # Errors
/// It cannot be written.
pub fn public_key(data: &Path, key: &StationKey) -> Result<PathBuf, ExportFault> {
    match make_key(data, KeyFile::Public, key.public().pem()?.as_bytes()) {
        Err(StoreError::Exists(path)) => {
            let pem = read_key(data, KeyFile::Public)?.unwrap_or_default();
            let there = PublicKey::from_pem(str::from_utf8(&pem).unwrap_or_default());
            if there.as_ref() == Ok(&key.public()) {
                Ok(path)
            } else {
                Err(ExportFault::OtherPublicKey(path))
            }
        }
        answer => Ok(answer?),
    }
}
