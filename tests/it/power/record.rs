//! Three recordings of the real program: its first start, a village that is made, and a day of work.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot drive the program must fail; few events are about the write log"
)]

use super::day::Day;
use super::model::{Model, Promise};
use super::told::{self, Fact, PAPER};
use super::trace::{CALLS, Event, Reader};
use crate::crash;
use crate::equipment::tool;
use crate::harness::{Kiosk, PATIENCE, Room, SMALL, WENMING};
use pty_process::blocking::Command as PtyCommand;
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) const WELCOME: &str = "您好，欢迎来到积分银行";
/// What is on the disk that loses its power. Everything else in the room is the test's own.
pub(super) const TOPS: [&str; 3] = ["data", "share", "backup"];
/// The write log of the ledger.
const LOG: &str = "data/station.db-wal";
/// Longer than anything that the program writes at once.
const LONGEST: &str = "67108864";
/// Files by their path below a folder.
pub(super) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What was recorded.
pub(super) struct Recording {
    pub(super) name: &'static str,
    pub(super) events: Vec<Event>,
    pub(super) facts: Vec<(usize, Fact)>,
    /// The disk before the first event.
    pub(super) start: Model,
    /// Receipts, keys and copies as they were in the end: none of them ever changes.
    pub(super) written: Files,
    /// The config, in which `ROOM` stands for the room.
    pub(super) config: BTreeMap<String, String>,
    /// The operations of a ledger that is there at all.
    pub(super) fewest: i64,
}

/// Where the readers begin in `station.toml`, behind everything else.
const READER: &str = "[[reader]]";
/// Stands for the room in a config that is kept.
pub(super) const HERE: &str = "{room}";

/// A room in which the program runs under a recorder.
struct Recorder {
    room: Room,
    start: Model,
    events: Vec<Event>,
    runs: usize,
}

/// A kiosk under the recorder.
struct Life {
    kiosk: Kiosk,
    pid: Pid,
}

impl Recorder {
    fn new(room: Room) -> Self {
        let share = room.path().join("share");
        fs::create_dir(&share).unwrap();
        let path = room.config().join("station.toml");
        let mut text = String::new();
        write!(
            text,
            "[[sink]]\nname = \"share\"\nkind = \"directory\"\npath = \"{}\"\n\n[printer]\nport = \"file:{}\"\nprofile = \"58mm\"\n",
            share.display(),
            room.path().join(PAPER).display()
        )
        .unwrap();
        let station = fs::read_to_string(&path).unwrap();
        let station = station.replacen(READER, &format!("{text}\n{READER}"), 1);
        fs::write(path, station).unwrap();
        let mut start = Model::empty(Promise::Journal);
        start.load_top(room.path(), &TOPS);
        Self {
            room,
            start,
            events: Vec::new(),
            runs: 0,
        }
    }

    fn trace(&self) -> PathBuf {
        self.room.path().join(format!("trace-{}", self.runs))
    }

    /// What the recorder is told, up to the program.
    fn told(&self) -> Vec<String> {
        let trace = self.trace();
        let told = [
            "-f",
            "-y",
            "-xx",
            "-qq",
            "--seccomp-bpf",
            "-e",
            "signal=none",
            "-s",
            LONGEST,
        ];
        let told = told
            .into_iter()
            .chain(["-e", CALLS, "-o", trace.to_str().unwrap(), WENMING]);
        told.map(str::to_owned).collect()
    }

    /// Takes the recording of a run that has ended.
    fn take(&mut self) {
        let recording = fs::read_to_string(self.trace()).unwrap();
        let events = Reader::new(self.room.path()).read(&recording);
        assert!(events.len() > 5, "{events:?}");
        self.events.extend(events);
        self.runs += 1;
    }

    /// Runs a command to its end.
    fn run(&mut self, args: &[&OsStr]) {
        let mut strace = Command::new(tool("strace"));
        strace.envs(crate::harness::ENGLISH);
        let ran = strace.args(self.told()).args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}: {ran:?}");
        self.take();
    }

    fn seed(&mut self) {
        let data = self.room.data();
        self.run(&["seed".as_ref(), "--data".as_ref(), data.as_ref()]);
    }

    fn keys(&mut self) {
        let data = self.room.data();
        self.run(&["keys".as_ref(), "--data".as_ref(), data.as_ref()]);
    }

    fn backup(&mut self) {
        let (data, to) = (self.room.data(), self.room.path().join("backup"));
        // Whoever makes a copy has made its folder before.
        fs::create_dir(&to).unwrap();
        self.events.push(Event::MakeDir("backup".to_owned()));
        self.events.push(Event::Sync(String::new()));
        self.run(&[
            "backup".as_ref(),
            to.as_ref(),
            "--data".as_ref(),
            data.as_ref(),
        ]);
    }

    fn export(&mut self) {
        let (config, data) = (self.room.config(), self.room.data());
        let now = ["export", "now", "--config"].map(OsStr::new);
        let dirs = [config.as_os_str(), "--data".as_ref(), data.as_ref()];
        self.run(&[&now[..], &dirs[..]].concat());
    }

    /// Starts a kiosk that greets.
    fn kiosk(&self) -> Life {
        let (config, data) = (self.room.config(), self.room.data());
        let command = PtyCommand::new(tool("strace"))
            .args(self.told())
            .args(["kiosk", "--config"])
            .arg(config)
            .arg("--data")
            .arg(data);
        let kiosk = Kiosk::start(&self.room, command, SMALL);
        kiosk.wait_for(WELCOME);
        let pid = kiosk.pid();
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        let pid = children.split_whitespace().next().unwrap();
        let pid = Pid::from_raw(pid.parse().unwrap()).unwrap();
        Life { kiosk, pid }
    }

    /// Ends it, and the recorder by that.
    fn end(&mut self, life: Life, signal: Signal) {
        let Life { mut kiosk, pid } = life;
        kill_process(pid, signal).unwrap();
        let code = kiosk.exit_code(PATIENCE);
        let wanted = (signal == Signal::TERM).then_some(0);
        assert_eq!(code, wanted, "{}", kiosk.errors());
        drop(kiosk);
        self.take();
    }

    fn recorded(self, name: &'static str, fewest: i64) -> Recording {
        let (room, events) = (self.room, self.events);
        let mut written = Files::new();
        for below in ["data/receipts", "data/keys", "backup"] {
            keep(room.path(), below, &mut written);
        }
        let here = room.path().to_str().unwrap();
        let config = fs::read_dir(room.config()).unwrap().map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap().replace(here, HERE);
            // Where there is no reader, that it is gone is the one thing that the idle screen says.
            let text = text.split(READER).next().unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            (name.to_owned(), text.to_owned())
        });
        Recording {
            name,
            facts: told::facts(&events),
            events,
            start: self.start,
            written,
            config: config.collect(),
            fewest,
        }
    }
}

fn keep(room: &Path, below: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(room.join(below)) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(room).unwrap().to_owned();
        files.insert(name, fs::read(path).unwrap());
    }
}

/// The first start of a kiosk, in an empty folder, and one more.
pub(super) fn first_start() -> Recording {
    let mut recorder = Recorder::new(Room::new());
    for _ in 0..2 {
        let life = recorder.kiosk();
        recorder.end(life, Signal::TERM);
    }
    recorder.recorded("first start", 1)
}

/// A village that is made, exported and copied.
pub(super) fn village() -> Recording {
    let mut recorder = Recorder::new(Room::new());
    recorder.seed();
    let fewest = recorder.room.number("SELECT count(*) FROM operation");
    recorder.export();
    recorder.backup();
    recorder.recorded("village", fewest)
}

/// How often the write log was written again from its start, after all of it had gone into the ledger.
fn begun_anew(events: &[Event]) -> usize {
    let mut is_new = true;
    let starts = events.iter().filter(|event| match event {
        Event::Unlink(path) if path == LOG => {
            is_new = true;
            false
        }
        Event::Write(path, Some(0), _) if path == LOG => !std::mem::take(&mut is_new),
        _ => false,
    });
    starts.count()
}

/// A day of redemptions with receipts, one called off, one printed again, exports, and the power button; then another.
pub(super) fn work() -> Recording {
    let (room, readers) = crash::station();
    let fewest = room.number("SELECT count(*) FROM operation");
    let mut recorder = Recorder::new(room);
    recorder.keys();
    for signal in [Signal::KILL, Signal::TERM] {
        let life = recorder.kiosk();
        Day::new(&recorder.room, &readers, &life.kiosk).work();
        recorder.end(life, signal);
    }
    let begun_anew = begun_anew(&recorder.events);
    assert!(
        begun_anew > 0,
        "the write log never went into the ledger beside the work"
    );
    recorder.backup();
    recorder.export();
    recorder.recorded("work", fewest)
}
