//! What is whole and has its name, but whose folder could not be synced, is said to be there, and perhaps not yet on the medium.
//! Where folders cannot be synced at all, as on some network drives, that is no failure.

use super::commands::{DAYS, done, village, words};
use super::deed::{Kept, UNSURE};
use super::state::State;
use super::{Calls, Fault, Run};
use rustix::io::Errno;
use std::fs;

/// Which calls sync a folder below this one; with a `!` in front, those that failed.
fn syncs(calls: &[String], folder: &str) -> Vec<usize> {
    let (mark, folder) = match folder.strip_prefix('!') {
        Some(folder) => ("!fsync ", folder),
        None => ("fsync ", folder),
    };
    let is_one = |call: &str| {
        let place = call.strip_prefix(mark);
        place.is_some_and(|place| place.starts_with(folder) && place.ends_with('/'))
    };
    let at = calls.iter().enumerate();
    at.filter(|(_, call)| is_one(call))
        .map(|(n, _)| n + 1)
        .collect()
}

#[test]
fn a_folder_that_cannot_be_synced_is_said() {
    let kept = Kept::new(village());
    let room = &kept.room;
    let tables = format!("export csv {DAYS} --to-dir OUT --config CONFIG --data DATA");
    let workbook = format!("{tables} --xlsx");
    for (line, folder, files) in [
        ("backup OUT --data DATA", "out/", 1),
        (&tables, "out/", 5),
        (&workbook, "out/", 1),
        ("export now --config CONFIG --data DATA", "data/outbox/", 1),
        (
            "export now --config CONFIG --data DATA",
            "share/up/YUNDAO/HY01/",
            1,
        ),
    ] {
        let args = words(room, line);
        let run = |at, error| {
            kept.put_back();
            let on = false;
            Run::new(room, Fault { at, on, error }, Calls::Change, &args)
        };
        let good = run(0, Errno::IO);
        assert_eq!(good.code, Some(0), "{line}: {}", good.err);
        let there = |state: &State| {
            let names = state.files.keys();
            names.filter(|name| name.starts_with(folder)).count()
        };
        let whole = there(&State::of(room));
        assert_eq!(whole, files, "{line}");
        // How many pages of the ledger are written before it depends on chance, so another call may be hit; then once more.
        let hit = |error| {
            (0..40).find_map(|_| {
                // The last one gives the last name; before it folders may be made.
                let at = *syncs(&run(0, Errno::IO).calls, folder).last().unwrap();
                let met = run(at, error);
                let failed = syncs(&met.calls, &format!("!{folder}"));
                (failed == [at]).then_some(met)
            })
        };
        let failed = hit(Errno::IO).unwrap();
        assert_eq!(failed.code, Some(1), "{line}: {}", failed.err);
        assert!(failed.err.contains(UNSURE), "{line}: {}", failed.err);
        let state = State::of(room);
        assert_eq!(there(&state), files, "{line}");
        assert!(state.unfinished.is_empty(), "{line}: {state:?}");
        let passed = hit(Errno::INVAL).unwrap();
        assert_eq!(passed.code, Some(0), "{line}: {}", passed.err);
        assert_eq!(there(&State::of(room)), files, "{line}");
    }
}

/// The disk became read-only: what lies in the outbox goes to the sinks, though nothing can be tidied there.
#[test]
fn what_lies_in_an_outbox_that_cannot_be_tidied_is_sent() {
    let room = village();
    let line = "export now --config CONFIG --data DATA";
    done(&room, line);
    fs::remove_dir_all(room.path().join("share/up")).unwrap();
    let part = "VPB1-YUNDAO-HY01-i01-0000009000-0000009001.tar.zst.part";
    fs::write(room.data().join("outbox").join(part), "cut off").unwrap();
    let kept = Kept::new(room);
    let (room, args) = (&kept.room, words(&kept.room, line));
    kept.put_back();
    let good = Run::new(room, Fault::NONE, Calls::Change, &args);
    assert_eq!(State::of(room).unfinished, Vec::<String>::new());
    let first = good
        .calls
        .iter()
        .position(|call| call.starts_with("unlinkat"));
    let fault = Fault {
        at: first.unwrap() + 1,
        on: false,
        error: Errno::ROFS,
    };
    kept.put_back();
    let run = Run::new(room, fault, Calls::Change, &args);
    assert!(run.met());
    let state = State::of(room);
    assert_eq!(state.unfinished, [format!("data/outbox/{part}")]);
    let sent = |name: &&String| name.starts_with("share/");
    let sent = state.files.keys().filter(sent).count();
    assert!(sent >= 1, "{state:?} {}", run.err);
}
