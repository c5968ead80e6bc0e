//! The receipt printer, as far as the config names one.

use super::Subject;
use crate::domain::{Cause, Check, Finding};

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    // A config has no printer yet: slips stay in the spool.
    let cause = match &subject.config {
        Ok(_) => Cause::NoneConfigured,
        Err(_) => Cause::NotLooked,
    };
    vec![Finding::new(Check::Printer, cause, subject.facts())]
}
