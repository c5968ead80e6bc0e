//! `wenming seed`: an invented village in an empty data folder, the same each time.

use crate::cli::{Failure, Size, built_in, print, seed_village};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Arguments of `wenming seed`.
#[derive(Args, Debug)]
pub(super) struct Seed {
    /// How large
    #[arg(long, value_enum, default_value = "village")]
    size: SizeArg,
    /// The folder with the ledger; there must be none in it yet
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SizeArg {
    /// About 300 accounts and a few months
    Village,
    /// 38,000 accounts, 200,000 check-ins, 5.5 million points
    Lucheng,
}

impl Seed {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.data.join("station.db").exists() {
            let data = self.data.display();
            return Err(Failure(format!(
                "{data} has a ledger already; choose an empty folder, nothing was changed"
            )));
        }
        let size = match self.size {
            SizeArg::Village => Size::Village,
            SizeArg::Lucheng => Size::Lucheng,
        };
        let mut config = built_in()?;
        let report = seed_village(&self.data, &mut config, size)?;
        let data = self.data.display();
        print(&format!(
            "{data}: {} operations, head {}",
            report.operations, report.head
        ));
        Ok(())
    }
}
