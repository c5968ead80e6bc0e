//! Why not everything is at a sink: what the system said, or what is in the way.

use super::aside::Aside;
use super::deposit::DepositFault;
use crate::domain::{Catalogue, Lang, SinkFault, Text, clean};
use crate::store::io_told;
use crate::words::{Known, Words};
use rustix::io::Errno;
use std::io;

/// The longest words of a fault, in characters.
pub(super) const MAX_WORDS: usize = 120;

/// Why not everything is at a sink.
#[derive(Debug)]
pub(super) enum NotSent {
    /// As the screen knows it.
    Fault(SinkFault),
    /// The sink takes nothing; why.
    Refused(Text),
    /// A bundle of the outbox cannot be read; which, and why.
    Unread(String, Text),
    /// The system said something that is told as it is.
    Failed(Text),
    /// Something that is not ours is in the way and cannot be renamed.
    Obstacle(Aside),
}

impl From<SinkFault> for NotSent {
    fn from(fault: SinkFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for NotSent {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::TimedOut {
            Self::Fault(SinkFault::Slow)
        } else {
            fault(&error)
        }
    }
}

impl From<DepositFault> for NotSent {
    fn from(problem: DepositFault) -> Self {
        match problem {
            DepositFault::Io(error) => error.into(),
            DepositFault::Unsure(_) => Self::Fault(SinkFault::Unsure),
            DepositFault::Different => Self::Fault(SinkFault::Different),
            DepositFault::Obstacle(aside) => Self::Obstacle(aside),
        }
    }
}

impl NotSent {
    /// As the screen shows it.
    pub(super) fn told(self, words: &Words, lang: Lang) -> SinkFault {
        let names = Catalogue::default();
        let say = |text: &Text| words.say(lang).tell(text, Known::new(&names, &[]));
        let short = |words: &str| clean(words, MAX_WORDS);
        match self {
            Self::Fault(fault) => fault,
            Self::Refused(why) => SinkFault::Refused(short(&say(&why))),
            Self::Unread(name, why) => SinkFault::Unread(short(&format!("{name}: {}", say(&why)))),
            Self::Failed(why) => SinkFault::Failed(short(&say(&why))),
            Self::Obstacle(aside) => SinkFault::InTheWay(short(&aside.sentence(words, lang))),
        }
    }
}

/// What an answer of the system means for whoever stands before the sink.
fn fault(error: &io::Error) -> NotSent {
    use io::ErrorKind as Kind;
    let kind = error.kind();
    let full = [
        Kind::StorageFull,
        Kind::QuotaExceeded,
        Kind::FileTooLarge,
        Kind::WriteZero,
    ];
    let gone = [
        Errno::IO,
        Errno::NODEV,
        Errno::NXIO,
        Errno::STALE,
        Errno::NOTCONN,
    ];
    if full.contains(&kind) {
        SinkFault::Full.into()
    } else if [Kind::ReadOnlyFilesystem, Kind::PermissionDenied].contains(&kind) {
        SinkFault::ReadOnly.into()
    } else if is_missing(error) || Errno::from_io_error(error).is_some_and(|e| gone.contains(&e)) {
        SinkFault::Gone.into()
    } else {
        NotSent::Failed(io_told(error))
    }
}

/// Says whether an answer is that there is nothing of this name, or no folder.
pub(super) fn is_missing(error: &io::Error) -> bool {
    [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind())
}
