//! Who checks up on a running kiosk: a thread beside it, one check-up at a time.

use super::examine;
use super::subject::Subject;
use crate::domain::Checkup;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// A check-up that is wanted.
pub type Visit = Box<Subject>;

/// The thread that checks up. It ends when this is dropped and its last check-up is over.
#[derive(Debug)]
pub struct Doctor {
    visits: SyncSender<Visit>,
}

impl Doctor {
    /// Starts the thread; `tell` says whether anyone still listens.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(tell: impl FnMut(Checkup) -> bool + Send + 'static) -> io::Result<Self> {
        let (visits, receive) = sync_channel(1);
        thread::Builder::new()
            .name("doctor".into())
            .spawn(move || work(&receive, tell))?;
        Ok(Self { visits })
    }

    /// Asks for a check-up; `false` when one is still waiting.
    pub fn ask(&self, visit: Visit) -> bool {
        self.visits.try_send(visit).is_ok()
    }
}

fn work(visits: &Receiver<Visit>, mut tell: impl FnMut(Checkup) -> bool) {
    while let Ok(visit) = visits.recv() {
        if !tell(examine(&visit)) {
            return;
        }
    }
}
