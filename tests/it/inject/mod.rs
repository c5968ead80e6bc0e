//! A disk that fails at the n-th call, once or from there on: whatever the program does then, nothing that was told is lost, nothing is half
//! done, and the same again works when the disk does.
//!
//! Without more a sample is tried, always the same one. `INJECT=1` tries every call in every way, `INJECT=10` every tenth, `INJECT=2/1`
//! and `INJECT=2/2` every second from the first and from the second on, so that two can share the work; with `--nocapture` each test
//! says what it counted. docs/RELIABILITY.md has the figures of the whole run.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod commands;
mod deed;
mod folder_sync;
mod kiosk;
mod state;

use crate::equipment::{ours, tool};
use crate::harness::{Room, WENMING, text};
use rustix::io::Errno;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Which calls may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calls {
    /// Those that write, sync, make, name or remove.
    Change,
    /// Those that read files and folders.
    Read,
}

/// What fails.
#[derive(Clone, Copy, Debug)]
struct Fault {
    /// Which call, from 1; 0 is none.
    at: usize,
    /// All calls from there on.
    on: bool,
    error: Errno,
}

impl Fault {
    const NONE: Self = Self {
        at: 0,
        on: false,
        error: Errno::IO,
    };

    /// Every way in which such calls fail.
    const fn ways(calls: Calls) -> &'static [(Errno, bool)] {
        match calls {
            Calls::Change => &[
                (Errno::NOSPC, false),
                (Errno::IO, true),
                (Errno::NOSPC, true),
                (Errno::IO, false),
            ],
            Calls::Read => &[(Errno::IO, false), (Errno::IO, true)],
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = match self.error {
            Errno::NOSPC => "ENOSPC",
            Errno::INVAL => "EINVAL",
            _ => "EIO",
        };
        let on = if self.on { " and all after it" } else { "" };
        write!(f, "{error} at call {}{on}", self.at)
    }
}

/// The injector, made once: `fault.c` says what it does and why it is no other program.
fn injector() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/inject/fault.c");
        // Another process of tests may be starting the one that is there.
        let part = folder.join(format!("fault-{}", std::process::id()));
        let made = Command::new(tool("cc"))
            .args(["-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .args([&part, &source])
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let path = folder.join("fault");
        fs::rename(part, &path).unwrap();
        path
    })
}

/// The program with these arguments, under the injector; what it counted is in `report`.
fn words(room: &Room, fault: Fault, calls: Calls, args: &[String]) -> Vec<String> {
    let calls = match calls {
        Calls::Change => "change",
        Calls::Read => "read",
    };
    let head = [
        text(room.path()).to_owned(),
        fault.at.to_string(),
        if fault.on { "on" } else { "once" }.to_owned(),
        fault.error.raw_os_error().to_string(),
        calls.to_owned(),
        text(&report(room)).to_owned(),
        WENMING.to_owned(),
    ];
    [&head, args].concat()
}

/// Where the injector says what it counted.
fn report(room: &Room) -> PathBuf {
    room.path().join("calls")
}

/// What it counted.
fn counted(room: &Room) -> Vec<String> {
    let told = fs::read_to_string(report(room)).unwrap();
    told.lines().map(str::to_owned).collect()
}

/// What came of a run.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
    calls: Vec<String>,
}

impl Run {
    /// Runs a command without a terminal.
    fn new(room: &Room, fault: Fault, calls: Calls, args: &[String]) -> Self {
        let done = Command::new(ours(injector()))
            .args(words(room, fault, calls, args))
            .env("TMPDIR", room.path().join("tmp"))
            .envs(crate::harness::ENGLISH)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: done.status.code(),
            out: text(done.stdout),
            err: text(done.stderr),
            calls: counted(room),
        }
    }

    fn met(&self) -> bool {
        self.calls.iter().any(|call| call.starts_with('!'))
    }
}

/// How many calls lie from one that is tried to the next, and the first one, from 1; `None` is the sample.
fn stride() -> Option<(usize, usize)> {
    let said = std::env::var_os("INJECT")?;
    let said = said.to_str().unwrap();
    let (stride, first) = said.split_once('/').unwrap_or((said, "1"));
    let (stride, first) = (stride.parse().unwrap(), first.parse().unwrap());
    assert!((1..=stride).contains(&first), "INJECT={said}");
    Some((stride, first))
}

/// The faults to be tried where a whole run makes these calls.
fn faults(of: &[String], calls: Calls, sample: usize) -> Vec<Fault> {
    let ways = Fault::ways(calls);
    let fault = |at, (error, on)| Fault { at, on, error };
    if let Some((stride, first)) = stride() {
        let every = (first..=of.len()).step_by(stride);
        return every
            .flat_map(|at| ways.iter().map(move |way| fault(at, *way)))
            .collect();
    }
    // Each kind of call at its first and its last, and some others that look thrown. Source of the numbers: Knuth, MMIX.
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (n, call) in of.iter().enumerate() {
        let (name, place) = call.split_once(' ').unwrap();
        let kind = format!("{name} {}", place.ends_with('/'));
        kinds.entry(kind).or_insert((n + 1, n + 1)).1 = n + 1;
    }
    let mut picked: BTreeSet<usize> = kinds
        .values()
        .flat_map(|(first, last)| [*first, *last])
        .collect();
    let mut dice = 20_261_121_u64;
    for _ in 0..sample.min(of.len()) {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        picked.insert(1 + usize::try_from(dice >> 33).unwrap() % of.len());
    }
    let ways = ways.iter().cycle();
    let faults = picked.into_iter().zip(ways);
    faults.map(|(at, way)| fault(at, *way)).collect()
}
