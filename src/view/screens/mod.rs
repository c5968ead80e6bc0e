//! What stands on the whole screen, and the files of the bodies that are drawn by themselves, one each.

mod asking;
mod confirm;
mod devices;
mod done;
mod home;
mod idle;
mod notice;
mod out_of_order;
mod pin_pad;
mod too_small;
mod waiting;

use crate::app::Screen;
use crate::domain::Lang;
use crate::panel::{Body, Panel};
use crate::view::body::body;
use crate::view::context::{Demo, DemoStaff, View};
use crate::view::frame::{footer, header};
use crate::view::layout::{Grid, MIN_ROWS, row, rows};
use crate::view::page::Page;
use crate::view::theme::Ink;
use crate::words::Words;
use ratatui::layout::Rect;

/// The page for this model in a terminal of this size.
pub fn page(view: &View<'_>, area: Rect) -> Page {
    let panel = view.model.panel(view.config, view.now);
    let hint = view.demo.map(|demo| hint(view, demo, panel.hint));
    let below = hint.is_some() && area.height > MIN_ROWS;
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
            // Right below the picture, also where the terminal is larger than that.
            let below = grid.footer.bottom() - area.y;
            let at = Rect {
                x: grid.header.x,
                width: grid.header.width,
                ..row(area, below)
            };
            header(&mut page, &grid, view, None);
            page.banner(at, Ink::Warning, hint);
        }
        hint => header(&mut page, &grid, view, hint.as_deref()),
    }
    if view.model.asking_until_ms.is_some() {
        asking::page(&mut page, &grid, view, &panel);
    } else if let Some(refusal) = &view.model.notice {
        notice::page(&mut page, &grid, view, (&panel, refusal));
    } else if panel.body == Body::Own {
        own(&mut page, &grid, view, &panel);
    } else {
        body(&mut page, &grid, view, &panel);
        footer(&mut page, &grid, view, (&panel, panel.footer));
    }
    page
}

/// The screens that are drawn by themselves.
fn own<A>(page: &mut Page, grid: &Grid, view: &View<'_>, panel: &Panel<A>) {
    let screen = &view.model.screen;
    if let Screen::OutOfOrder(fault) = screen {
        return out_of_order::page(page, grid, view, *fault);
    } else if let Screen::Idle(_) = screen {
        idle::page(page, grid, view);
    } else if let Screen::Home(_) = screen {
        home::page(page, grid, view, panel);
    } else if let Screen::Confirm(confirm) = screen {
        confirm::page(page, grid, view, (panel, confirm));
    } else if let Screen::Waiting(_) = screen {
        waiting::page(page, grid, view, panel);
    } else if let Screen::Done(done) = screen {
        done::page(page, grid, view, (panel, done));
    } else if let Screen::PinPad(pad) = screen {
        pin_pad::page(page, grid, view, (panel, pad));
    } else if let Screen::Devices(devices) = screen {
        devices::page(page, grid, view, (panel, devices));
    }
    footer(page, grid, view, (panel, panel.footer));
}

/// What a newcomer might try on this screen: at a PIN pad, the PIN of whose badge it was.
fn hint(view: &View<'_>, demo: &Demo, id: &str) -> String {
    let covered = view.model.in_front().is_none();
    let whose = if let Screen::PinPad(pad) = &view.model.screen {
        Some(&pad.staff.id)
    } else {
        None
    };
    let at_pad = |staff: &&DemoStaff| whose.is_none_or(|id| *id == staff.id);
    let at_desk = view.model.staff.as_ref().map(|staff| &staff.id);
    let other = |staff: &&DemoStaff| Some(&staff.id) != at_desk;
    let (one, other) = (
        demo.staff.iter().find(at_pad),
        demo.staff.iter().find(other),
    );
    let of = |staff: Option<&DemoStaff>, field: fn(&DemoStaff) -> &String| {
        staff.map_or_else(String::new, |staff| field(staff).clone())
    };
    let args = [
        ("card", demo.card.as_str()),
        ("code", &demo.code),
        ("badge", &of(one, |staff| &staff.badge)),
        ("pin", &of(one, |staff| &staff.pin)),
        ("other", &of(other, |staff| &staff.badge)),
        ("receipts", &demo.receipts),
        ("exports", &demo.exports),
    ];
    let idle = matches!(view.model.screen, Screen::Idle(_));
    let id = match (covered, idle) {
        (true, _) => "demo-other",
        // There is no scanner in a terminal; what is pasted comes as fast as a scan does.
        (false, true) if idle::turn(view, 2) == 1 => "demo-code",
        (false, _) => id,
    };
    view.say.with(id, &args)
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
