//! What the station wants done beside itself, done by a script: at once, and for real where its surroundings are.

use crate::app::{Answer, Event, SettingKept, Way};
use crate::config::{Config, SettingChange};
use crate::domain::{CardId, ExportWhy, Lang};
use crate::shell::checkup::{Environment, Subject, examine};
use crate::shell::errand::{Errand, Sheet};
use crate::shell::export::run_now;
use crate::shell::script::Player;
use crate::shell::script::readers::SimReader;
use crate::shell::settings::keep;
use crate::shell::station::Station;
use crate::shell::voice::Audible;

impl Player {
    /// Does all that is wanted; what comes of it may want more.
    pub(super) fn run_errands(&mut self) {
        let errands = self.station.as_mut().map(Station::errands);
        for errand in errands.unwrap_or_default() {
            match errand {
                Errand::Print => self.wake_printer(),
                Errand::Card(card) => self.put_typed(card),
                Errand::Export(why) => self.export(why),
                Errand::Checkup => self.check_up(),
                Errand::Setting(change) => self.set(&change),
                Errand::Sheet(sheet) => self.print_sheet(&sheet),
                Errand::Heard(heard) => self.be_heard(heard),
            }
        }
    }

    fn put_typed(&mut self, card: CardId) {
        if !self.put(&card) {
            self.event(Event::Card(Way::Typed, Ok(card)));
        }
    }

    fn export(&mut self, why: ExportWhy) {
        let (now, sticks) = (self.now, self.world.sticks());
        let station = self.station.as_mut();
        let news = station.map(|station| run_now(station, &now, &sticks, why));
        for one in news.unwrap_or_default() {
            self.event(Event::Export(one));
        }
    }

    /// Looks at the real ledger and folder, and at a machine around them that has nothing to say.
    fn check_up(&mut self) {
        let Some(station) = &self.station else { return };
        let found = examine(&Subject {
            config: Ok(station.config().clone()),
            // Like that of the demo, its folder is thrown away.
            config_dir: None,
            data: self.data.clone(),
            now: self.now,
            lang: Lang::En,
            readers: Some(station.model.readers.clone()),
            printer: Some(station.model.printer.news.clone()),
            terminal: Environment {
                size: Some((self.area.width, self.area.height)),
                term: "xterm-256color".to_owned(),
                colour: "truecolor".to_owned(),
                locale: "zh_CN.UTF-8".to_owned(),
                remote: false,
            },
            root: self.world.machine(),
        });
        self.event(Event::Checkup(found));
    }

    /// Writes a setting as the kiosk does, into the script's own copy of the config.
    fn set(&mut self, change: &SettingChange) {
        let kept = match &mut self.own {
            None => SettingKept::BuiltIn,
            Some(own) => match keep(&own.dir, &own.config, change) {
                Err(kept) => kept,
                Ok(config) => {
                    own.config = config.clone();
                    // What a script has of its own stays: the places of its sinks, and who is who in its village.
                    let config = Config {
                        station: config.station,
                        printer: config.printer,
                        ..self.config.clone()
                    };
                    self.work_by(config);
                    SettingKept::Written
                }
            },
        };
        self.event(Event::Answer(Answer::Setting(kept)));
    }

    /// Works by another config from now on, readers and printer too.
    pub(super) fn work_by(&mut self, config: Config) {
        let before = std::mem::replace(&mut self.config, config.clone());
        if let Some(station) = &mut self.station {
            station.reload(&self.now, config);
        }
        let old = (std::mem::take(&mut self.readers), &before.station);
        self.readers = SimReader::all(&self.config.station, old, self.now.mono_ms);
        self.listen();
        self.print_waiting();
    }

    /// Wakes the printer's thread.
    pub(super) fn wake_printer(&mut self) {
        self.printer.told = None;
        self.print_waiting();
    }

    /// Does what the printer's thread does, for this moment.
    pub(super) fn print_waiting(&mut self) {
        let Some(station) = &mut self.station else {
            return;
        };
        if station.config().printer.is_none() {
            return;
        }
        match self.printer.work(&station.queue(), self.now.mono_ms) {
            Ok(None) => {}
            Ok(Some(news)) => self.event(Event::Printer(news)),
            Err(error) => station.remark(&self.now, &format!("printer: {error}")),
        }
    }

    /// Prints a test sheet on the simulated printer, whatever it is tried as.
    fn print_sheet(&mut self, (_, bytes): &Sheet) {
        self.printer.sheet(bytes, self.now.mono_ms);
        self.print_waiting();
    }

    /// Keeps what was said last.
    fn be_heard(&mut self, heard: Audible) {
        if let Some((spoken, _)) = heard.say {
            self.said = spoken.text;
        }
    }
}
