//! Sending what the outbox holds to one place: a directory, a stick, a store on the network.

use super::deposit::{Content, DepositFault, Watch, deposit, open_or_make, sweep};
use super::files::Folder;
use super::load::Load;
use super::not_sent::{NotSent, is_missing};
use super::stick::{StickPaths, Sticks, find_stick};
use crate::bundle::BundleName;
use crate::config::SinkKind;
use crate::disk::Entry;
use crate::domain::SinkFault;
#[cfg(not(feature = "s3"))]
use crate::domain::Text;

/// Brings everything of the outbox to a sink. The watch is told every byte written and read back.
pub(super) fn send(
    load: &Load,
    kind: &SinkKind,
    sticks: &StickPaths,
    watch: &mut dyn Watch,
) -> Result<(), NotSent> {
    let base = match kind {
        SinkKind::Directory { path } => load.files.folder(path),
        SinkKind::Stick { label } => match find_stick(sticks, label) {
            Sticks::At(mount) => load.files.stick(&mount),
            Sticks::Absent => return Err(SinkFault::Absent.into()),
            Sticks::Ambiguous => return Err(SinkFault::Ambiguous.into()),
            Sticks::ReadOnly => return Err(SinkFault::ReadOnly.into()),
        },
        #[cfg(feature = "s3")]
        SinkKind::S3 { .. } => return super::s3::send(load, kind, watch),
        #[cfg(not(feature = "s3"))]
        SinkKind::S3 { .. } => {
            return Err(NotSent::Refused(Text::of("sink-no-s3")));
        }
    };
    match base {
        Ok(base) => to_folder(load, base.as_ref(), watch),
        // A folder that is not there is a share that is not mounted: to make it would fill the wrong disk.
        Err(error) if is_missing(&error) => Err(SinkFault::Absent.into()),
        Err(error) => Err(error.into()),
    }
}

/// Writes below a folder that is there, as `up/TOWN/STATION/NAME`.
fn to_folder(load: &Load, base: &dyn Folder, watch: &mut dyn Watch) -> Result<(), NotSent> {
    let dir = below(load, base, |above, name| open_or_make(above, name, watch))?;
    let dir = dir.as_deref().unwrap_or(base);
    sweep(dir, &load.origin, watch)?;
    let mut unsure = false;
    for held in &load.held {
        let name = held.name.to_string();
        let bytes = load.content(&name)?;
        let content = Content {
            name: &name,
            bytes: &bytes,
            sha256: &held.sha256,
            also: &held.also,
        };
        match deposit(dir, &content, watch) {
            // It is there and whole; so may all the others be.
            Err(DepositFault::Unsure(_)) => unsure = true,
            deposited => deposited?,
        }
    }
    let flushed = dir.flush();
    // Nobody has put another folder in its place meanwhile: whoever looks there finds every bundle.
    let again = below(load, base, |above, name| above.enter(name))?;
    let again = again.as_deref().unwrap_or(base);
    for held in &load.held {
        match again.look(&held.name.to_string())? {
            Some(Entry::File(_)) => {}
            Some(_) | None => return Err(SinkFault::Gone.into()),
        }
    }
    if unsure || flushed.is_err() {
        return Err(SinkFault::Unsure.into());
    }
    Ok(())
}

/// The folder of this station's bundles, each step opened by `open`.
fn below<E>(
    load: &Load,
    base: &dyn Folder,
    mut open: impl FnMut(&dyn Folder, &str) -> Result<Box<dyn Folder>, E>,
) -> Result<Option<Box<dyn Folder>>, E> {
    let mut dir: Option<Box<dyn Folder>> = None;
    for name in BundleName::folder(&load.origin).split_terminator('/') {
        dir = Some(open(dir.as_deref().unwrap_or(base), name)?);
    }
    Ok(dir)
}
