//! A copy becomes the station's ledger again: checked first, whole or not at all, and as a new incarnation.
//!
//! It is made ready in `restore.part`. That folder's new name, `restore.now`, is the moment from which the copy counts: whoever
//! opens the ledger next finishes what is left, so that no kill and no power cut leaves a mixture of two ledgers.

use super::error::{RestoreFault, StoreError};
use super::{KeyFile, Store, append, files, locks, look, questions, rules, schema, settle};
use crate::disk;
use crate::domain::json::{int, map};
use crate::domain::{Incarnation, Kind, Now, Seq, Tally};
use rusqlite::Connection;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the copy is made ready.
const PART: &str = "restore.part";
/// What `SQLite` keeps beside a ledger that is not closed.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// How a copy is put back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Restore {
    /// A ledger that is there is put aside; otherwise it is a reason to refuse.
    pub replace: bool,
    /// The least number of the new incarnation, where somebody knows of disks that the copy does not.
    pub least: Option<Incarnation>,
}

/// What was put back.
#[derive(Debug)]
pub struct Restored {
    /// The number that the station's bundles bear from now on.
    pub incarnation: Incarnation,
    /// The newest operation of the copy and its hash; `None` in an empty log.
    pub head: Option<(Seq, String)>,
    /// Holds that wait for an attendant.
    pub open_holds: i64,
    /// Where the ledger lies that was there before.
    pub before: Option<PathBuf>,
    /// Cards are on file and the key that finds them is not there.
    pub lacks_card_key: bool,
    /// The key by which the station signs is not there.
    pub lacks_station_key: bool,
}

impl Store {
    /// Puts a copy made by [`Store::backup`] into a data directory, making it where there is none.
    ///
    /// Several stations or disks may go on from one copy, so the ledger records that it is a new incarnation: the copy's number
    /// and one more, beyond that of the ledger which it replaces. Two bundles of one range are then told apart.
    ///
    /// # Errors
    /// [`StoreError::Restore`] where a ledger is and nobody said that it may be replaced, and when the copy is not
    /// clean; [`StoreError::KioskRunning`]; else as the disk says. Nothing was changed then.
    pub fn restore(
        copy: &Path,
        dir: &Path,
        now: &Now,
        how: Restore,
    ) -> Result<Restored, StoreError> {
        check_copy(copy)?;
        let new = !dir.exists();
        let kiosk = locks::lock_kiosk(dir)?;
        let setup = locks::lock_setup(dir)?;
        settle::settle(dir)?;
        let part = dir.join(PART);
        let made = made_ready(copy, dir, now, how);
        if made.is_err() {
            // What cannot be removed is cleared away by the next try.
            disk::remove_tree(&part).unwrap_or_default();
            if new {
                for lock in ["kiosk.lock", "setup.lock"] {
                    fs::remove_file(dir.join(lock)).unwrap_or_default();
                }
                fs::remove_dir(dir).unwrap_or_default();
            }
        }
        let mut restored = made?;
        fs::rename(&part, dir.join(settle::READY)).map_err(StoreError::io("name", &part))?;
        disk::sync_dir(dir).map_err(StoreError::io("sync", dir))?;
        restored.before = settle::settle(dir)?;
        drop((setup, kiosk));
        Ok(restored)
    }

    /// Which of the station's disks this is: 1, and one more after each restore.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn incarnation(&self) -> Result<Incarnation, StoreError> {
        self.read(incarnation)
    }
}

fn incarnation(conn: &Connection) -> Result<Incarnation, StoreError> {
    let told = questions::logged(conn, &Tally::of(Kind::RESTORED), 1)?;
    let Some(told) = told.first() else {
        return Ok(Incarnation::FIRST);
    };
    let number = rules::what(&told.body)?
        .get("n")
        .and_then(serde_json::Value::as_u64)
        .and_then(|n| Incarnation::new(u16::try_from(n).ok()?));
    number.ok_or_else(|| StoreError::Corrupt("a restore without its number".to_owned()))
}

/// Refuses what is no copy before anything is made: another file, or the ledger of a running station.
fn check_copy(copy: &Path) -> Result<(), StoreError> {
    drop(disk::open(copy).map_err(StoreError::io("open", copy))?);
    for end in BESIDE {
        let mut beside = copy.as_os_str().to_owned();
        beside.push(end);
        let beside = PathBuf::from(beside);
        if beside.symlink_metadata().is_ok() {
            return Err(RestoreFault::NoCopy.at(copy));
        }
    }
    let foreign = |error| {
        if matches!(error, StoreError::Corrupt(_)) {
            StoreError::Foreign(copy.to_owned())
        } else {
            error
        }
    };
    let conn = look::unchanging(copy)?;
    schema::check_identity(&conn, copy).map_err(foreign)?;
    if schema::version(&conn)? == 0 {
        return Err(StoreError::Foreign(copy.to_owned()));
    }
    Ok(())
}

/// Copies, audits, and records the new incarnation; all of it is on disk then, in a folder of its own.
fn made_ready(copy: &Path, dir: &Path, now: &Now, how: Restore) -> Result<Restored, StoreError> {
    let before = before(dir, how.replace)?;
    let part = dir.join(PART);
    disk::remove_tree(&part).map_err(StoreError::io("remove", &part))?;
    disk::make_dir_synced(&part).map_err(StoreError::io("create", &part))?;
    let ledger = files::database(&part);
    let mut from = disk::open(copy).map_err(StoreError::io("open", copy))?;
    let mut to = files::create_private(&ledger)?;
    io::copy(&mut from, &mut to)
        .and_then(|_| to.sync_all())
        .map_err(StoreError::io("copy to", &ledger))?;
    drop((from, to));
    let mut store = Store::open_existing(&part)?;
    let report = store.audit()?;
    if let Some(fault) = report.faults.first() {
        let fault = RestoreFault::Unsound(report.faults.len(), fault.what.clone());
        return Err(fault.at(copy));
    }
    let next = store.incarnation()?.get().max(before).saturating_add(1);
    let number = next.max(how.least.map_or(0, Incarnation::get));
    let number = Incarnation::new(number).ok_or_else(|| RestoreFault::NoNumber.at(copy))?;
    let what = map([("n", int(i64::from(number.get())))]);
    store.write(now, |writer| {
        writer.event(Kind::RESTORED, append::STATION, what)
    })?;
    let restored = Restored {
        incarnation: number,
        head: report.head,
        open_holds: report.open_holds,
        before: None,
        lacks_card_key: super::any_card(&store.conn)? && !KeyFile::Card.path(dir).exists(),
        lacks_station_key: !KeyFile::Station.path(dir).exists(),
    };
    drop(store);
    // Closing brings the write log into the file; otherwise it would be left behind.
    for name in settle::LEDGER.iter().skip(1) {
        if part.join(name).exists() {
            return Err(StoreError::Disk(format!(
                "{name} could not be closed whole"
            )));
        }
    }
    disk::open_no_link(&ledger)
        .and_then(|file| file.sync_all())
        .and_then(|()| disk::sync_dir(&part))
        .map_err(StoreError::io("sync", &ledger))?;
    Ok(restored)
}

/// The incarnation of the ledger that is there, 0 for none. One that is too damaged to tell counts as the first.
fn before(dir: &Path, replace: bool) -> Result<u16, StoreError> {
    let known = settle::LEDGER.iter().take(4);
    let there = known
        .map(|name| dir.join(name))
        .find(|path| path.symlink_metadata().is_ok());
    match there {
        None => Ok(0),
        Some(path) if !replace => Err(RestoreFault::Occupied.at(&path)),
        Some(_) => Ok(Store::open_existing(dir)
            .and_then(|store| store.incarnation())
            .unwrap_or(Incarnation::FIRST)
            .get()),
    }
}
