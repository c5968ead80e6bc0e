//! The exit for texts that go to a spreadsheet: what they begin with must not run.

use crate::domain::seen;

/// Says whether a spreadsheet may take a text with this first character for a formula, or for a
/// separator before one. Source: OWASP ASVS 5.0, 1.2.10, and the full-width forms that Excel folds.
const fn begins_a_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
    )
}

/// Drops what must not be shown, line breaks among it, and puts `'` before what could be a formula.
///
/// Blanks before a formula do not hide it. Numbers never come here: a negative one stays one.
///
/// ```
/// assert_eq!(wenming::sheet::safe("=1+1"), "'=1+1");
/// assert_eq!(wenming::sheet::safe("何\r\n云秀"), "何云秀");
/// ```
pub fn safe(text: &str) -> String {
    let shown = seen(text);
    let first = shown.trim_start().chars().next();
    if text.starts_with(begins_a_formula) || first.is_some_and(begins_a_formula) {
        format!("'{shown}")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_quoted() {
        for (text, want) in [
            (
                "=HYPERLINK(\"http://x\",\"y\")",
                "'=HYPERLINK(\"http://x\",\"y\")",
            ),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠A1", "'＠A1"),
            ("\tx", "'x"),
            ("\r\nx", "'x"),
            ("\0x", "'x"),
            ("\u{200b}=1", "'=1"),
            ("  =1", "'  =1"),
            ("\u{3000}=1", "'\u{3000}=1"),
            ("a\r\n=1", "a=1"),
            ("a\tb", "ab"),
            ("'; DROP TABLE operation; --", "'; DROP TABLE operation; --"),
            ("何云秀", "何云秀"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(safe(text), want, "{text:?}");
        }
    }
}
