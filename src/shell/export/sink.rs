//! Sending what the outbox holds to one place: a directory, a stick, a store on the network.

use super::deposit::{Content, DepositFault, deposit, sweep};
use super::load::{Load, MAX_WORDS};
use super::stick::{StickPaths, Sticks, find_stick};
use crate::bundle::BundleName;
use crate::config::SinkKind;
use crate::domain::{SinkFault, clean};
use rustix::io::Errno;
use std::io;
use std::path::{Path, PathBuf};

/// Brings everything of the outbox to a sink. `step` is told every byte written and read back.
pub(super) fn send(
    load: &Load<'_>,
    kind: &SinkKind,
    sticks: &StickPaths,
    step: &mut dyn FnMut(u64),
) -> Result<(), SinkFault> {
    match kind {
        SinkKind::Directory { path } => to_folder(load, path, step),
        SinkKind::Stick { label } => match find_stick(sticks, label) {
            Sticks::At(path) => to_folder(load, &path, step),
            Sticks::Absent => Err(SinkFault::Absent),
            Sticks::Ambiguous => Err(SinkFault::Ambiguous),
            Sticks::ReadOnly => Err(SinkFault::ReadOnly),
        },
        #[cfg(feature = "s3")]
        SinkKind::S3 { .. } => super::s3::send(load, kind, step),
        #[cfg(not(feature = "s3"))]
        SinkKind::S3 { .. } => Err(SinkFault::Refused(
            "this program was built without the feature s3".to_owned(),
        )),
    }
}

/// Writes below a folder that is there, as `up/TOWN/STATION/NAME`.
fn to_folder(load: &Load<'_>, base: &Path, step: &mut dyn FnMut(u64)) -> Result<(), SinkFault> {
    let files = load.files;
    // A folder that is not there is a share that is not mounted: to make it would fill the wrong disk.
    files.list(base).map_err(|error| {
        if is_missing(&error) {
            SinkFault::Absent
        } else {
            fault(&error)
        }
    })?;
    let dir = folder(load, base).map_err(|error| fault(&error))?;
    sweep(files, &dir, load.origin).map_err(|error| fault(&error))?;
    for held in load.held {
        let name = held.name.to_string();
        let bytes = load.content(&name)?;
        let content = Content {
            name: &name,
            bytes: &bytes,
            sha256: &held.sha256,
            also: &held.also,
        };
        deposit(files, &dir, &content, step).map_err(|problem| match problem {
            DepositFault::Io(error) => fault(&error),
            DepositFault::Different => SinkFault::Different,
        })?;
    }
    files.flush(&dir).map_err(|error| fault(&error))
}

/// The folder of this station's bundles, made where it is not there.
fn folder(load: &Load<'_>, base: &Path) -> io::Result<PathBuf> {
    let mut dir = base.to_owned();
    for part in BundleName::folder(load.origin).split_terminator('/') {
        let above = dir.clone();
        dir.push(part);
        if load.files.make_dir(&dir)? {
            load.files.sync_dir(&above)?;
        }
    }
    Ok(dir)
}

/// What an answer of the system means for whoever stands before the sink.
fn fault(error: &io::Error) -> SinkFault {
    use io::ErrorKind as Kind;
    let kind = error.kind();
    let full = [
        Kind::StorageFull,
        Kind::QuotaExceeded,
        Kind::FileTooLarge,
        Kind::WriteZero,
    ];
    let gone = [
        Errno::IO,
        Errno::NODEV,
        Errno::NXIO,
        Errno::STALE,
        Errno::NOTCONN,
    ];
    if full.contains(&kind) {
        SinkFault::Full
    } else if [Kind::ReadOnlyFilesystem, Kind::PermissionDenied].contains(&kind) {
        SinkFault::ReadOnly
    } else if is_missing(error) || Errno::from_io_error(error).is_some_and(|e| gone.contains(&e)) {
        SinkFault::Gone
    } else {
        SinkFault::Refused(clean(&error.to_string(), MAX_WORDS))
    }
}

fn is_missing(error: &io::Error) -> bool {
    [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind())
}
