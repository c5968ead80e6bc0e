//! How the station is, for the heartbeat: versions, clock, disk, devices, figures of the ledger.

use super::setup::Setup;
use crate::bundle::{BundleError, Heartbeat};
use crate::domain::Now;
use crate::store::{LedgerFigures, Store, StoreError, free_disk_mib, sqlite_version};

/// What every bundle of a run says of its station. Figures that cannot be had are left out.
pub(super) fn heartbeat(setup: &Setup, now: &Now, store: &Store) -> Result<Heartbeat, BundleError> {
    let mut heartbeat = Heartbeat::default();
    heartbeat.set("app.version", env!("CARGO_PKG_VERSION"))?;
    heartbeat.set("sqlite.version", &sqlite_version().to_string())?;
    heartbeat.set("config.sha256", &setup.config)?;
    heartbeat.set("clock.wall-ms", &now.wall.timestamp_millis().to_string())?;
    heartbeat.set("clock.mono-ms", &now.mono_ms.to_string())?;
    heartbeat.set("boot", &store.boot_id().to_string())?;
    if let Ok(free) = free_disk_mib(store.dir()) {
        heartbeat.set("disk.free-mib", &free.to_string())?;
    }
    for (n, up) in (1..).zip(&setup.readers) {
        let state = if *up { "up" } else { "lost" };
        heartbeat.set(&format!("reader.{n}"), state)?;
    }
    if let Some((unknown, rests)) = setup.unknown {
        heartbeat.set("cards.unknown", &unknown.to_string())?;
        heartbeat.set("cards.rests", &rests.to_string())?;
    }
    match store.heartbeat() {
        Ok(figures) => ledger(&mut heartbeat, &figures)?,
        Err(error) => heartbeat.set("ledger.fault", short(&error))?,
    }
    Ok(heartbeat)
}

fn ledger(heartbeat: &mut Heartbeat, figures: &LedgerFigures) -> Result<(), BundleError> {
    heartbeat.set("holds.open", &figures.open_holds.to_string())?;
    for (kind, count) in &figures.kinds {
        heartbeat.set(&format!("since.{}", kind.name()), &count.to_string())?;
    }
    let mut others: i64 = 0;
    for (code, count) in &figures.refusals {
        // Codes are words of the program; a row that was forged may say anything.
        let set = heartbeat.set(&format!("refused.{code}"), &count.to_string());
        if set.is_err() {
            others = others.saturating_add(*count);
        }
    }
    if others > 0 {
        heartbeat.set("refused-otherwise", &others.to_string())?;
    }
    Ok(())
}

/// A word for a failure of the disk.
const fn short(error: &StoreError) -> &'static str {
    if matches!(error, StoreError::Corrupt(_)) {
        "damaged"
    } else {
        "unreadable"
    }
}
