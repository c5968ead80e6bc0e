//! Who runs exports: a thread of the kiosk with its own ledger handle, or a script between two steps.

use super::exporter::Exporter;
use super::files::Disk;
use super::setup::Setup;
use crate::app::Event;
use crate::domain::{BootId, ExportNews, ExportStatus, ExportWhy, Now};
use crate::shell::station::Station;
use crate::store::Store;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;

/// An export that is wanted.
#[derive(Clone, Debug)]
pub struct Job {
    /// Why.
    pub why: ExportWhy,
    /// When.
    pub now: Now,
    /// By which config.
    pub setup: Setup,
}

/// The thread that exports. It ends when this is dropped and its last export is over.
#[derive(Debug)]
pub struct Worker {
    jobs: SyncSender<Job>,
}

impl Worker {
    /// Starts the thread; `tell` says whether anyone still listens.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        data: &Path,
        boot: BootId,
        tell: impl FnMut(ExportNews) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, receive) = sync_channel(1);
        let data = data.to_owned();
        thread::Builder::new()
            .name("export".into())
            .spawn(move || work(&data, boot, &receive, tell))?;
        Ok(Self { jobs })
    }

    /// Hands over a job. Only one export is asked for at a time, so there is always room; where there is
    /// none, or no thread any more, the job comes back.
    ///
    /// # Errors
    /// The job, as it was.
    pub fn ask(&self, job: Job) -> Result<(), Box<Job>> {
        self.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(job) | TrySendError::Disconnected(job) => Box::new(job),
        })
    }
}

fn work(
    data: &PathBuf,
    boot: BootId,
    jobs: &Receiver<Job>,
    mut tell: impl FnMut(ExportNews) -> bool,
) {
    let mut open: Option<Store> = None;
    while let Ok(job) = jobs.recv() {
        let mut listens = true;
        let mut say = |news| listens &= tell(news);
        if open.is_none() {
            match Store::open_existing(data) {
                Ok(store) => open = Some(store.of_boot(boot)),
                Err(error) => {
                    say(ExportNews::Started(job.why));
                    say(ExportNews::Failed(error.to_string()));
                    say(ExportNews::Ended(ExportStatus::default()));
                }
            }
        }
        if let Some(store) = &mut open {
            Exporter::new(job.setup, Box::new(Disk)).run(&job.now, job.why, store, &mut say);
        }
        if !listens {
            return;
        }
    }
}

/// Runs what a station wants exported at once, as a script does, and hands it the news.
pub fn run_wanted(station: &mut Station, now: &Now, setup: &Setup) {
    while let Some(why) = station.wanted_export() {
        let mut news = Vec::new();
        let mut exporter = Exporter::new(setup.clone(), Box::new(Disk));
        exporter.run(now, why, station.store(), &mut |one| news.push(one));
        for one in news {
            station.handle(now, Event::Export(one));
        }
    }
}
