//! The disk that holds the ledger: room, how it is mounted, and what it says of its own life.

use super::subject::{Subject, or_well};
use crate::domain::{Cause, Check, Finding};
use crate::store::{Store, free_disk_mib, is_disk_full};
use rustix::fs::{StatVfsMountFlags, major, minor, statfs, statvfs};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// File systems in memory. Source: linux/magic.h, `TMPFS_MAGIC` and `RAMFS_MAGIC`.
const IN_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];
/// The config's own least room, where the config cannot be read, in MiB.
const USUAL_MIB: u64 = 200;
/// Tenths of its life that a disk has used when it is worn, and when it is at its end.
/// Source: JEDEC eMMC, `DEVICE_LIFE_TIME_EST`: 0x01 is 0-10 %, 0x0A is 90-100 %, 0x0B is beyond.
const WORN: (u64, u64) = (0x09, 0x0A);

/// The nearest folder that exists.
fn nearest(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let found = path.ancestors().find(|dir| dir.exists());
    found.map(Path::to_owned)
}

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    let check = Check::Disk;
    let Some(dir) = nearest(&subject.data) else {
        return subject.not_looked(check);
    };
    let mut findings = Vec::new();
    let mut found = |cause, text: &str| {
        findings.push(Finding::new(check, cause, subject.about(&dir).detail(text)));
    };
    let config = subject.config.as_ref();
    let least = config.map_or(USUAL_MIB, |config| config.station.min_free_mib);
    let free = free_disk_mib(&dir).unwrap_or(u64::MAX);
    let room = format!("{free} MiB");
    if is_disk_full(&dir) && Store::is_there(&subject.data) {
        found(Cause::DiskFull, &room);
    } else if free < least {
        found(Cause::DiskLow, &format!("{free} MiB < {least} MiB"));
    } else if free < least.saturating_mul(2) {
        found(
            Cause::DiskNearlyLow,
            &format!("{free} MiB < 2 x {least} MiB"),
        );
    }
    let mount = statvfs(&dir);
    if mount.is_ok_and(|mount| mount.f_flag.contains(StatVfsMountFlags::RDONLY)) {
        found(Cause::DiskReadOnly, &dir.display().to_string());
    }
    let kind = statfs(&dir).map(|fs| u64::try_from(fs.f_type).unwrap_or(0));
    // The demo throws its folder away anyhow.
    if subject.config_dir.is_some() && kind.is_ok_and(|kind| IN_MEMORY.contains(&kind)) {
        found(Cause::DiskInMemory, &dir.display().to_string());
    }
    if let Ok(meta) = fs::metadata(&dir) {
        let device = (major(meta.dev()), minor(meta.dev()));
        for (cause, text) in wear(&subject.root.join("sys"), device) {
            found(cause, &text);
        }
    }
    or_well(findings, check, &room)
}

/// What a device says of itself, in the folder `sys`, by its numbers: each hint with its figure.
pub fn wear(sys: &Path, (major, minor): (u32, u32)) -> Vec<(Cause, String)> {
    let link = sys.join(format!("dev/block/{major}:{minor}"));
    let Ok(place) = fs::canonicalize(link) else {
        return Vec::new();
    };
    let mut hints = Vec::new();
    let name = place.file_name().unwrap_or_default().to_owned();
    let errors = number(&sys.join("fs/ext4").join(&name).join("errors_count"));
    if let Some(count @ 1..) = errors {
        let text = format!("{}: errors_count {count}", name.display());
        hints.push((Cause::DiskErrors, text));
    }
    let disk = whole(&place);
    let name = disk.file_name().unwrap_or_default().display().to_string();
    if number(&disk.join("removable")) == Some(1) {
        hints.push((Cause::DiskRemovable, name.clone()));
    }
    if text(&disk.join("device/type")).as_deref() == Some("SD") {
        hints.push((Cause::DiskCard, name.clone()));
    }
    let life = text(&disk.join("device/life_time")).unwrap_or_default();
    let used = life.split_whitespace().filter_map(parsed).max();
    let spare = number(&disk.join("device/pre_eol_info")).unwrap_or(0);
    let worn = used.unwrap_or(0);
    let said = format!("{name}: life_time {}, pre_eol_info {spare}", life.trim());
    if worn >= WORN.1 || spare >= 3 {
        hints.push((Cause::DiskWornOut, said));
    } else if worn >= WORN.0 || spare == 2 {
        hints.push((Cause::DiskWorn, said));
    }
    hints
}

/// The longest text of the system that is read, in bytes.
const LONGEST: u64 = 64 << 10;

/// The whole disk of a partition, or of a device that is mapped onto one.
fn whole(place: &Path) -> PathBuf {
    let mut place = place.to_owned();
    // Encryption upon volumes upon a partition is three.
    for _ in 0..8 {
        let slaves = fs::read_dir(place.join("slaves"));
        let below = slaves.ok().and_then(|mut all| all.next()?.ok());
        match below.and_then(|entry| fs::canonicalize(entry.path()).ok()) {
            Some(below) => place = below,
            None => break,
        }
    }
    if place.join("partition").exists() {
        place.pop();
    }
    place
}

fn text(path: &Path) -> Option<String> {
    let text = crate::disk::read_text(path, LONGEST).ok()?;
    Some(text.trim().to_owned())
}

fn number(path: &Path) -> Option<u64> {
    parsed(&text(path)?)
}

/// A number as the kernel writes it, in hex after 0x.
fn parsed(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}
