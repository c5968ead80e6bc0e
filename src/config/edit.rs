//! One setting of `station.toml` changed in its place: comments, order and everything else stay as they are.
//!
//! The changed text is only a proposal: [`proposed`] reads it as a whole config and takes it only when exactly this
//! setting has changed.

use crate::config::fault::Fault;
use crate::config::load::{Config, load_with};
use crate::config::printer::PrinterSetting;
use crate::config::reader::ReaderSetting;
use crate::domain::{NumberReading, Text};
use crate::wire::paper::{Cut, QrPrint};
use std::ops::Range;
use std::path::Path;
use toml::de::DeTable;

/// What a technician found out at the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingChange {
    /// How a reader's numbers are read.
    Reader {
        /// Its place in the config, from 0.
        index: usize,
        /// How.
        reading: NumberReading,
    },
    /// What the printer can do.
    Printer {
        /// The profile's name.
        profile: &'static str,
        /// Who draws QR codes.
        qr: QrPrint,
        /// What ends a slip.
        cut: Cut,
        /// The font has the characters that take four bytes.
        four_byte: bool,
    },
}

/// Why a change cannot be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeFault {
    /// The file has no such table, or one that is written in a way of its own.
    NoPlace,
    /// The file with the change is no config, or another one than was meant: the first fault.
    Refused(Text),
}

impl SettingChange {
    /// The lines to write, in the order of the file; keys that have their usual value are left out.
    pub fn lines(&self) -> Vec<String> {
        let kept = self.pairs().into_iter().filter(|(_, _, usual)| !usual);
        kept.map(|(key, value, _)| format!("{key} = {value}"))
            .collect()
    }

    /// The table's heading in the file.
    pub const fn heading(&self) -> &'static str {
        match self {
            Self::Reader { .. } => "[[reader]]",
            Self::Printer { .. } => "[printer]",
        }
    }

    /// Key, value as TOML, and whether the key need not be written.
    fn pairs(&self) -> Vec<(&'static str, String, bool)> {
        let quoted = |text: &str| format!("\"{text}\"");
        match self {
            Self::Reader { reading, .. } => vec![
                ("number", quoted(reading.form.name()), false),
                ("reversed", reading.reversed.to_string(), !reading.reversed),
                ("zeros", reading.zeros.to_string(), reading.zeros),
            ],
            Self::Printer {
                profile,
                qr,
                cut,
                four_byte,
            } => vec![
                ("profile", quoted(profile), false),
                ("qr", quoted(qr.name()), false),
                ("cut", quoted(cut.name()), false),
                ("gb18030", four_byte.to_string(), !four_byte),
            ],
        }
    }

    /// The config as it shall be.
    fn meant(&self, config: &Config) -> Option<Config> {
        let mut config = config.clone();
        match self {
            Self::Reader { index, reading } => {
                let reader: &mut ReaderSetting = config.station.readers.get_mut(*index)?;
                reader.line.number = Some(*reading);
            }
            Self::Printer {
                profile,
                qr,
                cut,
                four_byte,
            } => {
                let printer = config.printer.as_mut()?;
                let baud = printer.baud;
                *printer = PrinterSetting::of(printer.port.clone(), profile)?;
                printer.baud = baud;
                (printer.profile.qr, printer.profile.cut) = (*qr, *cut);
                printer.profile.four_byte = *four_byte;
            }
        }
        Some(config)
    }
}

/// The text of `station.toml` with the change, and the config that the folder would then be.
///
/// # Errors
/// The change has no place in this text, or does not come to what was meant.
pub fn proposed(
    dir: &Path,
    text: &str,
    change: &SettingChange,
) -> Result<(String, Config), ChangeFault> {
    let refused = |faults: Vec<Fault>| {
        let first = faults.first().map(Fault::told);
        ChangeFault::Refused(first.unwrap_or_else(|| Text::row([])))
    };
    let before = load_with(dir, text).map_err(refused)?;
    let changed = edited(text, change).ok_or(ChangeFault::NoPlace)?;
    let after = load_with(dir, &changed).map_err(refused)?;
    if change.meant(&before).as_ref() != Some(&after) {
        return Err(ChangeFault::NoPlace);
    }
    Ok((changed, after))
}

/// A value's text is put in the place of another's; or, with an empty range, put there.
type Edit = (Range<usize>, String);

fn edited(text: &str, change: &SettingChange) -> Option<String> {
    let root = DeTable::parse(text).ok()?;
    let (table, anchor) = match change {
        SettingChange::Reader { index, .. } => {
            let list = root.get_ref().get("reader")?.get_ref().as_array()?;
            (list.get(*index)?, "format")
        }
        SettingChange::Printer { .. } => (root.get_ref().get("printer")?, "port"),
    };
    let inline = text.get(table.span())?.starts_with('{');
    let entries = table.get_ref().as_table()?;
    let anchor = entries.get(anchor)?.span().end;
    let mut edits: Vec<Edit> = Vec::new();
    let mut added = Vec::new();
    for (key, value, usual) in change.pairs() {
        match entries.get(key) {
            Some(old) => edits.push((old.span(), value)),
            None if usual => {}
            None => added.push(format!("{key} = {value}")),
        }
    }
    if inline {
        let added: Vec<&str> = added
            .iter()
            .flat_map(|line| [", ", line.as_str()])
            .collect();
        edits.push((anchor..anchor, added.concat()));
    } else {
        edits.push(lines_after(text, anchor, &added));
    }
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut changed = text.to_owned();
    for (range, new) in edits {
        changed.get(range.clone())?;
        changed.replace_range(range, &new);
    }
    Some(changed)
}

/// Lines put after the line that holds a byte, with the end of line that the file has.
fn lines_after(text: &str, at: usize, lines: &[String]) -> Edit {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find('\n').unwrap_or(rest.len());
    let windows = rest.get(..end).is_some_and(|line| line.ends_with('\r'));
    let mark = if windows { "\r\n" } else { "\n" };
    let at = at.saturating_add(end).saturating_sub(usize::from(windows));
    let added: Vec<&str> = lines
        .iter()
        .flat_map(|line| [mark, line.as_str()])
        .collect();
    (at..at, added.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NumberForm;

    fn reader(form: NumberForm, reversed: bool, zeros: bool) -> SettingChange {
        SettingChange::Reader {
            index: 1,
            reading: NumberReading {
                form,
                reversed,
                zeros,
            },
        }
    }

    const TWO: &str = "# first\n[[reader]]\nname = \"a\"\nformat = \"em4100\"\n\n[[reader]] # second\nformat = \"lines\" # text\nname = \"b\"\n# end\n";

    #[test]
    fn a_key_is_added_below_and_changed_in_its_place() {
        let plain = edited(TWO, &reader(NumberForm::Dec10, false, true)).unwrap();
        let line = "format = \"lines\" # text\nnumber = \"8H10D\"\n";
        assert_eq!(plain, TWO.replace("format = \"lines\" # text\n", line));
        let turned = edited(&plain, &reader(NumberForm::Dec13, true, false)).unwrap();
        let line = "format = \"lines\" # text\nreversed = true\nzeros = false\nnumber = \"13D\"\n";
        assert_eq!(turned, TWO.replace("format = \"lines\" # text\n", line));
        let back = edited(&turned, &reader(NumberForm::Dec10, false, true)).unwrap();
        let line =
            "format = \"lines\" # text\nreversed = false\nzeros = true\nnumber = \"8H10D\"\n";
        assert_eq!(back, TWO.replace("format = \"lines\" # text\n", line));
    }

    #[test]
    fn other_ways_to_write_a_file_are_kept() {
        let change = reader(NumberForm::Halves, true, true);
        let windows = TWO.replace('\n', "\r\n");
        let changed = edited(&windows, &change).unwrap();
        assert_eq!(
            changed.matches('\n').count(),
            changed.matches("\r\n").count()
        );
        assert!(changed.contains("# text\r\nnumber = \"4H+4H\"\r\nreversed = true\r\nname"));
        let inline = "reader = [{ name = \"a\", format = \"lines\" }, { format = \"lines\", name = \"b\" }]\n";
        assert_eq!(
            edited(inline, &change).unwrap(),
            "reader = [{ name = \"a\", format = \"lines\" }, { format = \"lines\", number = \"4H+4H\", reversed = true, name = \"b\" }]\n"
        );
        let open = "[[reader]]\nformat = \"x\"\n[[reader]]\nformat = \"lines\"";
        assert_eq!(
            edited(open, &change).unwrap(),
            format!("{open}\nnumber = \"4H+4H\"\nreversed = true")
        );
        assert_eq!(edited("[[reader]]\nformat = \"x\"\n", &change), None);
        assert_eq!(edited("not toml", &change), None);
    }
}
