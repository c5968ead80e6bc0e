//! `wenming init`: a station's config folder by asking, checked, with its first two of the staff, its keys, and what to do next.
//!
//! `questions` has what is asked, `judge` tells a right answer; `ask` asks at a terminal,
//! `answers` takes a file; `texts` makes the files of the shipped example, `write` puts them on the disk, `next` goes on.

mod answered;
mod answers;
mod ask;
mod judge;
mod next;
mod questions;
mod texts;
mod write;

use crate::cli::check::report;
use crate::cli::secret::Asking;
use crate::cli::{Failure, failed, lang, print, told};
use crate::shell::clock::Clock;
use crate::shell::export::{make_station_key, public_key, station_key};
use crate::store::Store;
use crate::words::{Say, Words};
use clap::Args;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

/// Arguments of `wenming init`.
#[derive(Args, Debug)]
pub(super) struct Init {
    /// The config folder to make; nothing may be in it
    dir: PathBuf,
    /// The folder with the ledger, for its keys; without it they are made later
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Take the answers from a TOML file and ask nothing
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Where devices stand
    #[arg(long, value_name = "DIR", default_value = "/dev", hide = true)]
    dev: PathBuf,
}

impl Init {
    pub(super) fn run(&self) -> ExitCode {
        let words = Words::new();
        let say = words.say(lang());
        if self.answers.is_none() && !io::stdin().is_terminal() {
            failed(&Failure::from(say.text("init-no-terminal")));
            return ExitCode::from(2);
        }
        match self.make(say) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => failed(&failure),
        }
    }

    fn make(&self, say: Say<'_>) -> Result<(), Failure> {
        let place = write::Place::look(&self.dir, say)?;
        let found = questions::Found::below(&self.dev);
        let (answers, terminal) = if let Some(file) = &self.answers {
            (answers::read(file, say, &found)?, None)
        } else {
            let terminal = Asking::openly()?;
            (ask::ask_all(say, &found)?, Some(terminal))
        };
        let config = place.write(&texts::texts(&answers))?;
        // Until here Ctrl-C would have left half a folder.
        drop(terminal);
        report(&place.dir, &config, Clock::start().now().date());
        let data = self.data.as_deref().map(absolute).transpose()?;
        let keys = data.as_deref().map(|data| keys(say, data)).transpose();
        let made = matches!(&keys, Ok(Some(_)));
        if let Ok(Some(keys)) = &keys {
            print(keys);
        }
        print(&say.text("init-next"));
        print(&next::next(say, &place.dir, (data.as_deref(), made)));
        keys.map(drop)
    }
}

/// Makes the key that finds cards and the pair that signs; those that are there stay.
fn keys(say: Say<'_>, data: &Path) -> Result<String, Failure> {
    let made = || -> Result<_, Failure> {
        // The ledger's first key comes with the ledger.
        drop(Store::open(data)?);
        if let Some(key) = station_key(data)? {
            return Ok((key.public(), public_key(data, &key)?));
        }
        let (key, path) = make_station_key(data)?;
        Ok((key.public(), path))
    };
    let (key, public) = made().map_err(|Failure(lines)| {
        let lines: Vec<String> = lines.iter().map(told).collect();
        let why = lines.join("\n");
        let data = data.display().to_string();
        Failure::from(say.with("init-keys-not", &[("data", &data), ("why", &why)]))
    })?;
    let public = public.display().to_string();
    let words = key.fingerprint().words(say.lang);
    Ok(say.with("init-keys", &[("public", &public), ("words", &words)]))
}
