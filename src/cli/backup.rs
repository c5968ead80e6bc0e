//! `wenming backup`: a consistent copy of the ledger.

use crate::cli::{Failure, print, unsure};
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
        let path = copy.path.display();
        if let Some(error) = copy.unsure {
            return Err(Failure(unsure(&copy.path, &error)));
        }
        let open = if copy.is_private {
            ""
        } else {
            ". This file system keeps no rights of files (FAT and exFAT do not): lock the medium away, whoever has it can read the copy"
        };
        print(&format!("{path}: written and checked{open}"));
        Ok(())
    }
}
