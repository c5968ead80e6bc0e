//! `data/operations.csv`: seq, body, hash. The body stands there byte for byte as in the ledger.

use super::fault::BundleFault;
use super::tape::OPERATIONS;
use crate::domain::Seq;
use std::io::Write as _;

/// The first line.
pub(super) const COLUMNS: &str = "seq,body,hash\n";

/// An operation as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log.
    pub seq: Seq,
    /// Its canonical body.
    pub body: String,
    /// Its hash, 64 hex digits.
    pub hash: String,
}

/// Adds a line. The body is always quoted, because JSON always has quotes or braces.
pub(super) fn write(table: &mut Vec<u8>, seq: Seq, body: &str, hash: &str) {
    // Writing to a Vec cannot fail.
    write!(table, "{seq},\"").unwrap_or_default();
    double_quotes(table, body.as_bytes());
    table.extend_from_slice(b"\",");
    table.extend_from_slice(hash.as_bytes());
    table.push(b'\n');
}

/// Adds a text with every quote twice. Every byte is written twice, and the next one over the second
/// unless it was a quote: a body is one sixth quotes, too many to jump at each.
fn double_quotes(table: &mut Vec<u8>, text: &[u8]) {
    let mut at = table.len();
    let most = text.len().saturating_mul(2);
    table.resize(at.saturating_add(most), 0);
    for byte in text {
        if let Some(place) = table.get_mut(at..at + 2) {
            place.copy_from_slice(&[*byte, *byte]);
        }
        at += 1 + usize::from(*byte == b'"');
    }
    table.truncate(at);
}

/// The entries of a table, each a fault if it is not as [`write`] writes it.
pub(super) fn read(table: &str) -> Result<Rows<'_>, BundleFault> {
    let fault = BundleFault::Row {
        name: OPERATIONS,
        line: 1,
    };
    let rest = table.strip_prefix(COLUMNS).ok_or(fault)?;
    Ok(Rows { rest, line: 1 })
}

/// The lines after the first.
pub(super) struct Rows<'a> {
    rest: &'a str,
    line: usize,
}

impl Iterator for Rows<'_> {
    type Item = Result<Entry, BundleFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        self.line = self.line.saturating_add(1);
        let row = self.rest.split_once('\n').and_then(|(row, rest)| {
            self.rest = rest;
            parse(row)
        });
        Some(row.ok_or(BundleFault::Row {
            name: OPERATIONS,
            line: self.line,
        }))
    }
}

fn parse(row: &str) -> Option<Entry> {
    let (seq, rest) = row.split_once(",\"")?;
    let (body, hash) = rest.rsplit_once("\",")?;
    let number: i64 = seq.parse().ok()?;
    if number < 1 || number.to_string() != seq {
        return None;
    }
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_hash.then_some(())?;
    Some(Entry {
        seq: Seq::new(number),
        body: unquote(body)?,
        hash: hash.to_owned(),
    })
}

/// Halves doubled quotes; a lone one is no text.
fn unquote(cell: &str) -> Option<String> {
    let mut body = String::with_capacity(cell.len());
    let mut parts = cell.split('"');
    body.push_str(parts.next()?);
    while let Some(between) = parts.next() {
        between.is_empty().then_some(())?;
        body.push('"');
        body.push_str(parts.next()?);
    }
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_and_others_are_refused() {
        let hash = "0".repeat(64);
        let bodies = [
            "{}",
            "{\"a\":\"b,\\\"c\\n\"}",
            "\"",
            "\"\"",
            "\",",
            "文",
            "",
        ];
        let mut table = COLUMNS.as_bytes().to_vec();
        for (seq, body) in (7..).zip(bodies) {
            write(&mut table, Seq::new(seq), body, &hash);
        }
        let table = String::from_utf8(table).unwrap();
        let back: Vec<_> = read(&table).unwrap().map(Result::unwrap).collect();
        assert!(back.iter().map(|entry| entry.body.as_str()).eq(bodies));
        assert_eq!(back[0].seq.get(), 7);
        for row in [
            "7,{},H\n",
            "07,\"{}\",H\n",
            "+7,\"{}\",H\n",
            "0,\"{}\",H\n",
            "7,\"{}\",H",
            "7,\"{\"}\",H\n",
            "7,\"{}\",H\r\n",
            "7,\"{}\",h\n",
            "\n",
            "7,\"{}\"\n",
            "7,\"\n\",H\n",
        ] {
            let table = format!("{COLUMNS}{}", row.replace('H', &hash));
            assert!(read(&table).unwrap().any(|row| row.is_err()), "{row:?}");
        }
        assert!(read("seq,body\n").is_err());
    }
}
