//! The card-format detective: what to do next, and what it came to.

use crate::app::{
    Detective, DetectiveEnd, DetectiveRemark, DetectiveStep, LINES_A_PAGE, SettingKept, page_of,
    pages_of,
};
use crate::config::SettingChange;
use crate::domain::CardNumber;
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::{Page, Tone};
use crate::view::paint::fitted;
use crate::view::screens::devices::{tail, warn};
use crate::view::screens::holds::{list, title};
use crate::view::screens::{View, above_pager, pager, plain};
use crate::view::theme::Ink;
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, detective: &Detective) {
    let say = view.say;
    let body = inset(grid.body, 1);
    match &detective.step {
        DetectiveStep::First => {
            sentence(page, grid, view, say.text("detective-first"));
            page.text(row(body, 1), Ink::Page, say.text("detective-first-how"));
        }
        DetectiveStep::Which {
            numbers, page: at, ..
        } => which(page, grid, view, (numbers, *at)),
        DetectiveStep::Second { first, printed } => {
            let name = reader(view, first.index);
            let text = say.with("detective-second", &[("name", &name)]);
            sentence(page, grid, view, text);
            number(page, view, row(body, 1), printed);
        }
        DetectiveStep::Ask {
            index,
            change,
            printed,
            writing,
        } => {
            let name = reader(view, *index);
            let text = say.with("detective-ask", &[("name", &name)]);
            sentence(page, grid, view, text);
            number(page, view, row(body, 0), printed);
            change_lines(page, view, rows(body, 2, 5), change);
            if !writing {
                yes_no(page, view, grid, ("setting-write", "setting-leave"));
            }
        }
        DetectiveStep::Again { index, printed } => {
            let name = reader(view, *index);
            let text = say.with("detective-again", &[("name", &name)]);
            sentence(page, grid, view, text);
            number(page, view, row(body, 1), printed);
        }
        DetectiveStep::Over(end) => over(page, grid, view, end),
    }
    if let Some(remark) = detective.remark {
        let at = rows(body, 3, 2);
        let at = if matches!(detective.step, DetectiveStep::Which { .. }) {
            Rect {
                y: grid.sentence.y,
                height: 1,
                ..body
            }
        } else {
            at
        };
        remarked(page, view, at, remark);
    }
    trio(page, grid, view, Trio::Choosing);
}

/// A reader's name.
fn reader(view: &View<'_>, index: usize) -> String {
    let reader = view.config.station.readers.get(index);
    reader.map_or_else(String::new, |reader| plain(&reader.name))
}

fn which(page: &mut Page, grid: &Grid, view: &View<'_>, (numbers, at): (&[CardNumber], usize)) {
    let pages = pages_of(numbers.len(), LINES_A_PAGE);
    sentence(
        page,
        grid,
        view,
        title(view, "detective-which", (at, pages)),
    );
    let shown = page_of(numbers, at, LINES_A_PAGE).iter().map(|number| {
        let tone = if number.is_short() {
            Tone::Neutral
        } else {
            Tone::Choice
        };
        (number.number.clone(), number.form.to_owned(), tone)
    });
    list(page, above_pager(grid, pages), shown.collect());
    pager(page, grid, view, (at, pages));
}

fn number(page: &mut Page, view: &View<'_>, at: Rect, printed: &CardNumber) {
    let args = [("number", printed.number.as_str()), ("form", printed.form)];
    page.text(at, Ink::Page, view.say.with("detective-printed", &args));
}

/// The lines that stand, or would stand, in the config.
pub(super) fn change_lines(page: &mut Page, view: &View<'_>, at: Rect, change: &SettingChange) {
    let heading = match change {
        SettingChange::Reader { index, .. } => {
            format!("{}  # {}", change.heading(), reader(view, *index))
        }
        SettingChange::Printer { .. } => change.heading().to_owned(),
    };
    let lines = std::iter::once(heading).chain(change.lines());
    for (y, line) in (0..at.height).zip(lines) {
        page.text(row(at, y), Ink::Strong, line);
    }
}

/// Two buttons at the foot of the body.
pub(super) fn yes_no(page: &mut Page, view: &View<'_>, grid: &Grid, (yes, no): (&str, &str)) {
    let foot = rows(grid.body, grid.body.height - 3, 3);
    let both = [
        (Detective::YES, yes, Tone::Confirm),
        (Detective::NO, no, Tone::Neutral),
    ];
    for (at, (digit, id, tone)) in cells(foot, 2, 1).into_iter().zip(both) {
        page.choice(at, digit, view.say.text(id), tone);
    }
}

fn remarked(page: &mut Page, view: &View<'_>, at: Rect, remark: DetectiveRemark) {
    let say = view.say;
    let (text, next) = match remark {
        DetectiveRemark::Fault(fault) => {
            let (sentence, remedy) = say.frame_fault(fault);
            (sentence, say.with("checkup-do", &[("remedy", &remedy)]))
        }
        DetectiveRemark::NoNumber => (say.text("detective-no-number"), String::new()),
        DetectiveRemark::Short => (say.text("detective-short"), String::new()),
        DetectiveRemark::SameReader => (say.text("detective-same-reader"), String::new()),
        DetectiveRemark::OtherReader => (say.text("detective-other-reader"), String::new()),
    };
    warn(page, row(at, 0), &text);
    if at.height > 1 {
        page.text(row(at, 1), Ink::Page, fitted(&next, at.width.into()));
    }
}

fn over(page: &mut Page, grid: &Grid, view: &View<'_>, end: &DetectiveEnd) {
    let say = view.say;
    let body = inset(grid.body, 1);
    match end {
        DetectiveEnd::Same | DetectiveEnd::Alone | DetectiveEnd::Matches => {
            let id = match end {
                DetectiveEnd::Alone => "detective-alone",
                DetectiveEnd::Matches => "detective-matches",
                DetectiveEnd::Same
                | DetectiveEnd::Differs
                | DetectiveEnd::Miss(_)
                | DetectiveEnd::NotKept(..) => "detective-same",
            };
            sentence(page, grid, view, say.text("detective-good"));
            page.text(row(body, 1), Ink::Page, say.text(id));
        }
        DetectiveEnd::Differs => {
            sentence(page, grid, view, say.text("detective-bad"));
            warn(page, row(body, 1), &say.text("detective-differs"));
            page.text(row(body, 2), Ink::Page, say.text("detective-differs-do"));
        }
        DetectiveEnd::Miss(miss) => {
            let id = format!("miss-{}", miss.name());
            sentence(page, grid, view, say.text("detective-bad"));
            warn(page, row(body, 1), &say.text(&id));
            let next = say.text(&format!("{id}-remedy"));
            page.text(row(body, 2), Ink::Page, next);
        }
        DetectiveEnd::NotKept(kept, change) => {
            sentence(page, grid, view, say.text("setting-not-kept"));
            not_kept(page, view, rows(body, 0, 8), (kept, change));
        }
    }
    let foot = rows(grid.body, grid.body.height - 3, 3);
    if let Some(at) = cells(foot, 1, 1).into_iter().next() {
        let at = inset(at, at.width / 4);
        page.choice(
            at,
            Detective::YES,
            say.text("detective-another"),
            Tone::Choice,
        );
    }
}

/// Why a change was not written, where it belongs, and its lines.
pub(super) fn not_kept(
    page: &mut Page,
    view: &View<'_>,
    at: Rect,
    (kept, change): (&SettingKept, &SettingChange),
) {
    let say = view.say;
    let (why, path) = match kept {
        SettingKept::BuiltIn => (say.text("setting-built-in"), "station.toml"),
        SettingKept::ReadOnly { path } => (say.text("setting-read-only"), path.as_str()),
        SettingKept::Failed { path, why } => (
            say.with("setting-failed", &[("why", &plain(why))]),
            path.as_str(),
        ),
        SettingKept::Written => return,
    };
    warn(page, row(at, 0), &why);
    page.text(row(at, 1), Ink::Page, say.text("setting-by-hand"));
    let path = tail(&plain(path), at.width.into());
    page.text(row(at, 2), Ink::Strong, path);
    change_lines(page, view, rows(at, 3, 5), change);
}
