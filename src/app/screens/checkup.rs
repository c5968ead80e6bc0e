//! What the last check-up found: the code to read over the phone, then sentence and remedy of each.

use crate::app::context::{Ask, Context, Transition};
use crate::app::screens::State;
use crate::domain::{Checkup, Fact, Finding, Health, Text};
use crate::panel::{Body, Choice, Emphasis, Key, Line, Panel, Place, pages_of};

/// The list of findings. What it shows is the model's, since check-ups run under every screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckupList;

/// Findings on one page: each takes three rows, and the code stands above.
const A_PAGE: usize = 2;
/// Groups of four signs, twice as wide as usual, that stand in one row of 60 cells.
const GROUPS_A_ROW: usize = 6;
/// Rows that the code may take.
const CODE_ROWS: usize = 2;

fn title(found: &Checkup) -> Text {
    let when = Fact::Moment(found.wall_ms);
    let sum = Text::of("doctor-sum").fact("wrong", Fact::many(found.count(Health::Wrong)));
    let sum = sum.fact("notes", Fact::many(found.count(Health::Note)));
    Text::apart(Text::of("doctor-title").fact("when", when), sum)
}

/// The code in signs twice as wide.
fn code(found: &Checkup) -> Vec<Line> {
    let code = found.code().to_string();
    let groups: Vec<&str> = code.split('-').collect();
    let rows = groups.chunks(GROUPS_A_ROW).take(CODE_ROWS);
    let rows = rows.map(|groups| Text::row([Fact::Wide(groups.join("  "))]));
    rows.map(|row| Line::new(Emphasis::Banner, row)).collect()
}

/// A finding: one row for the sentence, two for the remedy.
fn finding(finding: &Finding) -> Vec<Line> {
    let fact = || Box::new(finding.clone());
    let emphasis = match finding.health() {
        Health::Wrong => Emphasis::Warning,
        Health::Note | Health::Well => Emphasis::Strong,
    };
    let remedy = Line::plain(Text::row([Fact::Remedy(fact())]));
    vec![
        Line::new(emphasis, Text::row([Fact::Finding(fact())])),
        Line {
            wraps: true,
            ..remedy
        },
    ]
}

impl State for CheckupList {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let checkup = &context.model.checkup;
        let last = checkup.last.as_ref();
        let title = match last {
            _ if checkup.running => Text::of("checkup-running"),
            None => Text::of("checkup-none"),
            Some(found) => title(found),
        };
        let troubles = last.map(Checkup::troubles).unwrap_or_default();
        let pages = pages_of(troubles.len(), A_PAGE);
        let page = context.model.page.min(pages.saturating_sub(1));
        let shown = troubles.chunks(A_PAGE).nth(page).unwrap_or_default();
        let body = match last {
            Some(_) if troubles.is_empty() => {
                Body::Question(vec![Line::strong(Text::of("checkup-well"))])
            }
            Some(found) => {
                let findings = shown.iter().map(|found| finding(found));
                Body::Lines([code(found)].into_iter().chain(findings).collect())
            }
            None => Body::Lines(Vec::new()),
        };
        let mut panel = Panel::staff(title, body);
        panel.pages = pages;
        let again = Transition::ask(Ask::CheckUp);
        let again = Choice::new(Key::Digit(1), Text::of("checkup-again"), again);
        if checkup.running {
            // One that hangs is given up when it is asked for again.
            return panel.gap().with([again.at(Place::Hidden)]);
        }
        panel.foot(again)
    }
}
