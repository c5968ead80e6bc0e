//! Scripted sessions: the real app, the real ledger on a real disk, a virtual clock and hands.
//!
//! Each human step comes a second after the one before; `within` makes it come sooner.

mod claim;
mod device;
mod errands;
mod expect;
mod hands;
mod printer;
mod readers;
mod step;
mod world;

use crate::app::Event;
use crate::config::Config;
use crate::domain::{Lang, Now, Refusal};
use crate::shell::export::StickWatch;
use crate::shell::station::Station;
use crate::store::StoreError;
use crate::view::{Page, Touch, page};
use crate::words;
use chrono::{DateTime, FixedOffset, TimeDelta};
use claim::single_spaced;
use printer::SimPrinter;
use ratatui::layout::Rect;
use readers::SimReader;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use step::{Failed, Step, parse};
use world::{OwnConfig, World};

/// The pace of a person, in milliseconds.
const PACE_MS: i64 = 1_000;

/// Why a script stopped.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// A step failed or is none.
    #[error("line {line}: {what}")]
    Step {
        /// From 1.
        line: usize,
        /// What is wrong, and what the screen showed.
        what: String,
    },
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The folder of the sinks failed.
    #[error("the folder of the sinks: {0}")]
    World(#[from] std::io::Error),
}

/// A station under a script.
pub struct Player {
    station: Option<Station>,
    config: Config,
    data: PathBuf,
    now: Now,
    area: Rect,
    printed: String,
    refused: BTreeSet<&'static str>,
    touch: Touch,
    trail: Vec<&'static str>,
    ends: Vec<String>,
    world: World,
    watch: StickWatch,
    readers: Vec<SimReader>,
    printer: SimPrinter,
    own: Option<OwnConfig>,
    /// What was said last.
    said: String,
}

/// Says whether a line is a step, a remark or blank; the station's event log must be all of that.
///
/// # Errors
/// Why it is none.
pub fn check_line(line: &str) -> Result<(), String> {
    parse(line).map_or(Ok(()), |step| step.map(|_| ()))
}

impl Player {
    /// Starts a station at a virtual moment. Whatever the config says, its sinks lie in `world`: shared
    /// folders in `share`, the stick in `stick`.
    ///
    /// # Errors
    /// The ledger cannot be used, or `world` cannot be written.
    pub fn new(
        config: Config,
        data: &Path,
        world: &Path,
        start: DateTime<FixedOffset>,
    ) -> Result<Self, ScriptError> {
        let world = World::new(world)?;
        let now = Now {
            wall: start,
            mono_ms: 0,
        };
        let mut player = Self {
            station: None,
            config: world.settle(config)?,
            data: data.to_owned(),
            now,
            area: Rect::new(0, 0, 64, 16),
            printed: String::new(),
            refused: BTreeSet::new(),
            touch: Touch::default(),
            trail: Vec::new(),
            ends: Vec::new(),
            watch: StickWatch::default(),
            world,
            readers: Vec::new(),
            printer: SimPrinter::default(),
            own: None,
            said: String::new(),
        };
        player.boot()?;
        Ok(player)
    }

    fn boot(&mut self) -> Result<(), StoreError> {
        // The old process must be gone before the new one opens its ledger.
        self.station = None;
        self.now.mono_ms = 0;
        self.touch = Touch::default();
        let config = self.config.clone();
        let station = Station::boot(config, &self.data, Lang::default(), &self.now)?;
        self.station = Some(station);
        self.watch = StickWatch::new(self.world.sticks());
        let station = &self.config.station;
        self.readers = SimReader::all(station, (Vec::new(), station), 0);
        self.listen();
        self.wake_printer();
        self.event(Event::Size(self.area.width, self.area.height));
        // In the order of the kiosk, which looks for a stick after each tick.
        self.event(Event::Tick);
        self.look();
        Ok(())
    }

    /// Looks for the stick, as the kiosk does every second.
    fn look(&mut self) {
        if let Some(news) = self.watch.look(&self.config) {
            self.event(Event::Stick(news));
        }
    }

    /// Plays a whole script and gives what it printed.
    ///
    /// # Errors
    /// The first step that fails, with its line; at the end, an audit that finds something.
    pub fn play(&mut self, script: &str) -> Result<String, ScriptError> {
        for (line, text) in (1..).zip(script.lines()) {
            let Some(step) = parse(text) else {
                continue;
            };
            let done = step.map_err(Failed::from).and_then(|step| self.step(&step));
            done.map_err(|what| ScriptError::Step {
                line,
                what: what.to_string(),
            })?;
        }
        let report = self.station()?.store().audit()?;
        if let Some(fault) = report.faults.first() {
            let line = script.lines().count();
            let fault = words::told(&fault.told(), Lang::En);
            let what = format!("the audit at the end found: {fault}");
            return Err(ScriptError::Step { line, what });
        }
        Ok(std::mem::take(&mut self.printed))
    }

    fn station(&mut self) -> Result<&mut Station, StoreError> {
        let absent = StoreError::Absent(self.data.clone());
        self.station.as_mut().ok_or(absent)
    }

    /// The names of the screens that came to the front since the start, in order.
    pub fn trail(&self) -> &[&'static str] {
        &self.trail
    }

    /// What stood on the screen whenever a session had just ended, figures included.
    pub fn ends(&self) -> &[String] {
        &self.ends
    }

    /// The page in front.
    pub fn page(&self) -> Page {
        self.station.as_ref().map_or_else(Page::default, |station| {
            page(&station.view(&self.now), self.area)
        })
    }

    fn lines(&self) -> Vec<String> {
        self.page().to_lines(self.area)
    }

    /// Sets both clocks to a later moment.
    fn advance(&mut self, mono_ms: i64) {
        let ms = mono_ms.saturating_sub(self.now.mono_ms);
        self.now.mono_ms = mono_ms;
        let later = self
            .now
            .wall
            .checked_add_signed(TimeDelta::milliseconds(ms));
        self.now.wall = later.unwrap_or(self.now.wall);
    }

    /// Lets time pass; what readers say in it comes at its moment.
    fn pass(&mut self, ms: i64) {
        let end_ms = self.now.mono_ms.saturating_add(ms);
        loop {
            let next = self.readers.iter().filter_map(SimReader::next_ms).min();
            // A moment that has passed is made up for a millisecond later: time never stands.
            let next = next.map(|at| at.max(self.now.mono_ms.saturating_add(1)));
            let Some(at_ms) = next.filter(|at| *at <= end_ms) else {
                break;
            };
            self.advance(at_ms);
            self.listen();
        }
        self.advance(end_ms);
    }

    /// Takes what readers say at this moment.
    fn listen(&mut self) {
        let now_ms = self.now.mono_ms;
        let readers = self.readers.iter_mut().enumerate();
        let events: Vec<Event> = readers
            .flat_map(|(index, reader)| reader.work(index, now_ms))
            .collect();
        for event in events {
            self.event(event);
        }
    }

    fn event(&mut self, event: Event) {
        let now = self.now;
        if let Some(station) = &mut self.station {
            station.handle(&now, event);
            let notice = station.model.notice.as_ref();
            self.refused.extend(notice.map(Refusal::code));
            let name = station.model.screen.name();
            if self.trail.last() != Some(&name) {
                self.trail.push(name);
                if name == "idle" {
                    let page = page(&station.view(&now), self.area);
                    let mut text = page.to_lines(self.area).join("\n");
                    text.extend(page.figures().map(|figure| format!("\n{figure}")));
                    self.ends.push(text);
                }
            }
        }
        self.run_errands();
    }

    /// The codes of the refusals that stood on the screen so far.
    pub const fn refused(&self) -> &BTreeSet<&'static str> {
        &self.refused
    }

    fn step(&mut self, step: &Step) -> Result<(), Failed> {
        match step {
            Step::Hand(hand) => {
                self.pass(PACE_MS);
                self.hand(hand)?;
            }
            Step::Within(ms, hand) => {
                self.pass(*ms);
                self.hand(hand)?;
            }
            Step::Garbage(bytes) => self.garbage(bytes),
            Step::Reader(place, act) => self.at_reader(place - 1, act)?,
            Step::Printer(act) => self.at_printer(*act),
            Step::Wait(ms) => self.wait(*ms),
            Step::Stick(what) => self.stick(*what)?,
            Step::Acknowledge(seq) => self.acknowledge(*seq)?,
            Step::Clock(wall) => {
                let zone = self.now.wall.timezone();
                let set = wall.and_local_timezone(zone).single();
                self.now.wall = set.ok_or("no such moment")?;
                self.event(Event::Tick);
            }
            Step::Crash => self.boot()?,
            Step::Off(ms) => {
                self.station = None;
                self.pass(*ms);
                self.boot()?;
            }
            Step::Reload(dir) => self.reload(dir)?,
            Step::Size(columns, rows) => {
                self.area = Rect::new(0, 0, *columns, *rows);
                let now = self.now;
                if let Some(station) = &mut self.station {
                    station.handle(&now, Event::Size(*columns, *rows));
                }
            }
            Step::Screen => {
                for line in self.lines() {
                    self.print(&line);
                }
            }
            Step::Ledger => self.ledger()?,
            Step::Expect(expectation) => self.expect(expectation)?,
        }
        Ok(())
    }

    fn wait(&mut self, ms: i64) {
        let mut left = ms;
        while left > 0 {
            let step = left.min(1_000);
            self.pass(step);
            self.event(Event::Tick);
            left -= step;
        }
    }

    /// Makes a copy of a config folder the script's own: what a technician finds out is written there.
    ///
    /// # Errors
    /// The folder cannot be copied, or is no config.
    pub fn own(&mut self, dir: &Path) -> Result<(), String> {
        let own = self.world.own(dir).map_err(|error| error.to_string())?;
        self.own = Some(own);
        Ok(())
    }

    fn reload(&mut self, dir: &Path) -> Result<(), Failed> {
        let own = self.world.own(dir)?;
        let config = self.world.settle(own.config.clone())?;
        self.own = Some(own);
        self.work_by(config);
        Ok(())
    }

    fn print(&mut self, line: &str) {
        self.printed.push_str(line);
        self.printed.push('\n');
    }

    fn ledger(&mut self) -> Result<(), Failed> {
        let store = self.station()?.store();
        let (last, holds) = (store.last_operations(10)?, store.open_holds()?);
        for past in last {
            let who = past.member.map(|member| member.account.to_string());
            let (who, what) = (
                who.unwrap_or_default(),
                past.told.code().unwrap_or_default(),
            );
            let (seq, kind, points) = (past.seq, past.kind.name(), past.points);
            self.print(&single_spaced(&format!(
                "{seq} {kind} {who} {what} {points}"
            )));
        }
        self.print(&format!("open holds: {}", holds.len()));
        Ok(())
    }
}
