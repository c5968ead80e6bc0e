//! `wenming seed`: an invented village in an empty data folder, the same each time.

use crate::cli::{Failure, Seeded, Size, built_in, say, seed_village, unsure};
use crate::disk;
use crate::domain::Text;
use crate::store::{BESIDE, LEDGER, StoreError, check_dir, closed_whole};
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What becomes of a village, in the order in which it gets its place: the ledger last, for with it the village is there.
const PARTS: [&str; 3] = ["reserve", "keys", LEDGER];

/// Where a village is made. As long as a ledger lies there, what else of a village has its place belongs to one that was never whole.
const PART: &str = "seed.part";

/// Makes a village in a folder of its own, and gives it its place when it is whole. Of one that fails nothing stays; what cannot be
/// removed then is cleared away by the next try.
fn whole(
    data: &Path,
    seed: impl FnOnce(&Path) -> Result<Seeded, StoreError>,
) -> Result<Seeded, Failure> {
    let new = disk::make_dir_synced(data).map_err(|error| failed(data, &error))?;
    check_dir(data)?;
    let part = data.join(PART);
    let made = cleared(data)
        .and_then(|()| disk::make_dir_synced(&part))
        .map_err(|error| failed(&part, &error))
        .and_then(|_| Ok(seed(&part)?))
        .and_then(|seeded| {
            let placed = placed(&part, data).map(|()| seeded);
            placed.map_err(|error| failed(data, &error))
        });
    // One failure of the disk leaves nothing.
    let cleared = cleared(data).or_else(|_| cleared(data));
    if cleared.is_ok() && made.is_err() && new {
        fs::remove_dir(data).unwrap_or_default();
    }
    made
}

fn placed(part: &Path, data: &Path) -> io::Result<()> {
    closed_whole(part)?;
    for name in PARTS {
        match fs::rename(part.join(name), data.join(name)) {
            // On a small disk there is no reserve.
            Err(error) if error.kind() == ErrorKind::NotFound && name == "reserve" => {}
            answer => answer?,
        }
        // One after the other, so that no power cut leaves a ledger without its keys.
        let synced = disk::sync_dir(data);
        synced.inspect_err(|_| {
            fs::rename(data.join(name), part.join(name)).unwrap_or_default();
        })?;
    }
    Ok(())
}

/// Removes what was made of a village that was never whole: its ledger last, which tells that the rest is nobody else's.
fn cleared(data: &Path) -> io::Result<()> {
    let part = data.join(PART);
    if part.join(LEDGER).exists() {
        for path in [data.join("reserve"), data.join("keys")] {
            gone(fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path)))?;
        }
    }
    disk::remove_tree(&part)
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        answer => answer,
    }
}

/// Why there is no village, or why it may not last.
fn failed(path: &Path, error: &io::Error) -> Failure {
    let ledger = path.join(LEDGER);
    if ledger.exists() {
        return unsure(&ledger, error).into();
    }
    let text = Text::of("seed-failed").word("path", path.display());
    text.word("why", error).into()
}

/// Arguments of `wenming seed`.
#[derive(Args, Debug)]
pub(super) struct Seed {
    /// How large
    #[arg(long, value_enum, default_value = "village")]
    size: SizeArg,
    /// The folder with the ledger; there must be none in it yet
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SizeArg {
    /// About 300 accounts and a few months
    Village,
    /// 38,000 accounts, 200,000 check-ins, 5.5 million points
    Lucheng,
}

impl Seed {
    pub(super) fn run(&self) -> Result<(), Failure> {
        // With a write log left by another ledger, SQLite would take it for this one's.
        // Where a village was not finished, keys and reserve are its own.
        let unfinished = self.data.join(PART).join(LEDGER).exists();
        let own = if unfinished { &[LEDGER][..] } else { &PARTS };
        for name in own.iter().chain(&BESIDE) {
            if self.data.join(name).exists() {
                // Beside a whole village, what could not be removed when it was made.
                if !unfinished && self.data.join(LEDGER).exists() {
                    disk::remove_tree(&self.data.join(PART)).unwrap_or_default();
                }
                let there = Text::of("seed-there").word("path", self.data.display());
                return Err(there.word("name", name).into());
            }
        }
        let size = match self.size {
            SizeArg::Village => Size::Village,
            SizeArg::Lucheng => Size::Lucheng,
        };
        let mut config = built_in()?;
        let report = whole(&self.data, |dir| seed_village(dir, &mut config, size))?;
        say(&Text::of("seed-done")
            .word("path", self.data.display())
            .word("operations", report.operations)
            .word("head", &report.head));
        Ok(())
    }
}
