//! The question before the program is closed.

use crate::app::Effect;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::domain::Text;
use crate::panel::{Body, Choice, Key, Line, Panel};

/// The question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Close;

impl State for Close {
    fn panel(&self, _context: &Context<'_>) -> Panel<Transition> {
        let what = Line::plain(Text::of("close-what"));
        let yes = Transition::want(Effect::Exit);
        Panel::staff(Text::of("close-ask"), Body::Question(vec![what])).with([
            Choice::new(Key::Digit(1), Text::of("close-yes"), yes)
                .yes()
                .irreversible(),
            Choice::new(Key::Digit(2), Text::of("close-no"), Transition::back()).neutral(),
        ])
    }
}
