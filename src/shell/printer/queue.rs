//! What is to be printed, on disk: what waits, what was begun, what came out. A slip is begun at most once.
//!
//! A job is a file `KEY.STATE`. It is made whole by a rename, and it is renamed to `.sending` and synced **before** the
//! first byte goes to the printer. So after a power cut a job is either untouched and may be sent, or begun and is
//! never sent again: two receipts for one redemption would be worse than a reprint that says so.

use crate::disk;
use crate::domain::{Now, PrinterNews, PrinterState, SlipKey, Unprinted, names};
use crate::shell::spool::write_whole;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

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

/// The folder of print jobs.
#[derive(Clone, Debug)]
pub struct Queue {
    dir: PathBuf,
}

impl Queue {
    /// Names the folder; it is made with the first job.
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
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
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)?;
        let jobs = self.jobs()?;
        if jobs.contains_key(key) {
            return Ok(());
        }
        let waiting = jobs.iter().filter(|(_, state)| **state == JobState::Wait);
        let waiting: Vec<&SlipKey> = waiting.map(|(key, _)| key).collect();
        if waiting.len() >= MOST_WAITING {
            return Err(io::Error::other("too many slips wait for the printer"));
        }
        for other in waiting {
            if (&other.station, other.seq) == (&key.station, key.seq) {
                self.turn(other, JobState::Wait, JobState::Failed)?;
            }
        }
        write_whole(&self.path(key, JobState::Wait), bytes)?;
        self.sync()
    }

    /// Moves a job on, on disk.
    ///
    /// # Errors
    /// It is not as far as that, or the disk fails.
    pub fn turn(&self, key: &SlipKey, from: JobState, to: JobState) -> io::Result<()> {
        fs::rename(self.path(key, from), self.path(key, to))?;
        if to == JobState::Sent {
            // What was printed is needed no more; that it was printed is.
            disk::write(&self.path(key, to))?;
        }
        self.sync()
    }

    /// Forgets what nobody asks for any more: an unprinted slip after a week, a printed one after a month.
    ///
    /// # Errors
    /// The disk fails.
    pub fn tidy(&self, now: &Now) -> io::Result<()> {
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

    /// Every job and how far it is. Files of other names are nobody's job.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn jobs(&self) -> io::Result<BTreeMap<SlipKey, JobState>> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(error),
        };
        let mut jobs = BTreeMap::new();
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
        let jobs = self.jobs()?;
        let waiting = jobs
            .into_iter()
            .filter(|(_, state)| *state == JobState::Wait);
        Ok(waiting
            .map(|(key, _)| key)
            .min_by_key(|key| (key.seq, key.copy)))
    }

    /// What has not surely come out, by receipt. Of several copies the last one counts.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn news(&self, state: PrinterState) -> io::Result<PrinterNews> {
        let mut last: BTreeMap<_, (i64, JobState)> = BTreeMap::new();
        for (key, state) in self.jobs()? {
            let entry = last.entry(key.seq).or_insert((key.copy, state));
            if key.copy > entry.0 {
                *entry = (key.copy, state);
            }
        }
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
