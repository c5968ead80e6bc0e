//! The day in a few lines, as a slip.

use crate::domain::{Catalogue, DayReport, ItemCode, Points, Supply};
use crate::wire::paper::{Size, Slip};
use crate::words::{Say, grouped};
use chrono::NaiveDate;

/// The summary of a day. Goods of which `low` pieces or fewer are free are named as running out.
pub fn summary_slip(
    say: &Say<'_>,
    report: &DayReport,
    catalogue: &Catalogue,
    (day, low): (NaiveDate, i64),
) -> Slip {
    let day = day.format("%Y-%m-%d").to_string();
    let title = say.with("summary-title", &[("day", &day)]);
    let slip = Slip::default().sized(Size::Tall, title);
    let slip = points(slip, say, report);
    let mut slip = section(slip, say, "summary-operations", report.kinds.is_empty());
    for (kind, count) in &report.kinds {
        slip = entry(slip, &say.kind(*kind), &count.to_string());
    }
    let mut slip = section(slip, say, "summary-rewards", report.rewards.is_empty());
    for line in &report.rewards {
        let name = say.item(catalogue, &line.item, line.option.as_ref());
        slip = entry(slip, &name, &line.pieces.to_string());
    }
    let short = running_out(report, catalogue, low);
    let mut slip = section(slip, say, "summary-stock", short.is_empty());
    for (item, left) in short {
        let name = say.item(catalogue, item, None);
        slip = entry(slip, &name, &left.to_string());
    }
    let open = report.open_holds.to_string();
    slip = entry(slip.rule(), &say.text("summary-holds"), &open);
    if let Some((first, last)) = report.ends {
        let range = format!("{first}-{last}");
        slip = entry(slip, &say.text("summary-range"), &range);
    }
    if let Some((seq, hash)) = &report.head {
        slip = entry(slip, &say.text("summary-head"), &seq.to_string()).line(hash.clone());
    }
    slip
}

/// Goods of which so many pieces or fewer are free. What is counted and never came in has none, and the ledger has no line for it.
fn running_out<'a>(
    report: &'a DayReport,
    catalogue: &'a Catalogue,
    low: i64,
) -> Vec<(&'a ItemCode, i64)> {
    let known = |code: &ItemCode| report.stock.iter().any(|line| &line.item == code);
    let never = catalogue
        .items
        .iter()
        .filter(|item| item.supply == Supply::Counted && !known(&item.code))
        .map(|item| (&item.code, 0));
    let lines = report.stock.iter();
    lines
        .map(|line| (&line.item, line.pieces.left()))
        .chain(never)
        .filter(|(_, left)| *left <= low)
        .collect()
}

fn points(slip: Slip, say: &Say<'_>, report: &DayReport) -> Slip {
    let points = report.points;
    [
        ("column-before", points.before),
        ("column-earned", points.came),
        ("column-spent", points.went),
        ("column-held", points.held),
        ("column-free", points.left()),
    ]
    .into_iter()
    .fold(
        section(slip, say, "summary-points", false),
        |slip, (id, number)| entry(slip, &say.text(id), &grouped(Points::new(number))),
    )
}

/// A rule, a heading, and that there is nothing below it where so.
fn section(slip: Slip, say: &Say<'_>, title: &str, empty: bool) -> Slip {
    let slip = slip.rule().line(say.text(title));
    if empty {
        return slip.line(format!("  {}", say.text("summary-none")));
    }
    slip
}

fn entry(slip: Slip, label: &str, value: &str) -> Slip {
    slip.pair(format!("  {label}"), value)
}
