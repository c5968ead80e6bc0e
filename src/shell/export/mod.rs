//! Exports: audit, pack, outbox, ledger, sinks. Nothing is overwritten, nothing half-written has a
//! bundle's name, and whatever fails is done again by the next run.

mod aside;
mod courier;
mod deposit;
mod exporter;
mod fault;
mod files;
mod heartbeat;
mod key;
mod load;
mod not_sent;
mod outbox;
mod pack;
mod press;
#[cfg(feature = "s3")]
mod s3;
mod setup;
mod sink;
mod stick;
mod teller;
mod worker;

pub use exporter::Exporter;
pub use fault::ExportFault;
pub use files::{Disk, Files, Folder, Target};
pub use key::{make_station_key, public_key, station_key};
pub use outbox::{Waiting, waiting};
pub use setup::{Setup, config_digest};
pub use stick::{Mount, StickPaths, Sticks, find_stick};
pub use worker::{Job, StickWatch, Worker, run_now};
