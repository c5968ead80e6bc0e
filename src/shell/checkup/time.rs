//! The wall clock: whether it can be right, who sets it, and whether it outlives a power cut.

use super::subject::{Subject, or_well};
use crate::domain::{BootId, Cause, Check, Doubt, Finding, RELEASED_MS, Stamp, Today};
use crate::shell::clock::Clock;
use crate::words::local_time;
use rustix::fs::{OFlags, fcntl_setfl};
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// How long the system may take to say whether its clock was set.
const PATIENCE_MS: i64 = 2_000;

pub(super) fn look(subject: &Subject, moments: Option<(i64, Option<i64>)>) -> Vec<Finding> {
    let wall_ms = subject.now.wall.timestamp_millis();
    let last_ms = moments.and_then(|(_, trusted)| trusted);
    let now = local_time(wall_ms);
    let found = |cause, text: &str| subject.found(Check::Clock, cause, text);
    if let Some(cause) = clock(wall_ms, last_ms) {
        let last = last_ms.map_or_else(String::new, local_time);
        let against = [(Cause::ClockBehind, '<'), (Cause::ClockAhead, '>')];
        let against = against.into_iter().find(|(of, _)| *of == cause);
        let text = match against {
            Some((_, sign)) => format!("{now} {sign} {last}"),
            None => now,
        };
        return vec![found(cause, &text)];
    }
    let mut findings = Vec::new();
    if is_set(&subject.root) == Some(false) {
        findings.push(found(Cause::ClockUnset, &now));
    }
    let clocks = fs::read_dir(subject.root.join("sys/class/rtc"));
    if clocks.is_ok_and(|mut all| all.next().is_none()) {
        findings.push(found(Cause::ClockBattery, ""));
    }
    or_well(findings, Check::Clock, &now)
}

/// Why a wall clock is known to be wrong, given the newest trusted moment in the ledger: as every rule has it judged.
pub fn clock(wall_ms: i64, trusted_ms: Option<i64>) -> Option<Cause> {
    let of_boot = |wall_ms, boot| Stamp {
        wall_ms,
        mono_ms: 0,
        boot: BootId::new([boot; 16]),
    };
    let trusted = trusted_ms.map(|ms| of_boot(ms, 1));
    let today = Today::judge(&of_boot(wall_ms, 2), trusted.as_ref(), RELEASED_MS);
    today.doubt().map(|doubt| match doubt {
        Doubt::Early => Cause::ClockEarly,
        Doubt::Late => Cause::ClockLate,
        Doubt::Back => Cause::ClockBehind,
        Doubt::Ahead => Cause::ClockAhead,
    })
}

/// Whether a time server has set the clock, as far as the system knows.
fn is_set(root: &Path) -> Option<bool> {
    if root.join("run/systemd/timesync/synchronized").exists() {
        return Some(true);
    }
    let program = root.join("usr/bin/timedatectl");
    let args = ["show", "--property=NTPSynchronized", "--value"];
    match heard(&program, &args)?.trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// What a small program says; `None` when it cannot, or does not within two seconds.
pub fn heard(program: &Path, args: &[&str]) -> Option<String> {
    let clock = Clock::start();
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let ended = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status.success(),
            Ok(None) if clock.now().mono_ms < PATIENCE_MS => {
                thread::sleep(Duration::from_millis(20));
            }
            Ok(None) | Err(_) => {
                child.kill().and_then(|()| child.wait().map(drop)).ok()?;
                return None;
            }
        }
    };
    // A child that it left behind may hold the pipe open: what is in it is all that it said.
    let pipe = child.stdout.take()?;
    fcntl_setfl(&pipe, OFlags::NONBLOCK).ok()?;
    let mut said = Vec::new();
    match pipe.take(4_096).read_to_end(&mut said) {
        Err(error) if error.kind() != ErrorKind::WouldBlock => return None,
        Ok(_) | Err(_) => {}
    }
    ended.then(|| String::from_utf8(said).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_leaves_behind_is_not_waited_for() {
        let clock = Clock::start();
        let said = heard(Path::new("/bin/sh"), &["-c", "sleep 8 & echo yes"]);
        assert_eq!(said.as_deref(), Some("yes\n"));
        assert!(clock.now().mono_ms < 8_000);
        assert_eq!(heard(Path::new("/bin/sh"), &["-c", "exit 1"]), None);
    }
}
