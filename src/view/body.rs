//! How each kind of body is laid out: once, whatever stands in it.

use crate::domain::Text;
use crate::panel::{Body, Choice, Emphasis, Entry, Key, LINES_A_PAGE, Line, Panel, Place};
use crate::view::context::View;
use crate::view::frame::sentence;
use crate::view::keypad::number;
use crate::view::layout::{Grid, cells, columns, inset, lower, row, rows, upper, wrapped};
use crate::view::page::Page;
use crate::view::paint::fitted;
use crate::view::status::devices;
use crate::view::theme::Ink;
use ratatui::layout::Rect;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Rows of the buttons at the foot.
const FOOT: u16 = 3;

/// Adds the title, the body and the buttons at its foot; a body of its own is drawn elsewhere.
pub(crate) fn body<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    if let Body::Keypad {
        above,
        typed,
        lines,
    } = &panel.body
    {
        return number(page, grid, view, (panel, (above.as_ref(), typed), lines));
    }
    sentence(page, grid, view, panel);
    match &panel.body {
        Body::Menu { places, empty, .. } => {
            menu(page, grid, view, (panel, *places));
            nothing(page, grid, view, (panel, empty.as_ref()));
        }
        Body::List { empty } => {
            list(page, grid, view, panel);
            nothing(page, grid, view, (panel, Some(empty)));
        }
        Body::Question(lines) => question(page, grid, view, (panel, lines)),
        Body::Lines(groups) => groups_of(page, rows_above(grid), view, groups),
        Body::Entries { rows, empty } => {
            if rows.is_empty() {
                page.centred(row(grid.body, 4), Ink::Page, view.tell(empty));
            }
            entries(page, above_foot(grid, panel), view, rows);
        }
        Body::Keypad { .. } | Body::Own => {}
    }
    foot(page, grid, view, panel);
}

/// What stands there when there is nothing to choose.
fn nothing<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, empty): (&Panel<A>, Option<&Text>),
) {
    if let (None, Some(empty)) = (inside(panel).next(), empty) {
        page.centred(row(grid.body, 4), Ink::Page, view.tell(empty));
    }
}

/// The choices that stand in the body.
pub(crate) fn inside<A>(panel: &Panel<A>) -> impl Iterator<Item = &Choice<A>> {
    let choices = panel.choices.iter();
    choices.filter(|choice| choice.place == Place::Body)
}

/// The choice of a key, where there is one to be drawn.
pub(crate) fn drawn<A>(panel: &Panel<A>, key: Key) -> Option<&Choice<A>> {
    let choice = panel.choice(key);
    choice.filter(|choice| choice.place != Place::Hidden)
}

/// The body without the foot, where that has a button.
fn above_foot<A>(grid: &Grid, panel: &Panel<A>) -> Rect {
    if panel.pager || panel.slots > 0 {
        rows_above(grid)
    } else {
        grid.body
    }
}

fn rows_above(grid: &Grid) -> Rect {
    rows(grid.body, 0, grid.body.height - FOOT)
}

/// Numbered buttons, two in a row.
fn menu<A>(page: &mut Page, grid: &Grid, view: &View<'_>, (panel, places): (&Panel<A>, usize)) {
    let mut area = above_foot(grid, panel);
    if panel.devices {
        let last = area.height - 1;
        devices(page, row(area, last), view);
        area = rows(area, 0, last);
    }
    for (at, choice) in menu_places(area, places).into_iter().zip(inside(panel)) {
        view.choose(page, at, choice);
    }
}

/// Two places a line; of seven the last three share one.
fn menu_places(area: Rect, places: usize) -> Vec<Rect> {
    let lines = u16::try_from(places.div_ceil(2)).unwrap_or(1);
    if places != 7 {
        return cells(area, 2, lines);
    }
    let pairs = cells(area, 2, 3).into_iter().take(4);
    pairs.chain(cells(area, 3, 3).into_iter().skip(6)).collect()
}

/// Numbered lines: two rows to touch, one painted. A label too long for its line is cut at its end; the screen behind it
/// shows the whole.
fn list<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let area = above_foot(grid, panel);
    for (y, choice) in (0..).step_by(2).zip(inside(panel)) {
        let mut button = view.button(rows(area, y, 2), choice);
        button.label = fitted(&button.label, button.label_room());
        page.button(button);
    }
}

/// Centred sentences, a blank row between them, above the answers.
fn question<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, lines): (&Panel<A>, &[Line]),
) {
    let above = upper(grid.body);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let first = (above.height / 2 + 1).saturating_sub(count);
    for (y, line) in (first..above.height).step_by(2).zip(lines) {
        page.centred(row(above, y), Ink::of(line.emphasis), view.tell(&line.text));
    }
    let answers: Vec<_> = inside(panel).collect();
    let count = u16::try_from(answers.len()).unwrap_or(1);
    for (at, choice) in cells(lower(grid.body), count, 1).into_iter().zip(answers) {
        view.choose(page, at, choice);
    }
}

/// Rows that a line takes.
const fn rows_of(line: &Line) -> u16 {
    if line.wraps { 2 } else { 1 }
}

/// Groups of lines; where there is room a blank row parts them, and one more stands above.
fn groups_of(page: &mut Page, area: Rect, view: &View<'_>, groups: &[Vec<Line>]) {
    let area = inset(area, 1);
    let groups = || groups.iter().filter(|group| !group.is_empty());
    let used: u16 = groups().flatten().map(rows_of).sum();
    let gaps = u16::try_from(groups().count())
        .unwrap_or(1)
        .saturating_sub(1);
    let spare = area.height.saturating_sub(used);
    let gap = u16::from(spare >= gaps);
    let mut y = u16::from(spare > gaps);
    for group in groups() {
        for line in group {
            line_at(page, rows(area, y, rows_of(line)), view, line);
            y += rows_of(line);
        }
        y += gap;
    }
}

/// Adds a line; what somebody must see, and a banner, are filled to their ends.
fn line_at(page: &mut Page, at: Rect, view: &View<'_>, line: &Line) {
    let (text, ink, first) = (view.tell(&line.text), Ink::of(line.emphasis), row(at, 0));
    if matches!(line.emphasis, Emphasis::Warning | Emphasis::Banner) {
        page.fill(first, ink);
    }
    if line.emphasis == Emphasis::Banner {
        page.centred(first, ink, text);
    } else if let Some(done) = line.bar {
        let half = first.width / 2;
        page.text(columns(first, 0, half), ink, text);
        page.bar(columns(first, half, first.width), done);
    } else if line.wraps {
        let (head, rest) = wrapped(&text, at.width.saturating_sub(2).into());
        let [first, second] = [first, row(at, 1)].map(|line| inset(line, 1));
        page.text(first, ink, head);
        page.text(second, ink, fitted(&rest, second.width.into()));
    } else if line.tail {
        page.text(first, ink, tail(&text, first.width.into()));
    } else {
        page.text(first, ink, fitted(&text, first.width.into()));
    }
}

/// The end of a path, where it says most.
pub(crate) fn tail(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut width = 2;
    let mut kept: Vec<char> = text
        .chars()
        .rev()
        .take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= columns
        })
        .collect();
    kept.extend("..".chars());
    kept.iter().rev().collect()
}

/// What happened: the day, what it was, by how much, and what was left.
fn entries(page: &mut Page, area: Rect, view: &View<'_>, entries: &[Entry]) {
    let body = inset(area, 1);
    let pitch = body.height / u16::try_from(LINES_A_PAGE).unwrap_or(1);
    let pitch = pitch.clamp(1, 3);
    let (date, after) = (6, 12);
    for (y, entry) in (pitch / 2..).step_by(pitch.into()).zip(entries) {
        let at = row(body, y);
        let room = at.width - date - after - 9;
        let (what, change) = (columns(at, date, room), columns(at, date + room, 8));
        page.text(at, Ink::Quiet, view.tell(&entry.when));
        page.text(
            what,
            Ink::Page,
            fitted(&view.tell(&entry.what), room.into()),
        );
        page.right(change, Ink::Strong, view.tell(&entry.change));
        page.right(at, Ink::Page, view.tell(&entry.after));
    }
}

/// The buttons at the foot: 上一页 at the left, 下一页 at the right, others between; a lone one in the middle.
fn foot<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let ends = if panel.pager { 2 } else { 0 };
    let places = u16::try_from(panel.slots + ends).unwrap_or(u16::MAX);
    let foot = rows(grid.body, grid.body.height - FOOT, FOOT);
    let mut places = cells(foot, places, 1);
    if let [only] = places.as_mut_slice() {
        *only = inset(*only, only.width / 4);
    }
    for choice in &panel.choices {
        let slot = match choice.place {
            Place::Before => 0,
            Place::Foot(slot) => slot + usize::from(panel.pager),
            Place::After => places.len().saturating_sub(1),
            Place::Body | Place::Footer | Place::Hidden => continue,
        };
        if let Some(at) = places.get(slot) {
            view.choose(page, *at, choice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Model;
    use crate::config::Config;
    use crate::domain::{Lang, Now};
    use crate::words::Words;
    use std::path::Path;

    /// The buttons of a staff menu with so many entries, on one of its pages.
    fn menu_of(entries: usize, page: usize, (columns, height): (u16, u16)) -> Vec<Rect> {
        let config: Config = crate::config::load(Path::new("kiosk-config")).unwrap();
        let now = Now {
            wall: "2026-11-21T18:41:00+08:00".parse().unwrap(),
            mono_ms: 1_000,
        };
        let (words, model) = (Words::new(), Model::new(1, Lang::Zh, &now));
        let view = View::new(&model, &config, &words, &now);
        let body_of = Body::Menu {
            most: 7,
            places: entries,
            empty: None,
        };
        let items = (0..entries).map(|n| Choice::item(Text::of("back"), n));
        let mut panel = Panel::staff(Text::of("back"), body_of);
        panel.devices = true;
        let panel = panel.items(items).paged(page, height, |page| page);
        let grid = Grid::of(Rect::new(0, 0, columns, height)).unwrap();
        let mut page = Page::default();
        body(&mut page, &grid, &view, &panel);
        page.buttons().map(|button| button.at).collect()
    }

    #[test]
    fn a_menu_of_any_length_is_laid_out_for_fingers() {
        for size in [(64, 16), (80, 20), (96, 24)] {
            for entries in 1_usize..20 {
                for page in 0..entries.div_ceil(4) {
                    let places = menu_of(entries, page, size);
                    assert!(!places.is_empty(), "{entries} {page}");
                    for (n, at) in places.iter().enumerate() {
                        assert!(at.height >= 3 && at.width >= 8, "{entries} {page} {at:?}");
                        let after = places.iter().skip(n + 1);
                        let covered = after.filter(|other| at.intersects(**other)).count();
                        assert_eq!(covered, 0, "{entries} {page} {at:?}");
                    }
                }
            }
        }
    }
}
