//! What is known of exports. They run beside everything else and never stand in anyone's way.

use crate::config::{Config, SinkKind};
use crate::domain::{ExportStatus, ExportWhy, Now, SinkFault, SinkState};

/// A stick with the configured label appeared, or none is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StickNews {
    /// It is mounted.
    In,
    /// It was pulled out.
    Out,
}

/// How it stands with the stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stick {
    /// There is none.
    Absent,
    /// It came while an export ran; it is written next.
    Waits,
    /// It is in.
    In,
    /// It is written and may be removed.
    MayRemove,
}

/// What is known of exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// What stands on disk, as it was last told.
    pub status: ExportStatus,
    /// Says whether `status` has been told since the start; before that, nothing is due.
    pub known: bool,
    /// Set while an export runs: bytes done, and in all.
    pub running: Option<(u64, u64)>,
    /// What became of each sink in the last export, in the order of the config.
    pub sinks: Vec<Option<SinkState>>,
    /// The due time that passed while the power was off, in milliseconds since 1970, until someone
    /// has looked.
    pub missed: Option<i64>,
    /// How it stands with the stick.
    pub stick: Stick,
    /// The last export could not be written, or a sink did not take it.
    pub failed: bool,
    /// Why nothing could be written, for the technician.
    pub fault: Option<String>,
    /// When the next export is due, in milliseconds since 1970.
    pub next: Option<i64>,
    /// Wall clock up to which every due time has been served.
    pub(super) served_ms: Option<i64>,
    /// Wall clock of the start.
    pub(super) start_ms: i64,
    /// The wall minute that was last looked at.
    pub(super) looked: Option<i64>,
    /// Monotonic milliseconds of the last scheduled export, and of the last news.
    pub(super) asked_ms: Option<i64>,
    /// Monotonic milliseconds of the last news while one runs.
    pub(super) heard_ms: i64,
}

impl ExportView {
    pub(super) fn new(now: &Now) -> Self {
        Self {
            status: ExportStatus::default(),
            known: false,
            running: None,
            sinks: Vec::new(),
            missed: None,
            stick: Stick::Absent,
            failed: false,
            fault: None,
            next: None,
            served_ms: None,
            start_ms: now.wall.timestamp_millis(),
            looked: None,
            asked_ms: None,
            heard_ms: now.mono_ms,
        }
    }

    /// Says whether a stick is being written, so that it must stay in.
    pub fn writes_stick(&self, config: &Config) -> bool {
        self.stick != Stick::Absent && self.running.is_some() && stick_place(config).is_some()
    }

    /// Why the stick that is in was not written, when the last export tried.
    pub fn stick_fault(&self, config: &Config) -> Option<&SinkFault> {
        let place = stick_place(config)?;
        let state = self.sinks.get(place)?.as_ref()?;
        match state {
            SinkState::Failed(SinkFault::Absent) | SinkState::Done => None,
            SinkState::Failed(fault) => Some(fault),
        }
    }

    /// Says whether an attendant should look: something failed, was missed, or found a fault.
    pub fn wants_a_look(&self) -> bool {
        let unclean = self.status.last.as_ref().is_some_and(|last| !last.clean);
        self.failed || self.missed.is_some() || unclean
    }
}

/// The place of the stick among the sinks.
fn stick_place(config: &Config) -> Option<usize> {
    let is_stick = |kind: &SinkKind| matches!(kind, SinkKind::Stick { .. });
    config
        .export
        .sinks
        .iter()
        .position(|sink| is_stick(&sink.kind))
}

/// Says whether a sink's state is trouble. A stick that is not there is none: it mostly is not.
pub fn is_trouble(config: &Config, index: usize, state: &SinkState) -> bool {
    match state {
        SinkState::Done => false,
        SinkState::Failed(SinkFault::Absent) => stick_place(config) != Some(index),
        SinkState::Failed(_) => true,
    }
}

/// Says whether a reason is the schedule's.
pub(super) const fn is_scheduled(why: ExportWhy) -> bool {
    match why {
        ExportWhy::Schedule | ExportWhy::Missed => true,
        ExportWhy::Asked | ExportWhy::Stick => false,
    }
}
