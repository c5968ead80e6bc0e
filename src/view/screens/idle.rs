//! Idle: the clock, the day as villagers count it, how to start, and news in turn. Nothing private.

use crate::app::{StationFault, Stick};
use crate::config::{Activity, ReaderSetting};
use crate::domain::Check;
use crate::view::context::View;
use crate::view::digits::{DIGIT_ROWS, digits_width};
use crate::view::frame::typed;
use crate::view::layout::{Grid, columns, inset, row, rows};
use crate::view::page::Page;
use crate::view::theme::Ink;
use chrono::{NaiveDate, Timelike as _};
use ratatui::layout::Rect;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>) {
    let say = view.say;
    let wall = &view.now.wall;
    let clock = format!("{}:{:02}", wall.hour(), wall.minute());
    // Where there is room, the day and the news do not stick to what is to be done.
    let gap = u16::from(grid.body.height >= 13);
    let height = 11 + 2 * gap;
    let spare = (grid.body.height - height) / 2;
    let body = rows(grid.body, spare, height);
    let width = digits_width(&clock);
    let digits = rows(body, 0, DIGIT_ROWS);
    let place = columns(digits, (body.width - width) / 2, width);
    page.centred(grid.sentence, Ink::Strong, say.text("idle-welcome"));
    page.digits(place, clock);
    page.centred(row(body, 5), Ink::Page, day(view));
    let band = inset(rows(body, 6 + gap, 3), 2);
    // Nobody is asked for a card while no reader is there to take it.
    let readers = &view.model.readers;
    let lost = view.model.lacks_readers();
    match typed(view.model) {
        Some(digits) => {
            let sentence = say.with("idle-typed", &[("digits", digits)]);
            page.banner(band, Ink::Confirm, sentence);
        }
        None if lost => page.banner(band, Ink::Warning, say.text("idle-reader-lost")),
        None => page.banner(band, Ink::Confirm, say.text("idle-how")),
    }
    page.centred(row(body, 9 + 2 * gap), Ink::Strong, in_turn(view));
    let foot = row(body, 10 + 2 * gap);
    // Whoever calls is answered in the bar on top; the staff are told when that person has gone.
    if view.model.help.wanted && !view.model.help.called {
        page.banner(foot, Ink::Warning, say.text("help-wanted"));
    } else if let Some(fault) = view.model.shut {
        let id = if fault == StationFault::ReadOnly {
            "idle-read-only"
        } else {
            "idle-disk-full"
        };
        page.banner(foot, Ink::Warning, say.text(id));
    } else if readers.contains(&false) && !lost {
        page.banner(foot, Ink::Warning, say.text("idle-reader-lost"));
    } else if stick(page, view, foot) {
        // The row is the stick's.
    } else if view.model.open_holds > 0 {
        let count = view.model.open_holds.to_string();
        page.centred(
            foot,
            Ink::Quiet,
            say.with("idle-holds", &[("count", &count)]),
        );
    } else if view.model.today.is_doubted() || view.model.doubted > 0 {
        page.centred(foot, Ink::Quiet, say.text("idle-date"));
    } else if let Some(text) = printer(view) {
        page.centred(foot, Ink::Quiet, text);
    } else if let Some(id) = exports(view) {
        page.centred(foot, Ink::Quiet, say.text(id));
    }
}

/// How long each piece of news stays, in milliseconds: three slow readings of a line.
const TURN_MS: i64 = 12_000;

/// Date, lunar date, solar term.
fn day(view: &View<'_>) -> String {
    let (say, wall) = (view.say, &view.now.wall);
    let day = wall.date_naive();
    let parts = [say.date(wall), say.lunar(day), say.term(day)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("  ")
}

/// How else to start; announcements, today's activities, the honour roll: one after the other.
fn in_turn(view: &View<'_>) -> String {
    let (say, notices, lang) = (view.say, &view.config.notices, view.model.lang);
    let today = view.now.wall.date_naive();
    let scans = |(reader, up): (&ReaderSetting, &bool)| {
        *up && reader.format.device() == Check::Scanner && !reader.badges
    };
    let mut all = view.config.station.readers.iter().zip(&view.model.readers);
    let how = if all.any(scans) {
        "idle-code"
    } else {
        "idle-slowly"
    };
    let mut news = vec![say.text(how)];
    let lasting = |until: Option<NaiveDate>| until.is_none_or(|until| today <= until);
    let current = notices.announcements.iter().filter(|a| lasting(a.until));
    news.extend(current.map(|a| say.with("idle-announcement", &[("text", a.text.get(lang))])));
    let now = view.now.wall.hour() * 60 + view.now.wall.minute();
    let ahead = |activity: &&Activity| activity.is_on(today) && now <= activity.minute + 60;
    news.extend(notices.activities.iter().filter(ahead).map(|activity| {
        let time = say.time(activity.minute / 60, activity.minute % 60);
        say.with(
            "idle-activity",
            &[("time", &time), ("text", activity.text.get(lang))],
        )
    }));
    news.extend(notices.honours.iter().map(|honour| {
        let reason = honour.reason.get(lang);
        say.with("idle-honour", &[("name", &honour.name), ("reason", reason)])
    }));
    let turn = turn(view, news.len());
    news.into_iter().nth(turn).unwrap_or_default()
}

/// Whose turn it is, of so many that stand in one place.
pub(super) fn turn(view: &View<'_>, count: usize) -> usize {
    let count = i64::try_from(count).unwrap_or(1).max(1);
    let turn = view.now.mono_ms.div_euclid(TURN_MS).rem_euclid(count);
    usize::try_from(turn).unwrap_or(0)
}

/// What a person with a stick must know: not yet, now, or not at all. False when there is none.
fn stick(page: &mut Page, view: &View<'_>, foot: Rect) -> bool {
    let (say, export) = (view.say, &view.model.export);
    if let Some(done) = export.running.filter(|_| export.writes_stick(view.config)) {
        let [words, bar] = halves(foot);
        page.right(words, Ink::Strong, say.text("idle-stick-writing"));
        page.bar(bar, done);
    } else if export.stick_fault(view.config).is_some() && export.stick != Stick::Absent {
        page.banner(foot, Ink::Warning, say.text("idle-stick-failed"));
    } else if export.stick == Stick::MayRemove {
        page.banner(foot, Ink::Confirm, say.text("idle-stick-remove"));
    } else {
        return false;
    }
    true
}

/// The left part of a row for words, the right part for a bar, with a gap between them.
fn halves(row: Rect) -> [Rect; 2] {
    let words = row.width * 2 / 3;
    let bar = columns(row, words + 2, row.width - words - 4);
    [columns(row, 0, words), bar]
}

/// What an attendant should know of the printer: slips that people miss, or what keeps the next one.
fn printer(view: &View<'_>) -> Option<String> {
    let printer = &view.model.printer;
    let slips = printer.in_trouble();
    if slips > 0 {
        let count = slips.to_string();
        return Some(view.say.with("printer-slips", &[("count", &count)]));
    }
    let why = view
        .say
        .text(&format!("printer-trouble-{}", printer.trouble()?.name()));
    Some(view.say.with("printer-trouble", &[("why", &why)]))
}

/// What an attendant should look at when there is time.
fn exports(view: &View<'_>) -> Option<&'static str> {
    let export = &view.model.export;
    if export.failed {
        return Some("idle-export-failed");
    }
    if export.missed.is_some() {
        return Some("idle-export-missed");
    }
    export.wants_a_look().then_some("idle-export-unclean")
}
