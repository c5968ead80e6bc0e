//! `wenming schema`: what a config file may hold, as a JSON schema for editors.

use crate::cli::common::{Failure, print};
use crate::config::{schema, schema_names};
use clap::Args;
use clap::builder::PossibleValuesParser;

/// Arguments of `wenming schema`.
#[derive(Args, Debug)]
pub(super) struct Schema {
    /// The file, without .toml; all of them in one document if left out
    #[arg(value_parser = PossibleValuesParser::new(schema_names()))]
    file: Option<String>,
}

impl Schema {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let schema = schema(self.file.as_deref());
        print(&serde_json::to_string_pretty(&schema)?);
        Ok(())
    }
}
