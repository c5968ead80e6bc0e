//! `wenming keys`: the station's key pair, made once.

use crate::cli::{Failure, say};
use crate::domain::{Lang, Text};
use crate::shell::export::{make_station_key, public_key, station_key};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming keys`.
#[derive(Args, Debug)]
pub(super) struct Keys {
    /// The folder with the ledger; the keys go into keys/ below it
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Only show the key that is there
    #[arg(long)]
    show: bool,
}

impl Keys {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let there = station_key(&self.data)?;
        let (key, public) = match (there, self.show) {
            (Some(key), true) => {
                let public = public_key(&self.data, &key)?;
                (key, public)
            }
            (None, true) => {
                let none = Text::of("keys-none").word("path", self.data.display());
                return Err(none.into());
            }
            (Some(_), false) => {
                let there = Text::of("keys-there").word("path", self.data.display());
                return Err(there.into());
            }
            (None, false) => make_station_key(&self.data)?,
        };
        let print_of = key.public().fingerprint();
        say(&Text::of("keys-figures")
            .word("path", public.display())
            .word("zh", print_of.words(Lang::Zh))
            .word("en", print_of.words(Lang::En))
            .word("hex", print_of.hex()));
        if !self.show {
            say(&Text::of("keys-give"));
        }
        Ok(())
    }
}
