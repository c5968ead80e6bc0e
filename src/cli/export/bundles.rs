//! `wenming export`: bundles out now, what waits, and whether a bundle is what it says.

use crate::app::is_trouble;
use crate::bundle::{BundleName, LedgerState, Opened, PublicKey, open};
use crate::cli::{Dirs, Failure, count, print, read_config};
use crate::config::Config;
use crate::disk;
use crate::domain::{BundleNote, ExportNews, ExportWhy, Lang, Seq, SinkFault, SinkState};
use crate::shell::clock::Clock;
use crate::shell::export::{Disk, Exporter, Setup, Waiting, config_digest, waiting};
use crate::store::{Store, process};
use crate::words::date_time;
use chrono::{DateTime, FixedOffset};
use clap::Args;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// An export shorter than this needs no progress bar, in milliseconds.
const QUICK_MS: i64 = 1_000;
/// Cells of the progress bar.
const BAR: u64 = 40;
/// More than any bundle has, sealed ones included, in bytes.
const LONGEST: u64 = 128 << 20;

/// Arguments of `wenming export now`.
#[derive(Args, Debug)]
pub(super) struct Now {
    #[command(flatten)]
    dirs: Dirs,
    /// How long to wait for another export of this ledger
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(..=86_400))]
    wait: u64,
}

/// Arguments of `wenming export list`.
#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    dirs: Dirs,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Arguments of `wenming export verify`.
#[derive(Args, Debug)]
pub(super) struct Verify {
    /// The bundle, under the name that it was given
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The public key of the station that is said to have written it
    #[arg(long, value_name = "PUB.pem")]
    key: PathBuf,
    /// The town's age identity, for a sealed bundle
    #[cfg(feature = "seal")]
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
}

/// Writes what is new into the outbox and brings it to every sink.
pub(super) fn now(args: &Now) -> Result<(), Failure> {
    let dirs = &args.dirs;
    let patience = Duration::from_secs(args.wait);
    let clock = Clock::start();
    let config = read_config(&dirs.config)?;
    // A ledger that is not there is not made; one of an older version is brought up.
    drop(Store::open_existing(&dirs.data)?);
    let mut store = Store::open(&dirs.data)?;
    let setup = Setup::new(&config, config_digest(Some(&dirs.config)));
    let mut told = Told {
        patience,
        ..Told::default()
    };
    let bar = io::stderr().is_terminal();
    let now = clock.now();
    let mut exporter = Exporter::new(setup, Box::new(Disk))
        .waiting(patience)
        .remarking(|what| writeln!(io::stderr(), "wenming: {what}").unwrap_or_default());
    exporter.run(&now, ExportWhy::Asked, &mut store, &mut |news| {
        told.take(&config, news, bar && clock.now().mono_ms >= QUICK_MS);
    });
    match told.faults.as_slice() {
        [] => Ok(()),
        faults => Err(Failure(faults.join("\n"))),
    }
}

/// What an export said, as lines.
#[derive(Debug, Default)]
struct Told {
    faults: Vec<String>,
    drawn: bool,
    /// How long another export is waited for.
    patience: Duration,
}

impl Told {
    fn take(&mut self, config: &Config, news: ExportNews, bar: bool) {
        match news {
            ExportNews::Started(_) => {}
            ExportNews::Waits(holder) => {
                let (who, secs) = (process(holder), self.patience.as_secs());
                let line = format!(
                    "wenming: {who} is exporting this ledger; waiting for it, at most {secs} s"
                );
                writeln!(io::stderr(), "{line}").unwrap_or_default();
            }
            ExportNews::Progress { done, total } => {
                if bar {
                    self.drawn = true;
                    draw(done, total);
                }
            }
            ExportNews::Written(note) => self.line(&written(&note)),
            ExportNews::Sink { index, state } => {
                let sink = config.export.sinks.get(index);
                let name = sink.map_or("", |sink| sink.name.as_str());
                match state {
                    SinkState::Done => self.line(&format!("{name}: everything is there")),
                    SinkState::Failed(fault) => {
                        let text = format!("{name}: {}", fault_text(&fault));
                        // A stick that is not there is the usual case.
                        if is_trouble(config, index, &SinkState::Failed(fault)) {
                            self.faults.push(text);
                        } else {
                            self.line(&text);
                        }
                    }
                }
            }
            ExportNews::MayRemove => self.line("you may remove the stick"),
            ExportNews::Failed(why) => self.faults.push(why),
            ExportNews::Ended(status) => {
                let waits = count(usize::try_from(status.waiting).unwrap_or(0), "operation");
                self.line(&format!("{waits} not yet acknowledged by the town"));
            }
        }
    }

    fn line(&mut self, text: &str) {
        if std::mem::take(&mut self.drawn) {
            write!(io::stderr(), "\r\x1b[K").unwrap_or_default();
        }
        print(text);
    }
}

/// Draws the bar on the one line that it has.
fn draw(done: u64, total: u64) {
    let full = done.saturating_mul(BAR).checked_div(total).unwrap_or(0);
    let cells: String = (0..BAR).map(|n| if n < full { '#' } else { '-' }).collect();
    let (done, total) = (done >> 10, total >> 10);
    write!(io::stderr(), "\r[{cells}] {done} of {total} KiB\x1b[K").unwrap_or_default();
}

fn written(note: &BundleNote) -> String {
    let marked = if note.clean {
        ""
    } else {
        "; MARKED: the audit found faults, see `wenming audit`"
    };
    format!("{}: {}{marked}", note.file, range(note.from, note.to))
}

fn range(from: Seq, to: Seq) -> String {
    let number = to.get().saturating_sub(from.get()).saturating_add(1);
    let operations = count(usize::try_from(number).unwrap_or(0), "operation");
    if number > 0 {
        format!("{operations}, {from} to {to}")
    } else {
        operations
    }
}

fn fault_text(fault: &SinkFault) -> String {
    match fault {
        SinkFault::Absent => "not there; sent again next time".into(),
        SinkFault::Ambiguous => "two sticks have this label; leave one in".into(),
        SinkFault::Full => "full; make room, nothing there was changed".into(),
        SinkFault::ReadOnly => "cannot be written; look at its lock or its permissions".into(),
        SinkFault::Gone => "vanished while it was written; sent again next time".into(),
        SinkFault::Different => "does not give back what was written; use another one".into(),
        SinkFault::Unsure => {
            "written and whole, perhaps not yet on the medium; run it again, take another medium if it says the same".into()
        }
        SinkFault::Slow => "took too long; sent again next time".into(),
        SinkFault::InTheWay(words) => words.clone(),
        SinkFault::Unread(words) => format!("a bundle of the outbox cannot be read: {words}"),
        SinkFault::Failed(words) => format!("not written: {words}"),
        SinkFault::Refused(words) => format!("refused: {words}"),
    }
}

impl List {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let config = read_config(&self.dirs.config)?;
        let store = Store::open_existing(&self.dirs.data)?;
        let origin = Setup::new(&config, String::new()).origin;
        let bundles = waiting(&store, &origin)?;
        let status = store.export_status()?;
        let wall = Clock::start().now().wall;
        let next = config.export.schedule.next_due(&wall);
        let last = status.last.as_ref();
        if self.json {
            let bundles = bundles.iter().map(|bundle| {
                serde_json::json!({ "file": bundle.name.to_string(), "from": bundle.name.from.get(),
                    "to": bundle.name.to.get(), "bytes": bundle.bytes, "recorded": bundle.recorded })
            });
            let last = last.map(|note| {
                serde_json::json!({ "seq": note.seq.get(), "file": note.file, "from": note.from.get(),
                    "to": note.to.get(), "wall_ms": note.wall_ms, "why": note.why.name(),
                    "clean": note.clean })
            });
            let json = serde_json::json!({
                "outbox": bundles.collect::<Vec<_>>(),
                "acknowledged": status.acknowledged.map(Seq::get),
                "waiting": status.waiting,
                "last": last,
                "next_ms": next.map(|next| next.timestamp_millis()),
            });
            print(&json.to_string());
            return Ok(());
        }
        for bundle in &bundles {
            print(&line(bundle));
        }
        let none = || "none".to_owned();
        let at = |ms: i64| moment(ms, *wall.offset());
        print(&format!(
            "outbox        {}\nacknowledged  {}\nwaiting       {}\nlast          {}\nnext          {}",
            count(bundles.len(), "bundle"),
            status
                .acknowledged
                .map_or_else(none, |seq| format!("up to {seq}")),
            count(usize::try_from(status.waiting).unwrap_or(0), "operation"),
            last.map_or_else(none, |note| format!(
                "{}, {}, {}",
                at(note.wall_ms),
                note.why.name(),
                if note.clean {
                    "clean"
                } else {
                    "MARKED: the audit found faults"
                }
            )),
            next.map_or_else(|| "when asked for".to_owned(), |next| date_time(&next)),
        ));
        Ok(())
    }
}

fn line(bundle: &Waiting) -> String {
    let BundleName { from, to, .. } = bundle.name;
    let recorded = if bundle.recorded {
        ""
    } else {
        "; not what the ledger tells of, the next export tidies it"
    };
    let range = range(from, to);
    format!("{}: {range}, {} bytes{recorded}", bundle.name, bundle.bytes)
}

fn moment(ms: i64, zone: FixedOffset) -> String {
    DateTime::from_timestamp_millis(ms)
        .map_or_else(String::new, |at| date_time(&at.with_timezone(&zone)))
}

impl Verify {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let wrong = |why: String| Failure(format!("{}: {why}", self.file.display()));
        let name = self.file.file_name().and_then(|name| name.to_str());
        let name = BundleName::parse(name.unwrap_or_default())
            .map_err(|fault| wrong(fault.to_string()))?;
        let pem = read(&self.key, 4096)?;
        let pem = str::from_utf8(&pem).unwrap_or_default();
        let key = PublicKey::from_pem(pem.trim_start_matches(disk::MARK));
        let key = key.map_err(|fault| Failure(format!("{}: {fault}", self.key.display())))?;
        let bytes = self.unsealed(read(&self.file, LONGEST)?)?;
        let opened =
            open(&bytes, &key, &name.origin, &name).map_err(|fault| wrong(fault.to_string()))?;
        print(&sound(&name, &opened, &key));
        Ok(())
    }

    #[cfg(feature = "seal")]
    fn unsealed(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let Some(path) = &self.identity else {
            return Ok(bytes);
        };
        let text = zeroize::Zeroizing::new(read(path, 4096)?);
        let lines = str::from_utf8(&text).unwrap_or_default().lines();
        let secret = lines
            .map(|line| line.trim_start_matches(disk::MARK).trim())
            .find(|line| line.starts_with("AGE-SECRET-KEY-"));
        let identity = crate::bundle::Identity::parse(secret.unwrap_or_default());
        let identity = identity.map_err(|fault| Failure(format!("{}: {fault}", path.display())))?;
        let opened = identity.open(&bytes);
        opened.map_err(|fault| Failure(format!("{}: {fault}", self.file.display())))
    }

    #[cfg(not(feature = "seal"))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the form that it has with the feature seal"
    )]
    fn unsealed(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
        Ok(bytes)
    }
}

fn sound(name: &BundleName, opened: &Opened, key: &PublicKey) -> String {
    let manifest = &opened.manifest;
    let marked = match manifest.header.ledger {
        LedgerState::Whole => "",
        LedgerState::Damaged => {
            "\nMARKED: the station's own audit found faults before it wrote this"
        }
    };
    format!(
        "{name}: sound\noperations  {}\nhead        {}\nwritten     {} by {}\nkey         {}{marked}",
        range(manifest.header.from, manifest.to),
        manifest.head,
        date_time(&manifest.header.created),
        manifest.header.app,
        key.fingerprint().words(Lang::Zh),
    )
}

/// A whole file of at most `most` bytes.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    disk::read(path, most).map_err(|error| Failure(format!("read {}: {error}", path.display())))
}
