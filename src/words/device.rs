//! What a device sends, as the technician reads it: what it looks like, what is wrong with it, what to do.

use crate::wire::{FrameFault, Guess};
use crate::words::Say;

impl Say<'_> {
    /// Why bytes are no card: one sentence and one remedy.
    pub fn frame_fault(&self, fault: FrameFault) -> (String, String) {
        let id = format!("frame-{}", fault.name());
        (self.text(&id), self.text(&format!("{id}-todo")))
    }

    /// The same in one line, for a log or a program.
    pub fn frame_advice(&self, fault: FrameFault) -> String {
        let (sentence, remedy) = self.frame_fault(fault);
        let args = [("sentence", sentence.as_str()), ("remedy", &remedy)];
        self.with("frame-advice", &args)
    }

    /// What bytes look like, with the speed at which they were read, in bits a second.
    pub fn looks(&self, guess: &Guess, baud: u32) -> String {
        let what = self.text(&format!("looks-{}", guess.looks.name()));
        let baud = baud.to_string();
        let parts = [&what, guess.number.unwrap_or_default(), guess.frame, &baud];
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.with("looks", &[("what", &known.join(", "))])
    }
}
