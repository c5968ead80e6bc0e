//! `wenming doctor`: what is well with the station and what is not, with a remedy and a code for the phone.

use crate::cli::{Dirs, lang, print};
use crate::config::load;
use crate::domain::{Checkup, Code, Facts, Finding, Health};
use crate::shell::checkup::{Environment, Subject, examine};
use crate::shell::clock::Clock;
use crate::words::{Advice, Say, Words, date_time};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr as _;

/// Hanzi for the eye: dense, round and common ones.
const SAMPLE: &str = "|积分银行兑换餐费囊麟龘|";
/// The same cells in ASCII.
const RULER: &str = "|1234567890123456789012|";
/// Cells of the first two columns of the table.
const COLUMNS: [usize; 2] = [8, 14];

/// Arguments of `wenming doctor`.
#[derive(Args, Debug)]
pub(super) struct Doctor {
    #[command(flatten)]
    dirs: Dirs,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Say what a code means that was read over the phone
    #[arg(long, value_name = "CODE", value_parser = Code::read)]
    explain: Option<Code>,
}

impl Doctor {
    pub(super) fn run(&self) -> ExitCode {
        let words = Words::new();
        let say = words.say(lang());
        if let Some(code) = &self.explain {
            self.explain(&say, code);
            return ExitCode::SUCCESS;
        }
        let subject = Subject {
            config: load(&self.dirs.config),
            config_dir: Some(self.dirs.config.clone()),
            data: self.dirs.data.clone(),
            now: Clock::start().now(),
            lang: lang(),
            readers: None,
            printer: None,
            terminal: Environment::here(),
            root: PathBuf::from("/"),
        };
        let checkup = examine(&subject);
        if self.json {
            print(&json(&say, &checkup).to_string());
        } else {
            print(&text(&say, &checkup, &subject));
        }
        if checkup.health() == Health::Wrong {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        }
    }

    fn explain(&self, say: &Say<'_>, code: &Code) {
        let found: Vec<Finding> = code
            .pairs()
            .iter()
            .map(|(check, cause)| Finding::new(*check, *cause, Facts::usual(*cause)))
            .collect();
        if self.json {
            let causes: Vec<_> = found.iter().map(|one| document(say, one)).collect();
            let answer = serde_json::json!({ "code": code.to_string(), "checks": causes });
            print(&answer.to_string());
            return;
        }
        let mut lines = vec![format!("{}  {code}", say.text("doctor-explained"))];
        for one in &found {
            lines.extend(table(say, one));
        }
        if found.is_empty() {
            lines.push(say.text("doctor-explained-well"));
        }
        print(&lines.join("\n"));
    }
}

/// A text with blanks up to so many cells.
fn padded(text: &str, cells: usize) -> String {
    let blanks = cells.saturating_sub(text.width()).max(1);
    format!("{text}{}", " ".repeat(blanks))
}

/// A finding as lines: state, check, sentence; below it what was seen and what to do.
fn table(say: &Say<'_>, finding: &Finding) -> Vec<String> {
    let Advice {
        check,
        sentence,
        remedy,
    } = say.finding(finding);
    let [first, second] = COLUMNS;
    let state = padded(&say.health(finding.health()), first);
    let mut lines = vec![format!("{state}{}{sentence}", padded(&check, second))];
    let below = " ".repeat(first.saturating_add(second));
    if !finding.facts.detail.is_empty() {
        lines.push(format!("{below}{}", finding.facts.detail));
    }
    if !remedy.is_empty() {
        let label = padded(&say.text("doctor-remedy"), second);
        lines.push(format!("{}{label}{remedy}", " ".repeat(first)));
    }
    lines
}

fn text(say: &Say<'_>, checkup: &Checkup, subject: &Subject) -> String {
    let when = date_time(&subject.now.wall);
    let mut lines = vec![say.with("doctor-title", &[("when", &when)])];
    for finding in &checkup.findings {
        lines.extend(table(say, finding));
    }
    let first = COLUMNS.first().copied().unwrap_or_default();
    if subject.terminal.size.is_some() {
        let label = padded(&say.text("doctor-font"), first);
        let blank = " ".repeat(first.max(label.width()));
        lines.push(format!("{label}{SAMPLE}"));
        lines.push(format!("{blank}{RULER}"));
        lines.push(format!("{blank}{}", say.text("doctor-font-ask")));
        if subject.terminal.touches() {
            let label = padded(&say.text("doctor-touch"), first);
            lines.push(format!("{label}{}", say.text("doctor-touch-known")));
        }
    }
    let wrong = checkup.count(Health::Wrong).to_string();
    let notes = checkup.count(Health::Note).to_string();
    lines.push(say.with("doctor-sum", &[("wrong", &wrong), ("notes", &notes)]));
    lines.push(format!("{}  {}", say.text("doctor-code"), checkup.code()));
    lines.join("\n")
}

fn document(say: &Say<'_>, finding: &Finding) -> serde_json::Value {
    let advice = say.finding(finding);
    serde_json::json!({
        "check": finding.check.name(),
        "state": finding.health().name(),
        "cause": finding.cause.map(crate::domain::Cause::name),
        "detail": finding.facts.detail,
        "sentence": advice.sentence,
        "remedy": advice.remedy,
    })
}

fn json(say: &Say<'_>, checkup: &Checkup) -> serde_json::Value {
    let checks: Vec<_> = checkup
        .findings
        .iter()
        .map(|one| document(say, one))
        .collect();
    serde_json::json!({
        "ok": checkup.health() != Health::Wrong,
        "state": checkup.health().name(),
        "wrong": checkup.count(Health::Wrong),
        "notes": checkup.count(Health::Note),
        "code": checkup.code().to_string(),
        "version": env!("CARGO_PKG_VERSION"),
        "checks": checks,
    })
}
