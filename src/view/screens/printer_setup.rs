//! The printer's questions, one a screen.

use crate::app::{Key, PrinterSetup, PrinterStep, SettingKept};
use crate::view::frame::{Trio, sentence, trio};
use crate::view::layout::{Grid, cells, inset, row, rows};
use crate::view::page::{Button, Page, Tone};
use crate::view::screens::detective::{change_lines, not_kept, yes_no};
use crate::view::screens::devices::{tail, warn};
use crate::view::screens::{View, plain};
use crate::view::theme::Ink;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, setup: &PrinterSetup) {
    let say = view.say;
    let body = inset(grid.body, 1);
    let Some(trial) = &setup.trial else {
        sentence(page, grid, view, say.text("setup-none"));
        page.text(row(body, 1), Ink::Page, say.text("setup-none-do"));
        let lines = ["[printer]", "port = \"/dev/usb/lp0\"", "profile = \"58mm\""];
        for (y, line) in (2..).zip(lines) {
            page.text(row(body, y), Ink::Strong, line);
        }
        page.text(row(body, 6), Ink::Page, say.text("setup-none-then"));
        trio(page, grid, view, Trio::Choosing);
        return;
    };
    let spare = usize::from(body.width).saturating_sub(trial.name.len() + 2);
    let port = tail(&plain(&trial.port.to_string()), spare);
    let asked = |id: &str| (say.text(id), say.text(&format!("{id}-how")));
    let (question, how) = match &setup.step {
        PrinterStep::Print => asked("setup-print"),
        PrinterStep::Ruler => asked("setup-ruler"),
        PrinterStep::Code => asked("setup-code"),
        PrinterStep::Characters => asked("setup-characters"),
        PrinterStep::Cut => asked("setup-cut"),
        PrinterStep::Ask { .. } => (say.text("setup-ask"), String::new()),
        PrinterStep::Over(SettingKept::Written) => (say.text("setup-written"), String::new()),
        PrinterStep::Over(_) => (say.text("setting-not-kept"), String::new()),
    };
    sentence(page, grid, view, question);
    match &setup.step {
        PrinterStep::Ask { writing } => {
            if let Some(change) = setup.change() {
                change_lines(page, view, rows(body, 1, 5), &change);
            }
            if !writing {
                yes_no(page, view, grid, ("setting-write", "setting-leave"));
            }
        }
        PrinterStep::Over(kept) => {
            if let Some(change) = setup.change() {
                not_kept(page, view, rows(body, 0, 8), (kept, &change));
            }
        }
        PrinterStep::Print
        | PrinterStep::Ruler
        | PrinterStep::Code
        | PrinterStep::Characters
        | PrinterStep::Cut => {
            page.text(row(body, 0), Ink::Page, format!("{}  {port}", trial.name));
            page.text(row(body, 2), Ink::Page, how);
            if let Some(trouble) = view.model.printer.trouble() {
                let why = say.text(&format!("printer-trouble-{}", trouble.name()));
                let text = say.with("printer-trouble", &[("why", &why)]);
                warn(page, row(body, 4), &text);
            } else if setup.no_profile {
                warn(page, row(body, 4), &say.text("setup-no-profile"));
            }
            answers(page, grid, view, &setup.step);
        }
    }
    trio(page, grid, view, Trio::Choosing);
}

fn answers(page: &mut Page, grid: &Grid, view: &View<'_>, step: &PrinterStep) {
    let ids: &[&str] = match step {
        PrinterStep::Print => &["setup-print-yes"],
        PrinterStep::Ruler => &["setup-ruler-yes", "setup-ruler-wraps", "setup-ruler-early"],
        PrinterStep::Code => &["setup-code-yes", "setup-code-no"],
        PrinterStep::Characters => &["setup-characters-yes", "setup-characters-no"],
        PrinterStep::Cut => &["setup-cut-yes", "setup-cut-no"],
        PrinterStep::Ask { .. } | PrinterStep::Over(_) => &[],
    };
    let foot = rows(grid.body, grid.body.height - 3, 3);
    let columns = u16::try_from(ids.len()).unwrap_or(1);
    for ((at, digit), id) in cells(foot, columns, 1).into_iter().zip(1_u8..).zip(ids) {
        page.button(Button {
            at,
            key: Key::Digit(digit),
            badge: digit.to_string(),
            label: view.say.text(id),
            note: String::new(),
            tone: if digit == PrinterSetup::YES {
                Tone::Confirm
            } else {
                Tone::Neutral
            },
        });
    }
}
