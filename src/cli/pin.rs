//! `wenming pin`: a PIN's hash for staff.toml, of a PIN that is not easy to guess.

use crate::cli::secret::ask;
use crate::cli::{Failure, print, told};
use crate::domain::{Pin, Text, WeakPin};
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
        let typed = ask(&told(&Text::of("pin-ask")))?;
        let today = Clock::start().now().date();
        let pin = Pin::choose(typed.trim(), today, self.born).map_err(refused)?;
        // A pipe has no fingers that slip.
        if io::stdin().is_terminal() && ask(&told(&Text::of("pin-again")))?.trim() != pin.digits() {
            return Err(Text::of("pin-differ").into());
        }
        print(&format!("pin = \"{}\"", hash_pin(&pin)?));
        Ok(())
    }
}

/// Why a PIN is refused, and that the person chooses another.
fn refused(why: WeakPin) -> Failure {
    Text::of("pin-refused").fact("why", weak(why).into()).into()
}

/// Why a PIN may not be chosen.
pub(super) const fn weak(why: WeakPin) -> Text {
    Text::of(match why {
        WeakPin::Form => "pin-form",
        WeakPin::Run => "pin-run",
        WeakPin::Repeat => "pin-repeat",
        WeakPin::Birthday => "pin-birthday",
        WeakPin::BirthYear => "pin-birth-year",
        WeakPin::Published => "pin-published",
    })
}
