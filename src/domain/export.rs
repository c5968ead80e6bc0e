//! Exports as everyone speaks of them: why one is made, what became of it, what waits.

use crate::domain::{Seq, names};

names! {
    /// Why a bundle is written, named as in the ledger.
    pub enum ExportWhy {
        /// The schedule says so.
        Schedule = "schedule",
        /// The schedule said so while the power was off; it is made up for.
        Missed = "missed",
        /// Someone asked for it.
        Asked = "asked",
        /// The stick with the configured label was mounted.
        Stick = "stick",
    }
}

/// A bundle that is in the outbox, as its operation in the ledger tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleNote {
    /// The operation that says so.
    pub seq: Seq,
    /// The file's name in the outbox.
    pub file: String,
    /// The first operation in it.
    pub from: Seq,
    /// The last operation in it; one before `from` when it holds a heartbeat only.
    pub to: Seq,
    /// Wall clock, in milliseconds since 1970.
    pub wall_ms: i64,
    /// Why it was written.
    pub why: ExportWhy,
    /// The audit before it found nothing.
    pub clean: bool,
}

/// What stands on disk about exports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportStatus {
    /// The last operation that HQ has acknowledged.
    pub acknowledged: Option<Seq>,
    /// How many operations HQ has not acknowledged.
    pub waiting: i64,
    /// The newest bundle.
    pub last: Option<BundleNote>,
}

/// Why a sink did not take a bundle. The bundle stays in the outbox and is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SinkFault {
    /// It is not there: no such folder, no stick with that label, no network.
    Absent,
    /// Two sticks have the configured label.
    Ambiguous,
    /// No space is left.
    Full,
    /// It cannot be written.
    ReadOnly,
    /// It vanished while it was written.
    Gone,
    /// What was read back is not what was written: a stick that lies about its size.
    Different,
    /// Everything is there, but perhaps not yet on the medium.
    Unsure,
    /// It took too long.
    Slow,
    /// Something that is not ours is in the way and cannot be renamed; what, where, and what to do.
    InTheWay(String),
    /// A bundle of our own outbox cannot be read; which, and why.
    Unread(String),
    /// It failed otherwise; how.
    Failed(String),
    /// The store on the network said no; its words, made clean.
    Refused(String),
}

/// What became of a bundle at a sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SinkState {
    /// Everything of the outbox is there, read back and equal.
    Done,
    /// Not this time.
    Failed(SinkFault),
}

/// What the exporter has to say, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportNews {
    /// It began.
    Started(ExportWhy),
    /// Another program exports, that process if it is known; it is waited for, within bounds.
    Waits(Option<u32>),
    /// So far, in bytes.
    Progress {
        /// Done.
        done: u64,
        /// In all.
        total: u64,
    },
    /// A bundle is in the outbox.
    Written(BundleNote),
    /// A sink, by its place in the config, took everything or did not.
    Sink {
        /// Its place in the config.
        index: usize,
        /// What became of it.
        state: SinkState,
    },
    /// The stick may be removed.
    MayRemove,
    /// Nothing could be written; what to tell the technician.
    Failed(String),
    /// It ended; what stands on disk now.
    Ended(ExportStatus),
}
