//! The threads of all readers, and what each is told when the config changes.

use crate::config::{Config, ReaderSetting};
use crate::domain::TownshipCode;
use crate::shell::input::Input;
use crate::shell::reader::{ReaderPort, decoder, spawn_told};
use std::io;
use std::sync::mpsc::{Sender, SyncSender, channel};

/// The readers that run, in the order of the config.
pub(super) struct Readers {
    send: SyncSender<Input>,
    running: Vec<Running>,
}

/// A reader and how it was set when its thread was told last. Without the sender the thread ends.
struct Running {
    setting: ReaderSetting,
    town: TownshipCode,
    orders: Sender<ReaderPort>,
}

impl Readers {
    /// Starts the thread of each reader.
    pub(super) fn start(config: &Config, send: &SyncSender<Input>) -> io::Result<Self> {
        let mut readers = Self {
            send: send.clone(),
            running: Vec::new(),
        };
        readers.set(config)?;
        Ok(readers)
    }

    /// Tells the threads what has changed, starts those that are added, and lets go of those that are not named any more.
    pub(super) fn set(&mut self, config: &Config) -> io::Result<()> {
        let station = &config.station;
        self.running.truncate(station.readers.len());
        for (index, setting) in station.readers.iter().enumerate() {
            let town = station.township.clone();
            let port = ReaderPort {
                index,
                port: setting.port.clone(),
                baud: setting.baud,
                decoder: decoder(setting, &town),
            };
            let told = match self.running.get_mut(index) {
                Some(running) if running.setting == *setting && running.town == town => continue,
                Some(running) => {
                    running.setting = setting.clone();
                    running.town = town.clone();
                    running.orders.send(port).map_err(|unsent| unsent.0)
                }
                None => Err(port),
            };
            if let Err(port) = told {
                let send = self.send.clone();
                let (orders, receive) = channel();
                spawn_told(port, receive, move |news| {
                    send.send(Input::Reader(news)).is_ok()
                })?;
                let running = Running {
                    setting: setting.clone(),
                    town,
                    orders,
                };
                match self.running.get_mut(index) {
                    Some(ended) => *ended = running,
                    None => self.running.push(running),
                }
            }
        }
        Ok(())
    }
}
