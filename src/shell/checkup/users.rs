//! Users and groups by name, from the files of the system.

use crate::disk;
use rustix::process::{getegid, geteuid, getgroups};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// The longest list that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// The name before the number in a file of lines `name:x:number:..`.
fn name(root: &Path, file: &str, number: u32) -> Option<String> {
    let text = disk::read_text(&root.join("etc").join(file), LONGEST).ok()?;
    let mut lines = text.lines().map(|line| line.split(':'));
    lines.find_map(|mut parts| {
        let name = parts.next()?;
        let found = parts.nth(1)?.parse::<u32>().ok()?;
        (found == number && !name.is_empty()).then(|| name.to_owned())
    })
}

/// A user's name; its number where it has none.
pub(super) fn user(root: &Path, uid: u32) -> String {
    name(root, "passwd", uid).unwrap_or_else(|| uid.to_string())
}

/// A group's name; its number where it has none.
pub(super) fn group(root: &Path, gid: u32) -> String {
    name(root, "group", gid).unwrap_or_else(|| gid.to_string())
}

/// The login shell of a user, who is given by name or by number; `None` where there is no such user.
pub(super) fn shell(root: &Path, user: &str) -> Option<String> {
    let text = fs::read_to_string(root.join("etc/passwd")).ok()?;
    let mut lines = text.lines().map(|line| line.split(':'));
    let shell = lines.find_map(|mut parts| {
        let names = [parts.next()?, parts.nth(1)?];
        names.contains(&user).then(|| parts.nth(3))?
    })?;
    // Source: passwd(5): an empty field is /bin/sh.
    Some(if shell.is_empty() { "/bin/sh" } else { shell }.to_owned())
}

/// The number of a group.
pub(super) fn group_number(root: &Path, group: &str) -> Option<u32> {
    let text = disk::read_text(&root.join("etc/group"), LONGEST).ok()?;
    let line = text
        .lines()
        .find(|line| line.split(':').next() == Some(group))?;
    line.split(':').nth(2)?.parse().ok()
}

/// Says whether this program runs in a group.
pub(super) fn is_in(gid: u32) -> bool {
    let groups = getgroups().unwrap_or_default();
    getegid().as_raw() == gid || groups.iter().any(|own| own.as_raw() == gid)
}

/// As whom the station runs: the owner of its data, else who runs this; `None` where that is root.
pub(super) fn station_user(root: &Path, data: &Path) -> Option<String> {
    let owner = fs::metadata(data).ok().map(|meta| meta.uid());
    let uid = owner
        .filter(|uid| *uid != 0)
        .unwrap_or_else(|| geteuid().as_raw());
    (uid != 0).then(|| user(root, uid))
}
