//! Writing: operations in, one signed file out. The same operations give the same bytes.

use super::fault::BundleError;
use super::heartbeat::Heartbeat;
use super::keys::StationKey;
use super::manifest::{Header, Kind, LedgerState, Manifest, is_app};
use super::rows::{self, Entry};
use super::{MAX_BODY, MAX_OPERATIONS, MAX_ROWS, tape, zst};
use crate::domain::{ChainHash, Seq, is_chain_hash};

/// A bundle as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What it says of itself, its name included.
    pub manifest: Manifest,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Whether an operation went in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Pushed {
    /// It is in.
    In,
    /// It is not: no room. [`Packer::follow`] begins the bundle for it.
    Full,
}

/// A bundle while its operations come in one by one.
#[derive(Debug)]
pub struct Packer {
    header: Header,
    to: Seq,
    head: ChainHash,
    count: usize,
    table: Vec<u8>,
}

impl Packer {
    /// Begins a bundle.
    ///
    /// # Errors
    /// [`BundleError::From`] below 1, [`BundleError::App`] for a version that is no short plain text.
    pub fn new(header: Header) -> Result<Self, BundleError> {
        if header.from.get() < 1 {
            return Err(BundleError::From(header.from));
        }
        if !is_app(&header.app) {
            return Err(BundleError::App);
        }
        Ok(Self {
            to: Seq::new(header.from.get().saturating_sub(1)),
            head: header.prev.clone(),
            header,
            count: 0,
            table: rows::COLUMNS.as_bytes().to_vec(),
        })
    }

    /// Adds the next operation.
    ///
    /// # Errors
    /// When it is not the next one, too long, or, unless the ledger is said to be damaged, when its
    /// hash is not that of its body.
    pub fn push(&mut self, seq: Seq, body: &str, hash: &str) -> Result<Pushed, BundleError> {
        let wanted = self.next();
        if seq != wanted {
            return Err(BundleError::Order { found: seq, wanted });
        }
        if body.len() > MAX_BODY {
            return Err(BundleError::Body(seq));
        }
        let head = ChainHash::parse(hash).ok_or(BundleError::Hash(seq))?;
        if self.header.ledger == LedgerState::Whole
            && !is_chain_hash(self.head.as_str(), body, hash)
        {
            return Err(BundleError::Chain(seq));
        }
        // Quotes are doubled; seq, hash and what stands between take less than 100.
        let quotes = body.bytes().filter(|byte| *byte == b'"').count();
        let size = self
            .table
            .len()
            .saturating_add(body.len())
            .saturating_add(quotes);
        if self.count >= MAX_OPERATIONS || size.saturating_add(100) > MAX_ROWS {
            return Ok(Pushed::Full);
        }
        rows::write(&mut self.table, seq, body, hash);
        self.to = seq;
        self.head = head;
        self.count = self.count.saturating_add(1);
        Ok(Pushed::In)
    }

    /// The place of the next operation.
    pub const fn next(&self) -> Seq {
        Seq::new(self.to.get().saturating_add(1))
    }

    /// The header of the bundle that goes on where this one ends.
    pub fn follow(&self) -> Header {
        Header {
            from: self.next(),
            prev: self.head.clone(),
            ..self.header.clone()
        }
    }

    /// Signs and compresses what came in.
    ///
    /// # Errors
    /// [`BundleError::Compress`], where memory is short.
    pub fn finish(self, heartbeat: &Heartbeat, key: &StationKey) -> Result<Packed, BundleError> {
        let manifest = Manifest {
            kind: Kind::Export,
            header: self.header,
            to: self.to,
            head: self.head,
        };
        let heartbeat = heartbeat.render();
        let json = manifest.render(&self.table, heartbeat.as_bytes());
        let signature = key.sign(json.as_bytes());
        let pieces = tape::pieces([
            json.as_bytes(),
            &signature,
            &self.table,
            heartbeat.as_bytes(),
        ]);
        let bytes = zst::compress(&pieces)?;
        Ok(Packed { manifest, bytes })
    }
}

/// Writes one bundle of all the operations of an iterator.
///
/// # Errors
/// As [`Packer`], and [`BundleError::Full`] where they do not fit into one.
pub fn pack(
    header: Header,
    operations: impl IntoIterator<Item = Entry>,
    heartbeat: &Heartbeat,
    key: &StationKey,
) -> Result<Packed, BundleError> {
    let mut packer = Packer::new(header)?;
    for Entry { seq, body, hash } in operations {
        match packer.push(seq, &body, &hash)? {
            Pushed::In => {}
            Pushed::Full => return Err(BundleError::Full),
        }
    }
    packer.finish(heartbeat, key)
}
