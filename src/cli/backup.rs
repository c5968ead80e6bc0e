//! `wenming backup`: a consistent copy of the ledger.

use crate::cli::{Failure, print};
use crate::store::Store;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming backup`.
#[derive(Args, Debug)]
pub(super) struct Backup {
    /// Where the copy goes
    #[arg(value_name = "DIR")]
    to: PathBuf,
    /// The folder with the ledger
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

impl Backup {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let copy = Store::open_existing(&self.data)?.backup(&self.to)?;
        print(&format!("{}: written and checked", copy.display()));
        Ok(())
    }
}
