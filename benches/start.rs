//! G7: from exec to the first full frame in a real pseudo-terminal. G14: the size of the binary.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;
#[path = "../tests/equipment/mod.rs"]
mod equipment;

use common::{Board, Outcome, Samples, data_dir, ratio, timed};
use equipment::{has, ours, python, tool};
use pty_process::Size as PtySize;
use pty_process::blocking::{Command, open};
use std::env;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command as Plain, ExitCode};
use vt100::Parser;
use wenming::cli::{Size, example_config, seed_village};
use wenming::domain::Lang;
use wenming::words::Words;

const RUNS: usize = 20;
const WENMING: &str = env!("CARGO_BIN_EXE_wenming");
const ROWS: NonZeroU16 = NonZeroU16::new(50).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(160).unwrap();
/// Ends the frames of the limit and of the peers.
const MARK: &str = "FRAME-END";
const MIB_8: u64 = 8_000_000;

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some("--frame") {
        return ExitCode::from(u8::from(frame().is_err()));
    }
    common::run(|board| {
        first_frame(board)?;
        size(board)
    })
}

/// A full screen of text with the mark in its last row.
fn text() -> String {
    let line = "x".repeat(usize::from(COLUMNS.get()));
    let mut text = format!("\x1b[2J\x1b[H{}", line.repeat(usize::from(ROWS.get()) - 1));
    text.push_str(MARK);
    text
}

/// The limit where there is no C compiler: one write, then wait to be ended.
fn frame() -> io::Result<()> {
    io::stdout().write_all(text().as_bytes())?;
    io::stdout().flush()?;
    io::stdin().read_exact(&mut [0])
}

/// Something to start, and what its first full frame shows.
struct Runner {
    who: &'static str,
    program: PathBuf,
    args: Vec<String>,
    /// Texts to wait for, each with its times.
    shows: Vec<(String, Samples)>,
}

impl Runner {
    fn new(who: &'static str, program: impl Into<PathBuf>, args: &[&str], shows: &[&str]) -> Self {
        Self {
            who,
            program: program.into(),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            shows: shows
                .iter()
                .map(|&text| (text.to_owned(), Samples::new()))
                .collect(),
        }
    }

    /// Starts it once, and waits for its texts in their order.
    fn once(&mut self) -> Outcome<()> {
        let (mut pty, pts) = open()?;
        pty.resize(PtySize::new(ROWS.get(), COLUMNS.get()))?;
        let mut parser = Parser::new(ROWS, COLUMNS, 0);
        let program = self.program.to_str().ok_or("a path is not text")?;
        let command = Command::new(if self.program.is_absolute() {
            ours(&self.program)
        } else {
            Path::new(tool(program))
        });
        let command = command.args(&self.args);
        let command = command.env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
        let mut elapsed = 0;
        let (child, ns) = timed(|| command.spawn(pts));
        let mut child = child?;
        elapsed += ns;
        let mut seen = Ok(());
        for (text, samples) in &mut self.shows {
            while seen.is_ok() && !parser.screen().contents().contains(text.as_str()) {
                let (read, ns) = timed(|| feed(&mut pty, &mut parser));
                elapsed += ns;
                seen = read;
            }
            samples.push(elapsed);
        }
        child.kill()?;
        child.wait()?;
        seen.map_err(|error| format!("{} ended early: {error}", self.who).into())
    }

    fn p50(&self, place: usize) -> u64 {
        self.shows
            .get(place)
            .map_or(0, |(_, samples)| samples.p50())
    }
}

fn feed(pty: &mut pty_process::blocking::Pty, parser: &mut Parser) -> io::Result<()> {
    let mut bytes = [0; 8_192];
    let n = pty.read(&mut bytes)?;
    if n == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    parser.process(bytes.get(..n).unwrap_or_default());
    Ok(())
}

fn first_frame(board: &mut Board) -> Outcome<()> {
    board.block(
        "G7",
        "exec → first full frame, p50 of 20, in a pseudo-terminal of 160×50",
    );
    let dir = data_dir()?;
    let village = dir.join("village");
    if !village.join("station.db").exists() {
        let mut config = example_config().map_err(|_| "the example config has faults")?;
        seed_village(&village, &mut config, Size::Village)?;
    }
    let words = Words::new();
    let say = words.say(Lang::default());
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/kiosk-config");
    let village = village.display().to_string();
    let args = ["kiosk", "--config", config, "--data", &village];
    let shows = [say.text("starting"), say.text("help")];
    let mut runners = vec![
        limit(&dir)?,
        Runner::new("us", WENMING, &args, &[&shows[0], &shows[1]]),
    ];
    if has("python3") {
        let python = tool("python3");
        let args = ["-c", &curses()];
        runners.push(Runner::new("peer: Python curses", python, &args, &[MARK]));
    } else {
        board.note("peer: curses left out, there is no python3");
    }
    match textual(&dir)? {
        Some(runner) => runners.push(runner),
        None => board.note("peer: Textual left out, pip could not install it"),
    }
    for _ in 0..RUNS {
        runners.retain_mut(|runner| match runner.once() {
            Ok(()) => true,
            Err(error) => {
                board.note(&format!("left out: {error}"));
                false
            }
        });
    }
    let p50 = |who: &str, place| {
        let found = runners.iter().find(|runner| runner.who.starts_with(who));
        found.map(|runner| runner.p50(place))
    };
    let limit = p50("limit", 0).ok_or("the limit did not run")?;
    let us = p50("us", 0).ok_or("the kiosk did not start")?;
    for runner in &runners {
        board.row(runner.who, runner.p50(0), limit);
    }
    board.row(
        "us: idle screen, ledger of a village checked",
        p50("us", 1).unwrap_or(0),
        limit,
    );
    match p50("peer: Python with Textual", 0) {
        Some(textual) => board.goal("us over Textual", ratio(us, textual), 100),
        None => board.goal("us over the limit", ratio(us, limit), 2_500),
    }
    Ok(())
}

/// A program that does nothing but write one frame: in C where there is a compiler, else in Rust.
fn limit(dir: &Path) -> Outcome<Runner> {
    let (source, program) = (dir.join("frame.c"), dir.join("frame"));
    let escaped = text().replace('\x1b', "\\033");
    let code = format!(
        "#include <unistd.h>\nstatic const char t[] = \"{escaped}\";\n\
         int main(void) {{ char c; write(1, t, sizeof t - 1); return (int)read(0, &c, 1); }}\n"
    );
    fs::write(&source, code)?;
    let compiles = || {
        let mut cc = Plain::new(tool("cc"));
        cc.arg("-O2").arg("-w").arg("-o").arg(&program).arg(&source);
        cc.status().is_ok_and(|status| status.success())
    };
    if has("cc") && compiles() {
        return Ok(Runner::new("limit: C, one write()", program, &[], &[MARK]));
    }
    let this = env::current_exe()?;
    Ok(Runner::new(
        "limit: Rust, one write()",
        this,
        &["--frame"],
        &[MARK],
    ))
}

fn curses() -> String {
    format!(
        "import curses\n\
         def main(screen):\n\
         \x20   for row in range({ROWS} - 1): screen.addstr(row, 0, 'x' * ({COLUMNS} - 1))\n\
         \x20   screen.addstr({ROWS} - 1, 0, '{MARK}')\n\
         \x20   screen.refresh()\n\
         \x20   screen.getch()\n\
         curses.wrapper(main)\n"
    )
}

/// Python with Textual, in an environment of its own under `target/`.
fn textual(dir: &Path) -> Outcome<Option<Runner>> {
    if !has("textual") {
        return Ok(None);
    }
    let script = dir.join("frame.py");
    let code = format!(
        "from textual.app import App\n\
         from textual.widgets import Static\n\
         class Frame(App):\n\
         \x20   def compose(self):\n\
         \x20       yield Static('\\n'.join(['x' * {COLUMNS}] * ({ROWS} - 1) + ['{MARK}']))\n\
         Frame().run()\n"
    );
    fs::write(&script, code)?;
    let script = script.display().to_string();
    Ok(Some(Runner::new(
        "peer: Python with Textual",
        python(&["textual"]),
        &[&script],
        &[MARK],
    )))
}

fn size(board: &mut Board) -> Outcome<()> {
    board.block("G14", "the stripped binary, default features");
    let bytes = fs::metadata(WENMING)?.len();
    board.verdict("size", (bytes, MIB_8), |bytes| {
        format!("{}.{:02} MB", bytes / 1_000_000, bytes / 10_000 % 100)
    });
    if !has("ldd") {
        board.note("left out: there is no ldd");
        return Ok(());
    }
    let listed = Plain::new(tool("ldd")).arg(WENMING).output()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let allowed = [
        "linux-vdso.",
        "libc.",
        "libm.",
        "libgcc_s.",
        "/lib64/ld-linux",
        "/lib/ld-",
    ];
    let others: Vec<&str> = listed
        .lines()
        .map(str::trim)
        .filter(|line| !allowed.iter().any(|name| line.starts_with(name)))
        .collect();
    for name in &others {
        board.note(&format!("not expected: {name}"));
    }
    board.must("links libc, libm and libgcc only", others.is_empty());
    Ok(())
}
