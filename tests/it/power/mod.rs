//! Power cuts: the real program under a recorder of everything that it asks of the disk, and what a disk may have when the power
//! goes at any moment of that. `docs/RELIABILITY.md` has the figures.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, and says what it counted"
)]

mod image;
mod judge;
mod laws;
mod model;
mod record;
mod restart;
mod told;
mod trace;

use crate::crash::Dice;
use crate::harness::Room;
use model::Promise;
use record::{Recording, TOPS};
use std::sync::{Arc, OnceLock};
use std::thread;
use told::Told;
use trace::Event;

/// Where the images come from; printed, so that a run can be told.
const SEED: u64 = 0x5EED_0000_2026_1127;
/// Images of a run over all recordings and both file systems; `POWER_CUTS=50000` in the environment for more.
const IMAGES: u64 = 2_000;
/// On one of so many the real program is started.
const STARTS: u64 = 40;
/// Images in which what a sync was left out for must be found.
const CONTROLS: u64 = 150;

/// Of a whole run each recording has so many parts.
const PARTS: [u64; 3] = [15, 15, 70];

/// The recordings, made once.
fn recordings() -> &'static [Recording; 3] {
    static ALL: OnceLock<[Recording; 3]> = OnceLock::new();
    ALL.get_or_init(|| {
        thread::scope(|scope| {
            let first = scope.spawn(record::first_start);
            let village = scope.spawn(record::village);
            let work = record::work();
            [first.join().unwrap(), village.join().unwrap(), work]
        })
    })
}

/// Numbers for an image of their own. Source: splitmix64, Vigna 2015.
fn dice(seed: u64, image: u64) -> Dice {
    let mut z = seed.wrapping_add(image.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    Dice((z ^ (z >> 31)) | 1)
}

/// Moments at which much hangs on the order: around syncs, changes of names and announcements.
fn edges(recording: &Recording) -> Vec<usize> {
    let events = recording.events.iter().enumerate();
    let edges = events.filter(|(_, event)| {
        !matches!(event, Event::Write(..) | Event::Create(_) | Event::Shown(_))
    });
    let edges = edges.map(|(moment, _)| moment);
    let facts = recording.facts.iter().map(|(moment, _)| *moment);
    let edges = edges.chain(facts).flat_map(|edge| [edge, edge + 1]);
    edges.collect()
}

/// Cuts at moments of one recording, on one kind of file system.
struct Cuts<'a> {
    recording: &'a Recording,
    /// Its events, perhaps without some syncs.
    events: &'a [Event],
    promise: Promise,
    images: u64,
    /// On one of so many the real program is started; 0 for none.
    starts: u64,
}

impl Cuts<'_> {
    /// Makes the images, a part in each thread; gives those that are bad, with what is wrong.
    fn bad(&self) -> Vec<(u64, Vec<String>)> {
        let threads =
            thread::available_parallelism().map_or(1, |n| u64::try_from(n.get()).unwrap());
        let edges = edges(self.recording);
        let mut moments: Vec<(usize, u64)> = (0..self.images)
            .map(|image| (self.moment(&edges, image), image))
            .collect();
        moments.sort_unstable();
        let mut bad = thread::scope(|scope| {
            let moments = &moments;
            let part = |thread: u64| scope.spawn(move || self.walk(moments, (thread, threads)));
            let parts: Vec<_> = (0..threads).map(part).collect();
            let parts = parts.into_iter().map(|part| part.join().unwrap());
            parts.flatten().collect::<Vec<_>>()
        });
        bad.sort();
        bad
    }

    fn seed(&self) -> u64 {
        SEED ^ match self.promise {
            Promise::Journal => 0,
            Promise::Strict => 1 << 40,
        }
    }

    fn moment(&self, edges: &[usize], image: u64) -> usize {
        let mut dice = dice(!self.seed(), image);
        let mut below = |bound: usize| -> usize {
            let bound = u64::try_from(bound).unwrap();
            usize::try_from(dice.below(bound)).unwrap()
        };
        if below(4) == 0 {
            below(self.events.len() + 1)
        } else {
            edges[below(edges.len())]
        }
    }

    /// Follows the recording, and stops at every moment whose turn it is in this thread.
    fn walk(
        &self,
        moments: &[(usize, u64)],
        (thread, threads): (u64, u64),
    ) -> Vec<(u64, Vec<String>)> {
        let mut model = self.recording.start.with(self.promise);
        let (mut followed, mut bad) = (0, Vec::new());
        for (moment, image) in moments
            .iter()
            .filter(|(_, image)| image % threads == thread)
        {
            for event in &self.events[followed..*moment] {
                if is_of_the_disk(event) {
                    model.follow(event);
                }
            }
            followed = *moment;
            let room = Room::new();
            image::write(&model, dice(self.seed(), *image), room.path());
            let told = Told::before(&self.recording.facts, *moment);
            let mut faults = judge::faults(self.recording, &told, room.path());
            if faults.is_empty() && self.starts > 0 && image % self.starts == 0 {
                faults = restart::faults(self.recording, &told, &room);
            }
            if !faults.is_empty() {
                bad.push((*image, faults));
            }
        }
        bad
    }
}

/// Whether an event is about the disk that loses its power.
fn is_of_the_disk(event: &Event) -> bool {
    let is_in = |path: &String| {
        let top = path.split('/').next().unwrap_or_default();
        path.is_empty() || TOPS.contains(&top)
    };
    match event {
        Event::Create(path)
        | Event::Write(path, ..)
        | Event::Length(path, _)
        | Event::Reserve(path, _)
        | Event::Sync(path)
        | Event::Unlink(path)
        | Event::MakeDir(path)
        | Event::RemoveDir(path) => is_in(path),
        Event::Rename(from, to) => is_in(from) && is_in(to),
        Event::SyncAll | Event::Shown(_) => true,
    }
}

#[test]
fn no_power_cut_loses_what_was_announced_or_does_anything_twice() {
    let images = std::env::var_os("POWER_CUTS").map_or(IMAGES, |images| {
        images.into_string().unwrap().parse().unwrap()
    });
    let (mut made, mut bad) = (0, Vec::new());
    for (recording, part) in recordings().iter().zip(PARTS) {
        for promise in [Promise::Journal, Promise::Strict] {
            let cuts = Cuts {
                recording,
                events: &recording.events,
                promise,
                images: (images * part).div_ceil(200),
                starts: STARTS,
            };
            let found = cuts.bad();
            println!(
                "{}, {promise:?}: {} events, {} announcements, {} images, {} bad",
                recording.name,
                cuts.events.len(),
                recording.facts.len(),
                cuts.images,
                found.len()
            );
            made += cuts.images;
            let name = recording.name;
            bad.extend(
                found
                    .into_iter()
                    .map(|(image, faults)| format!("{name} {promise:?} {image}: {faults:?}")),
            );
        }
    }
    println!("seed {SEED:#x}: {made} images, {} bad", bad.len());
    assert!(made >= images, "{made} images");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Whether a sync is left out: of what, and whether the next write to ledger or write log goes to the ledger.
type LeftOut = fn(&str, bool) -> bool;

/// A recording in which syncs are left out, as if the program had never asked for them.
fn without(events: &[Event], left_out: LeftOut) -> Vec<Event> {
    let is_ledger = |event: &&Event| match event {
        Event::Write(path, ..) if path == "data/station.db" => Some(true),
        Event::Write(path, ..) if path == "data/station.db-wal" => Some(false),
        _ => None,
    };
    let nothing = || Event::Shown(Arc::from([]));
    let left = events.iter().enumerate().map(|(moment, event)| {
        let next = || events[moment..].iter().find_map(|event| is_ledger(&event));
        match event {
            Event::Sync(path) if left_out(path, next() == Some(true)) => nothing(),
            event => event.clone(),
        }
    });
    left.collect()
}

/// As `PRAGMA synchronous = NORMAL` has it: the write log is synced only before it goes into the ledger.
fn normal(path: &str, before_ledger: bool) -> bool {
    path == "data/station.db-wal" && !before_ledger
}

#[test]
fn a_sync_that_is_left_out_is_found() {
    let controls: [(&str, Promise, LeftOut); 6] = [
        ("synchronous = NORMAL", Promise::Journal, normal),
        ("synchronous = NORMAL", Promise::Strict, normal),
        ("the queue's folder", Promise::Strict, |path, _| {
            path == "data/print"
        }),
        ("the queue's folder", Promise::Journal, |path, _| {
            path == "data/print"
        }),
        ("receipts", Promise::Journal, |path, _| {
            path.starts_with("data/receipts/")
        }),
        ("bundles", Promise::Journal, |path, _| {
            path.contains("/outbox/")
        }),
    ];
    let work = &recordings()[2];
    for (what, promise, left_out) in controls {
        let events = without(&work.events, left_out);
        let cuts = Cuts {
            recording: work,
            events: &events,
            promise,
            images: CONTROLS,
            starts: 0,
        };
        let bad = cuts.bad();
        println!(
            "without {what}, {promise:?}: {} of {} bad, such as {:?}",
            bad.len(),
            cuts.images,
            bad.first()
        );
        assert!(!bad.is_empty(), "{what} {promise:?}");
    }
}

#[test]
fn folders_whose_names_were_never_synced_are_found() {
    let [first, ..] = recordings();
    let events = without(&first.events, |path, _| path == "data");
    let cuts = Cuts {
        recording: first,
        events: &events,
        promise: Promise::Strict,
        images: CONTROLS,
        starts: 0,
    };
    let bad = cuts.bad();
    println!(
        "without the data folder: {} of {} bad, such as {:?}",
        bad.len(),
        cuts.images,
        bad.first()
    );
    assert!(!bad.is_empty());
}
