//! What a slip costs does not depend on how many were printed before: counted in calls that read a folder, not in time.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::equipment::tool;
use crate::harness::{Room, WENMING};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// So many redemptions with a printer, each on paper.
fn script(times: usize) -> String {
    let config = root("fixtures/configs/simulated");
    let mut script = format!("reload {}\nwait 2s\n", config.display());
    for slip in 1..=times {
        let pin = if slip == 1 { "pin 135790\n" } else { "" };
        write!(
            script,
            "reader 1 card 0005591234\npress 1 4 1 1\nbadge A001\n{pin}expect 换好了\nexpect-slips {slip}\nwait 70s\n"
        )
        .unwrap();
    }
    script
}

/// How often a played station reads a folder for its entries, with so many slips of the month before.
fn reads(slips: usize, times: usize) -> usize {
    let room = Room::village();
    let print = room.data().join("print");
    fs::create_dir(&print).unwrap();
    for seq in 1..=slips {
        fs::write(print.join(format!("HY01-{}.sent", 1_000_000 + seq)), "").unwrap();
    }
    let (script_file, trace) = (room.path().join("load.play"), room.path().join("trace"));
    fs::write(&script_file, script(times)).unwrap();
    let done = Command::new(tool("strace"))
        .args(["-f", "-qq", "-e", "trace=getdents64", "-o"])
        .arg(&trace)
        .args([WENMING.as_ref(), "play".as_ref(), script_file.as_os_str()])
        .arg("--config")
        .arg(root("fixtures/configs/simulated"))
        .arg("--data")
        .arg(room.data())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    fs::read_to_string(&trace).unwrap().lines().count()
}

#[test]
fn slips_of_the_month_are_not_listed_at_each_new_one() {
    let few = reads(2_000, 1);
    let many = reads(2_000, 5);
    assert_eq!(few, many, "reads of folders for 1 and for 5 redemptions");
}
