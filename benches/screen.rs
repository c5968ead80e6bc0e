//! G10: a whole screen of Hanzi painted anew. G12: from a card at the reader to the balance painted.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod big;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;
mod tap;

use big::town;
use common::{Board, Outcome, Samples, time, timed};
use ratatui::layout::{HorizontalAlignment, Rect};
use std::cell::Cell;
use std::process::ExitCode;
use std::rc::Rc;
use tap::{Sink, Tapper};
use wenming::app::Model;
use wenming::cli::example_config;
use wenming::domain::Lang;
use wenming::shell::clock::Clock;
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
    let (tapper, boot_ns) = timed(|| Tapper::boot(&dir));
    let mut tapper = tapper?;
    let mut all = Samples::new();
    for _ in 0..TAPS {
        all.push(tapper.tap()?);
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
