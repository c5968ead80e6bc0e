//! `wenming audit`: recomputes the ledger, also beside a running kiosk.

use crate::cli::{Failure, count, print};
use crate::domain::Seq;
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
                let seq = first
                    .seq
                    .map_or_else(String::new, |seq| format!(" at seq {seq}"));
                let faults = count(report.faults.len(), "fault");
                Err(Failure(format!(
                    "{faults}, the first{seq}: {}; keep this file, stop redemptions, call the town bank",
                    first.what
                )))
            }
        }
    }
}

fn text(report: &AuditReport) -> String {
    let head = report.head.as_ref();
    let head = head.map_or_else(|| "none".to_owned(), |(seq, hash)| format!("{seq} {hash}"));
    let mut text = format!(
        "operations  {}\ntransfers   {}\nopen holds  {}\nhead        {head}\nschema      {}\nledger      {}",
        report.operations,
        report.transfers,
        report.open_holds,
        if report.schema_intact {
            "as built"
        } else {
            "CHANGED"
        },
        if report.is_clean() {
            "clean"
        } else {
            "NOT CLEAN"
        },
    );
    for fault in &report.faults {
        let seq = fault
            .seq
            .map_or_else(|| "-".to_owned(), |seq| seq.to_string());
        text = format!("{text}\n  seq {seq}: {}", fault.what);
    }
    text
}

fn json(report: &AuditReport) -> serde_json::Value {
    let faults = report
        .faults
        .iter()
        .map(|fault| serde_json::json!({ "seq": fault.seq.map(Seq::get), "what": fault.what }));
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
