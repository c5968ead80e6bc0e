//! One file a screen: its small state, the panel that it shows, and what cards and answers do to it.

mod checkup;
mod choose;
mod close;
mod confirm;
mod desk;
mod detective;
mod devices;
mod done;
mod exports;
mod holds;
mod home;
mod idle;
mod lists;
mod more;
mod operations;
mod out_of_order;
mod passbook;
mod pin_pad;
mod printer_setup;
mod quantity;
mod remember;
mod reverse;
mod rewards;
mod second;
mod setting;
mod task;
mod variants;
mod waiting;

pub use checkup::CheckupList;
pub use choose::Choose;
pub use close::Close;
pub use confirm::Confirm;
pub use desk::Desk;
pub use detective::{Detective, DetectiveEnd, DetectiveRemark, DetectiveStep, Tap};
pub use devices::{Devices, Heard};
pub use done::Done;
pub use exports::Exports;
pub use holds::Holds;
pub use home::Home;
pub use idle::Idle;
pub use lists::Lists;
pub use more::More;
pub use operations::{ByNumber, Operations};
pub use passbook::Passbook;
pub use pin_pad::{AfterPin, PinPad};
pub use printer_setup::{PrinterSetup, PrinterStep};
pub use quantity::Quantity;
pub use remember::Remember;
pub use reverse::{Cosign, Reverse, Why};
pub use rewards::Rewards;
pub use task::{Agree, Working};
pub use variants::Variants;
pub use waiting::Waiting;

use crate::app::context::{Context, Transition};
use crate::app::{Answer, StationFault};
use crate::panel::{Key, Panel};
use crate::services::Given;

/// The small state of a screen.
pub(crate) trait State {
    /// What it shows and offers.
    fn panel(&self, context: &Context<'_>) -> Panel<Transition>;

    /// What an answer of the ledger does to it.
    fn answer(&mut self, _answer: &Answer, _context: &Context<'_>) -> Transition {
        Transition::stay()
    }

    /// Takes a key where digits are typed into the screen itself.
    fn typed(&mut self, _key: Key, _context: &Context<'_>) -> Transition {
        Transition::stay()
    }

    /// Takes an answer to the question of a task.
    fn given(&mut self, _given: &Given, _context: &Context<'_>) -> Transition {
        Transition::stay()
    }

    /// Looks at what a reader said, where cards are looked at.
    fn heard(&mut self, _heard: &Heard, _context: &Context<'_>) -> Transition {
        Transition::stay()
    }
}

/// The one table of screens: the name in scripts, the variant, its state.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:literal $screen:ident($state:ty),)*) => {
        /// The screen in front, with exactly the data it needs.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Screen {
            $($(#[$doc])* $screen($state),)*
        }

        impl Screen {
            /// Its name in scripts.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$screen(_) => $name,)*
                }
            }

            /// Its state.
            pub(crate) fn state(&self) -> &dyn State {
                match self {
                    $(Self::$screen(state) => state,)*
                }
            }

            /// Its state, to be changed.
            pub(crate) fn state_mut(&mut self) -> &mut dyn State {
                match self {
                    $(Self::$screen(state) => state,)*
                }
            }
        }

        $(impl From<$state> for Screen {
            fn from(state: $state) -> Self {
                Self::$screen(state)
            }
        })*
    };
}

screens! {
    /// Nobody is there.
    "idle" Idle(Idle),
    /// Balance and what can be done.
    "home" Home(Home),
    /// The rewards of a category.
    "rewards" Rewards(Rewards),
    /// The variants of a reward.
    "variants" Variants(Variants),
    /// How many.
    "quantity" Quantity(Quantity),
    /// The question before points are held.
    "confirm" Confirm(Confirm),
    /// Held; the attendant's badge is awaited.
    "waiting" Waiting(Waiting),
    /// Final.
    "done" Done(Done),
    /// The good-deed book.
    "passbook" Passbook(Passbook),
    /// The question whether the look shall stay with the card.
    "remember" Remember(Remember),
    /// A badge's PIN.
    "pin-pad" PinPad(PinPad),
    /// The attendant's menu.
    "desk" Desk(Desk),
    /// The other tasks.
    "more" More(More),
    /// The holds that wait.
    "holds" Holds(Holds),
    /// One of them.
    "choose" Choose(Choose),
    /// Which operations?
    "lists" Lists(Lists),
    /// The last operations.
    "operations" Operations(Operations),
    /// One of them by its number.
    "by-number" ByNumber(ByNumber),
    /// The question before one is reversed.
    "reverse" Reverse(Reverse),
    /// Why is it reversed?
    "why" Why(Why),
    /// Who signs it as well?
    "cosign" Cosign(Cosign),
    /// A question of a task.
    "task" Task(Working),
    /// Shall it be booked?
    "agree" Agree(Agree),
    /// Exports.
    "exports" Exports(Exports),
    /// Shall the program be closed?
    "close" Close(Close),
    /// What the last check-up found.
    "checkup" Checkup(CheckupList),
    /// What readers send.
    "devices" Devices(Devices),
    /// How a reader's numbers are read.
    "detective" Detective(Detective),
    /// What the printer can do.
    "printer-setup" PrinterSetup(PrinterSetup),
    /// The station cannot work.
    "out-of-order" OutOfOrder(StationFault),
}
