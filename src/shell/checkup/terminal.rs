//! The terminal: size, colours, encoding, and what is known of its touch.

use super::leave;
use super::subject::{Subject, or_well};
use crate::domain::{Cause, Check, Finding};
use crate::view::{MIN_COLUMNS, MIN_ROWS};

pub(super) fn look(subject: &Subject) -> Vec<Finding> {
    let around = &subject.terminal;
    let text = around.size.map(|(columns, rows)| {
        let (term, locale) = (&around.term, &around.locale);
        format!("{columns}x{rows}  TERM={term}  {locale}")
    });
    let text = text.unwrap_or_default();
    let mut findings = screen(subject, &text);
    findings.extend(leave::keys(subject));
    or_well(findings, Check::Terminal, &text)
}

/// What is wrong with the terminal in which this program runs.
fn screen(subject: &Subject, text: &str) -> Vec<Finding> {
    let around = &subject.terminal;
    let found = |cause, text: &str| subject.found(Check::Terminal, cause, text);
    let Some((columns, rows)) = around.size else {
        return vec![found(Cause::NoTerminal, "")];
    };
    if around.remote {
        return vec![found(Cause::RemoteTerminal, text)];
    }
    if around.term == "linux" {
        return vec![found(Cause::TerminalConsole, text)];
    }
    let mut findings = Vec::new();
    if columns < MIN_COLUMNS || rows < MIN_ROWS {
        findings.push(found(Cause::TerminalSmall, &format!("{columns}x{rows}")));
    }
    if !around.has_colours() {
        let text = format!("TERM={} COLORTERM={}", around.term, around.colour);
        findings.push(found(Cause::TerminalColours, &text));
    }
    if !around.is_utf8() {
        let text = format!("LANG={}", around.locale);
        findings.push(found(Cause::TerminalNotUtf8, &text));
    }
    if !around.touches() {
        let text = format!("TERM={}", around.term);
        findings.push(found(Cause::TouchUnknown, &text));
    }
    findings
}
