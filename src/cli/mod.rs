//! The technician's command line: one small file a command. Exit codes: 0 fine, 1 what was checked
//! is not right or the answer could not be written, 2 usage.

mod audit;
mod backup;
mod check;
mod commands;
mod common;
mod demo;
mod device;
mod doctor;
mod example;
mod export;
mod import;
mod init;
mod keys;
mod kiosk;
mod pin;
mod play;
mod redeemed;
mod restore;
mod schema;
mod secret;
mod seed;
mod village;
mod villagers;

pub use example::example_config;
use village::{FIRST_CODE, seed_until};
pub use village::{Seeded, Size, seed_village, tell_the_day};
pub use villagers::VILLAGE_CARDS;

use clap::{Parser, Subcommand};
use common::{
    Dirs, Failure, LangArg, built_in, choose, chosen, count, counted, failed, failed_at, heard,
    is_unheard, lang, named, print, read_config, say, told, uncommitted, unheard, unsure,
};
use std::process::ExitCode;

/// The points-bank station of a village. Without a command it is the kiosk.
#[derive(Parser, Debug)]
#[command(version, about, args_conflicts_with_subcommands = true)]
struct Wenming {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    kiosk: Dirs,
    /// The language of the answer [default: the locale's, else zh]; tables and slips are in Chinese unless it is given
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the kiosk, full screen
    #[command(after_help = "Example: wenming kiosk --config /etc/wenming --data /var/lib/wenming")]
    Kiosk(Dirs),
    /// Try a throwaway station: nothing to set up, every card and PIN on the screen
    #[command(after_help = "Example: wenming demo --lang en")]
    Demo,
    /// Make a station's config folder by asking, with its first manager and technician, and say what to do next
    #[command(
        after_help = "Example: wenming init /etc/wenming --data /var/lib/wenming\nExample: wenming init station --answers answers.toml --lang en"
    )]
    Init(init::Init),
    /// Read the config and name every fault with file, line and column
    #[command(after_help = "Example: wenming check --config /etc/wenming")]
    Check(check::Check),
    /// Print what a config file may hold, as a JSON schema for editors
    #[command(after_help = "Example: wenming schema station > station.schema.json")]
    Schema(schema::Schema),
    /// Recompute the ledger: chain, legs, balances
    #[command(after_help = "Example: wenming audit --data /var/lib/wenming --json")]
    Audit(audit::Audit),
    /// Check up on readers, terminal, clock, disk, rights, ledger: each with a remedy, and a code for the phone
    #[command(
        after_help = "Example: wenming doctor --data /var/lib/wenming\nExample: wenming doctor --explain 134C"
    )]
    Doctor(doctor::Doctor),
    /// Make the station's key pair, by which the town knows its exports
    #[command(after_help = "Example: wenming keys --data /var/lib/wenming")]
    Keys(keys::Keys),
    /// Readers and the printer: what is plugged in, what its bytes mean, a test sheet, simulators
    #[command(
        after_help = "Example: wenming device list --config /etc/wenming\nExample: wenming device print --test"
    )]
    Device(device::Device),
    /// Bundles to the town, tables for clerks, the day in a few lines
    #[command(after_help = "Example: wenming export list --data /var/lib/wenming")]
    Export(export::Export),
    /// People, cards and old balances from a spreadsheet, all or nothing
    #[command(after_help = "Example: wenming import roster people.csv --by M001 --dry-run")]
    Import(import::Import),
    /// Play a scripted session against the real station
    #[command(after_help = "Example: wenming play fixtures/sessions/morning.play")]
    Play(play::Play),
    /// Book commands from a file, one JSON object a line, one answer a line
    #[command(
        after_help = "Example: wenming do entries.jsonl --config /etc/wenming --data /var/lib/wenming"
    )]
    Do(commands::Do),
    /// Fill an empty data folder with an invented village
    #[command(after_help = "Example: wenming seed --size village --data /tmp/village")]
    Seed(seed::Seed),
    /// Write a consistent copy of the ledger, also beside a running kiosk
    #[command(after_help = "Example: wenming backup /media/stick --data /var/lib/wenming")]
    Backup(backup::Backup),
    /// Put a copy made by `backup` into an empty data folder, checked, as the station's next disk
    #[command(
        after_help = "Example: wenming restore /media/stick/station-00001567-9f2c01ab.db --data /var/lib/wenming"
    )]
    Restore(restore::Restore),
    /// Ask for a new PIN, twice and without showing it, and print its hash for staff.toml
    #[command(after_help = "Example: wenming pin\nExample: echo 482915 | wenming pin")]
    Pin(pin::ChoosePin),
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let code = match Wenming::try_parse() {
        Ok(wenming) => wenming.run(),
        Err(error) => usage(&error),
    };
    match unheard() {
        None => code,
        Some(failure) => failed(&failure),
    }
}

/// Says what is wrong with the arguments, or helps.
fn usage(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    if !error.use_stderr() {
        heard(printed);
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

impl Wenming {
    fn run(self) -> ExitCode {
        choose(self.lang);
        let done = match self.command.unwrap_or(Command::Kiosk(self.kiosk)) {
            Command::Kiosk(dirs) => kiosk::run(&dirs),
            Command::Demo => demo::demo(),
            // Who cannot be asked used it wrongly.
            Command::Init(init) => return init.run(),
            Command::Check(check) => check.run(),
            Command::Schema(schema) => schema.run(),
            Command::Audit(audit) => audit.run(),
            // What it finds is its answer, not a failure of its own.
            Command::Doctor(doctor) => return doctor.run(),
            Command::Keys(keys) => keys.run(),
            Command::Import(import) => import.run(),
            Command::Play(play) => play.run(),
            Command::Do(commands) => commands.run(),
            Command::Seed(seed) => seed.run(),
            Command::Backup(backup) => backup.run(),
            Command::Restore(restore) => restore.run(),
            Command::Device(device) => device.run(),
            Command::Export(export) => export.run(),
            Command::Pin(pin) => pin.run(),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => failed(&failure),
        }
    }
}
