//! G10: a whole screen of Hanzi painted anew. G12: from a card at the reader to the balance painted.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod big;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;

use big::{card, scattered, town};
use common::{Board, Outcome, Samples, time, timed};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{HorizontalAlignment, Rect};
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::{self, LineWriter, Write};
use std::process::ExitCode;
use std::rc::Rc;
use wenming::app::{Event, Model, Screen};
use wenming::cli::example_config;
use wenming::domain::Lang;
use wenming::shell::clock::Clock;
use wenming::shell::station::Station;
use wenming::view::{Ink, Page, Piece, page};
use wenming::words::Words;

/// A frame at 60 a second.
const FRAME_NS: u64 = 16_000_000;
/// What a person takes for at once.
const PERCEPTION_NS: u64 = 100_000_000;
const WIDE: Rect = Rect::new(0, 0, 160, 50);
const REPAINTS: usize = 1_000;
const TAPS: usize = 3_000;

fn main() -> ExitCode {
    common::run(|board| {
        repaint(board)?;
        tap(board)
    })
}

fn repaint(board: &mut Board) -> Outcome<()> {
    board.block(
        "G10",
        "full repaint, 160×50 of Hanzi, every cell another one",
    );
    let bytes = Rc::new(Cell::new(0));
    let mut sink = Sink::terminal(WIDE, &bytes)?;
    let pages = [hanzi('一'), hanzi('万')];
    let [mut made, mut painted] = [const { Samples::new() }; 2];
    let view = Shown::new()?;
    if view.page(WIDE).buttons().count() == 0 {
        return Err("the idle page has no buttons".into());
    }
    for n in 0..REPAINTS {
        let next = pages.get(n % 2).ok_or("no page")?;
        let (done, ns) = timed(|| {
            sink.draw(|frame| next.paint(frame.buffer_mut()))
                .map(|_| ())
        });
        done?;
        painted.push(ns);
        made.push(timed(|| view.page(WIDE)).1);
    }
    let bytes = bytes.get() / REPAINTS;
    board.row("limit: a frame at 60 Hz", FRAME_NS, FRAME_NS);
    board.row("us: the idle page laid out", made.p50(), FRAME_NS);
    board.row(
        "us: painted, compared and written, p50",
        painted.p50(),
        FRAME_NS,
    );
    board.row("us: p99", painted.p99(), FRAME_NS);
    board.note(&format!("{bytes} bytes a frame"));
    board.verdict("full repaint, p50", (painted.p50(), 1_000_000), time);
    Ok(())
}

fn tap(board: &mut Board) -> Outcome<()> {
    board.block(
        "G12",
        "card at the reader → balance painted, 38,000 accounts on disk",
    );
    let dir = town(board)?;
    let clock = Clock::start();
    let config = example_config().map_err(|_| "the example config has faults")?;
    let now = clock.now();
    let (station, boot_ns) = timed(|| Station::boot(config, &dir, Lang::default(), &now));
    let mut station = station?;
    let area = Rect::new(0, 0, 100, 30);
    let mut sink = Sink::terminal(area, &Rc::default())?;
    let mut all = Samples::new();
    for n in 0..TAPS {
        let now = clock.now();
        station.model = Model::new(0, Lang::default(), &now);
        let idle = page(&station.view(&now), area);
        sink.draw(|frame| idle.paint(frame.buffer_mut()))?;
        let card = card(scattered(n))?;
        let (done, ns) = timed(|| {
            let now = clock.now();
            station.handle(&now, Event::Card(Ok(card)));
            let home = page(&station.view(&now), area);
            sink.draw(|frame| home.paint(frame.buffer_mut()))
                .map(|_| ())
        });
        done?;
        if !matches!(station.model.screen, Screen::Home(_)) {
            return Err("a tap did not open a passbook".into());
        }
        all.push(ns);
    }
    board.row(
        "limit: what a person takes for at once",
        PERCEPTION_NS,
        PERCEPTION_NS,
    );
    board.row("us: p50", all.p50(), PERCEPTION_NS);
    board.row("us: p99", all.p99(), PERCEPTION_NS);
    board.row("us: the slowest", all.permille(1_000), PERCEPTION_NS);
    board.verdict("tap → balance, p99", (all.p99(), 10_000_000), time);
    board.note(&format!("this station started in {}", time(boot_ns)));
    Ok(())
}

/// Fifty lines of eighty different characters, from `first` on.
fn hanzi(first: char) -> Page {
    let mut signs = (first..='龥').cycle();
    let pieces = (0..WIDE.height)
        .map(|y| Piece::Text {
            at: Rect::new(0, y, WIDE.width, 1),
            text: signs.by_ref().take(usize::from(WIDE.width / 2)).collect(),
            ink: Ink::Page,
            side: HorizontalAlignment::Left,
        })
        .collect();
    Page {
        pieces,
        ..Page::default()
    }
}

/// What the idle screen shows.
struct Shown {
    model: Model,
    config: wenming::config::Config,
    words: Words,
    now: wenming::domain::Now,
}

impl Shown {
    fn new() -> Outcome<Self> {
        let now = Clock::start().now();
        Ok(Self {
            model: Model::new(0, Lang::default(), &now),
            config: example_config().map_err(|_| "the example config has faults")?,
            words: Words::new(),
            now,
        })
    }

    fn page(&self, area: Rect) -> Page {
        let view = wenming::view::View::new(&self.model, &self.config, &self.words, &self.now);
        page(&view, area)
    }
}

/// Where the bytes go: counted, then handed to the kernel with the buffer that stdout has.
struct Sink {
    null: LineWriter<File>,
    bytes: Rc<Cell<usize>>,
}

impl Sink {
    fn terminal(
        area: Rect,
        bytes: &Rc<Cell<usize>>,
    ) -> io::Result<Terminal<CrosstermBackend<Self>>> {
        let file = OpenOptions::new().write(true).open("/dev/null")?;
        let null = LineWriter::new(file);
        let bytes = Rc::clone(bytes);
        let options = TerminalOptions {
            viewport: Viewport::Fixed(area),
        };
        Terminal::with_options(CrosstermBackend::new(Self { null, bytes }), options)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.set(self.bytes.get() + bytes.len());
        self.null.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.null.flush()
    }
}
