//! The shipped files against each other, on any machine.

use super::tree;
use super::{STATION, say};
use crate::equipment::{has, tool};
use crate::folder::Folder;
use std::fs;
use std::path::Path;
use std::process::Command;
use wenming::shell::checkup::{BINDINGS, bound};

const UNIT: &str = include_str!("../../../kiosk-config/deploy/wenming.service");
const INI: &str = include_str!("../../../kiosk-config/deploy/foot.ini");
const USER: &str = include_str!("../../../kiosk-config/deploy/wenming.sysusers");

/// What the unit says of a key.
fn says(key: &str) -> Vec<&str> {
    let lines = UNIT.lines().filter_map(|line| line.split_once('='));
    lines
        .filter(|(own, _)| *own == key)
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn unit_user_and_terminal_fit_together() {
    assert_eq!(bound(INI), [""; 0]);
    let [start] = says("ExecStart")[..] else {
        panic!("one start")
    };
    assert!(start.starts_with(
        "/usr/bin/cage -- /usr/bin/foot -c /etc/wenming/deploy/foot.ini /usr/bin/wenming kiosk "
    ));
    let [user] = says("User")[..] else {
        panic!("one user")
    };
    let line = format!("u {user} - ");
    let own = USER.lines().find(|own| own.starts_with(&line)).unwrap();
    assert!(own.ends_with(" /usr/sbin/nologin"), "{own}");
    // /run/user is gone with ProtectHome=yes or tmpfs, and cage waits for ever.
    assert_eq!(says("ProtectHome"), ["no"]);
    assert_eq!(says("InaccessiblePaths"), ["-/home -/root"]);
    let [limit] = says("TimeoutStopSec")[..] else {
        panic!("one limit")
    };
    assert!(limit.parse::<u8>().unwrap() < 5);
    let install = UNIT
        .lines()
        .find(|line| line.contains("apt-get install"))
        .unwrap();
    for package in STATION {
        assert!(install.split(' ').any(|word| word == package), "{package}");
    }
}

/// What systemd has against a unit.
fn faults(unit: &Path) -> Vec<String> {
    let output = Command::new(tool("systemd-analyze"))
        .args(["verify", "--man=no"])
        .arg(unit)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // What the unit starts need not be installed here.
    let ours = said.lines().filter(|line| line.contains("wenming.service"));
    ours.filter(|line| !line.contains("is not executable"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn systemd_understands_the_unit() {
    if !has("systemd-analyze") {
        return say("the shipped unit was not verified: there is no systemd-analyze\n");
    }
    let shipped = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/kiosk-config/deploy/wenming.service"
    );
    assert_eq!(faults(Path::new(shipped)), [""; 0]);
    // The silence is worth something: a key that systemd has not is told.
    let folder = Folder::new("unit");
    let spoilt = folder.join("wenming.service");
    let text = UNIT.replace("[Service]\n", "[Service]\nNoSuchKey=1\n");
    fs::write(&spoilt, text).unwrap();
    let told = faults(&spoilt);
    assert!(
        told.iter().any(|line| line.contains("NoSuchKey")),
        "{told:?}"
    );
}

/// Actions that need a command: foot refuses `none` alone for them, and gives them no key by itself.
const COMMANDS: [&str; 2] = ["pipe-", "regex-"];

/// The list that the check-up goes by is the manual's own.
pub(crate) fn the_manual_has_the_same_actions(tree: &tree::Tree) {
    for (section, actions) in BINDINGS {
        let mut own: Vec<&str> = actions.to_vec();
        let mut manual = tree.actions(section);
        // Not an action.
        manual.retain(|name| name != "selection-override-modifiers");
        manual.retain(|name| !COMMANDS.iter().any(|start| name.starts_with(start)));
        own.sort_unstable();
        manual.sort_unstable();
        assert_eq!(manual, own, "{section}");
    }
}
