//! Other programs that take or disturb serial adapters.

use super::subject::{Subject, or_well};
use crate::domain::{Cause, Check, Finding};

/// Programs, and where the system keeps them.
const KNOWN: [(Cause, &str); 4] = [
    (Cause::Brltty, "usr/bin/brltty"),
    (Cause::Brltty, "usr/sbin/brltty"),
    (Cause::Brltty, "sbin/brltty"),
    (Cause::ModemManager, "usr/sbin/ModemManager"),
];

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (cause, path) in KNOWN {
        let path = subject.root.join(path);
        let told = findings.iter().any(|one| one.cause == Some(cause));
        if !told && path.exists() {
            let facts = subject.about(&path).detail(&path.display().to_string());
            findings.push(Finding::new(Check::Programs, cause, facts));
        }
    }
    or_well(findings, Check::Programs, "")
}
