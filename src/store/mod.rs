//! HAND: the station's disk. The only SQL of a station; nobody else sees a connection.
//!
//! Every write is one IMMEDIATE transaction that reads the head inside and caches nothing, so other
//! programs may work beside a running kiosk. What the ledger promises stands in `docs/LEDGER.md`.

mod append;
mod ask;
mod audit;
mod backup;
mod book;
mod cards;
mod day;
mod difference;
mod differences;
mod error;
mod exports;
mod files;
mod guard;
mod holds;
mod keys;
mod leg;
mod locks;
mod log;
mod look;
mod looks;
mod moves;
mod opening;
mod passbook;
mod people;
mod pins;
mod questions;
mod random;
mod reader;
mod receipts;
mod register;
mod report;
mod reports;
mod restore;
mod room;
mod rules;
mod schema;
mod settle;
mod soundness;
mod staff;
mod statement;
mod station;
mod stock;
mod sums;
mod told;
mod walk;
mod writer;

pub use backup::Backup;
pub use difference::Difference;
pub use differences::schema_text;
pub use error::{RestoreFault, StoreError, io_told};
pub use exports::{AckFault, BundleFile, ExportRow, LedgerFigures};
pub use files::{BESIDE, LEDGER, check_dir, closed_whole};
pub use keys::{KeyFile, make_key, read_key};
pub use locks::{Lock, kiosk_runs, lock_export, lock_kiosk};
pub use look::Shut;
use look::{Looking, ToRead};
pub use pins::hash_pin;
pub use report::{AuditFault, AuditReport};
pub use reports::Reports;
pub use restore::{Restore, Restored};
pub use room::{free_disk_mib, is_disk_full};
pub use schema::sqlite_version;
pub use writer::Writer;

use crate::disk;
use crate::domain::{BootId, Now};
use keys::CardKey;
use random::Ids;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// The ledger of one station, open.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    dir: PathBuf,
    boot: BootId,
    key: Option<CardKey>,
    ids: Ids,
    checked: bool,
    /// What of the schema is not this program's; nothing is written then.
    difference: Option<Difference>,
    /// Where nothing can be written. It goes after the connection.
    looking: Option<Looking>,
    /// With fewer MiB left nothing new is booked.
    least_mib: Option<u64>,
}

impl Store {
    /// Opens the ledger in a data directory, making both where there is none.
    ///
    /// # Errors
    /// Anything that makes the file unfit to be written: not ours, newer, damaged, open to others,
    /// without its guards.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::set_up(dir, Ids::Random)
    }

    /// Opens the ledger with ids that follow from `seed`, so that the same calls give the same chain.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_seeded(dir: &Path, seed: u64) -> Result<Self, StoreError> {
        Self::set_up(dir, Ids::Seeded { seed, given: 0 })
    }

    /// Opens a ledger that is already there, for audits and backups; makes nothing. One whose guards
    /// are not those of this program, or whose disk takes no writes, can be read, but not written.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when there is none; else as [`Store::open`].
    pub fn open_existing(dir: &Path) -> Result<Self, StoreError> {
        if settle::waits(dir) {
            let _lock = locks::lock_setup(dir)?;
            settle::settle(dir)?;
        }
        if !dir.exists() || !files::check_database(dir)? {
            return Err(StoreError::Absent(files::database(dir)));
        }
        files::check_dir(dir)?;
        Self::looking(dir, look::to_read(&files::database(dir))?)
    }

    /// Goes on with an open file that nothing is written to before it is used.
    fn looking(dir: &Path, file: ToRead) -> Result<Self, StoreError> {
        let ToRead { conn, looking } = file;
        let path = files::database(dir);
        if schema::version(&conn)? == 0 {
            return Err(StoreError::Absent(path));
        }
        let difference = differences::differences(&conn)?.into_iter().next();
        let checked = soundness::at_start(&conn, &path)?;
        let key = CardKey::read(dir)?;
        let mut ids = Ids::Random;
        Ok(Self {
            conn,
            dir: dir.to_owned(),
            boot: ids.boot()?,
            key,
            ids,
            checked,
            difference,
            looking,
            least_mib: None,
        })
    }

    fn set_up(dir: &Path, mut ids: Ids) -> Result<Self, StoreError> {
        files::prepare_dir(dir)?;
        if look::is_read_only(dir) {
            return Err(StoreError::ReadOnly);
        }
        if Looking::count() > 0 {
            return Err(StoreError::Busy);
        }
        room::make_way(dir);
        let lock = locks::lock_setup(dir)?;
        settle::settle(dir)?;
        let path = files::database(dir);
        let mut key = CardKey::read(dir)?;
        if !files::check_database(dir)? {
            // First the key, so that nothing is ever on disk that needs it while it is not.
            if key.is_none() {
                key = Some(CardKey::make(dir)?);
            }
            files::create_private(&path)?;
            disk::sync_dir(dir).map_err(StoreError::io("sync", dir))?;
        }
        let mut conn = schema::connect(&path)?;
        schema::configure(&conn)?;
        schema::migrate(&mut conn)?;
        if let Some(what) = differences::differences(&conn)?.into_iter().next() {
            return Err(StoreError::Schema(what));
        }
        let checked = soundness::at_start(&conn, &path)?;
        if let (Ids::Seeded { given, .. }, Some(head)) = (&mut ids, append::head(&conn)?) {
            // A seed that goes on with a log must not repeat its ids.
            *given = u64::try_from(head.seq.get())
                .unwrap_or(0)
                .saturating_mul(1 << 20);
        }
        let key = match key {
            Some(key) => key,
            None if any_card(&conn)? => return Err(StoreError::KeyMissing(dir.to_owned())),
            None => CardKey::make(dir)?,
        };
        drop(lock);
        Ok(Self {
            conn,
            dir: dir.to_owned(),
            boot: ids.boot()?,
            key: Some(key),
            ids,
            checked,
            difference: None,
            looking: None,
            least_mib: None,
        })
    }

    /// Counts as part of another store's start of the program: a thread of the same kiosk.
    #[must_use]
    pub fn of_boot(mut self, boot: BootId) -> Self {
        self.boot = boot;
        self
    }

    /// Says whether the whole file was checked when it was opened. A large one was not: [`Self::check`]
    /// it beside the work.
    pub const fn is_checked(&self) -> bool {
        self.checked
    }

    /// Asks `SQLite` whether the whole file is sound: seconds in a large one.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is not; else when it cannot be read.
    pub fn check(&self) -> Result<(), StoreError> {
        schema::quick_check(&self.conn)
    }

    /// This start of the program.
    pub const fn boot_id(&self) -> BootId {
        self.boot
    }

    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Does many things in one transaction: all of them are on disk afterwards, or none.
    ///
    /// # Errors
    /// What `f` answers, or why the transaction could not begin or end; [`StoreError::Schema`] when
    /// the guards are not those of this program.
    pub fn write<T>(
        &mut self,
        now: &Now,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write_if(now, |writer| Ok((f(writer)?, true)))
    }

    /// Does the same where the answer beside it is yes; else nothing of it stays on disk.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_if<T>(
        &mut self,
        now: &Now,
        f: impl FnOnce(&mut Writer<'_>) -> Result<(T, bool), StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(what) = &self.difference {
            return Err(StoreError::Schema(what.clone()));
        }
        if let Some(shut) = self.shut() {
            return Err(shut.into());
        }
        room::make_way(&self.dir);
        let low = self.is_low();
        let tx = Transaction::new(&mut self.conn, TransactionBehavior::Immediate)?;
        let mut writer = Writer::new(&tx, *now, self.boot, self.key.as_ref(), &mut self.ids);
        writer.low = low;
        let written = match f(&mut writer) {
            // A commit that fails leaves the transaction open; dropping it rolls back.
            Ok((answer, keeps)) => {
                let ended = if keeps { tx.commit() } else { tx.rollback() };
                ended.map(|()| answer).map_err(StoreError::from)
            }
            Err(error) => {
                // SQLite may have rolled back by itself; then there is nothing left to undo.
                let _already = tx.rollback();
                Err(error)
            }
        };
        if matches!(written, Err(StoreError::DiskFull)) {
            // A limit that the file system does not tell of, such as a quota; the next try has room.
            room::give_up(&self.dir);
        }
        written
    }

    /// Reads several things from one state of the disk.
    fn read<T>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let tx = self.conn.unchecked_transaction()?;
        f(&tx)
    }

    fn key(&self) -> Result<&CardKey, StoreError> {
        self.key
            .as_ref()
            .ok_or_else(|| StoreError::KeyMissing(self.dir.clone()))
    }
}

/// Says whether any card is on file.
fn any_card(conn: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS(SELECT 1 FROM card) OR EXISTS(SELECT 1 FROM staff)";
    Ok(conn.query_row(sql, [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What no test with `kill -9` can see: it would survive a killed program, not a power cut.
    #[test]
    fn every_connection_syncs_every_commit() {
        let dir = std::env::temp_dir().join(format!("wenming-pragmas-{}", std::process::id()));
        let made = Store::open(&dir).unwrap();
        let again = Store::open_existing(&dir).unwrap();
        for store in [&made, &again] {
            for (pragma, want) in [
                ("journal_mode", "wal"),
                ("synchronous", "2"),
                ("foreign_keys", "1"),
                ("recursive_triggers", "1"),
                ("trusted_schema", "0"),
                ("cell_size_check", "1"),
                ("mmap_size", "0"),
                ("temp_store", "2"),
            ] {
                let found = store
                    .conn
                    .query_row(&format!("PRAGMA {pragma}"), [], |row| {
                        let value = row.get_ref(0)?;
                        let number = value.as_i64().map(|n| n.to_string());
                        Ok(number.or_else(|_| value.as_str().map(str::to_owned))?)
                    })
                    .unwrap();
                assert_eq!(found, want, "{pragma}");
            }
        }
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
