//! Starts on a disk that fails at the n-th call, once and from there on: never a panic, nothing half done, and the next start is well.
//! `strace` makes the calls fail, those of `SQLite`, of the standard library and of rustix alike.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::equipment::tool;
use crate::folder::{copy_all, names};
use crate::harness::{ENGLISH, Room, WENMING, assert_clean, text};
use std::collections::BTreeMap;
use std::ffi::OsStr;
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

/// What strace writes behind a call that it lets fail.
const INJECTED: &str = "(INJECTED)";

/// A run of the program under strace.
struct Traced {
    code: Option<i32>,
    said: String,
    /// The calls that were traced, one in a line, each with its thread in front.
    calls: String,
}

impl Traced {
    /// Traces these calls, and lets some of them fail where a case says so, such as `fsync:error=EIO:when=3+`.
    fn new(room: &Room, calls: &str, case: Option<&str>, args: &[&OsStr]) -> Self {
        let trace = room.path().join("trace");
        let mut strace = Command::new(tool("strace"));
        strace.args([
            "-f",
            "--seccomp-bpf",
            "-y",
            "-qq",
            "-e",
            &format!("trace={calls}"),
            "-o",
        ]);
        strace.arg(&trace);
        strace.args(case.map(|case| format!("--inject={case}")));
        strace
            .arg(WENMING)
            .args(args)
            .envs(ENGLISH)
            .env("TMPDIR", room.path().join("tmp"));
        let done = strace.output().unwrap();
        Self {
            code: done.status.code(),
            said: String::from_utf8_lossy(&done.stderr).into_owned(),
            calls: fs::read_to_string(trace).unwrap(),
        }
    }

    /// Whether a call failed that strace let fail.
    fn met(&self) -> bool {
        self.calls.contains(INJECTED)
    }

    /// Whether only calls below this folder failed.
    fn only_below(&self, folder: &Path) -> bool {
        let mut failed = self.calls.lines().filter(|line| line.contains(INJECTED));
        failed.all(|line| line.contains(text(folder)))
    }
}

/// A start that a script makes, under strace.
fn start(room: &Room, calls: &str, case: Option<&str>) -> Traced {
    let (script, data) = (room.path().join("start.play"), room.data());
    fs::write(&script, SCRIPT).unwrap();
    let args = ["play".as_ref(), script.as_os_str(), "--data".as_ref()];
    Traced::new(
        room,
        calls,
        case,
        &[&args[..], &[data.as_os_str()]].concat(),
    )
}

/// How often a start makes each call. strace counts for each thread by itself, so it is that of the thread that makes most.
fn counted(room: &Room) -> BTreeMap<&'static str, usize> {
    let traced = start(room, &CALLS.join(","), None);
    assert_eq!(traced.code, Some(0), "{}", traced.said);
    let count = |call: &str| {
        let mut threads = BTreeMap::<&str, usize>::new();
        for line in traced.calls.lines() {
            let (thread, made) = line.split_once(' ').unwrap();
            let made = made.trim_start().strip_prefix(call);
            if made.is_some_and(|rest| rest.starts_with('(')) {
                *threads.entry(thread).or_default() += 1;
            }
        }
        threads.into_values().max().unwrap_or(0)
    };
    CALLS.map(|call| (call, count(call))).into()
}

#[test]
fn a_start_whose_disk_fails_at_any_call_works_or_ends_calmly() {
    let room = Room::village();
    let kept = room.path().join("kept");
    fs::rename(room.data(), &kept).unwrap();
    copy_all(&kept, &room.data());
    let counts = counted(&room);
    assert!(counts["pwrite64"] > 5 && counts["fsync"] > 1, "{counts:?}");
    let (mut runs, mut met, mut worked) = (0, 0, 0);
    let mut kept_out = Vec::new();
    for (call, count) in counts {
        for at in (1..=count).step_by(count.div_ceil(TRIED).max(1)) {
            for (error, more) in [("EIO", ""), ("EIO", "+"), ("ENOSPC", ""), ("ENOSPC", "+")] {
                let case = format!("{call}:error={error}:when={at}{more}");
                fs::remove_dir_all(room.data()).unwrap();
                copy_all(&kept, &room.data());
                let failed = start(&room, call, Some(&case));
                let (code, said) = (failed.code, &failed.said);
                assert!(matches!(code, Some(0 | 1)), "{case}: {code:?} {said}");
                assert!(!said.contains("panicked"), "{case}: {said}");
                // A disk that is full may not keep the station from opening. What only failed to last or to be cut off is no
                // full disk, whatever it says, and a script has a folder of its own elsewhere.
                let is_full =
                    error == "ENOSPC" && !["fsync", "fdatasync", "ftruncate"].contains(&call);
                let may_fail = !is_full || !failed.only_below(&room.data());
                if !may_fail && code != Some(0) {
                    kept_out.push(format!("{case}: {said}"));
                }
                runs += 1;
                met += usize::from(failed.met());
                worked += usize::from(code == Some(0));
                assert_clean(&room.data());
                let again = start(&room, call, None);
                assert_eq!(
                    again.code,
                    Some(0),
                    "the start after {case}: {}",
                    again.said
                );
            }
        }
    }
    assert!(kept_out.is_empty(), "{}", kept_out.join("\n"));
    // How many pages are written depends on chance, so the last of a row may not come.
    assert!(runs > 60 && 10 * met > 9 * runs, "{met} met of {runs}");
    // Faults matter, and most of a full disk's do not keep the station from opening.
    assert!(4 * worked > runs && worked < runs, "{worked} of {runs}");
}

/// A seed that fails at whatever call leaves nothing in its way, and the next one makes the same village.
#[test]
fn a_seed_that_fails_leaves_nothing() {
    let room = Room::new();
    let data = room.data();
    let seed = |call: &str, case: Option<&str>| {
        let args = ["seed".as_ref(), "--data".as_ref(), data.as_os_str()];
        Traced::new(&room, call, case, &args)
    };
    for case in [
        "pwrite64:error=ENOSPC:when=1+",
        "pwrite64:error=EIO:when=40",
        "pwrite64:error=ENOSPC:when=400+",
        "fsync:error=EIO:when=3",
        // In the middle of the ledger: its first sync SQLite tries again by itself, and a village may be without a reserve.
        "fsync:error=EIO:when=17",
        "mkdir:error=ENOSPC:when=2",
        "rename:error=EIO:when=1",
        "rename:error=EIO:when=4",
        "rename:error=ENOSPC:when=5",
        "rename:error=ENOSPC:when=6",
    ] {
        let (call, _) = case.split_once(':').unwrap();
        let failed = seed(call, Some(case));
        assert!(failed.met(), "{case}:\n{}", failed.calls);
        assert_eq!(failed.code, Some(1), "{case}: {}", failed.said);
        assert!(!data.exists(), "{case}: {}", failed.said);
    }
    let whole = seed("fsync", None);
    assert_eq!(whole.code, Some(0), "{}", whole.said);
    assert_clean(&data);
    assert_eq!(names(&data), ["keys", "reserve", "station.db"]);
}
