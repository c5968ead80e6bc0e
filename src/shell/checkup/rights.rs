//! Users, groups and modes: whether the station can use what it must, and nobody else can.

use super::subject::{Subject, or_well};
use super::{leave, ports, users};
use crate::domain::{Cause, Check, Finding};
use crate::store::{BESIDE, LEDGER};
use rustix::fs::{Access, access};
use rustix::process::geteuid;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// The group of serial ports on Debian.
const SERIAL: &str = "dialout";

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    let uid = geteuid().as_raw();
    let detail = users::user(&subject.root, uid);
    let found = |cause, path: &Path, text: &str| {
        let facts = subject.about(path).detail(text);
        Finding::new(Check::Rights, cause, facts)
    };
    let owner = fs::metadata(&subject.data).map(|meta| meta.uid());
    if let Some(owner) = owner.ok().filter(|owner| *owner != uid) {
        let text = format!("{} != {detail}", users::user(&subject.root, owner));
        findings.push(found(Cause::DataOther, &subject.data, &text));
    } else {
        if uid == 0 && subject.config_dir.is_some() {
            findings.push(found(Cause::AsRoot, &subject.data, &detail));
        }
        if let Some(path) = open_data(&subject.data) {
            let text = path.display().to_string();
            findings.push(found(Cause::DataOpen, &subject.data, &text));
        }
        if subject.data.exists() && access(&subject.data, Access::WRITE_OK).is_err() {
            let text = subject.data.display().to_string();
            findings.push(found(Cause::DataReadOnly, &subject.data, &text));
        }
    }
    if let Some(dir) = &subject.config_dir
        && let Some(path) = open_config(dir)
    {
        let text = path.display().to_string();
        findings.push(found(Cause::ConfigOpen, dir, &text));
    }
    if let Some(gid) = users::group_number(&subject.root, SERIAL)
        && uid != 0
        && !users::is_in(gid)
        && !ports::any_opens(subject)
    {
        findings.push(found(Cause::NoDialout, &subject.data, &detail));
    }
    findings.extend(leave::shell(subject));
    or_well(findings, Check::Rights, &detail)
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).map_or(0, |meta| if meta.is_symlink() { 0 } else { meta.mode() })
}

/// What of the data folder others can get at.
fn open_data(data: &Path) -> Option<PathBuf> {
    if mode(data) & 0o022 != 0 {
        return Some(data.to_owned());
    }
    let ledger = std::iter::once(LEDGER).chain(BESIDE);
    let files = ledger.chain(["keys/card.key", "keys/station.key"]);
    let mut files = files.map(|name| data.join(name));
    files.find(|path| mode(path) & 0o077 != 0)
}

/// What of the config others can write.
fn open_config(dir: &Path) -> Option<PathBuf> {
    let files = ["station.toml", "catalogue.toml", "rules.toml", "staff.toml"];
    let files = files.map(|name| dir.join(name)).into_iter();
    let mut all = std::iter::once(dir.to_owned()).chain(files);
    all.find(|path| mode(path) & 0o002 != 0)
}
