//! `wenming export`: what leaves the station, one file a command.

mod csv;
mod names;
mod part;
mod summary;

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
            What::Csv(csv) => csv.run(),
            What::Summary(summary) => summary.run(),
        }
    }
}
