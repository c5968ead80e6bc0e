//! A card that the desk waits for; and the badge of a second member of staff, who signs beside the one at the desk.

use crate::app::context::{Context, Transition};
use crate::app::{AfterPin, Answer, PinPad};
use crate::domain::{Fact, Text, no};
use crate::panel::{Body, Footer, Line, OnCard, Panel};

/// A panel on which a badge is awaited beside that of who works at the desk.
pub(super) fn badge(context: &Context<'_>, title: Text, lines: Vec<Line>) -> Panel<Transition> {
    Panel {
        card: OnCard::Confirms,
        hint: "demo-second",
        ..awaiting(context, title, lines, Some("task-badge"))
    }
}

/// A panel on which a card is awaited, whoever's it is.
pub(super) fn card(context: &Context<'_>, title: Text) -> Panel<Transition> {
    Panel {
        card: OnCard::Taken,
        ..awaiting(context, title, Vec::new(), None)
    }
}

/// A panel that waits for a card or a badge, with what asks for it; its number may be typed where cards may.
fn awaiting(
    context: &Context<'_>,
    title: Text,
    mut lines: Vec<Line>,
    asks: Option<&'static str>,
) -> Panel<Transition> {
    let typing = context.types_cards();
    let typed = &context.model.typed;
    let typed = (!typed.is_empty())
        .then(|| Text::of("idle-typed").fact("digits", Fact::Code(typed.clone())));
    lines.extend(typed.or(asks.map(Text::of)).map(Line::strong));
    let footer = match typing {
        Some(_) => Footer::Typing,
        None => Footer::Choosing,
    };
    Panel {
        footer,
        typing,
        ..Panel::staff(title, Body::Question(lines))
    }
}

/// What follows when a badge was shown: its PIN is asked, unless it is the badge of who works at the desk; `None` for other answers.
pub(super) fn second(
    answer: &Answer,
    context: &Context<'_>,
    then: impl FnOnce() -> AfterPin,
) -> Option<Transition> {
    let Answer::Badge(shown) = answer else {
        return None;
    };
    Some(match shown {
        Err(refusal) => Transition::refuse(refusal),
        Ok(shown) if context.staff().is_some_and(|own| own.id == shown.staff.id) => {
            Transition::refuse(&no("second-person"))
        }
        Ok(shown) => Transition::replace(PinPad::new(shown.clone(), then())),
    })
}
