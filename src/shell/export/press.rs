//! From operations to the bytes of a bundle: sign, compress, seal, hash. It needs no disk, so it can have a
//! thread of its own.

use super::deposit::sha256;
use super::fault::ExportFault;
use crate::bundle::{Heartbeat, Manifest, Packed, Packer, StationKey};
use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// What every bundle of a run is made with.
#[derive(Debug)]
pub(super) struct Press {
    pub(super) key: StationKey,
    pub(super) heartbeat: Heartbeat,
    /// For whom bundles are sealed, `age1…`.
    pub(super) recipient: Option<String>,
}

/// A bundle as it will lie in the outbox.
pub(super) struct Pressed {
    pub(super) manifest: Manifest,
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: String,
    pub(super) sealed: bool,
}

impl Press {
    /// Signs, compresses and seals what came in.
    pub(super) fn press(&self, packer: Packer) -> Result<Pressed, ExportFault> {
        let Packed { manifest, bytes } = packer.finish(&self.heartbeat, &self.key)?;
        let (bytes, sealed) = self.seal(bytes)?;
        Ok(Pressed {
            manifest,
            sha256: sha256(&bytes),
            bytes,
            sealed,
        })
    }

    #[cfg(feature = "seal")]
    fn seal(&self, bytes: Vec<u8>) -> Result<(Vec<u8>, bool), ExportFault> {
        let Some(recipient) = &self.recipient else {
            return Ok((bytes, false));
        };
        let sealed = crate::bundle::Recipient::parse(recipient)
            .and_then(|recipient| recipient.seal(&bytes))
            .map_err(|fault| ExportFault::Seal(fault.to_string()))?;
        Ok((sealed, true))
    }

    #[cfg(not(feature = "seal"))]
    fn seal(&self, bytes: Vec<u8>) -> Result<(Vec<u8>, bool), ExportFault> {
        if self.recipient.is_some() {
            let why = "seal the bundle: this program was built without the feature seal";
            return Err(ExportFault::Seal(why.to_owned()));
        }
        Ok((bytes, false))
    }
}

/// The bundle that is made in a thread of its own, if there is one.
pub(super) struct Pressing<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    press: &'scope Press,
    one: Option<ScopedJoinHandle<'scope, Result<Pressed, ExportFault>>>,
}

impl<'scope, 'env> Pressing<'scope, 'env> {
    pub(super) const fn new(scope: &'scope Scope<'scope, 'env>, press: &'scope Press) -> Self {
        Self {
            scope,
            press,
            one: None,
        }
    }

    /// Begins to make a bundle; the [last](Self::last) one must have been taken.
    pub(super) fn start(&mut self, packer: Packer) -> Result<(), ExportFault> {
        let press = self.press;
        let thread = Builder::new()
            .name("press".into())
            .spawn_scoped(self.scope, move || press.press(packer))
            .map_err(|error| ExportFault::outbox("pack for", &error))?;
        self.one = Some(thread);
        Ok(())
    }

    /// Waits for the bundle that was begun last.
    pub(super) fn last(&mut self) -> Option<Result<Pressed, ExportFault>> {
        let thread = self.one.take()?;
        Some(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    }
}
