//! `wenming restore`: a copy becomes the station's ledger again.

use crate::cli::{Failure, say};
use crate::domain::{Incarnation, Text};
use crate::shell::clock::Clock;
use crate::store::{KeyFile, Restore as How, Restored, Store};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming restore`.
#[derive(Args, Debug)]
pub(super) struct Restore {
    /// The copy, as `wenming backup` wrote it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder for the ledger, made when it is not there
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Put a ledger that is there aside, into replaced-1, replaced-2 …
    #[arg(long)]
    replace: bool,
    /// The least number of the new incarnation, where this copy was restored before
    #[arg(long, value_name = "N", value_parser = incarnation)]
    incarnation: Option<Incarnation>,
}

fn incarnation(text: &str) -> Result<Incarnation, String> {
    let number = text.parse().ok().and_then(Incarnation::new);
    number.ok_or_else(|| format!("write 1 to {}", Incarnation::MAX))
}

impl Restore {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let how = How {
            replace: self.replace,
            least: self.incarnation,
        };
        let now = Clock::start().now();
        let restored = Store::restore(&self.file, &self.data, &now, how)?;
        self.tell(&restored);
        Ok(())
    }

    fn tell(&self, restored: &Restored) {
        let data = self.data.display();
        let (seq, hash) = restored
            .head
            .as_ref()
            .map_or((0, ""), |(seq, hash)| (seq.get(), hash.as_str()));
        say(&Text::of("restore-done")
            .word("path", data)
            .word("seq", seq)
            .word("hash", hash));
        say(&Text::of("restore-incarnation").word("number", restored.incarnation));
        if restored.open_holds > 0 {
            say(&Text::of("restore-holds").count(restored.open_holds));
        }
        if let Some(before) = &restored.before {
            say(&Text::of("restore-before").word("path", before.display()));
        }
        for (lacks, id, key) in [
            (restored.lacks_card_key, "restore-card-key", KeyFile::Card),
            (
                restored.lacks_station_key,
                "restore-station-key",
                KeyFile::Station,
            ),
        ] {
            if lacks {
                let path = key.path(&self.data);
                say(&Text::of(id)
                    .word("path", path.display())
                    .word("data", self.data.display()));
            }
        }
        say(&Text::of("restore-since"));
    }
}
