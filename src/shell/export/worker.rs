//! Who runs exports: a thread of the kiosk with its own ledger handle, or a script between two steps.

use super::exporter::Exporter;
use super::files::Disk;
use super::setup::{Setup, config_digest};
use super::stick::{StickPaths, Sticks, find_stick};
use crate::app::StickNews;
use crate::config::{Config, SinkKind};
use crate::domain::{BootId, ExportNews, ExportStatus, ExportWhy, Now};
use crate::shell::station::Station;
use crate::store::Store;
use rustix::process::nice;
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel};
use std::thread;

/// The lowest priority that a thread can have: whoever stands before the screen goes first.
const LAST: i32 = 19;

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
    /// Starts the thread; `tell` says whether anyone still listens, `remark` takes sentences for the technician.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        data: &Path,
        boot: BootId,
        tell: impl FnMut(ExportNews) -> bool + Send + 'static,
        remark: impl FnMut(&str) + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, receive) = sync_channel(1);
        let data = data.to_owned();
        thread::Builder::new()
            .name("export".into())
            .spawn(move || work((&data, boot), &receive, tell, remark))?;
        Ok(Self { jobs })
    }

    /// Hands over a job. The app asks for one export at a time, so there is room; where there is none, or
    /// no thread any more, the news that it failed come back at once.
    pub fn ask(&self, job: Job) -> Vec<ExportNews> {
        match self.jobs.try_send(job) {
            Ok(()) => Vec::new(),
            Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => failed(
                job.why,
                "the exporter does not answer; start the program anew",
            ),
        }
    }
}

/// The news of an export that could not begin.
fn failed(why: ExportWhy, what: &str) -> Vec<ExportNews> {
    vec![
        ExportNews::Started(why),
        ExportNews::Failed(what.to_owned()),
        ExportNews::Ended(ExportStatus::default()),
    ]
}

fn work(
    (data, boot): (&Path, BootId),
    jobs: &Receiver<Job>,
    mut tell: impl FnMut(ExportNews) -> bool,
    remark: impl FnMut(&str) + Send + 'static,
) {
    // Holds for this thread and those that it starts. It takes no right, and without it an export still works.
    nice(LAST).unwrap_or_default();
    let mut open: Option<Store> = None;
    let (mut exporter, mut remark) = (None::<Exporter>, Some(remark));
    while let Ok(job) = jobs.recv() {
        let mut listens = true;
        let mut say = |news| listens &= tell(news);
        if open.is_none() {
            match Store::open_existing(data) {
                Ok(store) => open = Some(store.of_boot(boot)),
                Err(error) => {
                    failed(job.why, &error.to_string())
                        .into_iter()
                        .for_each(&mut say);
                }
            }
        }
        if let Some(store) = &mut open {
            let exporter = exporter.get_or_insert_with(|| {
                let new = Exporter::new(job.setup.clone(), Box::new(Disk));
                match remark.take() {
                    Some(remark) => new.remarking(remark),
                    None => new,
                }
            });
            exporter.set_up(job.setup);
            exporter.run(&job.now, job.why, store, &mut say);
        }
        // One that could only be looked at is opened anew the next time.
        open = open.filter(|store| store.shut().is_none());
        if !listens {
            return;
        }
    }
}

/// Runs an export of a station at once, as a script does, and gives its news.
pub fn run_now(
    station: &mut Station,
    now: &Now,
    sticks: &StickPaths,
    why: ExportWhy,
) -> Vec<ExportNews> {
    let mut news = Vec::new();
    let mut setup = Setup::new(station.config(), config_digest(None));
    setup.look(&station.model);
    setup.sticks.clone_from(sticks);
    let (say, hear) = channel();
    let mut exporter = Exporter::new(setup, Box::new(Disk))
        .remarking(move |remark| say.send(remark.to_owned()).unwrap_or_default());
    exporter.run(now, why, station.store(), &mut |one| news.push(one));
    for remark in hear.try_iter() {
        station.remark(now, &remark);
    }
    news
}

/// Notices when the stick that the config names comes and goes.
#[derive(Clone, Debug, Default)]
pub struct StickWatch {
    paths: StickPaths,
    is_in: bool,
}

impl StickWatch {
    /// Looks there; the default is where the system tells.
    pub const fn new(paths: StickPaths) -> Self {
        Self {
            paths,
            is_in: false,
        }
    }

    /// Looks once; the answer is what changed since the last look.
    pub fn look(&mut self, config: &Config) -> Option<StickNews> {
        let is_in = config.export.sinks.iter().any(|sink| match &sink.kind {
            SinkKind::Stick { label } => find_stick(&self.paths, label) != Sticks::Absent,
            SinkKind::Directory { .. } | SinkKind::S3 { .. } => false,
        });
        let changed = is_in != self.is_in;
        self.is_in = is_in;
        let news = if is_in { StickNews::In } else { StickNews::Out };
        changed.then_some(news)
    }
}
