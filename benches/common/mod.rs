//! What every bench needs: timing, percentiles, the block of a goal. Whole numbers only.

use std::env;
use std::fs;
use std::io::{self, Stdout, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// What a bench's steps answer.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How far over its goal a number may be before the bench fails, in per cent.
const SLACK_PERCENT: u64 = 25;

/// Runs the bench, but only under `cargo bench`; `cargo test --all-targets` must not measure.
pub(crate) fn run(bench: impl FnOnce(&mut Board) -> Outcome<()>) -> ExitCode {
    if !env::args().any(|arg| arg == "--bench") {
        // Nothing to measure, nothing to say.
        return ExitCode::SUCCESS;
    }
    let mut board = Board {
        out: io::stdout(),
        failed: false,
    };
    match bench(&mut board) {
        Err(error) => {
            board.note(&format!("the bench itself failed: {error}"));
            ExitCode::FAILURE
        }
        Ok(()) if board.failed => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    }
}

/// Where the benches keep what they make: `target/bench-data`.
pub(crate) fn data_dir() -> io::Result<PathBuf> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench-data");
    fs::create_dir_all(&dir)?;
    Ok(dir)
}

/// Does something and says how many nanoseconds it took.
pub(crate) fn timed<T>(f: impl FnOnce() -> T) -> (T, u64) {
    let start = Instant::now();
    let answer = f();
    let ns = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    (answer, ns)
}

/// Durations of one thing, in nanoseconds.
pub(crate) struct Samples(Vec<u64>);

impl Samples {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// All of several.
    pub(crate) fn of<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        Self(
            all.into_iter()
                .flat_map(|one| one.0.iter().copied())
                .collect(),
        )
    }

    pub(crate) fn push(&mut self, ns: u64) {
        self.0.push(ns);
    }

    /// The duration below which so many of a thousand lie.
    pub(crate) fn permille(&self, permille: usize) -> u64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = sorted.len().saturating_sub(1) * permille / 1000;
        sorted.get(place).copied().unwrap_or(0)
    }

    pub(crate) fn p50(&self) -> u64 {
        self.permille(500)
    }

    pub(crate) fn p99(&self) -> u64 {
        self.permille(990)
    }
}

/// `of / limit` in thousandths.
pub(crate) fn ratio(of: u64, limit: u64) -> u64 {
    of.saturating_mul(1000) / limit.max(1)
}

/// Thousandths as a person writes them: 1.37.
pub(crate) fn decimal(permille: u64) -> String {
    let hundredths = (permille + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Nanoseconds in the unit that suits them.
pub(crate) fn time(ns: u64) -> String {
    match ns {
        0..10_000 => format!("{ns} ns"),
        10_000..10_000_000 => format!("{} µs", decimal(ns)),
        _ => format!("{} ms", decimal(ns / 1000)),
    }
}

/// The table that a bench prints; it knows whether a goal was missed by too much.
pub(crate) struct Board {
    out: Stdout,
    failed: bool,
}

impl Board {
    /// Begins the block of a goal.
    pub(crate) fn block(&mut self, id: &str, what: &str) {
        self.line(&format!("\n{id}  {what}"));
    }

    /// A duration, with its ratio to the limit.
    pub(crate) fn row(&mut self, who: &str, ns: u64, limit: u64) {
        self.line(&format!(
            "  {who:<44} {:>12}  {:>9}",
            time(ns),
            decimal(ratio(ns, limit))
        ));
    }

    /// Something else to know.
    pub(crate) fn note(&mut self, text: &str) {
        self.line(&format!("  {text}"));
    }

    /// A ratio against its goal, both in thousandths.
    pub(crate) fn goal(&mut self, what: &str, got: u64, goal: u64) {
        self.verdict(what, (got, goal), decimal);
    }

    /// A number against its goal, both in one unit; fails the bench when it is far over.
    pub(crate) fn verdict(&mut self, what: &str, (got, goal): (u64, u64), show: fn(u64) -> String) {
        let verdict = if got <= goal { "OK" } else { "MISSED" };
        self.failed |= got > goal + goal * SLACK_PERCENT / 100;
        self.line(&format!(
            "  {what:<44} {:>12}  goal {} {verdict}",
            show(got),
            show(goal)
        ));
    }

    /// A promise that holds or does not.
    pub(crate) fn must(&mut self, what: &str, holds: bool) {
        self.failed |= !holds;
        self.line(&format!(
            "  {what:<44} {}",
            if holds { "OK" } else { "MISSED" }
        ));
    }

    /// A reader that went away, such as `head`, is no failure.
    fn line(&mut self, line: &str) {
        writeln!(self.out, "{line}").unwrap_or_default();
    }
}
