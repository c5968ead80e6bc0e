//! `wenming export`: what leaves the station, one file a command.

mod bundles;
mod csv;
mod names;
mod part;
mod summary;
mod verify;

use crate::cli::Failure;
use clap::{Args, Subcommand};

/// Arguments of `wenming export`.
#[derive(Args, Debug)]
pub(super) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Write what is new into the outbox and bring it to every sink, also beside a running kiosk
    #[command(
        after_help = "Example: wenming export now --config /etc/wenming --data /var/lib/wenming"
    )]
    Now(bundles::Now),
    /// Say what waits in the outbox, what the town has, when exports ran and run
    #[command(after_help = "Example: wenming export list --data /var/lib/wenming --json")]
    List(bundles::List),
    /// Check bundles, or a folder of them, against their station's public key
    #[command(
        after_help = "Example: wenming export verify VPB1-YUNDAO-HY01-i01-0000000001-0000000040.tar.zst --key station.pub"
    )]
    Verify(verify::Verify),
    /// Tables for clerks, as CSV files or as one Excel workbook
    #[command(
        after_help = "Example: wenming export csv --xlsx --from 2026-11-01 --to 2026-11-30 --to-dir /media/stick"
    )]
    Csv(csv::Csv),
    /// The day in a few lines, 32 columns wide
    #[command(after_help = "Example: wenming export summary --date 2026-11-21")]
    Summary(summary::Summary),
}

impl Export {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.what {
            What::Now(now) => bundles::now(now),
            What::List(list) => list.run(),
            What::Verify(verify) => verify.run(),
            What::Csv(csv) => csv.run(),
            What::Summary(summary) => summary.run(),
        }
    }
}
