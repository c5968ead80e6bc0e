//! `wenming audit`: recomputes the ledger, also beside a running kiosk.

use crate::cli::{Failure, counted, print, told};
use crate::domain::{Seq, Text};
use crate::store::{AuditReport, Store};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming audit`.
#[derive(Args, Debug)]
pub(super) struct Audit {
    /// The folder with the ledger
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let report = Store::open_existing(&self.data)?.audit()?;
        if self.json {
            print(&json(&report).to_string());
        } else {
            print(&text(&report));
        }
        match report.faults.first() {
            None => Ok(()),
            Some(first) => {
                let seq = first.seq.map_or_else(
                    || Text::row([]),
                    |seq| Text::of("audit-at").word("seq", seq),
                );
                let faults = counted("audit-faults", report.faults.len())
                    .fact("at", seq.into())
                    .fact("what", first.what.clone().into());
                let next = Text::of("audit-next").word("data", self.data.display());
                Err(Failure(vec![faults, next]))
            }
        }
    }
}

fn text(report: &AuditReport) -> String {
    let head = report.head.as_ref();
    let head = head.map_or_else(|| "-".to_owned(), |(seq, hash)| format!("{seq} {hash}"));
    let yes = |is: bool, yes, no| Text::of(if is { yes } else { no });
    let intact = yes(report.schema_intact, "audit-as-built", "audit-changed");
    let clean = yes(report.is_clean(), "audit-clean", "audit-not-clean");
    let figures = Text::of("audit-figures")
        .word("operations", report.operations)
        .word("transfers", report.transfers)
        .word("holds", report.open_holds)
        .word("head", head)
        .fact("schema", intact.into())
        .fact("ledger", clean.into());
    let mut text = told(&figures);
    for fault in &report.faults {
        let seq = fault
            .seq
            .map_or_else(|| "-".to_owned(), |seq| seq.to_string());
        let line = Text::of("audit-line").word("seq", seq);
        let line = line.fact("what", fault.what.clone().into());
        text = format!("{text}\n  {}", told(&line));
    }
    text
}

fn json(report: &AuditReport) -> serde_json::Value {
    let faults = report.faults.iter().map(
        |fault| serde_json::json!({ "seq": fault.seq.map(Seq::get), "what": told(&fault.what) }),
    );
    serde_json::json!({
        "ok": report.is_clean(),
        "operations": report.operations,
        "transfers": report.transfers,
        "open_holds": report.open_holds,
        "head_seq": report.head.as_ref().map(|(seq, _)| seq.get()),
        "head_hash": report.head.as_ref().map(|(_, hash)| hash),
        "schema_intact": report.schema_intact,
        "faults": faults.collect::<Vec<_>>(),
    })
}
