//! Starts on a disk that fails at the n-th call, once and from there on: never a panic, nothing half done, and the next start is well.
//! `strace` makes the calls fail, those of `SQLite`, of the standard library and of rustix alike.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::equipment::tool;
use crate::harness::{Room, WENMING, assert_clean};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Calls by which a start changes the disk or takes care that it lasts.
const CALLS: [&str; 9] = [
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "fallocate",
    "ftruncate",
    "mkdir",
    "rename",
    "unlink",
];
/// Of calls that there are many of, about so many are tried.
const TRIED: usize = 12;

const SCRIPT: &str = "tap 0005591234\nexpect 您好\nexpect-ledger 0005591234 160\n";

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_all(&path, &there);
        } else {
            fs::copy(&path, &there).unwrap();
        }
    }
}

/// A start that a script makes, under strace told so; its exit code and what it said.
fn start(room: &Room, script: &Path, told: &[&str]) -> (Option<i32>, String) {
    let done = Command::new(tool("strace"))
        .args(["-f", "-qq"])
        .args(told)
        .args([WENMING.as_ref(), "play".as_ref(), script.as_os_str()])
        .arg("--data")
        .arg(room.data())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.code(), said)
}

/// How often a start makes each call.
fn counted(room: &Room, script: &Path) -> BTreeMap<&'static str, usize> {
    let trace = room.path().join("trace").display().to_string();
    let which = format!("trace={}", CALLS.join(","));
    let (code, said) = start(room, script, &["-o", &trace, "-e", &which]);
    assert_eq!(code, Some(0), "{said}");
    let lines = fs::read_to_string(&trace).unwrap();
    let count = |call: &str| {
        let call = format!(" {call}(");
        lines.lines().filter(|line| line.contains(&call)).count()
    };
    CALLS.map(|call| (call, count(call))).into()
}

#[test]
fn a_start_whose_disk_fails_at_any_call_works_or_ends_calmly() {
    let room = Room::village();
    let script = room.path().join("start.play");
    fs::write(&script, SCRIPT).unwrap();
    let kept = room.path().join("kept");
    fs::rename(room.data(), &kept).unwrap();
    copy_all(&kept, &room.data());
    let counts = counted(&room, &script);
    assert!(counts["pwrite64"] > 5 && counts["fsync"] > 1, "{counts:?}");
    let (mut runs, mut worked) = (0, 0);
    for (call, count) in counts {
        for at in (1..=count).step_by(count.div_ceil(TRIED).max(1)) {
            for (error, more) in [("EIO", ""), ("EIO", "+"), ("ENOSPC", ""), ("ENOSPC", "+")] {
                let case = format!("{call}:error={error}:when={at}{more}");
                fs::remove_dir_all(room.data()).unwrap();
                copy_all(&kept, &room.data());
                let inject = format!("inject={case}");
                let told = ["-o", "/dev/null", "-e", "trace=none", "-e", &inject];
                let (code, said) = start(&room, &script, &told);
                assert!(matches!(code, Some(0 | 1)), "{case}: {code:?} {said}");
                assert!(!said.contains("panicked"), "{case}: {said}");
                // A disk that is full may not keep the station from opening.
                let about_disk = !said.contains("standard output");
                assert!(
                    error == "EIO" || code == Some(0) || !about_disk,
                    "{case}: {said}"
                );
                runs += 1;
                worked += usize::from(code == Some(0));
                assert_clean(&room.data());
                let (code, said) = start(&room, &script, &["-o", "/dev/null", "-e", "trace=none"]);
                assert_eq!(code, Some(0), "the start after {case}: {said}");
            }
        }
    }
    assert!(runs > 60 && worked > runs / 2, "{worked} of {runs}");
}

/// A seed that fails at whatever call leaves nothing in its way, and the next one makes the same village.
#[test]
fn a_seed_that_fails_leaves_nothing() {
    let room = Room::new();
    let data = room.data();
    let seed = |told: &[&str]| {
        let mut strace = Command::new(tool("strace"));
        strace
            .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=none"])
            .args(told);
        let done = strace
            .args([WENMING, "seed", "--data"])
            .arg(&data)
            .output()
            .unwrap();
        (
            done.status.code(),
            String::from_utf8_lossy(&done.stderr).into_owned(),
        )
    };
    for case in [
        "pwrite64:error=ENOSPC:when=1+",
        "pwrite64:error=EIO:when=40",
        "pwrite64:error=ENOSPC:when=400+",
        "fsync:error=EIO:when=3",
        "fsync:error=EIO:when=7",
        "mkdir:error=ENOSPC:when=2",
        "rename:error=EIO:when=1",
        "rename:error=EIO:when=4",
        "rename:error=ENOSPC:when=5",
        "rename:error=ENOSPC:when=6",
    ] {
        let inject = format!("inject={case}");
        let (code, said) = seed(&["-e", &inject]);
        if code == Some(0) {
            fs::remove_dir_all(&data).unwrap();
            continue;
        }
        assert_eq!(code, Some(1), "{case}: {said}");
        assert!(!data.exists(), "{case}: {said}");
    }
    let (code, said) = seed(&[]);
    assert_eq!(code, Some(0), "{said}");
    assert_clean(&data);
    let names = ["keys", "reserve", "station.db"];
    let mut found: Vec<_> = fs::read_dir(&data)
        .unwrap()
        .map(|one| one.unwrap().file_name())
        .collect();
    found.sort();
    assert_eq!(found, names);
}
