//! `wenming device`: what is plugged in and what it says, one file a command.

mod decode;
mod list;
mod listen;
mod print;
mod sim;

pub(super) use list::{Kind, named_ports};

use crate::cli::Failure;
use clap::{Args, Subcommand};

/// Arguments of `wenming device`.
#[derive(Args, Debug)]
pub(super) struct Device {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Say what bytes of a reader mean, one JSON object a frame
    #[command(
        after_help = "Example: wenming device decode --format em4100 --hex \"02 36 37 30 30 33 42 35 31 43 36 43 42 03\""
    )]
    Decode(decode::Decode),
    /// List the ports, their stable names, who may use them, and which reader does
    #[command(after_help = "Example: wenming device list --config /etc/wenming --json")]
    List(list::List),
    /// Show what readers send: bytes, text, gaps, what it looks like, the card in all its forms
    #[command(
        after_help = "Example: wenming device listen\nExample: wenming device listen --port /dev/ttyUSB0 --baud 9600 --seconds 30 --json"
    )]
    Listen(listen::Listen),
    /// Ask the receipt printer how it is, or print a test sheet
    #[command(
        after_help = "Example: wenming device print --test\nExample: wenming device print --port /dev/usb/lp0 --profile 58mm --test"
    )]
    Print(print::Print),
    /// Play a reader, a scanner or a printer on a pseudo-terminal
    #[command(after_help = "Example: echo 'card 04A1B2C3D4E5F6' | wenming device sim pn532")]
    Sim(sim::Sim),
}

impl Device {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.what {
            What::Decode(decode) => decode.run(),
            What::List(list) => {
                list.run();
                Ok(())
            }
            What::Listen(listen) => listen.run(),
            What::Print(print) => print.run(),
            What::Sim(sim) => sim.run(),
        }
    }
}
