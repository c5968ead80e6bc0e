//! Cuts at moments of a recording: each leaves a disk, and each disk is judged.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use super::model::Promise;
use super::record::{Recording, TOPS};
use super::told::Told;
use super::trace::Event;
use super::{image, judge, restart};
use crate::crash::Dice;
use crate::harness::Room;
use std::thread;

/// Where the images come from; printed, so that a run can be told.
pub(super) const SEED: u64 = 0x5EED_0000_2026_1127;

/// Numbers for an image of their own. Source: splitmix64, Vigna 2015.
pub(super) fn dice(seed: u64, image: u64) -> Dice {
    let mut z = seed.wrapping_add(image.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    Dice((z ^ (z >> 31)) | 1)
}

/// Moments at which much hangs on the order: around syncs, changes of names and announcements.
pub(super) fn edges(recording: &Recording) -> Vec<usize> {
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
pub(super) struct Cuts<'a> {
    pub(super) recording: &'a Recording,
    /// Its events, perhaps without some syncs.
    pub(super) events: &'a [Event],
    /// The moments that most cuts come from; a quarter comes from anywhere.
    pub(super) moments: Vec<usize>,
    pub(super) promise: Promise,
    pub(super) images: u64,
    /// On one of so many the real program is started; 0 for none.
    pub(super) starts: u64,
}

impl Cuts<'_> {
    /// Makes the images, a part in each thread; gives those that are bad, with what is wrong.
    pub(super) fn bad(&self) -> Vec<(u64, Vec<String>)> {
        let threads =
            thread::available_parallelism().map_or(1, |n| u64::try_from(n.get()).unwrap());
        let mut moments: Vec<(usize, u64)> = (0..self.images)
            .map(|image| (self.moment(image), image))
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

    fn moment(&self, image: u64) -> usize {
        let mut dice = dice(!self.seed(), image);
        let mut below = |bound: usize| -> usize {
            let bound = u64::try_from(bound).unwrap();
            usize::try_from(dice.below(bound)).unwrap()
        };
        if below(4) == 0 {
            below(self.events.len() + 1)
        } else {
            self.moments[below(self.moments.len())]
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
        | Event::SyncBelow(path)
        | Event::Unlink(path)
        | Event::MakeDir(path)
        | Event::RemoveDir(path) => is_in(path),
        Event::Rename(from, to) => is_in(from) && is_in(to),
        Event::Shown(_) => true,
    }
}
