//! What is to be printed, on disk: what waits, what was begun, what came out. A slip is begun at most once.
//!
//! A job is a file `KEY.STATE`. It is made whole by a rename, and it is renamed to `.sending` and synced **before** the
//! first byte goes to the printer. So after a power cut a job is either untouched and may be sent, or begun and is
//! never sent again: two receipts for one redemption would be worse than a reprint that says so.
//!
//! The folder is read once a start and once a day. In between, all clones of a queue share what they know of it, so that a slip costs the
//! same however many were printed this month. One kiosk has the folder; a job that somebody took away is seen when it is moved on.

use crate::disk;
use crate::domain::{Now, PrinterNews, PrinterState, SlipKey, Unprinted, names};
use crate::shell::spool::write_whole;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// More jobs than this do not wait: a printer that has been away for so long is somebody's task, not a queue's.
const MOST_WAITING: usize = 64;
/// A slip that did not come out is shown to the attendants for so many days.
const UNPRINTED_DAYS: i64 = 7;
/// That a slip was sent is remembered for so many days: longer than anything could ask for it again.
const SENT_DAYS: i64 = 30;

/// The longest job, in bytes.
const LONGEST: u64 = 4 << 20;

names! {
    /// How far a job is.
    pub enum JobState {
        /// Nothing was sent.
        Wait = "wait",
        /// Begun; nobody knows what came out.
        Sending = "sending",
        /// Sent, as far as can be known.
        Sent = "sent",
        /// Nothing was sent, and nobody tries any more.
        Failed = "failed",
    }
}

/// Every job and how far it is.
type Jobs = BTreeMap<SlipKey, JobState>;

/// The folder of print jobs.
#[derive(Clone, Debug)]
pub struct Queue {
    dir: PathBuf,
    known: Arc<Mutex<Known>>,
}

/// What is known of the folder.
#[derive(Debug, Default)]
struct Known {
    /// `None` until it has been read.
    jobs: Option<Jobs>,
    /// The day on which it was tidied last.
    tidied: Option<NaiveDate>,
}

impl Queue {
    /// Names the folder; it is made with the first job.
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            known: Arc::default(),
        }
    }

    /// What is known, for as long as this is held nobody else changes the folder.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks something of all jobs, reading the folder where nothing is known of it.
    fn ask<T>(&self, ask: impl FnOnce(&Jobs) -> T) -> io::Result<T> {
        let mut known = self.known();
        let jobs = match known.jobs.take() {
            Some(jobs) => jobs,
            None => self.jobs()?,
        };
        Ok(ask(known.jobs.insert(jobs)))
    }

    /// Takes over how far a job is.
    fn learn(&self, key: &SlipKey, state: JobState) {
        if let Some(jobs) = &mut self.known().jobs {
            jobs.insert(key.clone(), state);
        }
    }

    fn path(&self, key: &SlipKey, state: JobState) -> PathBuf {
        self.dir.join(format!("{key}.{}", state.name()))
    }

    /// Puts a job on disk: whole or not at all. One that is known already, however far it is, stays as it is.
    /// Other copies of the same receipt that still wait are not printed any more.
    ///
    /// # Errors
    /// The folder or the file cannot be written, or too many jobs wait.
    pub fn put(&self, key: &SlipKey, bytes: &[u8]) -> io::Result<()> {
        disk::make_dir_synced(&self.dir)?;
        let (is_known, waiting) = self.ask(|jobs| {
            let waiting = jobs.iter().filter(|(_, state)| **state == JobState::Wait);
            let waiting: Vec<SlipKey> = waiting.map(|(key, _)| key.clone()).collect();
            (jobs.contains_key(key), waiting)
        })?;
        if is_known {
            return Ok(());
        }
        if waiting.len() >= MOST_WAITING {
            return Err(io::Error::other("too many slips wait for the printer"));
        }
        for other in &waiting {
            if (&other.station, other.seq) == (&key.station, key.seq) {
                match self.turn(other, JobState::Wait, JobState::Failed) {
                    // It has just been begun.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    turned => turned?,
                }
            }
        }
        write_whole(&self.path(key, JobState::Wait), bytes)?;
        self.learn(key, JobState::Wait);
        self.sync()
    }

    /// Moves a job on, on disk.
    ///
    /// # Errors
    /// It is not as far as that, or the disk fails.
    pub fn turn(&self, key: &SlipKey, from: JobState, to: JobState) -> io::Result<()> {
        if let Err(error) = fs::rename(self.path(key, from), self.path(key, to)) {
            // Somebody else was here: the folder is read again.
            self.known().jobs = None;
            return Err(error);
        }
        self.learn(key, to);
        if to == JobState::Sent {
            // What was printed is needed no more; that it was printed is.
            disk::write(&self.path(key, to))?;
        }
        self.sync()
    }

    /// Forgets, once a day, what nobody asks for any more: an unprinted slip after a week, a printed one after a month.
    ///
    /// # Errors
    /// The disk fails.
    pub fn tidy(&self, now: &Now) -> io::Result<()> {
        let today = now.wall.date_naive();
        if self.known().tidied.replace(today) == Some(today) {
            return Ok(());
        }
        let tidied = self.sweep(now);
        // What was taken away meanwhile, and what was removed here, is not known any more.
        self.known().jobs = None;
        tidied
    }

    fn sweep(&self, now: &Now) -> io::Result<()> {
        for (key, state) in self.jobs()? {
            let path = self.path(&key, state);
            let changed: DateTime<Utc> = path.metadata()?.modified()?.into();
            let days = now.wall.signed_duration_since(changed).num_days();
            match state {
                JobState::Sending | JobState::Failed if days >= UNPRINTED_DAYS => {
                    self.turn(&key, state, JobState::Sent)?;
                }
                JobState::Sent if days >= SENT_DAYS => fs::remove_file(path)?,
                JobState::Wait | JobState::Sending | JobState::Failed | JobState::Sent => {}
            }
        }
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        disk::sync_dir(&self.dir)
    }

    /// The bytes of a job that waits.
    ///
    /// # Errors
    /// It does not wait any more, or the disk fails.
    pub fn bytes(&self, key: &SlipKey) -> io::Result<Vec<u8>> {
        disk::read(&self.path(key, JobState::Wait), LONGEST)
    }

    /// Every job and how far it is, as the folder says. Files of other names are nobody's job.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn jobs(&self) -> io::Result<Jobs> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Jobs::new()),
            Err(error) => return Err(error),
        };
        let mut jobs = Jobs::new();
        for entry in entries {
            let name = entry?.file_name();
            let job = name.to_str().and_then(|name| {
                let (key, state) = name.rsplit_once('.')?;
                Some((SlipKey::parse(key)?, JobState::parse(state)?))
            });
            // Where a cut left two names, the one that is further on counts: it is never sent again.
            if let Some((key, state)) = job {
                let known = jobs.entry(key).or_insert(state);
                *known = state.max(*known);
            }
        }
        Ok(jobs)
    }

    /// The job to send next: the oldest receipt that waits.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn next(&self) -> io::Result<Option<SlipKey>> {
        self.ask(|jobs| {
            let waiting = jobs.iter().filter(|(_, state)| **state == JobState::Wait);
            let next = waiting.map(|(key, _)| key);
            next.min_by_key(|key| (key.seq, key.copy)).cloned()
        })
    }

    /// What has not surely come out, by receipt. Of several copies the last one counts.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn news(&self, state: PrinterState) -> io::Result<PrinterNews> {
        let last = self.ask(|jobs| {
            let mut last: BTreeMap<_, (i64, JobState)> = BTreeMap::new();
            for (key, state) in jobs {
                let entry = last.entry(key.seq).or_insert((key.copy, *state));
                if key.copy > entry.0 {
                    *entry = (key.copy, *state);
                }
            }
            last
        })?;
        let unprinted = last.into_iter().filter_map(|(seq, (_, state))| {
            let unprinted = match state {
                JobState::Wait => Unprinted::Waiting,
                JobState::Sending => Unprinted::Perhaps,
                JobState::Failed => Unprinted::Failed,
                JobState::Sent => return None,
            };
            Some((seq, unprinted))
        });
        Ok(PrinterNews {
            state,
            unprinted: unprinted.collect(),
        })
    }
}
