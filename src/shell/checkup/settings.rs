//! The config: its faults, and what of the published example is still in use.

use super::subject::{Subject, or_well};
use crate::config::{Fault, Published};
use crate::domain::{Cause, Check, Finding, StaffId, Text};

pub(super) fn config(subject: &Subject) -> Vec<Finding> {
    let Some(dir) = &subject.config_dir else {
        return vec![Finding::well(Check::Config, "built-in")];
    };
    let facts = subject.about(dir);
    let finding = match &subject.config {
        Ok(config) => {
            let station = &config.station;
            let text = format!("{} {}  {}", station.township, station.id, dir.display());
            Finding::well(Check::Config, &text)
        }
        Err(_) if !dir.is_dir() => {
            let facts = facts.detail(&dir.display().to_string());
            Finding::new(Check::Config, Cause::ConfigAbsent, facts)
        }
        Err(faults) => {
            let first = faults.first().map_or_else(|| Text::row([]), Fault::told);
            let text = subject.first_of(faults.len(), first);
            Finding::new(Check::Config, Cause::ConfigFaults, facts.detail(&text))
        }
    };
    vec![finding]
}

pub(super) fn staff(subject: &Subject) -> Vec<Finding> {
    let check = Check::Staff;
    let Some(dir) = &subject.config_dir else {
        return vec![Finding::well(check, "built-in")];
    };
    let Ok(config) = &subject.config else {
        return subject.not_looked(check);
    };
    let published = Published::of(config);
    let facts = subject.about(&dir.join("staff.toml"));
    let mut findings = Vec::new();
    for (cause, who) in [
        (Cause::ExamplePins, &published.pins),
        (Cause::ExampleBadges, &published.badges),
    ] {
        if !who.is_empty() {
            let names: Vec<&str> = who.iter().map(StaffId::as_str).collect();
            let facts = facts.clone().detail(&names.join(" "));
            findings.push(Finding::new(check, cause, facts));
        }
    }
    or_well(findings, check, &config.staff.len().to_string())
}
