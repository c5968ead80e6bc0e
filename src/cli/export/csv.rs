//! `wenming export csv`: tables for clerks, as CSV files or as one workbook.

use crate::cli::export::names::{reward_names, sign};
use crate::cli::export::part::Part;
use crate::cli::{Failure, chosen, say};
use crate::domain::{Now, PartnerLine, ReportDays, Text};
use crate::sheet::{BOM, Book, Cell, Rows, Table, write_row};
use crate::shell::clock::Clock;
use crate::store::{Reports, Store, free_disk_mib};
use crate::words::Words;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::error::Error;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// Arguments of `wenming export csv`.
#[derive(Args, Debug)]
pub(super) struct Csv {
    /// The first day, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// The last day, such as 2026-11-30
    #[arg(long, value_name = "DATE")]
    to: NaiveDate,
    /// The folder for the files; it must be there
    #[arg(long, value_name = "DIR")]
    to_dir: PathBuf,
    /// One Excel workbook instead of CSV files
    #[arg(long)]
    xlsx: bool,
    /// Which table
    #[arg(long, value_enum, default_value = "all")]
    table: TableArg,
    /// Residents' names in full, for the manager with this badge id; the PIN is read from standard input
    #[arg(long, value_name = "ID")]
    names: Option<String>,
    /// The folder with the config, for the names of rewards [default: kiosk-config, where there is one]
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// The folder with the ledger
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TableArg {
    /// Every operation
    Operations,
    /// Every resident's points
    Balances,
    /// Rewards handed over
    Redemptions,
    /// What partners are owed
    Partners,
    /// Goods in the station
    Stock,
    /// All five
    All,
}

impl TableArg {
    fn tables(self) -> Vec<Table> {
        match self {
            Self::Operations => vec![Table::Operations],
            Self::Balances => vec![Table::Balances],
            Self::Redemptions => vec![Table::Redemptions],
            Self::Partners => vec![Table::Partners],
            Self::Stock => vec![Table::Stock],
            Self::All => Table::ALL.to_vec(),
        }
    }
}

impl Csv {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let days = ReportDays::new(self.from, self.to);
        let (from, to) = (self.from, self.to);
        let days = days.ok_or_else(|| {
            Failure::from(Text::of("table-days").word("from", from).word("to", to))
        })?;
        if !self.to_dir.is_dir() {
            let none = Text::of("table-no-folder").word("path", self.to_dir.display());
            return Err(none.into());
        }
        let words = Words::new();
        let (catalogue, rules) = reward_names(self.config.as_deref())?;
        let mut rows = Rows::new(words.say(chosen()), &catalogue, &rules);
        let mut store = Store::open_existing(&self.data)?;
        let clock = Clock::start();
        let mut parts = self.begin(days)?;
        if let Some(id) = &self.names {
            sign(&mut store, &clock.now(), id, &rows.say)?;
            rows.full_names = true;
        }
        store.report::<_, Failure>(|reports| {
            let mut job = Job {
                reports,
                rows: &rows,
                days,
                progress: Progress::new(clock, reports)?,
            };
            if self.xlsx {
                job.workbook(&self.table.tables(), &mut parts, &clock.now())
            } else {
                job.files(&self.table.tables(), &mut parts)
            }
        })?;
        // All of them, whatever becomes of one.
        let mut failed = Vec::new();
        for part in parts {
            match part.finish() {
                Ok(path) => say(&Text::of("table-written").word("path", path.display())),
                Err(Failure(why)) => failed.extend(why),
            }
        }
        if failed.is_empty() {
            Ok(())
        } else {
            Err(Failure(failed))
        }
    }

    /// The files, in the order of the tables; all are begun before one is written.
    fn begin(&self, days: ReportDays) -> Result<Vec<Part>, Failure> {
        let (from, to) = (days.from().format("%Y%m%d"), days.to().format("%Y%m%d"));
        let names = if self.names.is_some() { "-names" } else { "" };
        let file = |table: &str, end: &str| {
            let name = format!("wenming{table}-{from}-{to}{names}.{end}");
            Part::begin(&self.to_dir, name)
        };
        if self.xlsx {
            let tables = self.table.tables();
            return match tables.as_slice() {
                [one] => Ok(vec![file(&format!("-{}", one.name()), "xlsx")?]),
                _ => Ok(vec![file("", "xlsx")?]),
            };
        }
        let tables = self.table.tables().into_iter();
        tables
            .map(|table| file(&format!("-{}", table.name()), "csv"))
            .collect()
    }
}

/// Why a table is not there, and that nothing else is.
fn unwritten(dir: &Path, error: &dyn Error) -> Failure {
    // What was written so far still lies there.
    let why = match free_disk_mib(dir) {
        Ok(0) => Text::of("table-full"),
        Ok(_) | Err(_) => Text::verbatim(error.to_string()),
    };
    let text = Text::of("table-unwritten").word("path", dir.display());
    text.fact("why", why.into()).into()
}

/// One export, from one state of the disk.
struct Job<'a> {
    reports: &'a Reports<'a>,
    rows: &'a Rows<'a>,
    days: ReportDays,
    progress: Progress,
}

impl Job<'_> {
    fn files(&mut self, tables: &[Table], parts: &mut [Part]) -> Result<(), Failure> {
        for (table, part) in tables.iter().zip(parts) {
            let dir = part.dir();
            let failed = |error: io::Error| unwritten(&dir, &error);
            let mut out = BufWriter::with_capacity(1 << 16, &mut part.file);
            out.write_all(BOM.as_bytes()).map_err(failed)?;
            let headers = self.rows.headers(*table);
            let headers: Vec<Cell> = headers.iter().map(|text| Cell::text(text)).collect();
            write_row(&mut out, &headers).map_err(failed)?;
            self.fill(*table, &mut |cells| {
                write_row(&mut out, cells).map_err(failed)
            })?;
            out.flush().map_err(failed)?;
        }
        Ok(())
    }

    fn workbook(&mut self, tables: &[Table], parts: &mut [Part], now: &Now) -> Result<(), Failure> {
        let Some(part) = parts.first_mut() else {
            return Ok(());
        };
        let made = now.wall.format("%Y-%m-%dT%H:%M:%S").to_string();
        let dir = part.dir();
        let total = self.rows.say.text("table-total");
        let mut book = Book::new(&dir, &made, &total).map_err(|error| unwritten(&dir, &error))?;
        for table in tables {
            let title = self.rows.say.text(table.title());
            let begun = book.begin(&title, &self.rows.headers(*table), table.summed());
            begun.map_err(|error| unwritten(&dir, &error))?;
            self.fill(*table, &mut |cells| {
                book.row(cells).map_err(|error| unwritten(&dir, &error))
            })?;
        }
        let mut out = BufWriter::with_capacity(1 << 16, &mut part.file);
        book.finish(&mut out)
            .map_err(|error| unwritten(&dir, &error))?;
        out.flush().map_err(|error| unwritten(&dir, &error))
    }

    /// Hands the rows of a table to `each`.
    fn fill(
        &mut self,
        table: Table,
        each: &mut dyn FnMut(&[Cell]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (rows, days, reports) = (self.rows, self.days, self.reports);
        match table {
            Table::Operations => {
                let progress = &mut self.progress;
                reports.operations(days, |line| {
                    progress.at(line.seq.get());
                    each(&rows.operation(line))
                })?;
                progress.end();
                Ok(())
            }
            Table::Balances => {
                let lines = reports.balances(days)?;
                lines.iter().try_for_each(|line| each(&rows.balance(line)))
            }
            Table::Redemptions => {
                let lines = reports.redemptions(days)?;
                lines.iter().try_for_each(|line| each(&rows.reward(line)))
            }
            Table::Partners => {
                let lines = PartnerLine::of(&reports.redemptions(days)?);
                lines.iter().try_for_each(|line| each(&rows.owed(line)))
            }
            Table::Stock => {
                let lines = reports.stock(days)?;
                lines.iter().try_for_each(|line| each(&rows.stock(line)))
            }
        }
    }
}

/// A bar on standard error, where a person watches and it takes more than a second.
struct Progress {
    clock: Clock,
    head: i64,
    watched: bool,
    shown: bool,
}

/// Operations between two looks at the clock.
const STRIDE: i64 = 8_192;

impl Progress {
    fn new(clock: Clock, reports: &Reports<'_>) -> Result<Self, Failure> {
        let head = reports.head()?.map_or(0, |(seq, _)| seq.get());
        Ok(Self {
            clock,
            head,
            watched: io::stderr().is_terminal(),
            shown: false,
        })
    }

    fn at(&mut self, seq: i64) {
        if !self.watched || seq % STRIDE != 0 || self.clock.now().mono_ms < 1_000 {
            return;
        }
        let tenths = seq.saturating_mul(20) / self.head.max(1);
        let full = "#".repeat(usize::try_from(tenths).unwrap_or(0).min(20));
        let percent = seq.saturating_mul(100) / self.head.max(1);
        write!(io::stderr(), "\r[{full:<20}] {percent:>3} %").unwrap_or_default();
        self.shown = true;
    }

    fn end(&mut self) {
        if self.shown {
            write!(io::stderr(), "\r{:<28}\r", "").unwrap_or_default();
            self.shown = false;
        }
    }
}
