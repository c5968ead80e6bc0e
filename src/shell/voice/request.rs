//! What a station wants heard, until whoever drives it takes it.

use crate::app::Aloud;
use crate::shell::station::Station;
use crate::words::Known;

impl Station {
    /// Takes what shall be heard; the newest counts, nobody waits for it.
    pub(in crate::shell) fn be_heard(&mut self, aloud: Aloud) {
        let heard = &mut self.errands.heard;
        match aloud {
            Aloud::Say(prompt, lang) => {
                let known = Known::new(&self.config.catalogue, &self.config.rules);
                let spoken = self.words.say(lang).spoken(&prompt, known);
                (heard.say, heard.hush) = (Some((spoken, lang)), false);
            }
            Aloud::Hush => (heard.say, heard.hush) = (None, true),
            Aloud::Sound(sound) => heard.sound = Some(sound),
            Aloud::Call => heard.call = true,
        }
    }
}
