//! `wenming keys`: the station's key pair, made once.

use crate::cli::{Failure, print};
use crate::domain::Lang;
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
                let data = self.data.display();
                let text = format!("{data} has no station key; `wenming keys` makes one");
                return Err(Failure(text));
            }
            (Some(_), false) => {
                let data = self.data.display();
                return Err(Failure(format!(
                    "{data} has a station key, which is never overwritten; `wenming keys --show` shows it"
                )));
            }
            (None, false) => make_station_key(&self.data)?,
        };
        let print_of = key.public().fingerprint();
        print(&format!(
            "public key   {}\nin words     {}\n             {}\nin hex       {}",
            public.display(),
            print_of.words(Lang::Zh),
            print_of.words(Lang::En),
            print_of.hex(),
        ));
        if !self.show {
            print("Give the public key to the town, and read the words to them over the phone.");
        }
        Ok(())
    }
}
