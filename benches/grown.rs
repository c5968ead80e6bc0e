//! G15: a redemption in a town's ledger of a million operations against one in a village's. Both lie in memory, so that only the
//! work counts: nothing that a redemption asks may look through the log.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod big;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;

use big::till::Till as _;
use big::{plain, town};
use chrono::DateTime;
use common::{Board, Outcome, Samples, data_dir, ratio, timed};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wenming::cli::{Size, example_config, seed_village};
use wenming::config::Config;
use wenming::domain::{AccountId, ItemCode, Now, StaffId, Wish};
use wenming::store::Store;

/// Measured redemptions, each of another resident; the village has not many more who can pay.
const REDEMPTIONS: usize = 150;
/// Redemptions before the measuring, so that both have their pages.
const WARM_UP: usize = 30;

fn main() -> ExitCode {
    common::run(bench)
}

fn bench(board: &mut Board) -> Outcome<()> {
    board.block("G15", "hold + post in a ledger in memory, p50");
    let big = town(board)?;
    let room = memory()?;
    let answer = compare(board, &room, &big);
    fs::remove_dir_all(&room)?;
    answer
}

fn compare(board: &mut Board, room: &Path, big: &Path) -> Outcome<()> {
    let (small, large) = (room.join("village"), room.join("town"));
    let mut config = example_config().map_err(|_| "the example config has faults")?;
    seed_village(&small, &mut config, Size::Village)?;
    copy(big, &large)?;
    let mut small = Desk::open(&small)?;
    let mut large = Desk::open(&large)?;
    let [mut village, mut town] = [const { Samples::new() }; 2];
    for n in 0..WARM_UP + REDEMPTIONS {
        let (first, second) = (small.redeem(n)?, large.redeem(n)?);
        if n >= WARM_UP {
            village.push(first);
            town.push(second);
        }
    }
    let limit = village.p50();
    board.row(
        &format!("limit: {} operations", small.operations),
        limit,
        limit,
    );
    board.row(
        &format!("us: {} operations", large.operations),
        town.p50(),
        limit,
    );
    board.row("us, p99", town.p99(), village.p99());
    board.goal(
        "a grown ledger over a small one",
        ratio(town.p50(), limit),
        1_300,
    );
    Ok(())
}

/// A folder in memory, else one on disk, where flushes count for both.
fn memory() -> Outcome<PathBuf> {
    let memory = Path::new("/dev/shm");
    let above = if memory.is_dir() {
        memory.to_owned()
    } else {
        data_dir()?
    };
    let room = above.join(format!("wenming-grown-{}", std::process::id()));
    fs::create_dir(&room)?;
    Ok(room)
}

/// A ledger that nobody has open, with its keys.
fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A ledger, and who of it can pay a lunch.
struct Desk {
    store: Store,
    config: Config,
    accounts: Vec<AccountId>,
    operations: i64,
    staff: StaffId,
    wish: Wish,
    now: Now,
}

impl Desk {
    fn open(dir: &Path) -> Outcome<Self> {
        let conn = plain(dir)?;
        let operations = conn.query_row("SELECT count(*) FROM operation", [], |row| row.get(0))?;
        let sql = "SELECT a.name FROM account a JOIN balance b ON b.account = a.id AND b.unit = 1 JOIN resident r ON r.account = a.id
                   GROUP BY a.id HAVING sum(b.credits - b.debits - b.held) >= 30 ORDER BY a.id";
        let accounts = conn
            .prepare(sql)?
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let accounts = accounts.iter().filter_map(|name| AccountId::parse(name));
        Ok(Self {
            accounts: accounts.collect(),
            store: Store::open_existing(dir)?,
            config: example_config().map_err(|_| "the example config has faults")?,
            operations,
            staff: StaffId::parse("A001").ok_or("no staff id")?,
            wish: Wish {
                item: ItemCode::parse("LUNCH").ok_or("no item code")?,
                option: None,
                quantity: 1,
            },
            now: Now {
                wall: DateTime::parse_from_rfc3339("2026-11-27T10:00:00+08:00")?,
                mono_ms: 0,
            },
        })
    }

    /// Nanoseconds of a lunch for the n-th who can pay it: what it costs, the hold, the post.
    fn redeem(&mut self, n: usize) -> Outcome<u64> {
        let Self {
            store, config, now, ..
        } = self;
        let catalogue = &config.catalogue;
        let account = self.accounts.get(n).ok_or("too few who can pay")?;
        let (done, ns) = timed(|| -> Outcome<()> {
            let quote = store.quote(now, catalogue, account, &self.wish)?;
            let quote = quote.map_err(|refusal| refusal.code())?;
            let held = store.hold(now, catalogue, account, &quote)?;
            let held = held.map_err(|refusal| refusal.code())?;
            let posted = store.post(now, held.settle, held.seq, &self.staff)?;
            posted.map_err(|refusal| refusal.code())?;
            Ok(())
        });
        done?;
        Ok(ns)
    }
}
