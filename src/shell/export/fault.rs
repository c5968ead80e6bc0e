//! Why an export could not write anything.

use crate::bundle::{BundleError, KeyFault};
use crate::disk;
use crate::store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why nothing could be written; what to tell the technician.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The ledger said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No key was made for this station.
    #[error("sign the bundle: this station has no key; make one with `wenming keys`")]
    NoKey,
    /// A key that cannot be read.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// A public key lies beside the private one and is not its other half.
    #[error("{}: not the public half of station.key; put it aside", .0.display())]
    OtherPublicKey(PathBuf),
    /// Something that no bundle can hold.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A bundle cannot be sealed.
    #[error("{0}")]
    Seal(String),
    /// A bundle of the outbox cannot be read.
    #[error(
        "read outbox/{file}: {why}; nothing was changed there and nothing new was packed. Run `wenming export now`; if it says \
         the same, take the file away, it is then written again, and look after the disk"
    )]
    Unread {
        /// The bundle.
        file: String,
        /// The system's answer.
        why: String,
    },
    /// A bundle is in the outbox, and its folder could not be synced.
    #[error(
        "outbox/{file}: written and whole, perhaps not yet on the medium: {why}; the next export takes it up"
    )]
    Unsure {
        /// The bundle.
        file: String,
        /// The system's answer.
        why: String,
    },
    /// The outbox cannot be read or written.
    #[error("{0} the outbox: {1}")]
    Outbox(&'static str, String),
}

impl ExportFault {
    /// A bundle that could not be read.
    pub(super) fn unread(file: &str, error: &io::Error) -> Self {
        Self::Unread {
            file: file.to_owned(),
            why: disk::told(error),
        }
    }

    /// A failure of the outbox, in words for the technician.
    pub(super) fn outbox(what: &'static str, error: &io::Error) -> Self {
        Self::Outbox(what, disk::told(error))
    }
}
