//! A refusal as a person reads it: what happened, that nothing was lost, what to do.

use crate::domain::Refusal;
use crate::words::{Known, Say};

/// Three short sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub what: String,
    /// That nothing was lost.
    pub safe: String,
    /// What to do now.
    pub next: String,
}

impl Say<'_> {
    /// Puts a refusal into words.
    pub fn refusal(&self, refusal: &Refusal, known: Known<'_>) -> Told {
        let id = format!("refusal-{}", refusal.code());
        Told {
            what: self.told(&id, refusal.facts(), known),
            safe: self.text(if refusal.is_for_staff() {
                "notice-unchanged"
            } else {
                "notice-safe"
            }),
            next: self.told(&format!("{id}-next"), refusal.facts(), known),
        }
    }
}
