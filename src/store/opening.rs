//! How a station opens its ledger: for work where the disk allows it, for looking only where it does not.

use super::error::StoreError;
use super::files::{self, database};
use super::look::{Looking, Shut, connect, is_read_only};
use super::{Store, room};
use rusqlite::Connection;
use std::path::Path;

impl Store {
    /// Opens the ledger for work where the disk allows it, gives up the reserve where that helps, and opens it for looking
    /// only where the disk is full all the same, or read-only. `first` is what every start writes.
    ///
    /// # Errors
    /// As [`Store::open`], and what `first` answers; nothing that is due to a full or read-only disk while there is a ledger.
    pub fn open_or_look(
        dir: &Path,
        mut first: impl FnMut(&mut Self) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let mut begun = || {
            let mut store = Self::open(dir)?;
            store.keep_reserve();
            first(&mut store).map(|()| store)
        };
        let opened = match begun() {
            Err(error) if Shut::why(dir, &error) == Some(Shut::Full) && room::give_up(dir) => {
                begun()
            }
            opened => opened,
        };
        let error = match opened {
            Ok(store) => return Ok(store),
            Err(error) => error,
        };
        let Some(shut) = Shut::why(dir, &error) else {
            return Err(error);
        };
        if !files::check_database(dir)? {
            return Err(shut.into());
        }
        Self::looking(dir, connect(&database(dir), shut)?)
    }

    /// Opens a ledger again that could only be looked at, for work if that is possible by now; it goes on as the same start of
    /// the program. While another thread looks at it too, nothing is tried.
    ///
    /// # Errors
    /// As [`Self::open_or_look`]; then nothing can be read any more.
    pub fn open_again(
        &mut self,
        mut first: impl FnMut(&mut Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if Looking::count() > 1 {
            return Ok(());
        }
        // The old file is closed first: a looking one must be gone before the other takes its locks.
        self.conn = Connection::open_in_memory()?;
        self.looking = None;
        let (boot, least_mib) = (self.boot, self.least_mib);
        *self = Self::open_or_look(&self.dir.clone(), |store| {
            store.boot = boot;
            first(store)
        })?;
        (self.boot, self.least_mib) = (boot, least_mib);
        Ok(())
    }

    /// Says whether there is a ledger in that folder.
    pub fn is_there(dir: &Path) -> bool {
        database(dir).exists()
    }

    /// Why nothing can be written at present; `None` when it can.
    pub fn shut(&self) -> Option<Shut> {
        self.looking.as_ref().map(|looking| looking.why)
    }

    /// Makes the reserve where there is none and room for it. That it cannot be made stops nothing.
    pub fn keep_reserve(&self) {
        room::keep(&self.dir).unwrap_or_default();
    }

    /// Gives the reserve up where next to nothing else is left on the disk.
    pub fn make_way(&self) {
        room::make_way(&self.dir);
    }

    /// Says whether it is worth while to open a ledger for work again that could only be looked at.
    pub fn may_open_again(&self) -> bool {
        !is_read_only(&self.dir) && !room::is_out(&self.dir)
    }

    /// From now on nothing new is booked while fewer than so many MiB are left, or the reserve is given up.
    pub const fn hold_free(&mut self, mib: u64) {
        self.least_mib = Some(mib);
    }

    /// Says whether nothing new may be booked. Without a limit everything may.
    pub(super) fn is_low(&self) -> bool {
        self.least_mib
            .is_some_and(|least| room::is_low(&self.dir, least))
    }
}
