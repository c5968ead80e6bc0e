//! Reading: refuse before parsing, from the outside to the inside; nothing of a refused bundle comes out.
//!
//! Size → frame → members → signature → JSON → files → form → origin → rows → chain.

use super::fault::{BundleFault, Place};
use super::heartbeat::{HEARTBEAT, Heartbeat};
use super::keys::PublicKey;
use super::manifest::{self, Manifest};
use super::name::{BundleName, Origin};
use super::rows::{self, Entry};
use super::tape::{self, OPERATIONS};
use super::zst::Unpacker;
use super::{MAX_BODY, MAX_BUNDLE, MAX_DEPTH, MAX_OPERATIONS};
use crate::domain::json::{Value, depth};
use crate::domain::{ChainHash, Seq};

/// How a file begins that was sealed with age.
pub(super) const SEALED: &[u8] = b"age-encryption.org/";

/// A bundle that is right in everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its operations, in order.
    pub operations: Vec<Entry>,
    /// `data/operations.csv` as it is signed, for a database that reads CSV.
    pub table: String,
    /// How the station is.
    pub heartbeat: Heartbeat,
}

/// Reads a bundle of that station, under that name, signed by that key.
///
/// # Errors
/// The first [`BundleFault`], from the outside to the inside.
pub fn open(
    bytes: &[u8],
    key: &PublicKey,
    wanted: &Origin,
    name: &BundleName,
) -> Result<Opened, BundleFault> {
    if bytes.len() > MAX_BUNDLE {
        return Err(BundleFault::FileSize(bytes.len()));
    }
    if bytes.starts_with(SEALED) {
        return Err(BundleFault::Sealed);
    }
    let [json, signature, table, heartbeat] = tape::read(&mut Unpacker::new(bytes)?)?;
    let signature = <[u8; 64]>::try_from(signature).map_err(|_| BundleFault::Signature)?;
    if !key.verifies(&json, &signature) {
        return Err(BundleFault::Signature);
    }
    let json = parse(&json)?;
    let manifest = Manifest::read(&json)?;
    let table = file(&json, 0, OPERATIONS, table)?;
    let heartbeat = file(&json, 1, HEARTBEAT, heartbeat)?;
    if manifest.render(table.as_bytes(), heartbeat.as_bytes()) != json.render() {
        return Err(BundleFault::ManifestForm);
    }
    belongs(&manifest, wanted, name)?;
    let operations = operations(&manifest, &table)?;
    let heartbeat = Heartbeat::read(&heartbeat)?;
    Ok(Opened {
        manifest,
        operations,
        table,
        heartbeat,
    })
}

/// The manifest's JSON, in the one way it can be written.
fn parse(bytes: &[u8]) -> Result<Value, BundleFault> {
    let place = Place::Manifest;
    let text = str::from_utf8(bytes).map_err(|_| BundleFault::NotCanonical(place))?;
    canonical(text, place)
}

fn canonical(text: &str, place: Place) -> Result<Value, BundleFault> {
    let depth = depth(text);
    if depth > MAX_DEPTH {
        return Err(BundleFault::Depth { place, depth });
    }
    Value::parse(text, MAX_DEPTH).ok_or(BundleFault::NotCanonical(place))
}

/// A file that has the size and the hash that the manifest gives it.
fn file(json: &Value, n: usize, name: &'static str, bytes: Vec<u8>) -> Result<String, BundleFault> {
    let (said, hash) = manifest::described(json, n)?;
    if i64::try_from(bytes.len()) != Ok(said) {
        let found = bytes.len();
        return Err(BundleFault::Bytes { name, found, said });
    }
    if manifest::file_hash(&bytes) != hash {
        return Err(BundleFault::Hash(name));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let lines = error.as_bytes().iter().take(good).filter(|b| **b == b'\n');
        let line = lines.count().saturating_add(1);
        BundleFault::Row { name, line }
    })
}

/// What the caller expects, what the file is called and what the manifest says are one.
fn belongs(manifest: &Manifest, wanted: &Origin, name: &BundleName) -> Result<(), BundleFault> {
    let found = &manifest.header.origin;
    if found != wanted {
        return Err(BundleFault::Origin {
            found: found.clone(),
            wanted: wanted.clone(),
        });
    }
    let right = manifest.name(name.sealed);
    if right == *name {
        Ok(())
    } else {
        Err(BundleFault::Name {
            found: right.to_string(),
        })
    }
}

/// Every operation is the next one, says so itself, and hangs on the chain.
fn operations(manifest: &Manifest, table: &str) -> Result<Vec<Entry>, BundleFault> {
    let mut head: ChainHash = manifest.header.prev.clone();
    let mut wanted = manifest.header.from;
    let mut entries = Vec::new();
    for entry in rows::read(table)? {
        let entry = entry?;
        let seq = entry.seq;
        if entries.len() >= MAX_OPERATIONS {
            return Err(BundleFault::TooMany);
        }
        if seq != wanted {
            return Err(BundleFault::Order { found: seq, wanted });
        }
        let place = Place::Body(seq);
        if entry.body.len() > MAX_BODY {
            return Err(BundleFault::BodySize(seq));
        }
        let body = canonical(&entry.body, place)?;
        if body.get("seq").and_then(Value::as_int) != Some(seq.get()) {
            return Err(BundleFault::BodySeq(seq));
        }
        head = head.next(&entry.body);
        if head.as_str() != entry.hash {
            return Err(BundleFault::Chain(seq));
        }
        wanted = Seq::new(seq.get().saturating_add(1));
        entries.push(entry);
    }
    let found = Seq::new(wanted.get().saturating_sub(1));
    if found != manifest.to {
        return Err(BundleFault::To {
            found,
            said: manifest.to,
        });
    }
    if head != manifest.head {
        return Err(BundleFault::Head {
            found: head,
            said: manifest.head.clone(),
        });
    }
    Ok(entries)
}
