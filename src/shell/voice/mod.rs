//! What is heard: prompts, sounds, and the call for help, each by commands of the config on a thread of its own.

mod mouth;
mod orders;
mod request;

pub use mouth::{CAP, Mouth, Order, Try};
pub use orders::{Audible, call, say, sound};

use crate::config::{Sounds, VoiceSetting};
use crate::shell::clock::Clock;
use std::io;

/// The threads that make a station heard. A sound does not end what is being said, nor does either end a call.
pub struct Voice {
    prompts: Mouth,
    sounds: Mouth,
    calls: Mouth,
}

impl Voice {
    /// Starts them; `tell` takes a remark for the technician.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        clock: Clock,
        tell: impl Fn(String) -> bool + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let start = |name| Mouth::start(name, clock, CAP, tell.clone());
        Ok(Self {
            prompts: start("voice")?,
            sounds: start("sounds")?,
            calls: start("calls")?,
        })
    }

    /// Makes heard what the station wants, and gives how often the terminal shall ring. Never blocks.
    pub fn perform(&self, setting: &VoiceSetting, heard: &Audible) -> u8 {
        if let Some((spoken, lang)) = &heard.say {
            self.prompts.order(say(setting, spoken, *lang));
        } else if heard.hush {
            self.prompts.hush();
        }
        if heard.call
            && let Some(order) = call(setting)
        {
            self.calls.order(order);
        }
        let Some(sound) = heard.sound else {
            return 0;
        };
        match &setting.sounds {
            Sounds::Off => 0,
            Sounds::Bell => orders::rings(sound),
            Sounds::Command(words) => {
                self.sounds.order(self::sound(words, sound));
                0
            }
        }
    }
}
