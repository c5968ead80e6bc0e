//! Who goes to a sink: a thread of its own, waited for as long as the load takes at the slowest, and then given up.
//!
//! A share whose server is gone holds every call for as long as it likes. Nobody can end such a call, so the thread stays behind in it;
//! until it comes back nobody else is sent there. When it does, it finds that nobody listens and ends.

use super::aside::Aside;
use super::deposit::Watch;
use super::load::Load;
use super::not_sent::NotSent;
use super::sink::send;
use super::stick::StickPaths;
use crate::config::SinkKind;
use crate::domain::SinkFault;
use crate::shell::clock::Clock;
use std::io::{self, ErrorKind};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// How long a sink may take that has nothing to do.
const PATIENCE: Duration = Duration::from_mins(5);
/// How many bytes a millisecond the slowest sink takes: 128 KiB a second.
const SLOWEST: u64 = 131;
/// What a large load adds at most, so that the screen, which waits half an hour for news, never takes the exporter for dead. What is
/// not sent by then is sent by the next export.
const LONGEST: Duration = Duration::from_mins(20);
/// How much the thread may be ahead of whoever listens.
const AHEAD: usize = 64;

/// What the thread says.
enum Said {
    Step(u64),
    Aside(Aside),
    End(Result<(), NotSent>),
}

/// Says everything to whoever waits; that nobody does ends it.
struct Voice(SyncSender<Said>);

impl Watch for Voice {
    fn step(&mut self, bytes: u64) -> io::Result<()> {
        let said = self.0.send(Said::Step(bytes));
        said.map_err(|_| ErrorKind::TimedOut.into())
    }

    fn aside(&mut self, aside: Aside) {
        // Whoever was given up is told so at its next step.
        self.0.send(Said::Aside(aside)).unwrap_or_default();
    }
}

/// Goes to sinks.
#[derive(Debug)]
pub(super) struct Courier {
    /// Threads that were given up, and where they are.
    away: Vec<(SinkKind, JoinHandle<()>)>,
    pub(super) patience: Duration,
}

impl Default for Courier {
    fn default() -> Self {
        Self {
            away: Vec::new(),
            patience: PATIENCE,
        }
    }
}

impl Courier {
    /// Brings a load to a sink, in the time that it may take.
    pub(super) fn send(
        &mut self,
        (load, bytes): (&Arc<Load>, u64),
        kind: &SinkKind,
        sticks: &StickPaths,
        watch: &mut dyn Watch,
    ) -> Result<(), NotSent> {
        self.away.retain(|(_, thread)| !thread.is_finished());
        if self.away.iter().any(|(there, _)| there == kind) {
            return Err(SinkFault::Slow.into());
        }
        let (say, hear) = sync_channel(AHEAD);
        let thread = {
            let (load, kind, sticks) = (Arc::clone(load), kind.clone(), sticks.clone());
            Builder::new().name("sink".into()).spawn(move || {
                let mut voice = Voice(say);
                let end = send(&load, &kind, &sticks, &mut voice);
                voice.0.send(Said::End(end)).unwrap_or_default();
            })?
        };
        let most = self
            .patience
            .saturating_add(Duration::from_millis(bytes / SLOWEST).min(LONGEST));
        let end = listen(&hear, most, watch);
        drop(hear);
        if let Some(end) = end {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            return end;
        }
        self.away.push((kind.clone(), thread));
        Err(SinkFault::Slow.into())
    }
}

/// Hears a thread to its end; `None` when it takes too long.
fn listen(
    hear: &Receiver<Said>,
    most: Duration,
    watch: &mut dyn Watch,
) -> Option<Result<(), NotSent>> {
    let clock = Clock::start();
    loop {
        let passed = Duration::from_millis(clock.now().mono_ms.unsigned_abs());
        match hear.recv_timeout(most.saturating_sub(passed)) {
            Ok(Said::Step(bytes)) => watch.step(bytes).unwrap_or_default(),
            Ok(Said::Aside(aside)) => watch.aside(aside),
            Ok(Said::End(end)) => return Some(end),
            // It broke down; its panic is passed on.
            Err(RecvTimeoutError::Disconnected) => return Some(Err(SinkFault::Gone.into())),
            Err(RecvTimeoutError::Timeout) => return None,
        }
    }
}
