//! `wenming pin`: a PIN's hash for staff.toml, of a PIN that is not easy to guess.

use crate::cli::secret::ask;
use crate::cli::{Failure, print};
use crate::domain::{Lang, Pin, WeakPin};
use crate::shell::clock::Clock;
use crate::store::hash_pin;
use crate::words::{Say, Words};
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

/// Why a PIN is refused, and that the person chooses another.
fn refused(why: WeakPin) -> Failure {
    let why = weak(&Words::new().say(Lang::En), why);
    Failure(format!("{why}; nothing was written, choose another PIN"))
}

/// Why a PIN may not be chosen.
pub(super) fn weak(say: &Say<'_>, why: WeakPin) -> String {
    match why {
        WeakPin::Form => say.text("weak-pin-form"),
        WeakPin::Run => say.text("weak-pin-run"),
        WeakPin::Repeat => say.text("weak-pin-repeat"),
        WeakPin::Birthday => say.text("weak-pin-birthday"),
        WeakPin::BirthYear => say.text("weak-pin-birth-year"),
        WeakPin::Published => say.text("weak-pin-published"),
    }
}
