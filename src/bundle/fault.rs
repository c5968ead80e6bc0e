//! What can be wrong with a bundle: one plain sentence each, what and where and what would be right.

use super::name::{Name, Origin};
use super::{FORMAT, MAX_BODY, MAX_BUNDLE, MAX_DEPTH, MAX_OPERATIONS, MAX_ROWS, MAX_UNPACKED};
use crate::domain::{ChainHash, Seq};
use std::fmt;

/// Why a bundle cannot be written as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The first place in the log is 1.
    #[error("write a bundle from {0}: a log begins at 1")]
    From(Seq),
    /// Operations must follow one another.
    #[error("write a bundle: operation {found} came, but {wanted} is next")]
    Order {
        /// What came.
        found: Seq,
        /// What was next.
        wanted: Seq,
    },
    /// A hash that is not 64 lower-case hex digits.
    #[error("write a bundle: the hash of operation {0} is not 64 hex digits")]
    Hash(Seq),
    /// The chain of a ledger that is said to be whole is broken.
    #[error(
        "write a bundle: the hash of operation {0} is not that of its body; say that the ledger is damaged"
    )]
    Chain(Seq),
    /// A body that no bundle can hold.
    #[error("write a bundle: the body of operation {0} has more than {MAX_BODY} bytes")]
    Body(Seq),
    /// More than one bundle can hold.
    #[error(
        "write a bundle: more than {MAX_OPERATIONS} operations or {MAX_ROWS} bytes; write several"
    )]
    Full,
    /// A heartbeat's key or value that must not travel.
    #[error(
        "write a bundle: heartbeat {0}: keys are a-z 0-9 . - up to 40, values up to 200 characters without controls, each key once"
    )]
    Heartbeat(Name),
    /// The version of the program is not a short plain text.
    #[error("write a bundle: the program's version must be 1 to 40 characters of ASCII")]
    App,
    /// The compressor failed, which it does when there is no memory.
    #[error("write a bundle: {0}")]
    Compress(String),
}

/// Why a bundle is refused. Nothing of a refused bundle is used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// The file itself is too large to be looked at.
    #[error("the file has {0} bytes; a bundle has at most {MAX_BUNDLE}")]
    FileSize(usize),
    /// Sealed with age; the wrong bytes to open as they are.
    #[error("the file is sealed; open it with the town's identity first")]
    Sealed,
    /// Not zstd at all.
    #[error("the file does not begin like a zstd file; a bundle is a .tar.zst")]
    Magic,
    /// It would unpack to too much, or would need too much memory to unpack.
    #[error("the file would unpack to {0} bytes; a bundle has at most {MAX_UNPACKED}")]
    Unpacked(u64),
    /// Damaged inside, or with settings that bundles do not have.
    #[error("the file cannot be unpacked after {at} bytes: damaged, or not packed as a bundle is")]
    Damaged {
        /// How many bytes came out before.
        at: u64,
    },
    /// It ends too early.
    #[error("the file ends too early, after {at} unpacked bytes; it was not copied whole")]
    Truncated {
        /// How many bytes came out before.
        at: u64,
    },
    /// Something follows the end.
    #[error("something follows the end of the bundle; nothing may")]
    Trailing,
    /// An absolute name, or one that leaves its folder.
    #[error("member {0} would be written elsewhere; members have the names of the format")]
    Escapes(Name),
    /// A name that the format does not have.
    #[error("member {0} does not belong in a bundle")]
    Unknown(Name),
    /// A name a second time.
    #[error("member {0} is there twice; each is there once")]
    Twice(Name),
    /// A link, a device, a folder, an extension.
    #[error("member {name} is {kind}; members are regular files")]
    NotRegular {
        /// Which member.
        name: Name,
        /// What it is.
        kind: &'static str,
    },
    /// A member larger than the format allows.
    #[error("member {name} has {bytes} bytes; at most {most} are allowed")]
    MemberSize {
        /// Which member.
        name: Name,
        /// What its header says.
        bytes: u64,
        /// What is allowed.
        most: u64,
    },
    /// The 512 bytes before a member, or its padding, are not those that the format prescribes.
    #[error("the tar header or padding at byte {at} is not as the format prescribes")]
    Header {
        /// Where in the unpacked file.
        at: u64,
    },
    /// A member that must be there is not, or members are in another order.
    #[error("member {0} is missing or not in its place")]
    Missing(&'static str),
    /// The signature is not by this key over these bytes.
    #[error(
        "datapackage.json is not signed by the station's key: changed on the way, or by another station"
    )]
    Signature,
    /// Nested deeper than anything of ours.
    #[error("{place} is nested {depth} deep; at most {MAX_DEPTH} is allowed")]
    Depth {
        /// Which text.
        place: Place,
        /// How deep.
        depth: usize,
    },
    /// Not canonical JSON.
    #[error("{0} is not canonical JSON: sorted keys, no spaces, whole numbers, NFC")]
    NotCanonical(Place),
    /// A newer format than this program knows.
    #[error("datapackage.json says format {0}; this program reads format {FORMAT}: update it")]
    Newer(i64),
    /// A value that is missing, of another type or out of range.
    #[error("datapackage.json: {0} is missing or not what it must be")]
    Manifest(&'static str),
    /// Everything in the manifest is sound, but it is not the manifest that the format prescribes.
    #[error("datapackage.json differs from what the format prescribes for these values")]
    ManifestForm,
    /// A file that the manifest describes has another size.
    #[error("{name} has {found} bytes; the manifest says {said}")]
    Bytes {
        /// Which file.
        name: &'static str,
        /// What it has.
        found: usize,
        /// What it should have.
        said: i64,
    },
    /// A file that the manifest describes has another content.
    #[error("{0} has another SHA-256 than the manifest says; it was changed")]
    Hash(&'static str),
    /// Another station, town or disk than expected.
    #[error("the bundle is of {found}; {wanted} was expected")]
    Origin {
        /// What the manifest says.
        found: Origin,
        /// What the caller expected.
        wanted: Origin,
    },
    /// The file's name and the manifest disagree.
    #[error("the bundle holds {found}; its file name must be that")]
    Name {
        /// The name that the manifest gives.
        found: String,
    },
    /// A table that is not written as the format prescribes.
    #[error("{name} line {line} is not as the format prescribes")]
    Row {
        /// Which file.
        name: &'static str,
        /// Which line, from 1.
        line: usize,
    },
    /// More rows than a bundle may have.
    #[error("data/operations.csv has more than {MAX_OPERATIONS} operations")]
    TooMany,
    /// An operation that is not next.
    #[error("data/operations.csv: operation {found} came where {wanted} is next")]
    Order {
        /// What came.
        found: Seq,
        /// What was next.
        wanted: Seq,
    },
    /// A body longer than any of ours.
    #[error("the body of operation {0} has more than {MAX_BODY} bytes")]
    BodySize(Seq),
    /// A body that says another place in the log than its row.
    #[error("the body of operation {0} says another seq than its row")]
    BodySeq(Seq),
    /// The hash of an operation is not that of its body and the hash before.
    #[error(
        "the chain breaks at operation {0}: its hash is not that of the hash before and its body"
    )]
    Chain(Seq),
    /// The last operation is not the head that the manifest says.
    #[error("the operations end with hash {found}; the manifest says {said}")]
    Head {
        /// Where the operations end.
        found: ChainHash,
        /// Where the manifest says they end.
        said: ChainHash,
    },
    /// Rows and manifest disagree about how many operations there are.
    #[error("the operations end at {found}; the manifest says {said}")]
    To {
        /// The last operation that came.
        found: Seq,
        /// The one that the manifest says.
        said: Seq,
    },
}

/// A JSON text in a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The manifest.
    Manifest,
    /// The body of an operation.
    Body(Seq),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manifest => f.write_str("datapackage.json"),
            Self::Body(seq) => write!(f, "the body of operation {seq}"),
        }
    }
}
