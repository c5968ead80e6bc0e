//! `wenming export summary`: the day in a few lines.

use crate::cli::export::names::reward_names;
use crate::cli::{Failure, chosen, print};
use crate::domain::ReportDays;
use crate::store::Store;
use crate::wire::paper::Profile;
use crate::words::{Words, summary_slip};
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming export summary`.
#[derive(Args, Debug)]
pub(super) struct Summary {
    /// The day, such as 2026-11-21
    #[arg(long, value_name = "DATE")]
    date: NaiveDate,
    /// Name goods of which so many pieces or fewer are free
    #[arg(long, value_name = "PIECES", default_value_t = 3)]
    low: i64,
    /// The folder with the config, for the names of rewards [default: kiosk-config, where there is one]
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// The folder with the ledger
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

impl Summary {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let (catalogue, _) = reward_names(self.config.as_deref())?;
        let store = Store::open_existing(&self.data)?;
        let days = ReportDays::one(self.date);
        let report = store.report(|reports| reports.day(days))?;
        let words = Words::new();
        let say = words.say(chosen());
        let slip = summary_slip(&say, &report, &catalogue, (self.date, self.low));
        print(slip.to_text(Profile::default().columns).trim_end());
        Ok(())
    }
}
