//! The receipt printer: whether its line could be opened, what the running kiosk knows of it, and slips that have not
//! surely come out. Nothing is sent to it, and one that the kiosk holds is not touched.

use super::device::{self, Obstacle};
use super::subject::{Subject, or_well};
use crate::config::{PrinterPort, PrinterSetting};
use crate::domain::{Cause, Check, Finding, PrinterState, PrinterTrouble, Unprinted};
use crate::shell::printer::Queue;
use crate::store::kiosk_runs;
use rustix::fs::{Access, access};
use rustix::io::Errno;
use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

/// How long a printer on the network may take to be reached; less than a look may take.
const CONNECT: Duration = Duration::from_secs(3);
/// Receipts that are named in a remark.
const NAMED: usize = 8;

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    let Ok(config) = &subject.config else {
        return subject.not_looked(Check::Printer);
    };
    let mut findings = slips(subject);
    let Some(setting) = &config.printer else {
        findings.push(subject.found(Check::Printer, Cause::NoneConfigured, ""));
        return findings;
    };
    let port = setting.port.to_string();
    let text = format!("{}  {port}", setting.name);
    let facts = subject.facts().path(&port).detail(&text);
    let trouble = match &subject.printer {
        Some(news) => Some((told(news.state), None)),
        None if kiosk_runs(&subject.data) => Some((Cause::PortInUse, None)),
        None => probe(subject, setting),
    };
    let trouble = match trouble {
        None | Some((Cause::PortInUse, _)) if setting.port == PrinterPort::Sim => {
            Some((Cause::Simulated, None))
        }
        other => other,
    };
    if let Some((cause, group)) = trouble {
        let facts = group.map_or(facts.clone(), |group: String| facts.group(&group));
        findings.push(Finding::new(Check::Printer, cause, facts));
    }
    or_well(findings, Check::Printer, &text)
}

/// What is found, and the group that may use it where that matters.
type Trouble = (Cause, Option<String>);

/// What the printer's thread knows.
const fn told(state: PrinterState) -> Cause {
    match state {
        PrinterState::Absent | PrinterState::Unknown | PrinterState::Ready => Cause::PortInUse,
        PrinterState::Attention(trouble) => match trouble {
            PrinterTrouble::Unreachable => Cause::PrinterUnreachable,
            PrinterTrouble::Stuck => Cause::PrinterStuck,
            PrinterTrouble::PaperOut => Cause::PrinterPaperOut,
            PrinterTrouble::CoverOpen => Cause::PrinterCoverOpen,
            PrinterTrouble::Offline => Cause::PrinterOffline,
            PrinterTrouble::Broken => Cause::PrinterBroken,
        },
    }
}

/// Says why the line could not be used now.
fn probe(subject: &Subject, setting: &PrinterSetting) -> Option<Trouble> {
    match &setting.port {
        PrinterPort::Tcp(address) => {
            let reached = TcpStream::connect_timeout(address, CONNECT);
            reached.err().map(|_| (Cause::PrinterUnreachable, None))
        }
        // Told apart by whoever asks.
        PrinterPort::Sim => None,
        PrinterPort::File(path) => file(path),
        PrinterPort::Device(path) => tried(&subject.root, path),
    }
}

/// A file that grows: it, or the folder in which it would be made, must be writable.
fn file(path: &Path) -> Option<Trouble> {
    let meta = fs::metadata(path);
    let place = match (&meta, path.parent()) {
        (Ok(meta), _) if !meta.is_file() => return Some((Cause::PrinterFailed, None)),
        (Ok(_), _) => path,
        (Err(_), Some(parent)) => parent,
        (Err(_), None) => return Some((Cause::PrinterMissing, None)),
    };
    match access(place, Access::WRITE_OK) {
        Ok(()) => None,
        Err(Errno::NOENT) => Some((Cause::PrinterMissing, None)),
        Err(_) => Some((Cause::PrinterFailed, None)),
    }
}

fn tried(root: &Path, path: &Path) -> Option<Trouble> {
    match device::open(root, path) {
        Ok(file) if device::is_locked(&file) => Some((Cause::PrinterBusy, None)),
        Ok(_) => None,
        Err(Obstacle::Missing | Obstacle::Dangling) => Some((Cause::PrinterMissing, None)),
        Err(Obstacle::Denied(group)) => Some((Cause::PrinterDenied, Some(group))),
        Err(Obstacle::Busy) => Some((Cause::PrinterBusy, None)),
        Err(Obstacle::NoDevice | Obstacle::Failed(_)) => Some((Cause::PrinterFailed, None)),
    }
}

/// Receipts that have not surely come out. What waits is on its way.
fn slips(subject: &Subject) -> Vec<Finding> {
    let queue = Queue::new(&subject.data.join("print"));
    let Ok(news) = queue.news(PrinterState::Absent) else {
        return Vec::new();
    };
    let kinds = [
        (Unprinted::Failed, Cause::SlipsFailed),
        (Unprinted::Perhaps, Cause::SlipsPerhaps),
    ];
    let found = kinds.into_iter().filter_map(|(kind, cause)| {
        let all = news.unprinted.iter().filter(|(_, what)| **what == kind);
        let numbers: Vec<String> = all.map(|(seq, _)| seq.to_string()).collect();
        let shown = numbers.get(..NAMED).unwrap_or(&numbers).join(" ");
        let text = format!("{}: {shown}", numbers.len());
        (!numbers.is_empty()).then(|| subject.found(Check::Printer, cause, &text))
    });
    found.collect()
}
