//! G4: a town's million operations exported, and what residents before the screen notice of it.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod big;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;
#[path = "../tests/equipment/mod.rs"]
mod equipment;
mod tap;

use big::{plain, town};
use common::{Board, Outcome, Samples, data_dir, decimal, ratio, time, timed};
use equipment::{has, tool};
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{TryRecvError, sync_channel};
use std::thread;
use std::time::Duration;
use tap::Tapper;
use wenming::cli::example_config;
use wenming::domain::{BundleNote, ExportNews, ExportWhy};
use wenming::shell::clock::Clock;
use wenming::shell::export::{Disk, Exporter, Job, Setup, Worker, config_digest};
use wenming::store::Store;

/// What travels, and what the limit and the peer read and write as well.
const ROWS: &str = "SELECT seq, body, hash FROM operation ORDER BY seq";
/// How often everything is measured, in turn.
const ROUNDS: usize = 3;
/// From one tap to the next: two hundred a second, far more than a village has hands.
const PACE: Duration = Duration::from_millis(5);
/// Taps while no export runs.
const TAPS: usize = 1_500;
/// How many exports taps are made beside, each between two stretches without one.
const RUSHES: usize = 4;

fn main() -> ExitCode {
    common::run(|board| {
        let dir = town(board)?;
        let swept = export(board, &dir).and_then(|()| rush(board, &dir));
        sweep(&dir)?;
        swept
    })
}

/// Takes every bundle away, so that the next export begins at the first operation.
fn sweep(dir: &Path) -> Outcome<()> {
    let outbox = dir.join("outbox");
    if outbox.exists() {
        fs::remove_dir_all(outbox)?;
    }
    Ok(())
}

/// One way to do it: how long it took, and how long it kept a processor busy.
struct Way {
    wall: Samples,
    cpu: Samples,
}

impl Way {
    const fn new() -> Self {
        Self {
            wall: Samples::new(),
            cpu: Samples::new(),
        }
    }

    fn time<T>(&mut self, f: impl FnOnce() -> Outcome<T>) -> Outcome<(T, u64)> {
        let before = cpu()?;
        let (done, ns) = timed(f);
        let done = done?;
        self.cpu.push(cpu()?.saturating_sub(before));
        self.wall.push(ns);
        Ok((done, ns))
    }

    fn show(&self, board: &mut Board, who: &str, base: u64) {
        board.row(who, self.wall.p50(), base);
        let cpu = time(self.cpu.p50());
        let (least, most) = (time(self.wall.permille(0)), time(self.wall.permille(1_000)));
        board.note(&format!("   {cpu} of a processor; {least} to {most}"));
    }
}

/// The processor time of this program and the programs it waited for, in nanoseconds.
fn cpu() -> Outcome<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, after) = stat.rsplit_once(')').ok_or("no stat")?;
    // Fields 14 to 17 of proc(5): user and system time, own and children's, in hundredths of a second.
    let ticks = after.split_whitespace().skip(11).take(4);
    let ticks: Vec<u64> = ticks.map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.into_iter().sum::<u64>() * 10_000_000)
}

fn export(board: &mut Board, dir: &Path) -> Outcome<()> {
    board.block("G4", "a town's log of a million operations exported");
    let out = data_dir()?.join("rows.csv");
    let [mut limit, mut peer, mut us, mut audit] = [const { Way::new() }; 4];
    let mut packed = Samples::new();
    let mut sizes = (0, 0);
    let cli = has("sqlite3");
    for _ in 0..ROUNDS {
        sizes.0 = limit.time(|| scan_and_write(dir, &out))?.0;
        if cli {
            peer.time(|| sqlite3(dir, &out))?;
        }
        fs::remove_file(&out)?;
        sweep(dir)?;
        let mut store = Store::open_existing(dir)?;
        let (report, audited) = audit.time(|| Ok(store.audit_for_export()?))?;
        if !report.is_clean() {
            return Err("the town's ledger is not clean".into());
        }
        let (bundles, exported) = us.time(|| run(&mut store))?;
        packed.push(exported.saturating_sub(audited));
        sizes.1 = size(dir)?;
        if bundles.first().is_none_or(|first| first.from.get() != 1) {
            return Err("the export did not begin at the first operation".into());
        }
    }
    let base = limit.wall.p50();
    limit.show(board, "limit: rows scanned, written, synced", base);
    if cli {
        peer.show(board, "peer: sqlite3 -csv, synced", base);
    } else {
        board.note("peer: no sqlite3 on this machine; left out");
    }
    us.show(board, "us: audit, pack, sign, outbox, read back", base);
    audit.show(board, "   the audit before an export, alone", base);
    board.row("   the rest: pack, sign, outbox", packed.p50(), base);
    board.note(&format!(
        "{} MB of rows, {} MB of bundles",
        sizes.0 / 1_000_000,
        sizes.1 / 1_000_000
    ));
    board.goal("packed to limit", ratio(packed.p50(), base), 2_000);
    board.goal("with the audit to limit", ratio(us.wall.p50(), base), 2_000);
    if cli {
        let peer = peer.wall.p50();
        board.goal("packed to sqlite3 -csv", ratio(packed.p50(), peer), 700);
        let whole = ratio(us.wall.p50(), peer);
        board.goal("with the audit to sqlite3 -csv", whole, 700);
    }
    Ok(())
}

/// What no export can do without: every row read, its bytes written, and on the disk.
fn scan_and_write(dir: &Path, out: &Path) -> Outcome<u64> {
    let conn = plain(dir)?;
    let mut query = conn.prepare(ROWS)?;
    let mut rows = query.query([])?;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let (body, hash) = (row.get_ref(1)?.as_bytes()?, row.get_ref(2)?.as_bytes()?);
        file.write_all(&seq.to_le_bytes())?;
        file.write_all(body)?;
        file.write_all(hash)?;
        bytes += u64::try_from(8 + body.len() + hash.len())?;
    }
    file.into_inner()?.sync_all()?;
    Ok(bytes)
}

/// The same rows by the program of `SQLite`, as CSV, and on the disk.
fn sqlite3(dir: &Path, out: &Path) -> Outcome<()> {
    let file = File::create(out)?;
    let status = Command::new(tool("sqlite3"))
        .args(["-readonly", "-csv"])
        .arg(dir.join("station.db"))
        .arg(ROWS)
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .status()?;
    if !status.success() {
        return Err("sqlite3 failed".into());
    }
    Ok(file.sync_all()?)
}

fn setup() -> Outcome<Setup> {
    let config = example_config().map_err(|_| "the example config has faults")?;
    Ok(Setup::new(&config, config_digest(None)))
}

/// One export into the outbox; the bundles that it wrote.
fn run(store: &mut Store) -> Outcome<Vec<BundleNote>> {
    let (mut bundles, mut fault) = (Vec::new(), None);
    let mut take = |news| match news {
        ExportNews::Written(note) => bundles.push(note),
        ExportNews::Failed(why) => fault = Some(why),
        ExportNews::Started(_)
        | ExportNews::Waits(_)
        | ExportNews::Progress { .. }
        | ExportNews::Sink { .. }
        | ExportNews::MayRemove
        | ExportNews::Ended(_) => {}
    };
    let now = Clock::start().now();
    Exporter::new(setup()?, Box::new(Disk)).run(&now, ExportWhy::Asked, store, &mut take);
    match fault {
        Some(why) => Err(why.into()),
        None if bundles.iter().any(|note| !note.clean) => Err("not clean".into()),
        None => Ok(bundles),
    }
}

/// How large the outbox is, in bytes.
fn size(dir: &Path) -> Outcome<u64> {
    let paths: Vec<PathBuf> = fs::read_dir(dir.join("outbox"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    let sizes = paths.iter().map(|path| Ok(fs::metadata(path)?.len()));
    sizes.sum::<std::io::Result<u64>>().map_err(Into::into)
}

/// Taps at a steady pace, until `goes_on` says no.
fn taps(tapper: &mut Tapper, mut goes_on: impl FnMut(usize) -> bool) -> Outcome<Samples> {
    let mut all = Samples::new();
    for n in 0.. {
        if !goes_on(n) {
            break;
        }
        all.push(tapper.tap()?);
        thread::sleep(PACE);
    }
    Ok(all)
}

/// Taps from the moment the kiosk's own thread begins to export until it has ended; what it told.
fn taps_beside_an_export(tapper: &mut Tapper, dir: &Path) -> Outcome<(Samples, String)> {
    let (send, receive) = sync_channel(1 << 14);
    let boot = tapper.station.boot_id();
    let worker = Worker::start(dir, boot, move |news| send.send(news).is_ok(), |_| {})?;
    let job = Job {
        why: ExportWhy::Asked,
        now: tapper.clock.now(),
        setup: setup()?,
    };
    if !worker.ask(job).is_empty() {
        return Err("the worker takes no job".into());
    }
    let (mut bundles, mut count, mut fault) = (0, 0, None);
    let busy = taps(tapper, |n| {
        count = n;
        loop {
            match receive.try_recv() {
                Ok(ExportNews::Written(_)) => bundles += 1,
                Ok(ExportNews::Failed(why)) => fault = Some(why),
                Ok(ExportNews::Ended(_)) | Err(TryRecvError::Disconnected) => return false,
                Ok(
                    ExportNews::Started(_)
                    | ExportNews::Waits(_)
                    | ExportNews::Progress { .. }
                    | ExportNews::Sink { .. }
                    | ExportNews::MayRemove,
                ) => {}
                Err(TryRecvError::Empty) => return true,
            }
        }
    })?;
    match fault {
        Some(why) => Err(why.into()),
        None => Ok((busy, format!("{bundles} bundles and {count} taps"))),
    }
}

fn rush(board: &mut Board, dir: &Path) -> Outcome<()> {
    board.block(
        "G4",
        "card → balance painted, 200 taps a second, beside an export of everything",
    );
    let mut tapper = Tapper::boot(dir)?;
    let mut calm = vec![taps(&mut tapper, |n| n < TAPS)?];
    let mut busy = Vec::new();
    for _ in 0..RUSHES {
        sweep(dir)?;
        let (samples, told) = taps_beside_an_export(&mut tapper, dir)?;
        busy.push(samples);
        calm.push(taps(&mut tapper, |n| n < TAPS)?);
        board.note(&told);
    }
    let (all_calm, all_busy) = (Samples::of(&calm), Samples::of(&busy));
    let base = all_calm.p99();
    for (who, samples) in [
        ("no export", &all_calm),
        ("an export in its thread", &all_busy),
    ] {
        board.row(&format!("{who}, p50"), samples.p50(), base);
        board.row(&format!("{who}, p99"), samples.p99(), base);
    }
    let slowest = time(all_busy.permille(1_000));
    board.note(&format!("the slowest tap beside an export {slowest}"));
    spread(board, "p99 of each stretch without", &calm);
    spread(board, "p99 of each export", &busy);
    board.goal(
        "p99 beside an export to without",
        ratio(all_busy.p99(), base),
        1_500,
    );
    Ok(())
}

/// How far stretches of one kind lie apart.
fn spread(board: &mut Board, what: &str, stretches: &[Samples]) {
    let all: Vec<u64> = stretches.iter().map(Samples::p99).collect();
    let each: Vec<String> = all.iter().map(|ns| time(*ns)).collect();
    let (least, most) = (all.iter().min(), all.iter().max());
    let noise = least
        .zip(most)
        .map_or(0, |(least, most)| ratio(*most, *least));
    board.note(&format!(
        "{what}: {}; {} apart",
        each.join(", "),
        decimal(noise)
    ));
}
