//! A check-up of the station and its machine: one file a subject. Nothing is written, nothing is sent to a
//! device, and every look is bounded in time, so that it may run beside a kiosk and on a machine that is ill.

mod device;
mod disk;
mod environment;
mod export;
mod leave;
mod ledger;
mod ports;
mod printer;
mod programs;
mod rights;
mod settings;
mod subject;
mod terminal;
mod time;
mod users;
mod worker;

pub use disk::wear;
pub use environment::Environment;
pub use leave::{BINDINGS, bound};
pub use ports::port_trouble;
pub use subject::Subject;
pub use time::{clock, heard};
pub use worker::{Doctor, Visit};

use crate::domain::{Cause, Check, Checkup, Finding};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

/// How long a file, a port or a small program may take.
const SHORT: Duration = Duration::from_secs(5);
/// How long the audit may take; a ledger of 200,000 operations needs some seconds.
const LONG: Duration = Duration::from_mins(2);

/// Looks at everything.
pub fn examine(subject: &Subject) -> Checkup {
    let mut findings = Vec::new();
    let ledger = bounded(subject, LONG, ledger::look);
    let looks: [(Check, Look); 8] = [
        (Check::Config, settings::config),
        (Check::Staff, settings::staff),
        (Check::Card, ports::cards),
        (Check::Scanner, ports::scanners),
        (Check::Printer, printer::look),
        (Check::Terminal, terminal::look),
        (Check::Disk, disk::look),
        (Check::Rights, rights::look),
    ];
    for (check, look) in looks {
        let found = bounded(subject, SHORT, look);
        findings.extend(found.unwrap_or_else(|| vec![silent(subject, check)]));
    }
    let moments = ledger.as_ref().and_then(|ledger| ledger.moments);
    let clock = bounded(subject, SHORT, move |subject| time::look(subject, moments));
    findings.extend(clock.unwrap_or_else(|| vec![silent(subject, Check::Clock)]));
    match ledger {
        Some(ledger) => {
            findings.extend(export::look(subject, &ledger));
            findings.extend(ledger.findings);
        }
        None => findings.push(silent(subject, Check::Ledger)),
    }
    let programs = bounded(subject, SHORT, programs::look);
    findings.extend(programs.unwrap_or_else(|| vec![silent(subject, Check::Programs)]));
    findings.sort_by_key(|one| one.check);
    Checkup {
        wall_ms: subject.now.wall.timestamp_millis(),
        findings,
    }
}

/// One look: what it finds, at least one finding.
type Look = fn(&Subject) -> Vec<Finding>;

fn silent(subject: &Subject, check: Check) -> Finding {
    subject.found(check, Cause::Silent, "")
}

/// What a look finds, unless it takes too long; a look that hangs is left behind.
fn bounded<T: Send + 'static>(
    subject: &Subject,
    limit: Duration,
    look: impl FnOnce(&Subject) -> T + Send + 'static,
) -> Option<T> {
    let (send, receive) = sync_channel(1);
    let subject = subject.clone();
    let started = thread::Builder::new()
        .name("check-up".into())
        .spawn(move || send.send(look(&subject)).unwrap_or_default());
    started.ok()?;
    receive.recv_timeout(limit).ok()
}
