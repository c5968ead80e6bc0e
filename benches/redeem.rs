//! G1, G2, G3: a confirmed redemption is two commits, a hold and a post, each on disk before it is
//! announced. The limit is what one flush of the same disk costs.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;
#[path = "../tests/equipment/mod.rs"]
mod equipment;
#[path = "../tests/it/station/till.rs"]
mod till;

use chrono::DateTime;
use common::{Board, Outcome, Samples, data_dir, ratio, timed};
use equipment::{has, ours, tool};
use rusqlite::Connection;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use till::{Fill as _, Till as _};
use wenming::cli::example_config;
use wenming::config::Config;
use wenming::domain::{
    AccountId, Bucket, Direction, HolderKind, ItemCode, Member, MemberGroup, Now, Points, StaffId,
    Wish,
};
use wenming::store::Store;

/// Measured redemptions; each resident makes two, as the limit of the reward allows.
const REDEMPTIONS: usize = 1_500;
/// Redemptions before the measuring, so that the log file has its size.
const WARM_UP: usize = 100;
/// Redemptions whose syncs are counted.
const COUNTED: usize = 400;
const PAGE: usize = 4096;
const RAW_PAGES: usize = 1024;

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    if args.next().as_deref() == Some("--announce") {
        let announced = announce(Path::new(&args.next().unwrap_or_default()));
        return ExitCode::from(u8::from(announced.is_err()));
    }
    common::run(|board| {
        commits(board)?;
        syncs(board)
    })
}

/// What every step of one interleaved run took.
struct Taken {
    raw: Samples,
    hold: Samples,
    post: Samples,
    both: Samples,
    /// A commit on a disk that costs nothing.
    free: Samples,
    rollback: Samples,
    python: Option<Samples>,
}

fn commits(board: &mut Board) -> Outcome<()> {
    let taken = take()?;
    let limit = taken.raw.p50();
    board.block("G1", "confirmed redemption, p50");
    board.row("limit: 4 KiB overwritten + fdatasync", limit, limit);
    let peer = taken.rollback.p50();
    board.row("peer: SQLite, rollback journal, 3 statements", peer, limit);
    match &taken.python {
        Some(python) => board.row("peer: Python sqlite3, its defaults", python.p50(), limit),
        None => board.note("peer: Python sqlite3 left out, there is no python3"),
    }
    board.row("us: hold", taken.hold.p50(), limit);
    board.row("us: post", taken.post.p50(), limit);
    let both = taken.both.p50();
    board.row("us: hold + post, limit twice", both, 2 * limit);
    board.row(
        "us: a commit where a flush costs nothing",
        taken.free.p50(),
        limit,
    );
    board.goal(
        "hold + post over twice the limit",
        ratio(both, 2 * limit),
        2_000,
    );
    let (limit, us) = (
        taken.raw.p99(),
        Samples::of([&taken.hold, &taken.post]).p99(),
    );
    board.block("G3", "one commit, p99");
    board.row("limit: 4 KiB overwritten + fdatasync", limit, limit);
    board.row(
        "peer: SQLite, rollback journal",
        taken.rollback.p99(),
        limit,
    );
    board.row("us: hold or post", us, limit);
    board.goal("p99 over the limit's p99", ratio(us, limit), 4_000);
    Ok(())
}

/// Limit, us, peers, in turn, so that a noisy moment strikes all of them.
fn take() -> Outcome<Taken> {
    let dir = fresh("redeem")?;
    let mut village = Village::new(&dir)?;
    let mut flush = Flush::new(&dir)?;
    let journal = Rollback::new(&dir)?;
    let mut script = Python::start(&dir);
    let memory = memory_dir()?;
    let mut in_memory = Village::new(&memory)?;
    for _ in 0..WARM_UP {
        village.redeem()?;
        in_memory.redeem()?;
    }
    let [mut raw, mut hold, mut post, mut both] = [const { Samples::new() }; 4];
    let [mut rollback, mut python, mut free] = [const { Samples::new() }; 3];
    for _ in 0..REDEMPTIONS {
        raw.push(flush.once()?);
        let (first, second) = village.redeem()?;
        hold.push(first);
        post.push(second);
        both.push(first + second);
        raw.push(flush.once()?);
        rollback.push(journal.once()?);
        if let Some(ns) = script.as_mut().and_then(Python::once) {
            python.push(ns);
        }
        let (first, second) = in_memory.redeem()?;
        free.push(first);
        free.push(second);
    }
    fs::remove_dir_all(memory)?;
    Ok(Taken {
        raw,
        hold,
        post,
        both,
        free,
        rollback,
        python: script.map(|_| python),
    })
}

/// Counts the syncs of a child that announces each redemption, and proves that each comes first.
fn syncs(board: &mut Board) -> Outcome<()> {
    board.block("G2", "syncs per commit, and what they come before");
    let dir = fresh("announce")?;
    let log = dir.with_extension("strace");
    if !has("strace") {
        board.note("left out: strace is missing (Debian package: strace)");
        return Ok(());
    }
    let traced = Command::new(tool("strace"))
        .args([
            "-f",
            "-y",
            "-e",
            "trace=fdatasync,fsync,write,pwrite64",
            "-o",
        ])
        .arg(&log)
        .arg(ours(&env::current_exe()?))
        .arg("--announce")
        .arg(&dir)
        .stdout(Stdio::null())
        .status();
    if !traced.is_ok_and(|status| status.success()) {
        board.note("left out: strace may not trace");
        return Ok(());
    }
    let mut trace = Trace::default();
    for line in BufReader::new(File::open(&log)?).lines() {
        trace.read(&line?);
    }
    let commits = 2 * COUNTED;
    board.note(&format!(
        "{commits} commits, {} syncs: {} of the log, {} of the database after a checkpoint",
        trace.log_syncs + trace.other_syncs,
        trace.log_syncs,
        trace.other_syncs
    ));
    let per_commit = ratio(
        u64::try_from(trace.log_syncs + trace.other_syncs)?,
        u64::try_from(commits)?,
    );
    board.goal("syncs per commit", per_commit, 1_050);
    board.must("all redemptions announced", trace.announced == COUNTED);
    board.must(
        "each announced after two syncs, log clean",
        trace.early == 0 && trace.log_syncs >= commits,
    );
    Ok(())
}

/// What a trace of system calls says, between `ready` and the end.
#[derive(Default)]
struct Trace {
    ready: bool,
    log_syncs: usize,
    other_syncs: usize,
    announced: usize,
    /// Announced before their commits were on disk.
    early: usize,
    since: usize,
    unsynced: bool,
}

impl Trace {
    fn read(&mut self, line: &str) {
        let is_log = line.contains("station.db-wal>");
        if line.contains("write(1<") && line.contains("\"ready") {
            self.ready = true;
        } else if line.contains("write(1<") && line.contains("\"done") {
            self.ready = false;
        }
        if !self.ready {
            return;
        }
        if line.contains("sync(") && line.ends_with("= 0") {
            if is_log {
                self.log_syncs += 1;
                self.since += 1;
                self.unsynced = false;
            } else {
                self.other_syncs += 1;
            }
        } else if line.contains("pwrite64(") && is_log {
            self.unsynced = true;
        } else if line.contains("write(1<") && line.contains("\"confirmed") {
            self.announced += 1;
            self.early += usize::from(self.since < 2 || self.unsynced);
            self.since = 0;
        }
    }
}

/// The child: redeems, and says so each time.
fn announce(dir: &Path) -> Outcome<()> {
    let mut village = Village::new(dir)?;
    for _ in 0..WARM_UP {
        village.redeem()?;
    }
    let mut out = std::io::stdout();
    writeln!(out, "ready")?;
    for n in 0..COUNTED {
        village.redeem()?;
        writeln!(out, "confirmed {n}")?;
    }
    writeln!(out, "done")?;
    Ok(())
}

/// An empty directory of that name.
fn fresh(name: &str) -> Outcome<PathBuf> {
    let dir = data_dir()?.join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    Ok(dir)
}

/// A directory in memory, where a flush costs nothing; else one on disk.
fn memory_dir() -> Outcome<PathBuf> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        Ok(memory.join(format!("wenming-bench-{}", std::process::id())))
    } else {
        fresh("memory")
    }
}

/// A ledger with residents who have points, and rice for all of them.
struct Village {
    store: Store,
    config: Config,
    accounts: Vec<AccountId>,
    staff: StaffId,
    now: Now,
    next: usize,
}

impl Village {
    fn new(dir: &Path) -> Outcome<Self> {
        let config = example_config().map_err(|_| "the example config has faults")?;
        let now = Now {
            wall: DateTime::parse_from_rfc3339("2026-11-21T10:00:00+08:00")?,
            mono_ms: 0,
        };
        let mut store = Store::open_seeded(dir, 7)?;
        store.boot(&now, "bench")?;
        store.apply_config(&now, &config.catalogue, &config.staff)?;
        let rule = config.rules.iter().find(|r| r.direction == Direction::Plus);
        let rule = rule.map(|r| r.code.clone()).ok_or("no rule that credits")?;
        let rice = ItemCode::parse("RICE5").ok_or("no item code")?;
        let residents = u64::try_from((WARM_UP + REDEMPTIONS).div_ceil(2))?;
        let accounts = store.write(&now, |writer| {
            writer.budget_in(Points::new(10_000_000), Bucket::NEVER)?;
            writer.stock_in(&rice, 100_000)?;
            let mut accounts = Vec::new();
            for n in 0..residents {
                let account = AccountId::resident(n.to_be_bytes());
                let new = Member {
                    account: account.clone(),
                    name: "何禾秀".to_owned(),
                    kind: HolderKind::Individual,
                    group: MemberGroup::Villager,
                    birth_year: Some(1960),
                    household: None,
                };
                writer.open_account(&new)?.ok();
                let credited = (Points::new(1_000), Bucket::NEVER);
                writer.points_in(&account, &rule, credited, None)?.ok();
                accounts.push(account);
            }
            Ok(accounts)
        })?;
        Ok(Self {
            store,
            config,
            accounts,
            staff: StaffId::parse("A001").ok_or("no staff id")?,
            now,
            next: 0,
        })
    }

    /// A redemption of a counted, limited reward; the nanoseconds of its hold and of its post.
    fn redeem(&mut self) -> Outcome<(u64, u64)> {
        let account = self.accounts.get(self.next % self.accounts.len());
        let account = account.ok_or("no resident")?;
        self.next += 1;
        self.now.mono_ms += 1_000;
        self.now.wall += chrono::TimeDelta::seconds(1);
        let wish = Wish {
            item: ItemCode::parse("RICE5").ok_or("no item code")?,
            option: None,
            quantity: 1,
        };
        let (store, catalogue, now) = (&mut self.store, &self.config.catalogue, &self.now);
        let quote = store.quote(now, catalogue, account, &wish)?;
        let quote = quote.map_err(|refusal| refusal.code())?;
        let (held, hold_ns) = timed(|| store.hold(now, catalogue, account, &quote));
        let held = held?.map_err(|refusal| refusal.code())?;
        let (posted, post_ns) = timed(|| store.post(now, held.settle, held.seq, &self.staff));
        posted?.map_err(|refusal| refusal.code())?;
        Ok((hold_ns, post_ns))
    }
}

/// The limit: one page of a file that is there already, overwritten and flushed.
struct Flush {
    file: File,
    page: usize,
}

impl Flush {
    fn new(dir: &Path) -> Outcome<Self> {
        let file = File::create(dir.join("raw"))?;
        file.write_all_at(&vec![1; PAGE * RAW_PAGES], 0)?;
        file.sync_all()?;
        Ok(Self { file, page: 0 })
    }

    fn once(&mut self) -> Outcome<u64> {
        self.page = (self.page + 1) % RAW_PAGES;
        let offset = u64::try_from(self.page * PAGE)?;
        let bytes = [u8::try_from(self.page % 251)?; PAGE];
        let (done, ns) = timed(|| {
            self.file.write_all_at(&bytes, offset)?;
            self.file.sync_data()
        });
        done?;
        Ok(ns)
    }
}

/// The statements of the peers: one line of a log and two balances.
const PEER_SCHEMA: &str = "CREATE TABLE log(id INTEGER PRIMARY KEY, body TEXT);
    CREATE TABLE sums(id INTEGER PRIMARY KEY, points INTEGER);
    INSERT INTO sums VALUES (1, 0), (2, 0);";

/// A peer: `SQLite` as it comes, with its rollback journal.
struct Rollback(Connection);

impl Rollback {
    fn new(dir: &Path) -> Outcome<Self> {
        let conn = Connection::open(dir.join("rollback.db"))?;
        conn.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;")?;
        conn.execute_batch(PEER_SCHEMA)?;
        Ok(Self(conn))
    }

    fn once(&self) -> Outcome<u64> {
        let (done, ns) = timed(|| {
            let tx = self.0.unchecked_transaction()?;
            tx.prepare_cached("INSERT INTO log(body) VALUES (printf('%.300c', 'x'))")?
                .execute([])?;
            for (id, points) in [(1, 1), (2, -1)] {
                tx.prepare_cached("UPDATE sums SET points = points + ?2 WHERE id = ?1")?
                    .execute([id, points])?;
            }
            tx.commit()
        });
        done?;
        Ok(ns)
    }
}

/// A peer: Python's sqlite3 with its defaults. It times itself, so that no pipe is measured.
struct Python {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Python {
    fn start(dir: &Path) -> Option<Self> {
        let script = format!(
            "import sqlite3, sys, time\n\
             conn = sqlite3.connect(sys.argv[1])\n\
             conn.executescript('''{PEER_SCHEMA}''')\n\
             for line in sys.stdin:\n\
             \x20   start = time.perf_counter_ns()\n\
             \x20   conn.execute('INSERT INTO log(body) VALUES (?)', ('x' * 300,))\n\
             \x20   conn.execute('UPDATE sums SET points = points + ? WHERE id = ?', (1, 1))\n\
             \x20   conn.execute('UPDATE sums SET points = points + ? WHERE id = ?', (-1, 2))\n\
             \x20   conn.commit()\n\
             \x20   print(time.perf_counter_ns() - start, flush=True)\n"
        );
        if !has("python3") {
            return None;
        }
        let mut child = Command::new(tool("python3"))
            .args(["-c", &script])
            .arg(dir.join("python.db"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (ask, answer) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { child, ask, answer })
    }

    fn once(&mut self) -> Option<u64> {
        self.ask.write_all(b"go\n").ok()?;
        let mut line = String::new();
        self.answer.read_line(&mut line).ok()?;
        line.trim().parse().ok()
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // Our own child; it would end by itself when the pipe closes.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(|_| ()).unwrap_or_default();
    }
}
