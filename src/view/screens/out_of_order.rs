//! The station cannot work: calm for residents, one line for the technician.

use crate::app::StationFault;
use crate::view::context::View;
use crate::view::layout::{Grid, inset, row, rows};
use crate::view::page::Page;
use crate::view::theme::Ink;

pub(super) fn page(page: &mut Page, grid: &Grid, view: &View<'_>, fault: StationFault) {
    let say = view.say;
    let band = inset(rows(grid.body, 1, 3), 1);
    page.banner(band, Ink::Warning, say.text("out-title"));
    page.centred(row(grid.body, 5), Ink::Strong, say.text("out-safe"));
    page.centred(row(grid.body, 7), Ink::Page, say.text("out-next"));
    let id = match fault {
        StationFault::DiskFull => "out-disk-full",
        StationFault::ReadOnly => "out-read-only",
        StationFault::Corrupt => "out-corrupt",
        StationFault::Locked => "out-locked",
        StationFault::Other => "out-other",
    };
    page.centred(row(grid.footer, 1), Ink::Quiet, say.text(id));
}
