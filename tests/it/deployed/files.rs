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
const MOUNT: &str = include_str!("../../../kiosk-config/deploy/media-wenming.mount");
const STICK: &str = include_str!("../../../kiosk-config/deploy/61-wenming-stick.rules");
const USER: &str = include_str!("../../../kiosk-config/deploy/wenming.sysusers");

/// What the unit says of a key.
fn says(key: &str) -> Vec<&'static str> {
    said(UNIT, key)
}

fn said(unit: &'static str, key: &str) -> Vec<&'static str> {
    let lines = unit.lines().filter_map(|line| line.split_once('='));
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

#[test]
fn the_stick_is_mounted_for_the_kiosk_alone_and_under_one_label() {
    let one = |key: &str| said(MOUNT, key).pop().unwrap();
    let options: Vec<&str> = one("Options").split(',').collect();
    let [user] = says("User")[..] else {
        panic!("one user")
    };
    let own = [format!("uid={user}"), format!("gid={user}")];
    for wanted in own
        .iter()
        .map(String::as_str)
        .chain(["umask=0077", "nosuid", "nodev", "noexec"])
    {
        assert!(options.contains(&wanted), "{wanted}: {options:?}");
    }
    // The file's name is the place, systemd wants it so; and the kiosk may write there.
    let place = one("Where");
    let unit = format!("{}.mount", place.trim_start_matches('/').replace('/', "-"));
    assert_eq!(unit, "media-wenming.mount");
    assert_eq!(says("ReadWritePaths"), [format!("-{place}")]);
    let label = one("What").strip_prefix("/dev/disk/by-label/").unwrap();
    let rule = STICK.lines().find(|line| !line.starts_with('#')).unwrap();
    for wanted in [
        format!("ENV{{ID_FS_LABEL}}==\"{label}\""),
        format!("ENV{{SYSTEMD_WANTS}}+=\"{unit}\""),
        "TAG+=\"systemd\"".to_owned(),
    ] {
        assert!(rule.contains(&wanted), "{wanted}");
    }
    let station = include_str!("../../../kiosk-config/station.toml");
    assert!(station.contains(&format!("# label = \"{label}\"")));
    let steps: Vec<&str> = UNIT
        .lines()
        .filter(|line| line.starts_with("#   "))
        .collect();
    assert!(steps.iter().any(|step| step.contains(&unit)), "{steps:?}");
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
    let name = unit.file_name().unwrap().to_string_lossy().into_owned();
    let ours = said.lines().filter(|line| line.contains(&name));
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
    let mount = shipped.replace("wenming.service", "media-wenming.mount");
    assert_eq!(faults(Path::new(&mount)), [""; 0]);
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
