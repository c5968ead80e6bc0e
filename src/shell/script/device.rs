//! The words of a script about readers and the printer.

use crate::sim::Fault;

/// What a hand does at a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AtReader {
    /// Pulls the plug.
    Out,
    /// Puts it back.
    Back,
    /// Holds a card or a code to it, while something is wrong or nothing is.
    Card(String, Option<Fault>),
    /// Puts a card on it that lies there for so long, in milliseconds.
    Lies(String, i64),
    /// Pulls the plug in the middle of the first frame of a card.
    Cut(String),
    /// Something is wrong for so long, in milliseconds.
    Ill(Fault, i64),
}

/// What a hand does at the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtPrinter {
    /// Something is wrong from now on.
    Ill(Fault),
    /// Nothing is wrong any more.
    Back,
}

/// Reads what stands behind `reader N`.
pub(super) fn at_reader(rest: &str) -> Option<AtReader> {
    let (word, rest) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let rest = rest.trim();
    let card = || (!rest.is_empty()).then(|| rest.to_owned());
    Some(match word {
        "out" => AtReader::Out,
        "back" => AtReader::Back,
        "card" => AtReader::Card(card()?, None),
        "half" | "bad-checksum" | "twice" => AtReader::Card(card()?, Fault::parse(word)),
        "cut" => AtReader::Cut(card()?),
        "lies" => {
            let (card, time) = rest.rsplit_once(' ')?;
            AtReader::Lies(card.trim().to_owned(), duration(time)?)
        }
        "storm" | "slow" => AtReader::Ill(Fault::parse(word)?, duration(rest)?),
        _ => return None,
    })
}

/// Reads what stands behind `printer`.
pub(super) fn at_printer(rest: &str) -> Option<AtPrinter> {
    Some(match rest {
        "out" => AtPrinter::Ill(Fault::PaperOut),
        "open" => AtPrinter::Ill(Fault::CoverOpen),
        "gone" => AtPrinter::Ill(Fault::Unplug),
        "slow" => AtPrinter::Ill(Fault::Slow),
        "back" => AtPrinter::Back,
        _ => return None,
    })
}

/// `500ms`, `45s`, `2m` or `3h`, in milliseconds.
pub(super) fn duration(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: i64 = digits.parse().ok()?;
    let unit = match text.get(digits.len()..)? {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_hands() {
        let card = || "0005591234".to_owned();
        for (words, want) in [
            ("back", AtReader::Back),
            ("card 0005591234", AtReader::Card(card(), None)),
            ("half 0005591234", AtReader::Card(card(), Some(Fault::Half))),
            (
                "bad-checksum 0005591234",
                AtReader::Card(card(), Some(Fault::BadChecksum)),
            ),
            (
                "twice 0005591234",
                AtReader::Card(card(), Some(Fault::Twice)),
            ),
            ("cut 0005591234", AtReader::Cut(card())),
            ("lies 0005591234 30s", AtReader::Lies(card(), 30_000)),
            ("storm 60s", AtReader::Ill(Fault::Storm, 60_000)),
            ("slow 1m", AtReader::Ill(Fault::Slow, 60_000)),
        ] {
            assert_eq!(at_reader(words), Some(want), "{words}");
        }
        for words in ["", "half", "lies 30s", "storm", "storm 0005591234", "in"] {
            assert_eq!(at_reader(words), None, "{words}");
        }
        for (word, want) in [
            ("out", Some(AtPrinter::Ill(Fault::PaperOut))),
            ("open", Some(AtPrinter::Ill(Fault::CoverOpen))),
            ("gone", Some(AtPrinter::Ill(Fault::Unplug))),
            ("slow", Some(AtPrinter::Ill(Fault::Slow))),
            ("back", Some(AtPrinter::Back)),
            ("on", None),
        ] {
            assert_eq!(at_printer(word), want, "{word}");
        }
    }
}
