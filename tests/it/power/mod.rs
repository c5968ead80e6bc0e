//! Power cuts: the real program under a recorder of everything that it asks of the disk, and what a disk may have when the power
//! goes at any moment of that. `docs/RELIABILITY.md` has the figures.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first surprise, and says what it counted; most events are no sync"
)]

mod cuts;
mod day;
mod image;
mod judge;
mod laws;
mod model;
mod record;
mod restart;
mod told;
mod trace;

use cuts::{Cuts, SEED, edges};
use model::Promise;
use record::Recording;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::thread;
use trace::Event;

/// Images of a run over all recordings and both file systems; `POWER_CUTS=50000` in the environment for more.
const IMAGES: u64 = 2_000;
/// On one of so many the real program is started.
const STARTS: u64 = 40;
/// A cut so few events after a sync that was left out may show it.
const SOON: usize = 60;

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

#[test]
fn no_power_cut_loses_what_was_announced_or_does_anything_twice() {
    let images = std::env::var_os("POWER_CUTS").map_or(IMAGES, |images| {
        images.into_string().unwrap().parse().unwrap()
    });
    let [_, village, work] = recordings();
    let (village, work) = (told::kinds(&village.facts), told::kinds(&work.facts));
    let heard = |kinds: &BTreeMap<_, _>, kind| kinds.get(kind).copied().unwrap_or(0);
    assert!(heard(&village, "seed") > 0, "{village:?}");
    // Four times by the kiosk and once by a command.
    for (kind, least) in [
        ("booked", 100),
        ("begun", 48),
        ("whole", 48),
        ("exported", 5),
        ("delivered", 5),
        ("keys", 1),
        ("backup", 1),
    ] {
        assert!(heard(&work, kind) >= least, "{kind}: {work:?}");
    }
    let (mut made, mut bad) = (0, Vec::new());
    for (recording, part) in recordings().iter().zip(PARTS) {
        for promise in [Promise::Journal, Promise::Strict] {
            let cuts = Cuts {
                recording,
                events: &recording.events,
                moments: edges(recording),
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

/// A recording in which syncs are left out, as if the program had never asked for them, and the moments at which that may show.
fn without(events: &[Event], left_out: LeftOut) -> (Vec<Event>, Vec<usize>) {
    let is_ledger = |event: &Event| match event {
        Event::Write(path, ..) if path == "data/station.db" => Some(true),
        Event::Write(path, ..) if path == "data/station.db-wal" => Some(false),
        _ => None,
    };
    let mut moments = Vec::new();
    let left = events.iter().enumerate().map(|(moment, event)| {
        let next = || events[moment..].iter().find_map(is_ledger);
        match event {
            Event::Sync(path) if left_out(path, next() == Some(true)) => {
                let until = events.len().min(moment + SOON);
                moments.extend(moment + 1..=until);
                Event::Shown(Arc::from([]))
            }
            event => event.clone(),
        }
    });
    (left.collect(), moments)
}

/// As `PRAGMA synchronous = NORMAL` has it: the write log is synced only before it goes into the ledger.
fn normal(path: &str, before_ledger: bool) -> bool {
    path == "data/station.db-wal" && !before_ledger
}

#[test]
fn a_sync_that_is_left_out_is_found() {
    use Promise::{Journal, Strict};
    let [first, _, work] = recordings();
    let controls: [(&str, &Recording, Promise, LeftOut, u64); 7] = [
        ("synchronous = FULL", work, Journal, normal, 40),
        ("synchronous = FULL", work, Strict, normal, 40),
        (
            "syncs of print/",
            work,
            Journal,
            |path, _| path == "data/print",
            80,
        ),
        (
            "syncs of print/",
            work,
            Strict,
            |path, _| path == "data/print",
            40,
        ),
        (
            "syncs of receipts",
            work,
            Journal,
            |path, _| path.starts_with("data/receipts/"),
            40,
        ),
        (
            "syncs of bundles",
            work,
            Journal,
            |path, _| path.starts_with("data/outbox/"),
            80,
        ),
        (
            "syncs of the data folder",
            first,
            Strict,
            |path, _| path == "data",
            300,
        ),
    ];
    for (what, recording, promise, left_out, images) in controls {
        let (events, moments) = without(&recording.events, left_out);
        let cuts = Cuts {
            recording,
            events: &events,
            moments,
            promise,
            images,
            starts: 0,
        };
        let bad = cuts.bad();
        let such = bad.first().and_then(|(_, faults)| faults.first());
        println!(
            "without {what}, {promise:?}: {} of {images} bad, such as {such:?}",
            bad.len()
        );
        assert!(!bad.is_empty(), "{what} {promise:?}");
    }
}
