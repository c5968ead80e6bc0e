//! Finding the stick: which file system with the configured label is mounted, and where.
//!
//! Only tables of the system are read, never the stick itself, so looking never hangs.

use crate::disk;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest table that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// Where the system says what is plugged in and mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StickPaths {
    /// A link a label, to its device.
    pub by_label: PathBuf,
    /// A line a mount. Source: proc(5).
    pub mountinfo: PathBuf,
    /// A file a block device, `b8:17`, with its label. Two sticks of one label share one link above,
    /// here each has its own file.
    pub udev: PathBuf,
}

impl Default for StickPaths {
    fn default() -> Self {
        Self {
            by_label: "/dev/disk/by-label".into(),
            mountinfo: "/proc/self/mountinfo".into(),
            udev: "/run/udev/data".into(),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sticks {
    /// None is mounted.
    Absent,
    /// More than one has the label.
    Ambiguous,
    /// One, but only for reading.
    ReadOnly,
    /// One, mounted so.
    At(Mount),
}

/// A line of mountinfo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The number of the mount.
    pub id: String,
    /// `major:minor` of its device.
    pub number: String,
    /// Where it is mounted.
    pub point: PathBuf,
    source: PathBuf,
    read_only: bool,
}

/// Looks for the stick with a label, in capitals or not: FAT keeps capitals only.
pub fn find_stick(paths: &StickPaths, label: &str) -> Sticks {
    let devices = linked(&paths.by_label, label);
    let table = disk::read_text(&paths.mountinfo, LONGEST).unwrap_or_default();
    let mut found: Vec<Mount> = Vec::new();
    for mount in table.lines().filter_map(parse) {
        let leads = |source: PathBuf| devices.contains(&source);
        let linked = !devices.is_empty() && fs::canonicalize(&mount.source).is_ok_and(leads);
        if !linked && !labelled(&paths.udev, &mount.number, label) {
            continue;
        }
        // One device may be mounted twice; the place where it can be written is the right one.
        match found.iter_mut().find(|other| other.number == mount.number) {
            Some(other) if other.read_only => *other = mount,
            Some(_) => {}
            None => found.push(mount),
        }
    }
    match found.as_slice() {
        [] => Sticks::Absent,
        [one] if one.read_only => Sticks::ReadOnly,
        [one] => Sticks::At(one.clone()),
        [_, _, ..] => Sticks::Ambiguous,
    }
}

/// The devices to which the links of a label lead. A folder that is not there has none.
fn linked(by_label: &Path, label: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(by_label).into_iter().flatten().flatten();
    let named = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_str()
            .is_some_and(|name| name.eq_ignore_ascii_case(label))
    });
    named
        .filter_map(|entry| fs::canonicalize(entry.path()).ok())
        .collect()
}

/// Says whether a block device has that label.
fn labelled(udev: &Path, number: &str, label: &str) -> bool {
    // Labels of the config need no escapes, so the encoded form is the label itself.
    let entry = disk::read_text(&udev.join(format!("b{number}")), LONGEST).unwrap_or_default();
    entry
        .lines()
        .filter_map(|line| line.strip_prefix("E:ID_FS_LABEL_ENC="))
        .any(|found| found.eq_ignore_ascii_case(label))
}

/// `36 35 98:0 /root /mnt rw,noatime shared:1 - ext3 /dev/root rw,errors=continue`
fn parse(line: &str) -> Option<Mount> {
    let (before, after) = line.split_once(" - ")?;
    let mut fields = before.split(' ');
    let id = fields.next()?;
    let number = fields.nth(1)?;
    let point = fields.nth(1)?;
    let options = fields.next()?;
    let mut fields = after.split(' ').skip(1);
    let (source, of_the_whole) = (fields.next()?, fields.next()?);
    let is_ro = |options: &str| options.split(',').any(|option| option == "ro");
    Some(Mount {
        id: id.to_owned(),
        number: number.to_owned(),
        point: unescape(point).into(),
        source: unescape(source).into(),
        read_only: is_ro(options) || is_ro(of_the_whole),
    })
}

/// Blanks, tabs, line feeds and backslashes stand there as `\040`, three octal digits.
fn unescape(field: &str) -> String {
    [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ]
    .iter()
    .fold(field.to_owned(), |text, (code, sign)| {
        text.replace(code, sign)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_mountinfo_are_read() {
        let line = r"36 35 8:17 / /media/my\040stick rw,noatime shared:1 - vfat /dev/sdb1 ro,uid=0";
        let want = Mount {
            id: "36".to_owned(),
            number: "8:17".to_owned(),
            point: "/media/my stick".into(),
            source: "/dev/sdb1".into(),
            read_only: true,
        };
        assert_eq!(parse(line), Some(want));
        for wrong in ["", "36 35 8:17", "36 35 8:17 / /mnt rw", "- - -"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
