//! `wenming export now` and `list`: bundles out now, and what waits.

use crate::app::is_trouble;
use crate::bundle::BundleName;
use crate::cli::{Dirs, Failure, print, read_config, say, told};
use crate::config::Config;
use crate::domain::{BundleNote, ExportNews, ExportWhy, Fact, Seq, SinkFault, SinkState, Text};
use crate::shell::clock::Clock;
use crate::shell::export::{Disk, Exporter, Setup, Waiting, config_digest, waiting};
use crate::store::Store;
use crate::words::date_time;
use chrono::{DateTime, FixedOffset};
use clap::Args;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

/// An export shorter than this needs no progress bar, in milliseconds.
const QUICK_MS: i64 = 1_000;
/// Cells of the progress bar.
const BAR: u64 = 40;

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
        _ => Err(Failure(told.faults)),
    }
}

/// What an export said, as lines.
#[derive(Debug, Default)]
struct Told {
    faults: Vec<Text>,
    drawn: bool,
    /// How long another export is waited for.
    patience: Duration,
}

impl Told {
    fn take(&mut self, config: &Config, news: ExportNews, bar: bool) {
        match news {
            ExportNews::Started(_) => {}
            ExportNews::Waits(holder) => {
                let who = holder.map_or_else(|| "?".to_owned(), |id| id.to_string());
                let secs = self.patience.as_secs();
                let text = Text::of("export-waits").word("who", who).word("secs", secs);
                writeln!(io::stderr(), "wenming: {}", told(&text)).unwrap_or_default();
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
                    SinkState::Done => self.line(&Text::of("export-sent").word("sink", name)),
                    SinkState::Failed(fault) => {
                        let text = Text::of("export-sink").word("sink", name);
                        let text = text.fact("why", fault_text(&fault).into());
                        // A stick that is not there is the usual case.
                        if is_trouble(config, index, &SinkState::Failed(fault)) {
                            self.faults.push(text);
                        } else {
                            self.line(&text);
                        }
                    }
                }
            }
            ExportNews::MayRemove => self.line(&Text::of("export-remove")),
            ExportNews::Failed(why) => self.faults.push(Text::verbatim(why)),
            ExportNews::Ended(status) => {
                self.line(
                    &Text::of("export-pending")
                        .many(status.waiting)
                        .count(status.waiting),
                );
            }
        }
    }

    fn line(&mut self, text: &Text) {
        if std::mem::take(&mut self.drawn) {
            write!(io::stderr(), "\r\x1b[K").unwrap_or_default();
        }
        say(text);
    }
}

/// Draws the bar on the one line that it has.
fn draw(done: u64, total: u64) {
    let full = done.saturating_mul(BAR).checked_div(total).unwrap_or(0);
    let cells: String = (0..BAR).map(|n| if n < full { '#' } else { '-' }).collect();
    let (done, total) = (done >> 10, total >> 10);
    write!(io::stderr(), "\r[{cells}] {done} of {total} KiB\x1b[K").unwrap_or_default();
}

fn written(note: &BundleNote) -> Text {
    Text::of("export-written")
        .word("file", &note.file)
        .fact("range", range(note.from, note.to).into())
        .fact("marked", marked(note.clean).into())
}

/// That the audit before a bundle found faults, if it did.
fn marked(clean: bool) -> Text {
    if clean {
        Text::row([])
    } else {
        Text::of("export-marked")
    }
}

/// How many operations, and which.
pub(super) fn range(from: Seq, to: Seq) -> Text {
    let number = to.get().saturating_sub(from.get()).saturating_add(1);
    if number > 0 {
        let text = Text::of("export-range").many(number).count(number);
        text.word("from", from).word("to", to)
    } else {
        Text::of("export-empty")
    }
}

fn fault_text(fault: &SinkFault) -> Text {
    match fault {
        SinkFault::Absent => Text::of("export-absent"),
        SinkFault::Ambiguous => Text::of("export-ambiguous"),
        SinkFault::Full => Text::of("export-full"),
        SinkFault::ReadOnly => Text::of("export-read-only"),
        SinkFault::Gone => Text::of("export-gone"),
        SinkFault::Different => Text::of("export-different"),
        SinkFault::Unsure => Text::of("export-unsure"),
        SinkFault::Slow => Text::of("export-slow"),
        SinkFault::InTheWay(words) => Text::verbatim(words.clone()),
        SinkFault::Unread(words) => Text::of("export-unread").word("why", words),
        SinkFault::Failed(words) => Text::of("export-failed").word("why", words),
        SinkFault::Refused(words) => Text::of("export-refused").word("why", words),
    }
}

impl List {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let config = read_config(&self.dirs.config)?;
        let store = Store::open_existing(&self.dirs.data)?;
        let mut origin = Setup::new(&config, String::new()).origin;
        origin.incarnation = store.incarnation()?;
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
            say(&line(bundle));
        }
        let at = |ms: i64| moment(ms, *wall.offset());
        let none = || Text::of("export-none").into();
        let acknowledged = status
            .acknowledged
            .map_or_else(none, |seq| Text::of("export-up-to").word("seq", seq).into());
        let told = |note: &BundleNote| {
            let text = Text::of("export-last").word("when", at(note.wall_ms));
            let why = Fact::Message(format!("export-why-{}", note.why.name()));
            text.fact("why", why)
                .fact("marked", marked(note.clean).into())
                .into()
        };
        let asked = || Text::of("export-asked").into();
        say(&Text::of("export-figures")
            .fact("outbox", Fact::many(bundles.len()))
            .fact("acknowledged", acknowledged)
            .fact("waiting", Fact::Count(status.waiting))
            .fact("last", last.map_or_else(none, told))
            .fact(
                "next",
                next.map_or_else(asked, |next| Fact::Code(date_time(&next))),
            ));
        Ok(())
    }
}

fn line(bundle: &Waiting) -> Text {
    let BundleName { from, to, .. } = bundle.name;
    let recorded = if bundle.recorded {
        Text::row([])
    } else {
        Text::of("export-unrecorded")
    };
    Text::of("export-bundle")
        .word("file", &bundle.name)
        .fact("range", range(from, to).into())
        .word("bytes", bundle.bytes)
        .fact("recorded", recorded.into())
}

fn moment(ms: i64, zone: FixedOffset) -> String {
    DateTime::from_timestamp_millis(ms)
        .map_or_else(String::new, |at| date_time(&at.with_timezone(&zone)))
}
