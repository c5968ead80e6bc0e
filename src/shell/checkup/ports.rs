//! Card readers and scanners: the port of each, without a byte to it.
//!
//! A port is opened for reading only, its settings stay, and it is closed again at once; one that the kiosk
//! holds is not opened at all.

use super::device::{self, Obstacle};
use super::subject::Subject;
use super::users;
use crate::config::{Port, ReaderSetting};
use crate::domain::{Cause, Check, Facts, Finding};
use crate::shell::line::open;
use crate::store::kiosk_runs;
use std::io::{ErrorKind, IsTerminal as _};
use std::path::Path;

pub(super) fn cards(subject: &Subject) -> Vec<Finding> {
    devices(subject, Check::Card)
}

pub(super) fn scanners(subject: &Subject) -> Vec<Finding> {
    devices(subject, Check::Scanner)
}

fn devices(subject: &Subject, check: Check) -> Vec<Finding> {
    let Ok(config) = &subject.config else {
        return subject.not_looked(check);
    };
    let mut findings = Vec::new();
    for (place, setting) in config.station.readers.iter().enumerate() {
        if setting.format.device() == check {
            let up = subject.readers.as_ref().and_then(|ups| ups.get(place));
            findings.push(told(subject, check, setting, up == Some(&true)));
        }
    }
    if findings.is_empty() {
        findings.push(subject.found(check, Cause::NoneConfigured, ""));
    }
    findings
}

fn told(subject: &Subject, check: Check, setting: &ReaderSetting, up: bool) -> Finding {
    let text = format!("{}  {}", setting.name, setting.port);
    let facts = subject.facts().path(setting.port.as_str()).detail(&text);
    // What the program plays itself is always there, and nobody can hold a card to it.
    if setting.port.sim().is_some() {
        return Finding::new(check, Cause::Simulated, facts);
    }
    if up {
        return Finding::new(check, Cause::PortInUse, facts);
    }
    match look(subject, &setting.port) {
        Ok(()) => Finding::well(check, &text),
        Err(Trouble { cause, group, why }) => {
            let facts = group.map_or(facts.clone(), |group| facts.group(&group));
            let facts = why.map_or(facts.clone(), |why| facts.detail(&format!("{text}  {why}")));
            Finding::new(check, cause, facts)
        }
    }
}

/// Why a port cannot be used.
pub(super) struct Trouble {
    pub(super) cause: Cause,
    group: Option<String>,
    why: Option<String>,
}

impl Trouble {
    const fn new(cause: Cause) -> Self {
        Self {
            cause,
            group: None,
            why: None,
        }
    }
}

/// Says whether a port could be used now.
pub(super) fn look(subject: &Subject, port: &Port) -> Result<(), Trouble> {
    if port.pcsc().is_some() {
        // It is no file: only opening it tells, and it is shared, so that a running kiosk is not disturbed.
        let opened = open(port, 0).map(drop);
        return opened.map_err(|error| Trouble {
            why: Some(error.to_string()),
            ..Trouble::new(if error.kind() == ErrorKind::NotFound {
                Cause::PortMissing
            } else {
                Cause::PortFailed
            })
        });
    }
    let trouble = match probe(&subject.root, port.as_str()) {
        Ok(()) => return Ok(()),
        Err(trouble) => trouble,
    };
    let runs = || kiosk_runs(&subject.data) && subject.readers.is_none();
    if trouble.cause == Cause::PortBusy && runs() {
        return Err(Trouble::new(Cause::PortInUse));
    }
    Err(trouble)
}

/// What keeps a serial port from being used, with what its remedy names; `None` when nothing does.
pub fn port_trouble(port: &str) -> Option<(Cause, Facts)> {
    let trouble = probe(Path::new("/"), port).err()?;
    let facts = Facts::default().path(port);
    let facts = match (
        trouble.group,
        users::station_user(Path::new("/"), Path::new(".")),
    ) {
        (Some(group), Some(user)) => facts.group(&group).user(&user),
        (Some(group), None) => facts.group(&group),
        (None, _) => facts,
    };
    Some((trouble.cause, facts))
}

/// Opens a port for reading, without a byte to it, and closes it again.
fn probe(root: &Path, port: &str) -> Result<(), Trouble> {
    let is_input = Port::parse(port).is_some_and(|port| port.is_input());
    let file = device::open(root, Path::new(port)).map_err(|obstacle| match obstacle {
        Obstacle::Missing => Trouble::new(Cause::PortMissing),
        Obstacle::Dangling => Trouble::new(Cause::PortDangling),
        Obstacle::NoDevice => Trouble::new(Cause::PortNotSerial),
        Obstacle::Busy => Trouble::new(Cause::PortBusy),
        Obstacle::Denied(group) => Trouble {
            group: Some(group),
            ..Trouble::new(Cause::PortDenied)
        },
        Obstacle::Failed(error) => Trouble {
            why: Some(error.to_string()),
            ..Trouble::new(Cause::PortFailed)
        },
    })?;
    // A grab is no lock: whether a keyboard is taken can only be seen by taking it from the kiosk.
    if is_input {
        return Ok(());
    }
    if !file.is_terminal() {
        return Err(Trouble::new(Cause::PortNotSerial));
    }
    if device::is_locked(&file) {
        return Err(Trouble::new(Cause::PortBusy));
    }
    Ok(())
}

/// Says whether some reader's port tells by itself whether it may be opened, or none is wanted.
pub(super) fn any_opens(subject: &Subject) -> bool {
    let Ok(config) = &subject.config else {
        return true;
    };
    let readers = config.station.readers.iter();
    let ports: Vec<&Port> = readers.map(|setting| &setting.port).collect();
    let real = || ports.iter().filter(|port| port.sim().is_none());
    real().next().is_none()
        || real().any(|port| match look(subject, port) {
            Ok(()) => true,
            // What the port itself says is told at the port.
            Err(trouble) => {
                matches!(
                    trouble.cause,
                    Cause::PortDenied | Cause::PortBusy | Cause::PortInUse
                )
            }
        })
}
