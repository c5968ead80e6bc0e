//! Each thing that an export asks of a file system fails once, in each way that disks and sticks fail.
//! Afterwards nothing half-written is taken for a bundle, nothing is missing, and the next run heals.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::exporting::{Exporting, Faulty, Trouble, bundles, failure, sink};
use crate::folder::names;
use crate::station::assert_clean;
use rustix::io::Errno;
use std::fs;
use std::path::PathBuf;
use wenming::bundle::BundleName;
use wenming::domain::{ExportNews, ExportWhy, SinkFault, SinkState};
use wenming::store::Store;

const TROUBLES: [Trouble; 8] = [
    Trouble::Once(Errno::NOSPC),
    Trouble::Once(Errno::IO),
    Trouble::Once(Errno::ROFS),
    Trouble::Once(Errno::NOENT),
    Trouble::Pulled(Errno::IO),
    Trouble::Pulled(Errno::NOENT),
    Trouble::Short,
    Trouble::Lie,
];

/// What shall fail, by the folder in which it is asked.
type Scope = fn(&Exporting) -> PathBuf;

/// Every n-th operation below a folder fails in every way.
fn try_all(scope: Scope, place: Option<usize>) {
    for trouble in TROUBLES {
        // As many as a run without trouble asks for, and the run after it.
        let mut met = 0;
        for at in 1.. {
            let station = Exporting::used();
            let files = Faulty::new(&scope(&station), at, trouble);
            let news = station.run_on(Box::new(files.clone()), ExportWhy::Stick);
            let told = format!("{trouble:?} at {at}: {news:?}");
            if files.asked() < at {
                assert!(at > 10, "only {at} were asked");
                break;
            }
            if !files.met() {
                continue;
            }
            met += 1;
            after(&station, &news, place, &told);
            station.happen();
            let healed = station.run();
            assert_eq!(failure(&healed), None, "{told}");
            for place in [0, 1] {
                assert_eq!(sink(&healed, place), SinkState::Done, "{told}");
            }
            station.assert_right();
        }
        let least = match trouble {
            Trouble::Once(_) | Trouble::Pulled(_) => 15,
            Trouble::Short | Trouble::Lie | Trouble::ReadOnly | Trouble::Hang => 1,
        };
        assert!(met >= least, "{trouble:?}: {met}");
    }
}

/// What must be so even before the next run.
fn after(station: &Exporting, news: &[ExportNews], place: Option<usize>, told: &str) {
    assert_clean(&Store::open_existing(station.dir.path()).unwrap());
    for dir in [station.outbox(), station.share(), station.stick()] {
        station.assert_sound(&dir);
    }
    let done = |place| {
        news.iter().any(|one| {
            let done = ExportNews::Sink {
                index: place,
                state: SinkState::Done,
            };
            *one == done
        })
    };
    // Who says that everything is there is right.
    for (place, dir) in [(0, station.share()), (1, station.stick())] {
        if done(place) && failure(news).is_none() {
            let there = bundles(&dir);
            for name in bundles(&station.outbox()).keys() {
                assert!(there.contains_key(name), "{name}; {told}");
            }
        }
    }
    assert_eq!(
        news.contains(&ExportNews::MayRemove),
        done(1),
        "the stick may be removed when it is done; {told}"
    );
    if let Some(place) = place {
        // A sink that fails stops neither the outbox nor the other sink.
        assert_eq!(failure(news), None, "{told}");
        assert!(done(1 - place), "{told}");
    }
}

#[test]
fn an_outbox_that_fails_heals() {
    try_all(Exporting::outbox, None);
}

#[test]
fn a_directory_that_fails_heals() {
    try_all(|station| station.around.path().join("share"), Some(0));
}

#[test]
fn a_stick_that_fails_heals() {
    try_all(|station| station.around.path().join("mounted"), Some(1));
}

#[test]
fn a_sink_says_what_is_wrong_with_it() {
    for (trouble, want) in [
        (Trouble::Pulled(Errno::NOSPC), SinkFault::Full),
        (Trouble::Pulled(Errno::DQUOT), SinkFault::Full),
        (Trouble::Pulled(Errno::ROFS), SinkFault::ReadOnly),
        (Trouble::Pulled(Errno::ACCESS), SinkFault::ReadOnly),
        (Trouble::Pulled(Errno::IO), SinkFault::Gone),
        (Trouble::Pulled(Errno::NODEV), SinkFault::Gone),
        (Trouble::Pulled(Errno::NOENT), SinkFault::Gone),
        (Trouble::Lie, SinkFault::Different),
        (Trouble::Short, SinkFault::Full),
    ] {
        let mut seen = false;
        for at in 2..40 {
            let station = Exporting::new();
            let files = Faulty::new(&station.around.path().join("mounted"), at, trouble);
            let news = station.run_on(Box::new(files), ExportWhy::Stick);
            match sink(&news, 1) {
                SinkState::Done => {}
                SinkState::Failed(fault) => {
                    assert_eq!(fault, want, "{trouble:?} at {at}");
                    seen = true;
                }
            }
        }
        assert!(seen, "{trouble:?}");
    }
}

/// A read that fails says nothing of the bundle: whatever fails while the outbox is read, once or for good, what lies there stays as it is, and
/// nothing is packed in its place.
#[test]
fn a_bundle_that_cannot_be_read_is_neither_put_aside_nor_packed_again() {
    for trouble in [Trouble::Once(Errno::IO), Trouble::Pulled(Errno::IO)] {
        for at in 1.. {
            let station = Exporting::used();
            let before = bundles(&station.outbox());
            assert!(!before.is_empty());
            let files = Faulty::new(&station.outbox(), at, trouble);
            let news = station.run_on(Box::new(files.clone()), ExportWhy::Stick);
            if files.asked() < at {
                assert!(at > 3, "only {at} were asked");
                break;
            }
            let told = format!("{trouble:?} at {at}: {news:?}");
            let names = names(&station.outbox());
            assert!(
                !names.iter().any(|name| name.contains(".wrong")),
                "{told} {names:?}"
            );
            let mut after = bundles(&station.outbox());
            for (name, sha256) in &before {
                assert_eq!(after.remove(name).as_ref(), Some(sha256), "{told}");
            }
            // What is new goes on from there and repeats nothing.
            let last = |names: &mut dyn Iterator<Item = &String>| {
                names
                    .filter_map(|name| BundleName::parse(name).ok())
                    .map(|name| name.to)
                    .max()
            };
            let end = last(&mut before.keys());
            let starts = after.keys().filter_map(|name| BundleName::parse(name).ok());
            assert!(
                starts.map(|name| Some(name.from)).all(|from| from > end),
                "{told} {after:?}"
            );
        }
    }
}

/// Two bundles in the outbox, and a share that has none of them.
fn two_waiting() -> Exporting {
    let station = Exporting::used();
    station.happen();
    station.run();
    assert!(bundles(&station.outbox()).len() > 1);
    fs::remove_dir_all(station.around.path().join("share/up")).unwrap();
    station
}

/// A wrong file under a name of ours cannot be put aside on a disk that became read-only; the other bundles are sent all the same.
#[test]
fn a_wrong_file_in_a_read_only_outbox_keeps_no_other_from_being_sent() {
    let station = two_waiting();
    let mut before = bundles(&station.outbox());
    let (wrong, _) = before.pop_first().unwrap();
    fs::write(station.outbox().join(&wrong), "something else").unwrap();
    let files = Faulty::new(&station.outbox(), 0, Trouble::ReadOnly);
    let news = station.run_on(Box::new(files), ExportWhy::Stick);
    let there = bundles(&station.share());
    for name in before.keys() {
        assert!(there.contains_key(name), "{name}: {news:?}");
    }
    assert!(!there.contains_key(&wrong), "{news:?}");
    // The next export puts it aside.
    assert_eq!(failure(&station.run()), None);
    station.assert_right();
}

/// A folder whose sync failed once has the bundle all the same, and takes the others.
#[test]
fn a_bundle_that_is_unsure_keeps_no_other_from_being_sent() {
    let mut unsure = 0;
    for at in 1.. {
        let station = two_waiting();
        let trouble = Trouble::Once(Errno::IO);
        let files = Faulty::new(&station.around.path().join("share"), at, trouble);
        let news = station.run_on(Box::new(files.clone()), ExportWhy::Stick);
        if files.asked() < at {
            break;
        }
        if sink(&news, 0) == SinkState::Failed(SinkFault::Unsure) {
            unsure += 1;
            let there = bundles(&station.share());
            for name in bundles(&station.outbox()).keys() {
                assert!(there.contains_key(name), "{at}: {name}");
            }
        }
    }
    assert!(unsure > 1, "{unsure}");
}
