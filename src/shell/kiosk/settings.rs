//! The config while the kiosk runs: read again when it was edited, changed where a technician found something out.

use super::Kiosk;
use crate::app::{Answer, Event, SettingKept};
use crate::config::{Config, SettingChange, load};
use crate::domain::{Lang, Now};
use crate::shell::settings::keep;
use crate::words;

impl Kiosk {
    /// Reads the config again; one with faults changes nothing.
    pub(super) fn reload(&mut self, now: &Now) {
        let Some(dir) = &self.config_dir else {
            return;
        };
        match load(dir) {
            Ok(config) => self.work_by(now, config),
            Err(faults) => {
                for fault in faults {
                    let fault = words::told(&fault.told(), Lang::En);
                    self.station.remark(now, &format!("config: {fault}"));
                }
            }
        }
    }

    /// Works by another config from now on, readers and printer too.
    fn work_by(&mut self, now: &Now, config: Config) {
        self.station.reload(now, config);
        if !self.printer.set(self.station.config().printer.clone()) {
            self.station
                .remark(now, "printer: too busy for the config, read it again");
        }
        if let Err(error) = self.readers.set(self.station.config()) {
            self.station.remark(now, &format!("readers: {error}"));
        }
    }

    /// Writes a setting that a technician found out, and works by it.
    pub(super) fn set(&mut self, change: &SettingChange) {
        let now = &self.clock.now();
        let kept = match &self.config_dir {
            None => SettingKept::BuiltIn,
            Some(dir) => match keep(dir, self.station.config(), change) {
                Err(kept) => kept,
                Ok(config) => {
                    self.work_by(now, config);
                    SettingKept::Written
                }
            },
        };
        let answer = Event::Answer(Answer::Setting(kept));
        self.station.handle(now, answer);
    }
}
