//! `wenming device`: what is plugged in, tried out.

mod print;

use crate::cli::Failure;
use clap::{Args, Subcommand};

/// Arguments of `wenming device`.
#[derive(Args, Debug)]
pub(super) struct Device {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Ask the receipt printer how it is, or print a test sheet
    #[command(
        after_help = "Example: wenming device print --test\nExample: wenming device print --port /dev/usb/lp0 --profile 58mm --test"
    )]
    Print(print::Print),
}

impl Device {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.command {
            Command::Print(print) => print.run(),
        }
    }
}
