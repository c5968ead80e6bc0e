//! A finding of a check-up as the technician reads it: one sentence, one remedy.

use crate::domain::{Cause, Check, Facts, Finding, Health};
use crate::words::Say;

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What was looked at.
    pub check: String,
    /// What was found.
    pub sentence: String,
    /// What to do, with what to type; empty where all is well.
    pub remedy: String,
}

impl Say<'_> {
    /// Puts a finding into words.
    pub fn finding(&self, finding: &Finding) -> Advice {
        match finding.cause {
            Some(cause) => self.advice(finding.check, cause, &finding.facts),
            None => Advice {
                check: self.check(finding.check),
                sentence: self.text("doctor-well"),
                remedy: String::new(),
            },
        }
    }

    /// Puts a cause into words, with what the remedy names.
    pub fn advice(&self, check: Check, cause: Cause, facts: &Facts) -> Advice {
        let args = [
            ("user", facts.user.as_str()),
            ("group", facts.group.as_str()),
            ("path", facts.path.as_str()),
        ];
        let id = format!("doctor-{}", cause.name());
        let remedy = if cause.health() > Health::Well {
            self.with(&format!("{id}-do"), &args)
        } else {
            String::new()
        };
        Advice {
            check: self.check(check),
            sentence: self.with(&id, &args),
            remedy,
        }
    }

    /// The name of what is looked at.
    pub fn check(&self, check: Check) -> String {
        self.text(&format!("check-{}", check.name()))
    }

    /// How bad it is, in a word.
    pub fn health(&self, health: Health) -> String {
        self.text(&format!("health-{}", health.name()))
    }
}
