//! A command whose disk fails, and by what it is judged.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise, and says what it counted"
)]

use super::state::State;
use super::{Calls, Fault, Run, faults};
use crate::folder::copy_all;
use crate::harness::{Room, run};
use std::collections::BTreeMap;
use std::fs;

/// How many calls of a sample look thrown.
const SAMPLE: usize = 4;
/// What no person can do anything with.
const RAW: [&str; 3] = ["panicked", "RUST_BACKTRACE", "called `"];

/// What is said of what is done when only a folder's sync failed.
pub(super) const UNSURE: &str = "perhaps not yet on the medium";

/// A command that is tried.
pub(super) struct Deed {
    pub(super) name: &'static str,
    /// What it asks for.
    pub(super) args: Vec<String>,
    /// It does several things, each of them whole.
    pub(super) steps: bool,
    /// Answers of the same command that are as good as success where what it makes is there already.
    pub(super) there: &'static [&'static str],
    /// What makes it whole where the same again is refused, since a part of it is there.
    pub(super) rest: Rest,
    /// What is run afterwards on a good disk where the same would do it twice.
    pub(super) instead: Option<Vec<String>>,
    /// What must be so afterwards, where it is more or less than what a run without faults leaves.
    pub(super) end: Option<End>,
}

/// How a person gets all of something of which a part is there.
#[derive(Clone, Debug)]
pub(super) enum Rest {
    /// It is whole or not there.
    None,
    /// Another command makes what is missing.
    Command(Vec<String>),
    /// The part is taken away, and the same is run again.
    TakenAway,
}

/// What must be so in the end, beside how it would be without faults.
pub(super) type End = fn(&State, &State) -> Result<(), String>;

/// A room that can be put back as it was.
pub(super) struct Kept {
    pub(super) room: Room,
    names: [&'static str; 4],
}

impl Kept {
    pub(super) fn new(room: Room) -> Self {
        let names = ["data", "config", "out", "share"];
        for name in names {
            let from = room.path().join(name);
            if from.exists() {
                copy_all(&from, &room.path().join("kept").join(name));
            }
        }
        Self { room, names }
    }

    pub(super) fn put_back(&self) {
        for name in self.names {
            let (path, kept) = (
                self.room.path().join(name),
                self.room.path().join("kept").join(name),
            );
            let _none = fs::remove_dir_all(&path);
            if kept.exists() {
                copy_all(&kept, &path);
            }
        }
    }
}

impl Deed {
    /// Tries the command with every fault of the sample, or with all.
    pub(super) fn try_all(&self, kept: &Kept, calls: Calls) {
        let room = &kept.room;
        kept.put_back();
        let before = State::of(room);
        kept.put_back();
        let good = Run::new(room, Fault::NONE, calls, &self.args);
        assert_eq!(good.code, Some(0), "{}: {}", self.name, good.err);
        let whole = State::of(room);
        assert!(!good.calls.is_empty(), "{} makes no such call", self.name);
        let tried = faults(&good.calls, calls, SAMPLE);
        let (mut wrong, mut met) = (Vec::new(), BTreeMap::<String, usize>::new());
        for fault in &tried {
            kept.put_back();
            let run = Run::new(room, *fault, calls, &self.args);
            if !run.met() {
                *met.entry("not met".to_owned()).or_default() += 1;
                continue;
            }
            let ends = self.judge(room, (fault, &run), (&before, &whole), &good);
            let what = ends.clone().unwrap_or_else(|_| "WRONG".to_owned());
            *met.entry(what).or_default() += 1;
            if let Err(why) = ends {
                let call = run.calls.iter().find(|call| call.starts_with('!'));
                wrong.push(format!(
                    "{}: {fault} ({}): {why}\n  it said: {}",
                    self.name,
                    call.unwrap(),
                    run.err.trim()
                ));
            }
        }
        let (counted, runs) = (good.calls.len(), tried.len());
        println!(
            "| {} | {calls:?} | {counted} | {runs} | {met:?} |",
            self.name
        );
        assert!(
            wrong.is_empty(),
            "{} wrong\n{}",
            wrong.len(),
            wrong.join("\n")
        );
        assert!(met.keys().any(|ends| ends != "not met"), "nothing failed");
    }

    /// What came of a run that met a fault, in a word; else what is wrong.
    fn judge(
        &self,
        room: &Room,
        (fault, failed): (&Fault, &Run),
        (before, whole): (&State, &State),
        good: &Run,
    ) -> Result<String, String> {
        let said = format!("{}{}", failed.out, failed.err);
        if !matches!(failed.code, Some(0..=2)) {
            return Err(format!("exit code {:?}", failed.code));
        }
        if let Some(raw) = RAW.into_iter().find(|raw| said.contains(raw)) {
            return Err(format!("it said {raw}"));
        }
        if failed.code != Some(0) && failed.err.trim().is_empty() {
            return Err("it failed without a word".to_owned());
        }
        let state = settled(room)?;
        let told = failed
            .out
            .lines()
            .filter(|line| line.contains("\"ok\":true"));
        let told = told.count();
        let booked = |state: &State| state.operations.values().sum::<i64>();
        if i64::try_from(told).unwrap() > booked(&state) - booked(before) {
            return Err("it told more than it booked".to_owned());
        }
        let ends = if state.is(whole) && !whole.is(before) {
            "whole"
        } else if state.is(before) {
            "nothing"
        } else if self.steps && state.is_between(before, whole) {
            "some steps"
        } else if fault.on
            && state.operations == before.operations
            && state.is_between(before, whole)
        {
            // What could not be removed either; the next run has to get on with it.
            "something left"
        } else {
            return Err(format!("half: {}", state.beside(before)));
        };
        if let Some(name) = state.changed(before, whole) {
            return Err(format!("another {name}"));
        }
        let is_told = !whole.is(before) || failed.out == good.out;
        if failed.code == Some(0) && !(state.is(whole) && is_told) {
            return Err(format!("it said it was done: {}", state.beside(whole)));
        }
        if !fault.on && !state.unfinished.is_empty() {
            return Err(format!("it left {:?}", state.unfinished));
        }
        if ends == "whole"
            && failed.code != Some(0)
            && told == 0
            && !self.steps
            && !failed.err.contains(UNSURE)
        {
            return Err("it did not say that it is done".to_owned());
        }
        self.again(room, &state, (before, whole))?;
        let code = failed.code.unwrap();
        Ok(format!("{code}, {ends}"))
    }

    /// The same on a disk that does not fail, after which all is there.
    fn again(
        &self,
        room: &Room,
        failed: &State,
        (before, whole): (&State, &State),
    ) -> Result<(), String> {
        let on_good = |args| Run::new(room, Fault::NONE, Calls::Change, args);
        let again = on_good(self.instead.as_ref().unwrap_or(&self.args));
        let there = self.there.iter().any(|there| again.err.contains(there));
        if again.code != Some(0) && !there {
            return Err(format!("the next time: {:?} {}", again.code, again.err));
        }
        let mut state = settled(room)?;
        if again.code != Some(0) && !state.is(whole) {
            if !state.is(failed) {
                return Err(format!("refused, it did: {}", state.beside(failed)));
            }
            let rest = match &self.rest {
                Rest::None => return Err(format!("it stays: {}", state.beside(whole))),
                Rest::Command(args) => on_good(args),
                Rest::TakenAway => {
                    let made = state.files.keys();
                    for name in made.filter(|name| !before.files.contains_key(*name)) {
                        fs::remove_file(room.path().join(name)).unwrap();
                    }
                    on_good(&self.args)
                }
            };
            if rest.code != Some(0) {
                return Err(format!("the rest: {:?} {}", rest.code, rest.err));
            }
            state = settled(room)?;
        }
        // The keys of a village that never was are nobody's.
        let other = state.changed(failed, whole);
        if let Some(name) = other.filter(|_| !failed.operations.is_empty()) {
            return Err(format!("the next time: another {name}"));
        }
        match (self.end, &self.instead) {
            (Some(end), _) => end(&state, whole)?,
            (None, None) if !state.is(whole) => {
                return Err(format!("the next time: {}", state.beside(whole)));
            }
            (None, _) => {}
        }
        if self.instead.is_none() && !state.unfinished.is_empty() {
            return Err(format!("the next time left {:?}", state.unfinished));
        }
        Ok(())
    }
}

/// How things stand when the audit finds nothing.
pub(super) fn settled(room: &Room) -> Result<State, String> {
    // A restore that counts may not have given the ledger its name yet.
    let has_ledger = |name| room.data().join(name).exists();
    if ["station.db", "restore.now"].into_iter().any(has_ledger) {
        let data = room.data();
        let audit = run(["audit".as_ref(), "--data".as_ref(), data.as_os_str()]);
        if !audit.status.success() {
            return Err(format!("the audit: {audit:?}"));
        }
    }
    Ok(State::of(room))
}
