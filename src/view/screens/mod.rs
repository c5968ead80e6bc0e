//! One file a screen, with the same name as in `app`. Each turns its data into pieces.

mod asking;
mod checkup;
mod choose;
mod confirm;
mod desk;
mod detective;
mod devices;
mod done;
mod exports;
mod holds;
mod home;
mod idle;
mod notice;
mod operations;
mod out_of_order;
mod passbook;
mod pin_pad;
mod printer_setup;
mod quantity;
mod remember;
mod reverse;
mod rewards;
mod too_small;
mod variants;
mod waiting;

use crate::app::{Aid, Model, Screen};
use crate::config::Config;
use crate::domain::{Lang, Now, Points, Theme};
use crate::view::Ink;
use crate::view::frame::{Trio, header, sentence, trio};
use crate::view::layout::{Grid, cells, row, rows};
use crate::view::page::{Button, Page, Tone};
use crate::words::{Known, Say, Words, shown};
use ratatui::layout::Rect;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// What the demo tells a newcomer to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// A resident's card.
    pub card: String,
    /// An attendant's badge.
    pub badge: String,
    /// That attendant's PIN.
    pub pin: String,
    /// Where receipts go.
    pub receipts: String,
    /// Where bundles go, every two minutes.
    pub exports: String,
}

/// Everything a screen may look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What is on the screen.
    pub model: &'a Model,
    /// The station.
    pub config: &'a Config,
    /// The sentences in the language in front.
    pub say: Say<'a>,
    /// The sentences of both languages.
    pub words: &'a Words,
    /// The moment.
    pub now: &'a Now,
    /// Set in the demo: what to type.
    pub demo: Option<&'a Demo>,
}

impl<'a> View<'a> {
    /// Looks at a model in its own language.
    pub fn new(model: &'a Model, config: &'a Config, words: &'a Words, now: &'a Now) -> Self {
        Self {
            model,
            config,
            say: words.say(model.lang),
            words,
            now,
            demo: None,
        }
    }

    /// The station's name.
    pub(crate) fn station(&self) -> String {
        self.config.station.name.get(self.model.lang).to_owned()
    }

    /// The station's name and village.
    pub(crate) fn place(&self) -> String {
        let village = self.config.station.village.get(self.model.lang);
        format!("{} {village}", self.station())
    }

    /// What sentences are about: names of rewards and rules, and whether balances are covered.
    pub(crate) const fn known(&self) -> Known<'a> {
        Known {
            catalogue: &self.config.catalogue,
            rules: self.config.rules.as_slice(),
            covered: self.model.is_covered(),
        }
    }

    /// The language switch, written in the other language.
    pub(crate) fn other_language(&self) -> String {
        self.words.say(self.model.lang.other()).text("language")
    }

    /// What the colours would be.
    pub(crate) fn other_theme(&self) -> String {
        self.say.text(match self.model.theme.other() {
            Theme::Light => "theme-light",
            Theme::Contrast => "theme-contrast",
        })
    }
}

/// The page for this model in a terminal of this size.
pub fn page(view: &View<'_>, area: Rect) -> Page {
    let hint = view.demo.map(|demo| hint(view, demo));
    let below = hint.is_some() && area.height > crate::view::MIN_ROWS;
    let used = rows(area, 0, area.height - u16::from(below));
    let mut page = Page {
        theme: view.model.theme,
        ..Page::default()
    };
    let Some(grid) = Grid::of(used) else {
        too_small::page(&mut page, view, area);
        return page;
    };
    match hint {
        Some(hint) if below => {
            let at = row(area, area.height - 1);
            header(&mut page, &grid, view, None);
            page.fill(at, Ink::Warning);
            page.centred(at, Ink::Warning, hint);
        }
        hint => header(&mut page, &grid, view, hint),
    }
    if view.model.asking_until_ms.is_some() {
        asking::page(&mut page, &grid, view);
    } else if let Some(refusal) = &view.model.notice {
        notice::page(&mut page, &grid, view, refusal);
    } else {
        screen(&mut page, &grid, view);
    }
    page
}

fn screen(page: &mut Page, grid: &Grid, view: &View<'_>) {
    match &view.model.screen {
        Screen::Idle(_) => idle::page(page, grid, view),
        Screen::Home(home) => home::page(page, grid, view, home),
        Screen::Rewards(rewards) => rewards::page(page, grid, view, rewards),
        Screen::Variants(variants) => variants::page(page, grid, view, variants),
        Screen::Quantity(quantity) => quantity::page(page, grid, view, quantity),
        Screen::Confirm(confirm) => confirm::page(page, grid, view, confirm),
        Screen::Waiting(waiting) => waiting::page(page, grid, view, waiting),
        Screen::Done(done) => done::page(page, grid, view, done),
        Screen::Passbook(passbook) => passbook::page(page, grid, view, passbook),
        Screen::Remember(_) => remember::page(page, grid, view),
        Screen::PinPad(pad) => pin_pad::page(page, grid, view, pad),
        Screen::Desk(desk) => desk::page(page, grid, view, desk),
        Screen::Holds(holds) => holds::page(page, grid, view, holds),
        Screen::Choose(choose) => choose::page(page, grid, view, choose),
        Screen::Operations(operations) => operations::page(page, grid, view, operations),
        Screen::Reverse(reverse) => reverse::page(page, grid, view, reverse),
        Screen::Exports(exports) => exports::page(page, grid, view, exports),
        Screen::Checkup(list) => checkup::page(page, grid, view, list),
        Screen::Devices(devices) => devices::page(page, grid, view, devices),
        Screen::Detective(detective) => detective::page(page, grid, view, detective),
        Screen::PrinterSetup(setup) => printer_setup::page(page, grid, view, setup),
        Screen::OutOfOrder(fault) => out_of_order::page(page, grid, view, *fault),
    }
}

/// What a newcomer might try on this screen.
fn hint(view: &View<'_>, demo: &Demo) -> String {
    let say = view.say;
    if view.model.notice.is_some() || view.model.asking_until_ms.is_some() {
        return say.text("demo-other");
    }
    match &view.model.screen {
        Screen::Idle(_) => say.with("demo-idle", &[("card", &demo.card), ("badge", &demo.badge)]),
        Screen::Home(_) => say.text("demo-home"),
        Screen::Rewards(_)
        | Screen::Variants(_)
        | Screen::Quantity(_)
        | Screen::Passbook(_)
        | Screen::Remember(_)
        | Screen::Holds(_)
        | Screen::Choose(_)
        | Screen::Operations(_)
        | Screen::Reverse(_)
        | Screen::Checkup(_)
        | Screen::Devices(_)
        | Screen::Detective(_)
        | Screen::PrinterSetup(_) => say.text("demo-choose"),
        Screen::Confirm(_) => say.text("demo-confirm"),
        Screen::Waiting(_) => say.with(
            "demo-waiting",
            &[("badge", &demo.badge), ("pin", &demo.pin)],
        ),
        Screen::PinPad(_) => say.with("demo-pin", &[("pin", &demo.pin)]),
        Screen::Done(_) => say.with("demo-done", &[("path", &demo.receipts)]),
        Screen::Desk(_) => say.text("demo-desk"),
        Screen::Exports(_) => say.with("demo-exports", &[("path", &demo.exports)]),
        Screen::OutOfOrder(_) => say.text("demo-other"),
    }
}

/// The page before the ledger has been opened.
pub fn starting(words: &Words, area: Rect) -> Page {
    let mut page = Page::default();
    let middle = row(area, area.height / 2);
    page.centred(
        middle,
        Ink::Strong,
        words.say(Lang::default()).text("starting"),
    );
    page
}

/// A reward that left the catalogue while it was being chosen: the way back is still there.
fn gone(page: &mut Page, grid: &Grid, view: &View<'_>) {
    let say = view.say;
    sentence(page, grid, view, say.text("refusal-item-gone"));
    let next = say.text("refusal-item-gone-next");
    page.centred(row(grid.body, 4), Ink::Page, next);
    trio(page, grid, view, Trio::Choosing);
}

/// Adds a button for what cannot be undone; until everyone has had time to see the screen it looks
/// and reads otherwise, and does nothing.
pub(super) fn grave(page: &mut Page, view: &View<'_>, mut button: Button) {
    if !view.model.is_armed(view.config, view.now) && view.model.typed.is_empty() {
        button.label = view.say.text("not-yet");
        button.tone = Tone::Unarmed;
    }
    page.button(fitting(button));
}

/// A button as it fits: where room is scarce, the word comes before the sign.
pub(super) fn fitting(mut button: Button) -> Button {
    if button.label.width() > button.label_room() {
        button.badge.clear();
    }
    button
}

/// Columns of a button for an aid: the widest word with its sign.
pub(super) const AID_COLUMNS: u16 = 16;

/// Adds the button of an aid, where it is offered.
pub(super) fn aid(page: &mut Page, view: &View<'_>, at: Rect, (aid, id): (Aid, &str)) {
    if !view.model.offers(view.config, aid) {
        return;
    }
    let digit = view.model.digit_of(view.config, aid);
    let button = Button {
        at,
        key: crate::app::Key::Aid(aid),
        badge: digit.map_or_else(String::new, |digit| digit.to_string()),
        label: view.say.text(id),
        note: String::new(),
        tone: Tone::Neutral,
    };
    page.button(fitting(button));
}

/// Points as they are shown: stars while the balance is covered.
pub(super) fn own(view: &View<'_>, points: Points) -> String {
    shown(points, view.model.is_covered())
}

/// A button with a digit.
fn numbered(at: Rect, digit: u8, label: String, tone: Tone) -> Button {
    Button {
        at,
        key: crate::app::Key::Digit(digit),
        badge: digit.to_string(),
        label,
        note: String::new(),
        tone,
    }
}

/// Two places side by side, such that the first is not where the finger has just been.
fn apart(view: &View<'_>, area: Rect, first: usize) -> [Rect; 2] {
    let halves = cells(area, 2, 1);
    let half = |place: usize| halves.get(place).copied().unwrap_or(area);
    let pair = [half(first), half(1 - first.min(1))];
    let touched = view.model.came_by.is_some_and(|spot| {
        let under = Rect::new(spot.column, spot.row, spot.width, spot.height);
        under.intersects(pair[0])
    });
    if touched { [pair[1], pair[0]] } else { pair }
}

/// Adds numbered choices: label, figure, meaning.
fn choices(page: &mut Page, places: Vec<Rect>, choices: Vec<(String, String, Tone)>) {
    for ((at, digit), (label, note, tone)) in places.into_iter().zip(1_u8..).zip(choices) {
        page.button(Button {
            at,
            key: crate::app::Key::Digit(digit),
            badge: digit.to_string(),
            label,
            note,
            tone,
        });
    }
}

/// Adds 上一页 and 下一页 at the foot of the body, each only where it leads somewhere.
fn pager(page: &mut Page, grid: &Grid, view: &View<'_>, (at, pages): (usize, usize)) {
    if pages < 2 {
        return;
    }
    let foot = rows(grid.body, grid.body.height - 3, 3);
    for (place, (digit, id, shown)) in cells(foot, 2, 1)
        .into_iter()
        .zip([(8, "page-back", at > 0), (9, "page-on", at + 1 < pages)])
    {
        if shown {
            page.choice(place, digit, view.say.text(id), Tone::Neutral);
        }
    }
}

/// The body without the pager, where there is one.
fn above_pager(grid: &Grid, pages: usize) -> Rect {
    let taken = if pages < 2 { 0 } else { 3 };
    rows(grid.body, 0, grid.body.height - taken)
}

/// Words of others without what terminals disagree about.
fn plain(text: &str) -> String {
    let safe = |c: char| c.width().is_some() && c.width() == c.width_cjk();
    text.chars()
        .map(|c| if safe(c) { c } else { '?' })
        .collect()
}
