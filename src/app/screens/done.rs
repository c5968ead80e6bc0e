//! Final and on disk: had, spent, left in big digits, and what happens next.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::domain::{Booked, Prompt, Text};
use crate::panel::{Body, OnCard, Panel, Stays};

/// The done screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was redeemed.
    pub receipt: Booked,
}

/// A slip that is being printed keeps the screen so many seconds: that of any job.
const PRINTING_SECS: i64 = 30;

impl State for Done {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let wish = &self.receipt.wish;
        let title = match wish {
            Some(wish) => Text::of("done-what")
                .item(wish)
                .pieces(&wish.item, wish.quantity),
            None => Text::of("done-any"),
        };
        let secs = context.config.station.screen.done_secs;
        let secs = if context.model.printer.is_printing(self.receipt.seq) {
            secs.max(PRINTING_SECS)
        } else {
            secs
        };
        Panel {
            any: Some(Transition::end()),
            card: OnCard::Next,
            stays: Stays::Ends(secs),
            hint: "demo-done",
            ..Panel::new(title, Body::Own, Prompt::Done)
        }
        .with(context.cover(9))
    }
}
