//! The day in a few lines, as narrow as a slip, so that it can be printed.

use crate::domain::{Catalogue, DayReport, ItemCode, OptionCode, Points, Wish};
use crate::words::receipt::{RECEIPT_COLUMNS, wrapped};
use crate::words::{Say, grouped};
use chrono::NaiveDate;
use unicode_width::UnicodeWidthStr as _;

/// The summary of a day: lines of text, none wider than [`RECEIPT_COLUMNS`]. Goods of which `low`
/// pieces or fewer are free are named as running out.
pub fn summary_text(
    say: &Say<'_>,
    report: &DayReport,
    catalogue: &Catalogue,
    (day, low): (NaiveDate, i64),
) -> String {
    let day = day.format("%Y-%m-%d").to_string();
    let mut lines = vec![say.with("summary-title", &[("day", &day)])];
    section(&mut lines, say.text("summary-points"));
    let points = report.points;
    for (id, number) in [
        ("column-before", points.before),
        ("column-earned", points.came),
        ("column-spent", points.went),
        ("column-held", points.held),
        ("column-free", points.left()),
    ] {
        pair(&mut lines, &say.text(id), &grouped(Points::new(number)));
    }
    section(&mut lines, say.text("summary-operations"));
    for (kind, count) in &report.kinds {
        pair(&mut lines, &say.kind(*kind), &count.to_string());
    }
    none(&mut lines, say, report.kinds.is_empty());
    section(&mut lines, say.text("summary-rewards"));
    for line in &report.rewards {
        let name = named(say, catalogue, &line.item, line.option.clone());
        pair(&mut lines, &name, &line.pieces.to_string());
    }
    none(&mut lines, say, report.rewards.is_empty());
    section(&mut lines, say.text("summary-stock"));
    let short = report.stock.iter().filter(|line| line.pieces.left() <= low);
    let short: Vec<_> = short.collect();
    for line in &short {
        let name = named(say, catalogue, &line.item, None);
        pair(&mut lines, &name, &line.pieces.left().to_string());
    }
    none(&mut lines, say, short.is_empty());
    lines.push("-".repeat(RECEIPT_COLUMNS));
    let open = report.open_holds.to_string();
    pair(&mut lines, &say.text("summary-holds"), &open);
    if let Some((first, last)) = report.ends {
        let range = format!("{first}-{last}");
        pair(&mut lines, &say.text("summary-range"), &range);
    }
    if let Some((seq, hash)) = &report.head {
        pair(&mut lines, &say.text("summary-head"), &seq.to_string());
        lines.push(hash.clone());
    }
    lines
        .iter()
        .flat_map(|line| wrapped(line, RECEIPT_COLUMNS))
        .map(|line| line + "\n")
        .collect()
}

fn section(lines: &mut Vec<String>, title: String) {
    lines.push("-".repeat(RECEIPT_COLUMNS));
    lines.push(title);
}

fn none(lines: &mut Vec<String>, say: &Say<'_>, empty: bool) {
    if empty {
        lines.push(format!("  {}", say.text("summary-none")));
    }
}

/// A label at the left edge and its value at the right one; on two lines where they would touch.
fn pair(lines: &mut Vec<String>, label: &str, value: &str) {
    let label = format!("  {label}");
    let used = label.width().saturating_add(value.width());
    if used < RECEIPT_COLUMNS {
        let gap = " ".repeat(RECEIPT_COLUMNS.saturating_sub(used));
        lines.push(format!("{label}{gap}{value}"));
    } else {
        lines.push(label);
        lines.push(format!("{value:>RECEIPT_COLUMNS$}"));
    }
}

fn named(
    say: &Say<'_>,
    catalogue: &Catalogue,
    item: &ItemCode,
    option: Option<OptionCode>,
) -> String {
    let wish = Wish {
        item: item.clone(),
        option,
        quantity: 1,
    };
    say.item(catalogue, &wish)
}
