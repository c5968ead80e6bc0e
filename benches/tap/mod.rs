//! A card at the reader until the balance is painted, as the kiosk does it, without the devices.

use crate::big::{card, scattered};
use crate::common::{Outcome, timed};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::{self, LineWriter, Write};
use std::path::Path;
use std::rc::Rc;
use wenming::app::{Event, Model, Screen, Way};
use wenming::cli::example_config;
use wenming::domain::Lang;
use wenming::shell::clock::Clock;
use wenming::shell::station::Station;
use wenming::view::page;

const AREA: Rect = Rect::new(0, 0, 100, 30);

/// A station before which residents stand in a queue.
pub(crate) struct Tapper {
    pub(crate) station: Station,
    pub(crate) clock: Clock,
    screen: Terminal<CrosstermBackend<Sink>>,
    taps: usize,
}

impl Tapper {
    /// Starts the station on a ledger.
    pub(crate) fn boot(dir: &Path) -> Outcome<Self> {
        let clock = Clock::start();
        let config = example_config().map_err(|_| "the example config has faults")?;
        Ok(Self {
            station: Station::boot(config, dir, Lang::default(), &clock.now())?,
            clock,
            screen: Sink::terminal(AREA, &Rc::default())?,
            taps: 0,
        })
    }

    /// The next resident's card until the balance is painted, in nanoseconds.
    pub(crate) fn tap(&mut self) -> Outcome<u64> {
        let Self {
            station,
            clock,
            screen,
            taps,
        } = self;
        let now = clock.now();
        station.model = Model::new(0, Lang::default(), &now);
        let idle = page(&station.view(&now), AREA);
        screen.draw(|frame| idle.paint(frame.buffer_mut()))?;
        let card = card(scattered(*taps))?;
        *taps += 1;
        let (done, ns) = timed(|| {
            let now = clock.now();
            station.handle(&now, Event::Card(Way::Reader(0), Ok(card)));
            let home = page(&station.view(&now), AREA);
            screen
                .draw(|frame| home.paint(frame.buffer_mut()))
                .map(|_| ())
        });
        done?;
        if !matches!(station.model.screen, Screen::Home(_)) {
            return Err("a tap did not open a passbook".into());
        }
        Ok(ns)
    }
}

/// Where the bytes go: counted, then handed to the kernel with the buffer that stdout has.
pub(crate) struct Sink {
    null: LineWriter<File>,
    bytes: Rc<Cell<usize>>,
}

impl Sink {
    pub(crate) fn terminal(
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
