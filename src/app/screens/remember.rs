//! The question at the end of a session in which the look was changed: shall it stay with the card?

use crate::app::Effect;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::domain::{Look, Prompt, Text};
use crate::panel::{Body, Choice, Key, Line, OnCard, Panel, Stays};

/// The question whether the look shall be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remember;

/// What was changed, and nothing else.
fn changed(kept: Look, look: Look) -> Text {
    let cover = if look.covers {
        "remember-covered"
    } else {
        "remember-seen"
    };
    let all = [
        (kept.lang != look.lang, "remember-language"),
        (kept.theme != look.theme, "remember-theme"),
        (kept.covers != look.covers, cover),
    ];
    let each = all.into_iter().filter(|(is, _)| *is);
    let each = each.map(|(_, id)| Text::of(id));
    let joined = each.reduce(|one, other| {
        let both = Text::of("remember-and").fact("one", one.into());
        both.fact("other", other.into())
    });
    let what = joined.unwrap_or_else(|| Text::row([]));
    Text::of("remember-what").fact("what", what.into())
}

impl State for Remember {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let look = context.model.look();
        let keep = context.account().map(|account| {
            let keep = Effect::KeepLook { account, look };
            Transition::end().and(keep)
        });
        let keep = keep.unwrap_or_default();
        let no = Transition::end();
        Panel {
            card: OnCard::Leaves,
            stays: Stays::Ends(context.config.station.screen.ask_secs),
            ..Panel::new(
                Text::of("remember-ask"),
                Body::Question(vec![
                    Line::strong(changed(context.model.kept_look(), look)),
                    Line::plain(Text::of("remember-other")),
                ]),
                Prompt::Remember,
            )
        }
        .with([
            Choice::new(Key::Digit(1), Text::of("remember-yes"), keep)
                .also(Key::Enter)
                .yes(),
            Choice::new(Key::Digit(2), Text::of("remember-no"), no).neutral(),
        ])
    }
}
