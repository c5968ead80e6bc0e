//! What the last check-up found: the code to read over the phone, then sentence and remedy of each.

use crate::app::{CheckupList, Key};
use crate::domain::{Checkup, Finding, Health};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::{Button, Page, Tone};
use crate::view::paint::fitted;
use crate::view::screens::{View, plain};
use crate::view::theme::Ink;
use chrono::DateTime;
use ratatui::layout::Rect;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Groups of four signs, twice as wide as usual, that stand in one row of 60 cells.
const GROUPS_A_ROW: usize = 6;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, list: &CheckupList) {
    let say = view.say;
    let body = inset(grid.body, 1);
    let foot = rows(grid.body, grid.body.height - 3, 3);
    let above = rows(body, 0, body.height - 3);
    match &list.last {
        _ if view.model.checkup.running => {
            sentence(page, grid, view, say.text("checkup-running"));
        }
        None => sentence(page, grid, view, say.text("checkup-none")),
        Some(found) => sentence(page, grid, view, title(view, found)),
    }
    if let Some(found) = &list.last {
        let troubles = found.troubles();
        if troubles.is_empty() {
            page.centred(
                row(above, above.height / 2),
                Ink::Strong,
                say.text("checkup-well"),
            );
        } else {
            let used = code(page, above, &found.code().to_string());
            let below = rows(above, used, above.height - used);
            let shown = troubles.chunks(CheckupList::A_PAGE).nth(list.page);
            for (place, one) in (0..).zip(shown.unwrap_or_default()) {
                trouble(page, view, rows(below, place * 3, 3), one);
            }
        }
    }
    buttons(page, view, foot, (list.page, list.pages()));
    trio(page, grid, view, Trio::Choosing);
}

fn title(view: &View<'_>, last: &Checkup) -> String {
    let zone = view.now.wall.timezone();
    let when = DateTime::from_timestamp_millis(last.wall_ms)
        .map_or_else(String::new, |at| view.say.moment(&at.with_timezone(&zone)));
    let wrong = last.count(Health::Wrong).to_string();
    let notes = last.count(Health::Note).to_string();
    let sum = view
        .say
        .with("doctor-sum", &[("wrong", &wrong), ("notes", &notes)]);
    let title = view.say.with("doctor-title", &[("when", &when)]);
    format!("{title}  {sum}")
}

/// Adds the code in signs twice as wide; gives the rows that it takes.
fn code(page: &mut Page, at: Rect, code: &str) -> u16 {
    let groups: Vec<&str> = code.split('-').collect();
    let mut used = 0;
    for groups in groups.chunks(GROUPS_A_ROW).take(2) {
        let at = row(at, used);
        page.fill(at, Ink::Header);
        page.centred(at, Ink::Header, wide(&groups.join("  ")));
        used += 1;
    }
    used
}

/// The full-width forms of letters and digits: as wide as a Hanzi, in every Chinese font.
fn wide(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().map(wide).collect()
}

/// Adds a finding: one row for the sentence, two for the remedy.
fn trouble(page: &mut Page, view: &View<'_>, at: Rect, finding: &Finding) {
    let say = view.say;
    let advice = say.finding(finding);
    let args = [
        ("check", advice.check.as_str()),
        ("sentence", advice.sentence.as_str()),
    ];
    let (first, ink) = (
        row(at, 0),
        match finding.health() {
            Health::Wrong => Ink::Warning,
            Health::Note | Health::Well => Ink::Strong,
        },
    );
    let state = say.health(finding.health());
    let text = format!("{state} {}", say.with("checkup-line", &args));
    if ink == Ink::Warning {
        page.fill(first, ink);
    }
    page.text(first, ink, fitted(&plain(&text), first.width.into()));
    let remedy = plain(&say.with("checkup-do", &[("remedy", &advice.remedy)]));
    let lines = wrapped(&remedy, at.width.saturating_sub(2).into());
    let [second, third] = [row(at, 1), row(at, 2)].map(|line| inset(line, 1));
    page.text(second, Ink::Page, lines.0);
    page.text(third, Ink::Page, fitted(&lines.1, third.width.into()));
}

/// The first line of a text, broken at a blank or between Hanzi, and the rest.
fn wrapped(text: &str, columns: usize) -> (String, String) {
    if text.width() <= columns {
        return (text.to_owned(), String::new());
    }
    let (mut width, mut cut, mut hard) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        if c == ' ' || c.width() == Some(2) {
            cut = at;
        }
        width += c.width().unwrap_or(0);
        if width > columns {
            break;
        }
        hard = at + c.len_utf8();
    }
    let cut = if cut == 0 { hard } else { cut };
    let (first, rest) = text.split_at_checked(cut).unwrap_or((text, ""));
    (first.to_owned(), rest.trim_start().to_owned())
}

fn buttons(page: &mut Page, view: &View<'_>, foot: Rect, (at, pages): (usize, usize)) {
    let say = view.say;
    let wanted = [
        (8, "page-back", at > 0),
        (
            CheckupList::AGAIN,
            "checkup-again",
            !view.model.checkup.running,
        ),
        (9, "page-on", at + 1 < pages),
    ];
    for (place, (digit, id, shown)) in cells(foot, 3, 1).into_iter().zip(wanted) {
        if shown {
            page.button(Button {
                at: place,
                key: Key::Digit(digit),
                badge: digit.to_string(),
                label: say.text(id),
                note: String::new(),
                tone: if digit == CheckupList::AGAIN {
                    Tone::Choice
                } else {
                    Tone::Neutral
                },
            });
        }
    }
}
