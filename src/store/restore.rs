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
use std::time::Duration;

/// Where the copy is made ready.
const PART: &str = "restore.part";
/// How long an export that runs is waited for.
const EXPORT: Duration = Duration::from_secs(3);

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
    /// [`StoreError::Restore`] where a ledger is and nobody said that it may be replaced, when another program has it open, when its
    /// incarnation cannot be read and none was given, and when the copy is not clean; [`StoreError::KioskRunning`] and
    /// [`StoreError::Locked`]; else as the disk says. Nothing was changed then, but after [`StoreError::Counts`] the copy is the ledger.
    pub fn restore(
        copy: &Path,
        dir: &Path,
        now: &Now,
        how: Restore,
    ) -> Result<Restored, StoreError> {
        check_copy(copy)?;
        let new = !dir.exists();
        let kiosk = locks::lock_kiosk(dir)?;
        let export = locks::lock_export(dir, EXPORT, &mut |_| {})?;
        let setup = locks::lock_setup(dir)?;
        settle::settle(dir)?;
        let part = dir.join(PART);
        let made = before(dir, how).and_then(|before| {
            let restored = made_ready(copy, dir, now, (how, before.incarnation))?;
            fs::rename(&part, dir.join(settle::READY)).map_err(StoreError::io("name", &part))?;
            Ok((restored, before))
        });
        if made.is_err() {
            // What cannot be removed is cleared away by the next try.
            disk::remove_tree(&part).unwrap_or_default();
            if new {
                for lock in locks::NAMES {
                    fs::remove_file(dir.join(lock)).unwrap_or_default();
                }
                fs::remove_dir(dir).unwrap_or_default();
            }
        }
        let (mut restored, before) = made?;
        // From here on the copy counts, whatever fails.
        let settled = disk::sync_dir(dir)
            .map_err(StoreError::io("sync", dir))
            .and_then(|()| settle::settle(dir));
        restored.before = settled.map_err(|why| StoreError::Counts {
            path: dir.to_owned(),
            why: Box::new(why),
        })?;
        drop((before, setup, export, kiosk));
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
    let file = disk::open(copy).map_err(StoreError::io("open", copy))?;
    if !files::is_database(&file) {
        return Err(StoreError::Foreign(copy.to_owned()));
    }
    drop(file);
    for end in files::BESIDE {
        let end = end.strip_prefix(files::LEDGER).unwrap_or(end);
        let mut beside = copy.as_os_str().to_owned();
        beside.push(end);
        let beside = PathBuf::from(beside);
        if beside.symlink_metadata().is_ok() {
            return Err(RestoreFault::NoCopy.at(copy));
        }
    }
    let version = look::unchanging(copy).and_then(|conn| {
        schema::check_identity(&conn, copy)?;
        schema::version(&conn)
    });
    match version.map_err(|error| error.of_copy(copy))? {
        0 => Err(StoreError::Foreign(copy.to_owned())),
        _ => Ok(()),
    }
}

/// Copies, audits, and records the new incarnation; all of it is on disk then, in a folder of its own.
fn made_ready(
    copy: &Path,
    dir: &Path,
    now: &Now,
    (how, before): (Restore, u16),
) -> Result<Restored, StoreError> {
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
    let opened = Store::open_existing(&part).and_then(|store| Ok((store.audit()?, store)));
    let (report, mut store) = opened.map_err(|error| error.of_copy(copy))?;
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
    files::closed_whole(&part).map_err(StoreError::io("close", &ledger))?;
    disk::open_no_link(&ledger)
        .and_then(|file| file.sync_all())
        .and_then(|()| disk::sync_dir(&part))
        .map_err(StoreError::io("sync", &ledger))?;
    Ok(restored)
}

/// The ledger that is there.
struct Before {
    /// Its incarnation, 0 for none.
    incarnation: u16,
    /// While it lives no other program opens that ledger.
    #[expect(dead_code, reason = "the lock lasts as long as the connection")]
    alone: Option<Connection>,
}

/// Looks at the ledger that is there, and keeps others from it.
///
/// One whose incarnation cannot be read may be any: its number would be given out a second time, so somebody must say a number.
fn before(dir: &Path, how: Restore) -> Result<Before, StoreError> {
    let there = settle::ledger_files()
        .map(|name| dir.join(name))
        .find(|path| path.symlink_metadata().is_ok());
    let Some(path) = there else {
        let (incarnation, alone) = (0, None);
        return Ok(Before { incarnation, alone });
    };
    if !how.replace {
        return Err(RestoreFault::Occupied.at(&path));
    }
    let read = alone(dir).and_then(|conn| Ok((incarnation(&conn)?, conn)));
    match (read, how.least) {
        (Ok((incarnation, conn)), _) => Ok(Before {
            incarnation: incarnation.get(),
            alone: Some(conn),
        }),
        (Err(StoreError::Busy), _) => Err(RestoreFault::InUse.at(&path)),
        (Err(_), Some(_)) => Ok(Before {
            incarnation: 0,
            alone: None,
        }),
        (Err(error), None) => Err(RestoreFault::Unreadable(error.to_string()).at(&path)),
    }
}

/// Opens the ledger of a folder where no other program has it open.
fn alone(dir: &Path) -> Result<Connection, StoreError> {
    let path = files::database(dir);
    if !files::check_database(dir)? {
        return Err(StoreError::Absent(path));
    }
    schema::connect_alone(&path)
}
