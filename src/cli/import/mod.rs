//! `wenming import`: what a village has on paper or in a spreadsheet, taken over whole or not at all.

mod balances;
mod list;
mod roster;
mod table;

use crate::cli::{Dirs, Failure, print, read_config, say, uncommitted};
use crate::domain::{Fact, StaffId, Text};
use crate::services::{Actor, Signature};
use crate::shell::clock::Clock;
use crate::store::Store;
use crate::words::Words;
use clap::{Args, Subcommand};
use list::{Booker, LineFault, List};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use table::Table;

/// Arguments of `wenming import`.
#[derive(Args, Debug)]
pub(super) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// People and their cards, from a CSV file
    #[command(
        after_help = "Example: wenming import roster --template > people.csv\nExample: wenming import roster people.csv --by M001 --dry-run"
    )]
    Roster(File),
    /// What a paper register had, once a person, signed by two
    #[command(
        after_help = "Example: wenming import balances --template > points.csv\nExample: wenming import balances points.csv --by A001 --second M001"
    )]
    Balances(File),
}

/// A file to be taken over.
#[derive(Args, Debug)]
struct File {
    /// The CSV file: UTF-8 or GB18030, with the column names of --template
    #[arg(value_name = "FILE", required_unless_present = "template")]
    path: Option<PathBuf>,
    /// Print a file to begin with
    #[arg(long)]
    template: bool,
    /// Check everything and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Who of the staff signs
    #[arg(long, value_name = "STAFF", required_unless_present = "template", value_parser = staff)]
    by: Option<StaffId>,
    /// Who else signs
    #[arg(long, value_name = "STAFF", value_parser = staff)]
    second: Option<StaffId>,
    #[command(flatten)]
    dirs: Dirs,
}

fn staff(text: &str) -> Result<StaffId, String> {
    StaffId::parse(text).ok_or_else(|| "write an id of staff.toml, such as M001".to_owned())
}

impl Import {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.what {
            What::Roster(file) => file.run::<roster::Roster>(),
            What::Balances(file) => file.run::<balances::Balances>(),
        }
    }
}

impl File {
    fn run<L: List>(&self) -> Result<(), Failure> {
        let (Some(path), Some(by), false) = (&self.path, &self.by, self.template) else {
            print(&table::template(L::COLUMNS));
            return Ok(());
        };
        let config = read_config(&self.dirs.config)?;
        let table = Table::read(path, L::COLUMNS)?;
        let mut faults = Vec::new();
        let rows = L::read(&table, &mut faults);
        // A station that has just been set up was never started: its staff is not in the ledger yet.
        let mut store = Store::open(&self.dirs.data)?;
        store.hold_free(config.station.min_free_mib);
        let now = Clock::start().now();
        store.apply_config(&now, &config.catalogue, &config.staff)?;
        let signed = Signature {
            second: self.second.clone(),
            ..Signature::of(Actor::Staff(by.clone()))
        };
        let taken = store.write_if(&now, |writer| {
            let mut booker = Booker {
                writer,
                config: &config,
                signed: &signed,
                words: Words::new(),
                faults: Vec::new(),
            };
            let taken = L::book(&mut booker, &rows)?;
            // What is wrong with the line itself is the reason for what the ledger says of it.
            let wrong: BTreeSet<u64> = faults.iter().map(|fault| fault.line).collect();
            let refused = booker.faults.into_iter();
            faults.extend(refused.filter(|fault| !wrong.contains(&fault.line)));
            Ok((taken, faults.is_empty() && !self.dry_run))
        });
        let taken = taken.map_err(|error| uncommitted(&error, Text::of("import-unsure")))?;
        if !faults.is_empty() {
            return Err(told(path, faults));
        }
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let done = Text::of(L::DONE)
            .count(count(taken.new))
            .fact("known", Fact::Count(count(taken.known)))
            .fact("sum", Fact::Count(taken.sum));
        say(&done);
        if self.dry_run {
            say(&Text::of("import-dry"));
        }
        Ok(())
    }
}

/// Every fault with its line, and that nothing was taken over.
fn told(path: &Path, mut faults: Vec<LineFault>) -> Failure {
    faults.sort_by_key(|fault| fault.line);
    let file = path.display().to_string();
    let mut lines: Vec<Text> = faults
        .into_iter()
        .map(|LineFault { line, what }| {
            Text::of("import-fault")
                .word("file", &file)
                .word("line", line)
                .fact("what", what.into())
        })
        .collect();
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    lines.push(Text::of("import-none").count(count));
    Failure(lines)
}
