//! The station cannot work: nothing can be chosen, and no card is taken.

use crate::app::StationFault;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::domain::{Prompt, Text};
use crate::panel::{Body, Footer, OnCard, Panel, Stays};

impl State for StationFault {
    fn panel(&self, _context: &Context<'_>) -> Panel<Transition> {
        Panel {
            spoken: Prompt::OutOfOrder,
            hint: "demo-other",
            footer: Footer::Idle,
            card: OnCard::Nothing,
            stays: Stays::Forever,
            ..Panel::staff(Text::of("out-title"), Body::Own)
        }
    }
}
