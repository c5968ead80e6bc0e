//! `wenming pin`: a PIN's hash for staff.toml, of a PIN that is not easy to guess.

use crate::cli::secret::ask;
use crate::cli::{Failure, print};
use crate::domain::{Pin, WeakPin};
use crate::shell::clock::Clock;
use crate::store::hash_pin;
use clap::Args;
use std::io::{self, IsTerminal as _};

/// Arguments of `wenming pin`.
#[derive(Args, Debug)]
pub(super) struct ChoosePin {
    /// The year in which its owner was born; a PIN that holds it is refused
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(1900..=2100))]
    born: Option<u16>,
}

impl ChoosePin {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let typed = ask("a PIN of 6 to 8 digits (it is not shown): ")?;
        let today = Clock::start().now().date();
        let pin = Pin::choose(typed.trim(), today, self.born).map_err(refused)?;
        // A pipe has no fingers that slip.
        if io::stdin().is_terminal() && ask("the same PIN again: ")?.trim() != pin.digits() {
            let why = "the two PINs differ; nothing was written, run `wenming pin` again";
            return Err(Failure(why.to_owned()));
        }
        print(&format!("pin = \"{}\"", hash_pin(&pin)?));
        Ok(())
    }
}

fn refused(why: WeakPin) -> Failure {
    let why = match why {
        WeakPin::Form => "a PIN has 6 to 8 digits and nothing else",
        WeakPin::Run => "its digits follow by one step, like 123456, and are tried first",
        WeakPin::Repeat => "its digits repeat, like 121212, and are tried first",
        WeakPin::Birthday => "it reads as a date, and birthdays are tried first",
        WeakPin::BirthYear => "the year of birth stands in it, and is tried first",
        WeakPin::Published => "it stands in the published example, which everybody can read",
    };
    Failure(format!("{why}; nothing was written, choose another PIN"))
}
